"""Prediction: send a row through one neuron, value by value; stack layers and fold them."""

from nnviz.ui import frame
from nnviz.ui.address import Address
from nnviz.ui.parts import PART
from nnviz.ui.prediction.layers_view import LAYERS_PARAMETERS, layers_view

ADDRESS = Address("prediction", [*LAYERS_PARAMETERS, PART])


def lesson() -> None:
    """Draw the page."""
    layers_view(ADDRESS)


frame.show("prediction", ADDRESS, lesson)
