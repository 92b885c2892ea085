"""Prediction: send a row through one neuron, value by value; stack layers and fold them."""

from types import MappingProxyType

import streamlit as st

from nnviz.ui import frame
from nnviz.ui.prediction.choices import ADDRESS, PAGE, VIEWS
from nnviz.ui.prediction.layers_view import layers_view
from nnviz.ui.prediction.row_view import row_view

TITLES = MappingProxyType({"row": "One row, one neuron", "layers": "Stacked layers"})


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
    if view == "layers":
        layers_view(ADDRESS)
    else:
        row_view()


frame.show(PAGE, ADDRESS, lesson)
