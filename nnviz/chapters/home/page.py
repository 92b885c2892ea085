"""Home: walk one neuron through the four steps of learning, throw darts, and find the course."""

from types import MappingProxyType

import streamlit as st

from nnviz.chapters.home import choices
from nnviz.chapters.home.choices import ADDRESS, PAGE, VIEWS
from nnviz.chapters.home.view_darts import darts_view
from nnviz.chapters.home.view_darts_parts import darts_parts
from nnviz.chapters.home.view_steps import moment, steps_parts, steps_picture
from nnviz.site import frame
from nnviz.site.course_map import course_map

TITLES = MappingProxyType({"steps": "Four steps", "darts": "Darts"})
INTRODUCTIONS = MappingProxyType(
    {
        "steps": "Watch a network learn, and check every number. "
        "This one gets two numbers and should answer 0.",
        "darts": "Throw, see the miss, correct the hand by a fraction of it: "
        "that fraction is the learning rate.",
    }
)


def lesson() -> None:
    """Draw the page."""
    left, right = st.columns([0.19, 0.81], vertical_alignment="center")
    with left:
        st.segmented_control(
            "What to do",
            VIEWS,
            format_func=TITLES.__getitem__,
            key=ADDRESS.key("view"),
            required=True,
            label_visibility="collapsed",
        )
    view: str = ADDRESS["view"]
    with right:
        st.markdown(INTRODUCTIONS[view])
    if view == "steps":
        now = moment()
        steps_picture(now)
    else:
        so_far = choices.game()
        darts_view(so_far)
    left, right = st.columns([0.36, 0.64])
    with left:
        course_map(PAGE)
    with right:
        if view == "steps":
            steps_parts(now)
        else:
            darts_parts(so_far)


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, lesson)
