"""Error curve: step down a curve, and see what the learning rate does."""

from nnviz.chapters.error_curve.address import ADDRESS, PAGE, VIEWS
from nnviz.chapters.error_curve.lesson import LESSON
from nnviz.chapters.error_curve.view_rules import rules_view
from nnviz.chapters.error_curve.view_walk import walk_view
from nnviz.chapters.error_curve.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.parts import view_switch


def draw() -> None:
    """Draw the page."""
    view_switch(ADDRESS, VIEWS)
    if ADDRESS["view"] == "rules":
        rules_view()
    else:
        walk_view()


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
