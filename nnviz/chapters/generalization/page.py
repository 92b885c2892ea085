"""Generalization: rows that no network has seen, and what it makes of them."""

from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.generalization.address import ADDRESS, EXPERIMENTS, PAGE
from nnviz.chapters.generalization.lesson import LESSON
from nnviz.chapters.generalization.views.capacity import capacity_view
from nnviz.chapters.generalization.views.shift import shift_view
from nnviz.chapters.generalization.views.stopping import stopping_view
from nnviz.chapters.generalization.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.parts import switch

_VIEWS: Final = MappingProxyType(
    {"capacity": capacity_view, "stopping": stopping_view, "shift": shift_view}
)


def draw() -> None:
    """Draw the chosen experiment, and run again while there are runs to make."""
    top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    if not frame.hidden("experiment"):
        with top:
            switch(ADDRESS, "experiment", EXPERIMENTS, "What to do")
    if _VIEWS[ADDRESS["experiment"]](top):
        frame.again()


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
