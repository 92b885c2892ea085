"""Show the source of a function with one line highlighted, and formulas that may break."""

import inspect
import textwrap
from html import escape

import streamlit as st

from nnviz.walkthrough.source_lines import SourceLine

# Where a long formula in code may go on in the next line.
_BREAKS = ("+", "·", "=", ",")


def highlighted_code(line: SourceLine) -> None:
    """Show the function that computed a value, with the line that did it highlighted."""
    st.markdown("The function that computed this value, and the line that did it:")
    lines = textwrap.dedent(inspect.getsource(line.function)).rstrip().split("\n")
    shown = [escape(text) for text in lines]
    # The highlighted line is announced by a screen reader too.
    shown[line.index] = f"<mark aria-label='the line that computed it'>{shown[line.index]}</mark>"
    body = "".join(f"{text}\n" for text in shown)
    st.html(
        f"<div class='nv-source'><div>{escape(line.place)}</div>"
        f"<pre tabindex='0' aria-label='Source'>{body}</pre></div>"
    )


def breakable(text: str) -> str:
    """Return a formula as HTML in which a line may break after each sign."""
    escaped = escape(text)
    for sign in _BREAKS:
        escaped = escaped.replace(sign, f"{sign}<wbr>")
    return escaped
