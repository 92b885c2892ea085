"""Linear regression: put a plane through house prices by hand, then let gradient descent do it."""

import streamlit as st

from nnviz.ui import frame
from nnviz.ui.linear_regression import choices
from nnviz.ui.linear_regression.choices import ADDRESS, PAGE
from nnviz.ui.linear_regression.controls import top
from nnviz.ui.linear_regression.descent_view import descent_view
from nnviz.ui.linear_regression.hand_view import hand_view
from nnviz.ui.plain import plain


def lesson() -> None:
    """Draw the page."""
    note = choices.told_once()
    if note:
        st.toast(plain(note))
    sample = choices.sample()
    if top(sample) == "hand":
        hand_view(sample)
    else:
        descent_view(sample)


frame.show(PAGE, ADDRESS, lesson)
