"""A few rows that a person can pick from and edit: a parameter of the address, and a table."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from nnviz.data import tutorial
from nnviz.data.tutorial import eight_rows
from nnviz.site.address import Address
from nnviz.site.fresh import fresh
from nnviz.site.parameters import Custom, Numbers
from nnviz.site.rows.row_editor import Column, row_editor
from nnviz.text.digits import digits, listed

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


COLUMNS: Final = tuple(
    Column.between(name, -LIMIT, LIMIT, width)
    for name, width in (("x1", 67), ("x2", 67), ("target", 84))
)
"""The columns of the table, with their widths in pixels."""


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
    """Show a button for each row; ``row`` is the chosen one, ``picked`` is called with another."""
    key, on_change = fresh(f"{address.page}.picked_row", label, row, picked)
    st.segmented_control(
        label,
        range(len(address["rows"])),
        format_func=lambda index: str(index + 1),
        key=key,
        required=True,
        on_change=on_change,
        help="  \n".join(
            f"row {i}: {listed((x1, x2))} → {digits(target)}"
            for i, (x1, x2, target) in enumerate(address["rows"], 1)
        ),
    )


def editor(address: Address, changed: Callable[[], None]) -> None:
    """Show the table; what cannot be used is refused with a sentence and the rows stay.

    ``changed`` is called after the rows have become others.
    """

    def replace(rows: Rows) -> None:
        address.set("rows", rows)
        changed()

    begin_anew = row_editor(
        address.page,
        COLUMNS,
        address["rows"],
        replace,  # type: ignore[arg-type]
        new_row=(1.0, 1.0, 1.0),
        most=MOST_ROWS,
        hide_index=True,
    )

    def take(rows: Rows) -> None:
        begin_anew()
        replace(rows)

    with st.container(horizontal=True):
        st.button("The two first rows", on_click=take, args=(TWO_ROWS,))
        st.button("The eight rows", on_click=take, args=(_eight(),))


def _eight() -> Rows:
    data = eight_rows()
    pairs = zip(data.X.tolist(), data.y.tolist(), strict=True)
    return tuple((x1, x2, target) for (x1, x2), target in pairs)
