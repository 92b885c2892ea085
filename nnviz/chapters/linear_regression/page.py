"""Linear regression: put a plane through house prices by hand, then let gradient descent do it."""

import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import ADDRESS, NOTE, PAGE
from nnviz.chapters.linear_regression.controls import top
from nnviz.chapters.linear_regression.lesson import LESSON
from nnviz.chapters.linear_regression.views.descent import descent_view
from nnviz.chapters.linear_regression.views.hand import hand_view
from nnviz.chapters.linear_regression.views.line import line_view
from nnviz.chapters.linear_regression.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.plain import plain


def draw() -> None:
    """Draw the page."""
    if note := st.session_state.pop(NOTE, ""):
        st.toast(plain(note))
    sample = address.sample()
    {"line": line_view, "hand": hand_view, "descent": descent_view}[top(sample)](sample)


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
