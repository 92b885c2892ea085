"""The page: one of its views."""

from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE, VIEWS
from nnviz.chapters.pictures_to_numbers.lesson import LESSON
from nnviz.chapters.pictures_to_numbers.views import digits, neuron, sign
from nnviz.chapters.pictures_to_numbers.views import filter as filter_view
from nnviz.chapters.pictures_to_numbers.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.parts import view_switch
from nnviz.site.styles import style

_SHOW: Final = MappingProxyType(
    {"neuron": neuron.show, "digits": digits.show, "filter": filter_view.show, "sign": sign.show}
)
_WITHOUT_PLAYER: Final = ".nv-player, .nv-readout > span:first-child { display: none !important; }"


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)


def draw() -> None:
    """Show the chosen view."""
    # Where a task needs one step of a run its player is out of sight, and so its keys do nothing.
    if frame.hidden("train"):
        style(_WITHOUT_PLAYER)
    with frame.controls():
        top = st.container(horizontal=True, vertical_alignment="center", gap="small")
    with top:
        view_switch(ADDRESS, VIEWS)
    _SHOW[ADDRESS["view"]](top)
