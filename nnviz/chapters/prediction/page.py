"""Prediction: send a row through one neuron, value by value; stack layers and collapse them."""

from types import MappingProxyType

import streamlit as st

from nnviz.chapters.prediction.address import ADDRESS, PAGE, VIEWS
from nnviz.chapters.prediction.lesson import LESSON
from nnviz.chapters.prediction.view_layers import layers_view
from nnviz.chapters.prediction.view_row import row_view
from nnviz.site import frame

TITLES = MappingProxyType({"row": "One row, one neuron", "layers": "Stacked layers"})


def draw() -> None:
    """Draw the page."""
    if not frame.hidden("view"):
        st.segmented_control(
            "What to look at",
            VIEWS,
            format_func=TITLES.__getitem__,
            key=ADDRESS.key("view"),
            required=True,
            label_visibility="collapsed",
        )
    if ADDRESS["view"] == "layers":
        layers_view()
    else:
        row_view()


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON)
