"""Prediction: send a row through one neuron, value by value; stack layers and collapse them."""

from nnviz.chapters.prediction.address import ADDRESS, PAGE, VIEWS
from nnviz.chapters.prediction.lesson import LESSON
from nnviz.chapters.prediction.view_layers import layers_view
from nnviz.chapters.prediction.view_row import row_view
from nnviz.chapters.prediction.worksheet import ON_PAPER, worksheet
from nnviz.site import frame
from nnviz.site.parts import view_switch


def draw() -> None:
    """Draw the page."""
    view_switch(ADDRESS, VIEWS)
    if ADDRESS["view"] == "layers":
        layers_view()
    else:
        row_view()


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
