"""The rows of a run as a table that can be edited."""

from typing import Final

import streamlit as st

from nnviz.chapters.live_training.address import MOST_ROWS, default_rows, rounded_row
from nnviz.site.address import Address
from nnviz.site.rows.row_editor import Column, Row, row_editor

NEW_ROW: Final = (3.0, 2.0, 0.0)


def editor(address: Address, x_range: tuple[float, float], y_range: tuple[float, float]) -> None:
    """Show the table; what cannot be used is refused with a sentence and the rows stay."""

    def take(rows: tuple[Row, ...]) -> None:
        address.set("rows", tuple(rounded_row(x1, x2, int(target)) for x1, x2, target in rows))

    rows = address["rows"]
    begin_anew = row_editor(
        "run",
        columns(x_range, y_range),
        rows,
        take,
        new_row=NEW_ROW,
        most=MOST_ROWS,
        height=min(35 * (len(rows) + 2) + 3, 400),
    )

    def restore() -> None:
        begin_anew()
        address.set("rows", default_rows())

    st.button("Back to the eight rows", on_click=restore)


def columns(x_range: tuple[float, float], y_range: tuple[float, float]) -> tuple[Column, ...]:
    """Return the columns of the table."""
    target = Column("target", "0 or 1", options=(0, 1), subject="The target")
    return Column.between("x1", *x_range), Column.between("x2", *y_range), target
