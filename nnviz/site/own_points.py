"""The rows of a small sample as a table to edit: cells, new rows, deleted rows."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd
import streamlit as st

from nnviz.data.sample import FEWEST_ROWS, LARGEST_VALUE, Sample, middle
from nnviz.site.plain import plain
from nnviz.site.table_edits import edited_records

MOST_ROWS: Final = 200
"""More are no table to edit by hand."""


def points_table(sample: Sample, on_sample: Callable[[Sample, str], None]) -> None:
    """Show the rows to edit; what cannot be used is refused with a sentence and the rows stay.

    Parameters
    ----------
    sample : Sample
        The rows as they are.
    on_sample : callable
        Hears of the sample after an edit, and of a note on it.
    """
    if sample.n_rows > MOST_ROWS:
        st.caption(
            f"A table to edit holds up to {MOST_ROWS} rows, and there are {sample.n_rows:,}. "
            "Download them, edit the file and bring it back."
        )
        return
    version, problem = "own_points_version", "own_points_problem"
    table = frame(sample)
    # A new key after each change: else the widget would apply its edits to the new rows again.
    key = f"own_points_{sample.digest}_{st.session_state.get(version, 0)}"

    def edit() -> None:
        changes = st.session_state[key]
        st.session_state[version] = st.session_state.get(version, 0) + 1
        st.session_state[problem] = None
        try:
            result = edited(sample, table, changes)
        except ValueError as reason:
            st.session_state[problem] = sample.digest, f"{reason} The rows stay as they were."
        else:
            on_sample(result, f"{result.n_rows:,} rows, edited in the table.")

    st.data_editor(
        table,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        on_change=edit,
        column_config=_columns(sample),
    )
    about, sentence = st.session_state.get(problem) or ("", "")
    if about == sample.digest:
        st.warning(plain(sentence))


def frame(sample: Sample) -> pd.DataFrame:
    """Return the rows under names of our own: those of the sample may be any."""
    table = pd.DataFrame({f"x{i}": values for i, values in enumerate(sample.X.T)})
    table["y"] = [sample.classes[int(y)] for y in sample.y] if sample.classes else sample.y
    table.insert(0, "row", range(1, sample.n_rows + 1))
    return table


def edited(sample: Sample, table: pd.DataFrame, changes: Mapping[str, object]) -> Sample:
    """Return the sample after the edits of a table; an added row starts from the means.

    Raises
    ------
    ValueError
        With a sentence that says what is wrong and what would be right.
    """
    new_row: dict[str, Any] = {f"x{i}": value for i, value in enumerate(middle(sample))}
    new_row["y"] = sample.classes[0] if sample.classes else float(f"{sample.y.mean():.4g}")
    records = edited_records(table, changes, new_row, MOST_ROWS)
    if len(records) < FEWEST_ROWS:
        raise ValueError(f"At least {FEWEST_ROWS} rows must stay.")
    names = {f"x{i}": name for i, name in enumerate(sample.columns)}
    X = [[_number(record, key, n, name) for key, name in names.items()]
         for n, record in enumerate(records, 1)]  # fmt: skip
    if not sample.classes:
        y = [_number(record, "y", n, sample.target) for n, record in enumerate(records, 1)]
    else:
        y = [_class(sample, record, n) for n, record in enumerate(records, 1)]
        if len(np.unique(sample.y)) > len(set(y)) == 1:
            raise ValueError("Rows of two classes must stay: with one there is nothing to learn.")
    return Sample(np.array(X), np.array(y), sample.columns, sample.classes, sample.target)


def _number(record: Mapping[Any, Any], key: str, row: int, name: str) -> float:
    value = record.get(key)
    if not isinstance(value, int | float) or not -LARGEST_VALUE <= value <= LARGEST_VALUE:
        raise ValueError(f"{name} of row {row} must be a number of at most 1e12 in size.")
    return float(value)


def _class(sample: Sample, record: Mapping[Any, Any], row: int) -> float:
    value = record.get("y")
    if value not in sample.classes:
        names = ", ".join(sample.classes)
        raise ValueError(f"{sample.target} of row {row} must be one of: {names}.")
    return float(sample.classes.index(value))


def _columns(sample: Sample) -> dict[str, Any]:
    numbers = {
        f"x{i}": st.column_config.NumberColumn(name, width=90)
        for i, name in enumerate(sample.columns)
    }
    if sample.classes:
        target = st.column_config.SelectboxColumn(sample.target, options=list(sample.classes))
    else:
        target = st.column_config.NumberColumn(sample.target, width=90)
    row = st.column_config.NumberColumn(disabled=True, width=45)
    return {"row": row, **numbers, "y": target}
