"""A few rows that a person can pick from and edit: a parameter of the address, and a table."""

from collections.abc import Callable
from typing import Final

import pandas as pd
import streamlit as st

from nnviz.data import tutorial
from nnviz.data.tutorial import eight_rows
from nnviz.site.address import Address
from nnviz.site.fresh import fresh
from nnviz.site.parameters import Custom, Numbers
from nnviz.site.table_edits import edited_records
from nnviz.text.digits import digits

MOST_ROWS: Final = 9
"""So that the keys 1 to 9 pick them."""

LIMIT: Final = 100.0
"""Of a row's numbers and of a target, in size."""

Rows = tuple[tuple[float, float, float], ...]

TWO_ROWS: Final[Rows] = (
    (*tutorial.FIRST_ROW, tutorial.FIRST_TARGET),
    (*tutorial.SECOND_ROW, tutorial.SECOND_TARGET),
)
"""The rows of the tutorial's first predictions, as x1, x2, target."""


def _parse(text: str) -> Rows:
    rows = text.split(";")
    if not 1 <= len(rows) <= MOST_ROWS:
        raise ValueError(f"it must hold 1 to {MOST_ROWS} rows with semicolons between them")
    return tuple(_parse_row(row) for row in rows)


def _parse_row(text: str) -> tuple[float, float, float]:
    try:
        x1, x2, target = Numbers("row", (), -LIMIT, LIMIT, count=3).parse(text)
    except ValueError as reason:
        raise ValueError(f"a row must be x1,x2,target: {reason}") from None
    return x1, x2, target


def _format(rows: Rows) -> str:
    numbers = Numbers("row", (), -LIMIT, LIMIT)
    return ";".join(numbers.format(row) for row in rows)


ROWS: Final = Custom("rows", TWO_ROWS, _parse, _format)
"""The parameter of a page's address that holds them."""


def pick(address: Address, label: str, row: int, picked: Callable[[int], None]) -> None:
    """Show a button for each row; ``row`` is the chosen one, ``picked`` hears of another."""
    key, on_change = fresh(f"{address.page}.picked_row", label, row, picked)
    st.segmented_control(
        label,
        range(len(address["rows"])),
        format_func=lambda index: str(index + 1),
        key=key,
        required=True,
        on_change=on_change,
        help="  \n".join(
            f"row {i}: {digits(x1)}, {digits(x2)} → {digits(target)}"
            for i, (x1, x2, target) in enumerate(address["rows"], 1)
        ),
    )


def editor(address: Address, changed: Callable[[], None]) -> None:
    """Show the table; what cannot be used is refused with a sentence and the rows stay.

    ``changed`` is called after the rows have become others.
    """
    version, problem = f"{address.page}_rows_version", f"{address.page}_rows_problem"
    table = pd.DataFrame(address["rows"], columns=["x1", "x2", "target"])
    table.insert(0, "row", range(1, len(table) + 1))
    # A new key after each change: else the widget would apply its edits to the new rows again.
    key = f"{address.page}_rows_{st.session_state.get(version, 0)}"

    def edit() -> None:
        changes = st.session_state[key]
        try:
            replace(_edited(table, changes))
        except ValueError as reason:
            st.session_state[version] = st.session_state.get(version, 0) + 1
            st.session_state[problem] = f"{reason} The rows stay as they were."

    def replace(rows: Rows) -> None:
        st.session_state[version] = st.session_state.get(version, 0) + 1
        st.session_state[problem] = None
        address.set("rows", rows)
        changed()

    st.data_editor(
        table,
        key=key,
        num_rows="dynamic",
        hide_index=True,
        on_change=edit,
        column_config={
            "row": st.column_config.NumberColumn(disabled=True, width=40),
            "x1": st.column_config.NumberColumn(width=67),
            "x2": st.column_config.NumberColumn(width=67),
            "target": st.column_config.NumberColumn(width=84),
        },
    )
    if st.session_state.get(problem):
        st.warning(st.session_state[problem])
    with st.container(horizontal=True):
        st.button("The two first rows", on_click=replace, args=(TWO_ROWS,))
        st.button("The eight rows", on_click=replace, args=(_eight(),))


def _eight() -> Rows:
    data = eight_rows()
    pairs = zip(data.X.tolist(), data.y.tolist(), strict=True)
    return tuple((x1, x2, target) for (x1, x2), target in pairs)


def _edited(table: pd.DataFrame, changes: dict[str, object]) -> Rows:
    new_row = {"x1": 1.0, "x2": 1.0, "target": 1}
    records = edited_records(table, changes, new_row, MOST_ROWS)
    return tuple(_row(i, row) for i, row in enumerate(records, 1))


def _row(number: int, record: dict[object, object]) -> tuple[float, float, float]:
    values = []
    for name in ("x1", "x2", "target"):
        value = record.get(name)
        if not isinstance(value, int | float) or not -LIMIT <= value <= LIMIT:
            raise ValueError(
                f"{name} of row {number} must be a number from {-LIMIT:g} to {LIMIT:g}."
            )
        values.append(float(value))
    x1, x2, target = values
    return x1, x2, target
