"""Linear regression: put a plane through house prices by hand, then let gradient descent do it."""

import streamlit as st

from nnviz.chapters.linear_regression import address
from nnviz.chapters.linear_regression.address import ADDRESS, PAGE
from nnviz.chapters.linear_regression.controls import top
from nnviz.chapters.linear_regression.views.descent import descent_view
from nnviz.chapters.linear_regression.views.hand import hand_view
from nnviz.site import frame
from nnviz.site.plain import plain


def lesson() -> None:
    """Draw the page."""
    note = address.pop_note()
    if note:
        st.toast(plain(note))
    sample = address.sample()
    if top(sample) == "hand":
        hand_view(sample)
    else:
        descent_view(sample)


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, lesson)
