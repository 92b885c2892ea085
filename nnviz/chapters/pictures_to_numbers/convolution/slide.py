"""A filter on its way over a drawing: what it reads, multiplies and adds up at each place."""

from dataclasses import dataclass

import numpy as np

from nnviz.chapters.pictures_to_numbers.convolution.network import (
    FilterNetwork,
    forward,
    windows_of,
)
from nnviz.chapters.pictures_to_numbers.drawing import N_PIXELS, Drawing
from nnviz.chapters.pictures_to_numbers.two_digits import TWO
from nnviz.nn.checks import FloatArray, Frozen


@dataclass(frozen=True, eq=False)
class Slide(Frozen):
    """Every place of the first filter of a network, in the order of the squares, and the answer."""

    drawing: Drawing
    network: FilterNetwork
    inks: FloatArray  # (64, 9): what the window reads, 0 beyond the edge
    weights: FloatArray  # (9,): the filter
    offset: float  # its bias, which is added to the nine products
    products: FloatArray  # (64, 9)
    sums: FloatArray  # (64,): the products and the bias added up
    map: FloatArray  # (64,): the sums, and 0 where one is negative
    mean: float  # of the map
    z: float
    prediction: float  # how sure the neuron is of an 8

    @property
    def digit(self) -> int | None:
        """What the neuron says: 3, 8, or None where its sum is exactly 0."""
        return None if self.z == 0 else TWO[self.z > 0]


def slide(network: FilterNetwork, drawing: Drawing) -> Slide:
    """Slide the first filter of a network over a drawing."""
    read = windows_of([drawing])
    found = forward(network, read)
    inks = read.reshape(-1, N_PIXELS).T
    weights = network.convolution.filters[0].ravel()
    return Slide(
        drawing,
        network,
        np.ascontiguousarray(inks),
        weights,
        float(network.convolution.bias[0]),
        inks * weights,
        found.sums[0].ravel(),
        found.maps[0].ravel(),
        float(found.means[0, 0]),
        float(found.z[0]),
        float(found.prediction[0]),
    )
