"""A table of a few rows that a person edits: cells, new rows, deleted rows.

Numbers stand in cells of text and are read by the one rule for numbers: a cell of numbers would
drop the point of a typed ``.01`` and the comma of a pasted ``1,4``.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd
import streamlit as st

from nnviz.data.sample import FEWEST_ROWS, LARGEST_VALUE, Sample, middle
from nnviz.site.plain import plain
from nnviz.text.digits import digits
from nnviz.text.numbers import parsed, written

MOST_POINTS: Final = 200
"""Rows of a sample; more are no table to edit by hand."""

_THOUSANDS: Final = re.compile(r"[+-]?[1-9][0-9]{0,2},[0-9]{3}")

Row = tuple[float, ...]


class Column(NamedTuple):
    """A column of the table."""

    label: str  # its name, as it stands in a file or in a link of somebody else
    must: str  # what a cell must be, as a sentence ends: "a number from 0 to 1"
    # low, high: limits of a number
    low: float = -LARGEST_VALUE
    high: float = LARGEST_VALUE
    # What a cell is chosen from; the value is the index. Empty for a column of numbers.
    options: tuple[Any, ...] = ()
    subject: str = ""  # what a sentence calls it; the label by default
    width: int | None = None  # in pixels
    key: str = ""  # what the table's edits call it; the label by default, which may be any

    @property
    def name(self) -> str:
        """What the table's edits call it."""
        return self.key or self.label

    @classmethod
    def between(cls, label: str, low: float, high: float, width: int | None = None) -> "Column":
        """Return a column of numbers within limits that its sentence names."""
        return cls(label, f"a number from {digits(low)} to {digits(high)}", low, high, width=width)

    def cell(self, value: float) -> Any:
        """Return what stands in a cell."""
        return self.options[int(value)] if self.options else written(value)

    def value(self, cell: object, row: int) -> float:
        """Return the value of a cell.

        Raises ValueError with a sentence, if it is none.
        """
        value: float | None
        if self.options:
            value = float(self.options.index(cell)) if cell in self.options else None
        else:
            value = number_in(cell)
        if value is None or not (self.options or self.low <= value <= self.high):
            raise ValueError(f"{self.subject or self.label} of row {row} must be {self.must}.")
        return value

    def config(self) -> Any:
        """Return how Streamlit shows it."""
        if self.options:
            options, config = list(self.options), st.column_config.SelectboxColumn
            return config(self.label, options=options, width=self.width)
        return st.column_config.TextColumn(self.label, width=self.width, alignment="right")


def number_in(cell: object) -> float | None:
    """Return the number in a cell, with a decimal point or a decimal comma; None if it is none.

    A text such as ``1,234`` is none: the comma may stand between thousands.
    """
    if isinstance(cell, str):
        comma = not _THOUSANDS.fullmatch(cell.strip())
        value = parsed(cell)
        return parsed(cell, ",") if value is None and comma else value
    return float(cell) if isinstance(cell, int | float) else None


def row_editor(
    name: str,
    columns: Sequence[Column],
    rows: Iterable[Row],
    on_rows: Callable[[tuple[Row, ...]], None],
    *,
    new_row: Row,
    most: int,
    **given: Any,
) -> Callable[[], None]:
    """Show the table; what cannot be used is refused with a sentence, and the rows stay.

    Parameters
    ----------
    name : str
        Of the table in the session.
    rows : iterable of tuple of float
        A value for each column.
    on_rows : callable
        Called with the rows after an edit; a ValueError refuses them, and its sentence is shown.
    new_row : tuple of float
        What an added row starts from: it comes empty.
    most : int
        So many rows there may be.
    **given
        Further arguments of ``st.data_editor``.

    Returns
    -------
    callable
        Has to be called when the rows are replaced in another way: edits that the table still
        holds are forgotten.
    """
    rows = tuple(rows)
    version, problem = f"{name}_rows_version", f"{name}_rows_problem"
    # A new key after each change: else the widget would apply its edits to the new rows again.
    key = f"{name}_rows_{st.session_state.get(version, 0)}"

    def begin_anew() -> None:
        st.session_state[version] = st.session_state.get(version, 0) + 1
        st.session_state[problem] = None

    def edit() -> None:
        changes = st.session_state[key]
        begin_anew()
        try:
            on_rows(edited_rows(columns, rows, changes, new_row, most))
        except ValueError as reason:
            st.session_state[problem] = rows, f"{reason} The rows stay as they were."

    st.data_editor(
        table(columns, rows),
        key=key,
        num_rows="dynamic",
        on_change=edit,
        column_config={
            "row": st.column_config.NumberColumn(disabled=True, width=45),
            **{column.name: column.config() for column in columns},
        },
        **given,
    )
    about, sentence = st.session_state.get(problem) or (None, "")
    if about == rows:
        st.warning(plain(sentence))
    return begin_anew


def table(columns: Sequence[Column], rows: Iterable[Row]) -> pd.DataFrame:
    """Return the cells of rows, and the number of each row."""
    cells = [
        [number, *(c.cell(v) for c, v in zip(columns, row, strict=True))]
        for number, row in enumerate(rows, 1)
    ]
    return pd.DataFrame(cells, columns=["row", *(column.name for column in columns)])


def edited_rows(
    columns: Sequence[Column],
    rows: Iterable[Row],
    changes: Mapping[str, Any],
    new_row: Row,
    most: int,
) -> tuple[Row, ...]:
    """Return rows after the edits of a table.

    Raises ValueError with a sentence, if a cell has no value, no row is left, or there are too
    many.

    Parameters
    ----------
    columns, rows, new_row, most
        As in `row_editor`.
    changes : Mapping
        What ``st.data_editor`` left in ``st.session_state``.
    """
    started = {column.name: column.cell(v) for column, v in zip(columns, new_row, strict=True)}
    records = table(columns, rows).to_dict("records")
    for index, cells in changes["edited_rows"].items():
        records[int(index)].update(cells)
    records = [row for i, row in enumerate(records) if i not in changes["deleted_rows"]]
    records += [started | row for row in changes["added_rows"]]
    if not 1 <= len(records) <= most:
        raise ValueError(f"There can be 1 to {most} rows.")
    return tuple(
        tuple(column.value(row.get(column.name), n) for column in columns)
        for n, row in enumerate(records, 1)
    )


def points_table(sample: Sample, on_sample: Callable[[Sample, str], None]) -> None:
    """Show the rows of a small sample to edit.

    Parameters
    ----------
    sample : Sample
        The rows as they are.
    on_sample : callable
        Called with the sample after an edit, and a note on it.
    """
    if sample.n_rows > MOST_POINTS:
        st.caption(
            f"A table to edit holds up to {MOST_POINTS} rows, and there are {sample.n_rows:,}. "
            "Download them, edit the file and bring it back."
        )
        return

    def take(rows: tuple[Row, ...]) -> None:
        result = sample_of(sample, rows)
        on_sample(result, f"{result.n_rows:,} rows, edited in the table.")

    row_editor(
        "own_points",
        sample_columns(sample),
        rows_of(sample),
        take,
        new_row=new_point(sample),
        most=MOST_POINTS,
        hide_index=True,
    )


def sample_columns(sample: Sample) -> tuple[Column, ...]:
    """Return the columns of a sample, and its target as the last one."""
    must = "a number of at most 1e12 in size"
    columns = [Column(name, must, width=90, key=f"x{i}") for i, name in enumerate(sample.columns)]
    if not sample.classes:
        return (*columns, Column(sample.target, must, width=90, key="y"))
    one_of = f"one of: {', '.join(sample.classes)}"
    return (*columns, Column(sample.target, one_of, options=sample.classes, key="y"))


def rows_of(sample: Sample) -> tuple[Row, ...]:
    """Return the rows of a sample, each with its target as the last value."""
    return tuple(map(tuple, np.column_stack([sample.X, sample.y]).tolist()))


def new_point(sample: Sample) -> Row:
    """Return the row that an added one starts from: the means, and the first class."""
    target = 0.0 if sample.classes else float(f"{sample.y.mean():.4g}")
    return (*middle(sample), target)


def sample_of(sample: Sample, rows: Sequence[Row]) -> Sample:
    """Return a sample with other rows and the same names.

    Raises ValueError with a sentence, if they are too few or leave only one class of several.
    """
    if len(rows) < FEWEST_ROWS:
        raise ValueError(f"At least {FEWEST_ROWS} rows must stay.")
    values = np.array(rows)
    X, y = values[:, :-1], values[:, -1]
    if sample.classes and len(np.unique(sample.y)) > len(np.unique(y)) == 1:
        raise ValueError("Rows of two classes must stay: with one there is nothing to learn.")
    return Sample(X, y, sample.columns, sample.classes, sample.target)
