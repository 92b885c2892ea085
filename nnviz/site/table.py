"""A small table of numbers that scrolls by itself and shows full precision on hover."""

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Final, NamedTuple

import numpy as np
import streamlit as st

from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, percent
from nnviz.training.study_results import Band

_ROOM: Final = (
    9  # characters of a number: five columns of them fit beside a picture, and on a phone
)


class Shown(NamedTuple):
    """A number that a cell shows as other text."""

    value: float
    text: str


Cell = float | str | Shown | None
"""What a cell of a table is made of; None leaves it empty."""


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    label: str,
    height: int | None = None,
) -> None:
    """Show rows of numbers and words; a word that comes first is the row's name.

    Parameters
    ----------
    columns : sequence of str
        The names of the columns; a new line in a name breaks it.
    rows : sequence of rows
        Numbers are shown with four digits, and in full on hover; None leaves a cell empty.
    label : str
        What a screen reader calls the table.
    height : int or None
        The height in pixels, beyond which the table scrolls.
    """
    names = (escape(column).replace("\n", "<br>") for column in columns)
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(f"<tr>{''.join(map(_cell, row, range(len(row))))}</tr>" for row in rows)
    limit = "" if height is None else f' style="max-height:{height}px"'
    st.html(
        f'<div class="nv-table" role="region" tabindex="0" aria-label="{escape(label)}"{limit}>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def fractions(middle: FloatArray, band: Band) -> list[tuple[Shown, str] | tuple[None, None]]:
    """Return two cells of each variant of a study: its middle, and the middle half of its runs."""
    cells: list[tuple[Shown, str] | tuple[None, None]] = []
    for value, low, high, n in zip(middle.tolist(), band.low, band.high, band.n, strict=True):
        told = percent(value, low, high, decimals=1)
        half = f"{told[1]} to {told[2]}"
        cells.append((Shown(value, told[0]), half) if n else (None, None))
    return cells


def _cell(value: Cell, column: int) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, str):
        text = escape(value).replace("\n", "<br>")
        return f"<td>{text}</td>" if column else f'<th scope="row">{text}</th>'
    if isinstance(value, Shown):
        return f'<td title="{_exact(value.value)}">{escape(value.text)}</td>'
    return f'<td title="{_exact(value)}">{_short(value)}</td>'


def _exact(value: float) -> str:
    """Return a number in full, without the name of NumPy's type."""
    return repr(value.item() if isinstance(value, np.generic) else value)


@lru_cache(maxsize=4096)
def _short(value: float) -> str:
    """Return a number with four significant digits, or fewer where a column has no room."""
    for significant in (4, 3, 2):
        text = digits(value, significant).replace(" × ", "×")
        if len(text) <= _ROOM:
            break
    return text
