"""Generalization: rows that no network has seen, and what it makes of them."""

import streamlit as st

from nnviz.ui import frame
from nnviz.ui.generalization.choices import ADDRESS, PAGE
from nnviz.ui.generalization.controls import experiment
from nnviz.ui.generalization.ladder_view import ladder_view
from nnviz.ui.generalization.shift_view import shift_view
from nnviz.ui.generalization.stopping_view import stopping_view


def lesson() -> None:
    """Draw the page."""
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with top:
        chosen = experiment()
    if chosen == "capacity":
        coming = ladder_view(top)
    elif chosen == "stopping":
        coming = stopping_view(top)
    else:
        coming = shift_view(top)
    if coming:
        frame.again()


frame.show(PAGE, ADDRESS, lesson)
