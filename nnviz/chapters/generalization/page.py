"""Generalization: rows that no network has seen, and what it makes of them."""

import streamlit as st

from nnviz.chapters.generalization.choices import ADDRESS, PAGE
from nnviz.chapters.generalization.controls import experiment
from nnviz.chapters.generalization.view_ladder import ladder_view
from nnviz.chapters.generalization.view_shift import shift_view
from nnviz.chapters.generalization.view_stopping import stopping_view
from nnviz.site import frame


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


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, lesson)
