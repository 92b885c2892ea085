"""A small table of numbers that scrolls by itself and shows full precision on hover."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from nnviz.sentences.digits import digits


def table(
    columns: Sequence[str],
    rows: Sequence[Sequence[float | str | None]],
    *,
    label: str,
    height: int | None = None,
) -> None:
    """Show rows of numbers and names; ``None`` leaves a cell empty.

    Parameters
    ----------
    columns : sequence of str
        A new line in a name breaks it.
    rows : sequence of rows
    label : str
        What a screen reader calls the table.
    height : int or None
        In pixels; more rows than fit can be scrolled to.
    """
    names = (escape(column).replace("\n", "<br>") for column in columns)
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    body = "".join(f"<tr>{''.join(_cell(value) for value in row)}</tr>" for row in rows)
    limit = "" if height is None else f' style="max-height:{height}px"'
    st.html(
        f'<div class="nv-table" role="region" tabindex="0" aria-label="{escape(label)}"{limit}>'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _cell(value: float | str | None) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, str):
        return f'<th scope="row">{escape(value)}</th>'
    return f'<td title="{value!r}">{digits(value)}</td>'
