"""The page: one of its four views."""

from types import MappingProxyType

import streamlit as st

from nnviz.chapters.words_to_numbers.address import ADDRESS, PAGE, VIEWS
from nnviz.chapters.words_to_numbers.lesson import LESSON
from nnviz.chapters.words_to_numbers.views import count, learn, splits, vectors, work
from nnviz.chapters.words_to_numbers.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.parts import view_switch

_SHOW = MappingProxyType(
    {"count": count.show, "learn": learn.show, "splits": splits.show, "vectors": vectors.show}
)


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)


def draw() -> None:
    """Show the chosen view."""
    with frame.controls():
        top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with top:
        view_switch(ADDRESS, VIEWS)
    _SHOW[ADDRESS["view"]](top)
    work.open_the_dictionary()
