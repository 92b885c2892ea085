"""Error curve: step down a curve, and see what the learning rate does."""

from types import MappingProxyType

import streamlit as st

from nnviz.ui import frame
from nnviz.ui.error_curve.choices import ADDRESS, PAGE, VIEWS
from nnviz.ui.error_curve.rules_view import rules_view
from nnviz.ui.error_curve.walk_view import walk_view

TITLES = MappingProxyType(
    {
        "quadratic": "Prediction",
        "weight": "One weight",
        "rules": "Update rules",
    }
)


def lesson() -> None:
    """Draw the page."""
    view = st.segmented_control(
        "What to look at",
        VIEWS,
        format_func=TITLES.__getitem__,
        key=ADDRESS.key("view"),
        required=True,
        label_visibility="collapsed",
    )
    if view == "rules":
        rules_view()
    else:
        walk_view()


frame.show(PAGE, ADDRESS, lesson)
