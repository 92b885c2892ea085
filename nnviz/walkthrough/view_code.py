"""Show the source of a function with one line highlighted, and formulas that may break."""

import inspect
import textwrap
from collections.abc import Callable
from html import escape
from typing import Any

import streamlit as st

# Where a long formula in code may go on in the next line.
_BREAKS = ("+", "·", "=", ",")


def highlighted_code(function: Callable[..., Any], index: int, *, place: str) -> None:
    """Show a function's source with its line ``index``, counted from 0, highlighted.

    ``place`` names the file and the number of that line.
    """
    lines = textwrap.dedent(inspect.getsource(function)).rstrip().split("\n")
    # The highlighted line is announced by a screen reader too.
    body = "".join(
        f"<mark aria-label='the line that computed it'>{escape(line)}</mark>\n"
        if i == index
        else f"{escape(line)}\n"
        for i, line in enumerate(lines)
    )
    st.html(
        f"<div class='nv-source'><div>{escape(place)}</div>"
        f"<pre tabindex='0' aria-label='Source'>{body}</pre></div>"
    )


def breakable(text: str) -> str:
    """Return a formula as HTML in which a line may break after each sign."""
    escaped = escape(text)
    for sign in _BREAKS:
        escaped = escaped.replace(sign, f"{sign}<wbr>")
    return escaped
