"""The page: one of two views, the parts below its picture, and the map of the course."""

from types import MappingProxyType

import streamlit as st

from nnviz.chapters.home import view_darts, view_steps
from nnviz.chapters.home.address import ADDRESS, PAGE
from nnviz.chapters.home.lesson import LESSON
from nnviz.chapters.home.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.course import course_map
from nnviz.site.parts import view_switch

TITLES = MappingProxyType({"steps": "Four steps", "darts": "Darts"})
INTRODUCTIONS = MappingProxyType(
    {
        "steps": "Watch a network learn, and check every number. "
        "This one gets two numbers and should answer 0.",
        "darts": "Throw, see the miss, correct the hand by a fraction of it: "
        "that fraction is the learning rate.",
    }
)


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)


def draw() -> None:
    """Show the chosen view, its parts and the course map."""
    if not frame.hidden("view"):
        left, right = st.columns([0.19, 0.81], vertical_alignment="center")
        with left:
            view_switch(ADDRESS, TITLES)
        right.markdown(INTRODUCTIONS[ADDRESS["view"]])
    at_the_end = ADDRESS.course.task == len(LESSON.tasks)
    if at_the_end:
        course_map(PAGE, brief=True)
    # Each view shows its picture and returns what shows its parts.
    show_parts = view_steps.show() if ADDRESS["view"] == "steps" else view_darts.show()
    if frame.hidden("invitations"):
        if not at_the_end:
            st.space("large")  # the map begins below the window, for who scrolls on from a task
            course_map(PAGE, brief=True)
        return
    left, right = st.columns([0.36, 0.64])
    with left:
        course_map(PAGE)
    with right:
        show_parts()
