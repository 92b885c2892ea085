"""The rows that a walk may take, as a table that can be edited."""

import pandas as pd
import streamlit as st

from nnviz.datasets import eight_rows
from nnviz.ui.backpropagation import choices
from nnviz.ui.backpropagation.choices import ADDRESS, PAGE
from nnviz.ui.backpropagation.parameters import LIMIT, MOST_ROWS, TWO_ROWS, Rows

_VERSION = f"{PAGE}_rows_version"
_PROBLEM = f"{PAGE}_rows_problem"


def editor() -> None:
    """Show the table; what cannot be used is refused with a sentence and the rows stay."""
    table = pd.DataFrame(ADDRESS["rows"], columns=["x1", "x2", "target"])
    table.insert(0, "row", range(1, len(table) + 1))
    # A new key after each change: else the widget would apply its edits to the new rows again.
    key = f"{PAGE}_rows_{st.session_state.get(_VERSION, 0)}"

    def edit() -> None:
        changes = st.session_state[key]
        _redraw()
        try:
            _set(_edited(table, changes))
        except ValueError as reason:
            st.session_state[_PROBLEM] = f"{reason} The rows stay as they were."

    st.data_editor(
        table,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        on_change=edit,
        column_config={"row": st.column_config.NumberColumn(disabled=True, width="small")},
    )
    if st.session_state.get(_PROBLEM):
        st.warning(st.session_state[_PROBLEM])
    with st.container(horizontal=True):
        st.button("The two first rows", on_click=_replace, args=(TWO_ROWS,))
        st.button("The eight rows", on_click=_replace, args=(_eight(),))


def _eight() -> Rows:
    data = eight_rows()
    pairs = zip(data.X.tolist(), data.y.tolist(), strict=True)
    return tuple((x1, x2, target) for (x1, x2), target in pairs)


def _replace(rows: Rows) -> None:
    _redraw()
    _set(rows)


def _redraw() -> None:
    st.session_state[_VERSION] = st.session_state.get(_VERSION, 0) + 1


def _set(rows: Rows) -> None:
    st.session_state[_PROBLEM] = None
    ADDRESS.set("rows", rows)
    choices.forget_missing_rows()


def _edited(table: pd.DataFrame, changes: dict[str, object]) -> Rows:
    records = table.to_dict("records")
    edited, added, deleted = (changes[f"{name}_rows"] for name in ("edited", "added", "deleted"))
    assert isinstance(edited, dict)
    assert isinstance(added, list)
    assert isinstance(deleted, list)
    for index, cells in edited.items():
        records[int(index)].update(cells)
    records = [row for i, row in enumerate(records) if i not in deleted]
    # A new row starts empty; it counts once it is filled in with something to start from.
    records += [{"x1": 1.0, "x2": 1.0, "target": 1, **row} for row in added]
    if not 1 <= len(records) <= MOST_ROWS:
        raise ValueError(f"There can be 1 to {MOST_ROWS} rows.")
    return tuple(_row(i, row) for i, row in enumerate(records, 1))


def _row(number: int, record: dict[object, object]) -> tuple[float, float, float]:
    values = []
    for name in ("x1", "x2", "target"):
        value = record.get(name)
        if not isinstance(value, int | float) or not -LIMIT <= value <= LIMIT:
            raise ValueError(
                f"{name} of row {number} must be a number from {-LIMIT:g} to {LIMIT:g}."
            )
        values.append(round(float(value), 6))
    x1, x2, target = values
    return x1, x2, target
