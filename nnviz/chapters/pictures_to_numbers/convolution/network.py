"""A filter slides over the drawing, and one neuron reads its map: the network and its training.

From the drawing to the answer: nine products and their sum at each of 64 places (`convolution`), 0
where the sum is negative (relu), the mean of the 64 places, and one neuron of these means. The mean
does not know where in the drawing something was found. So a drawing that is moved gets the same
answer as long as an empty column is left between its ink and the edge.

It does not stand on `nnviz.training`: the layers of a plan have a weight of their own for every
input, and here nine weights serve at 64 places.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, SIDE
from nnviz.chapters.pictures_to_numbers.two_digits import MOST_PICTURES, is_eight, order
from nnviz.data.digits import digits
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, Frozen, integer, vector
from nnviz.nn.convolution import Convolution, filter_gradients, windows
from nnviz.nn.losses import LOSSES
from nnviz.nn.optimizers import OPTIMIZERS, step_of
from nnviz.nn.rng import LARGEST_SEED, generator

REACH: Final = 3
"""Rows and columns of a filter."""

N_WEIGHTS: Final = REACH * REACH
MOST_FILTERS: Final = 4
FEWEST_PICTURES: Final = 2

OPTIMIZER: Final = "adam"
RATE: Final = 0.05
UPDATES: Final = 400
SIGNS: Final = (1.0, -1.0)
"""What the neuron's first weight is at the start of each attempt.

With one sign a filter is sought that finds what an 8 has and a 3 has not, with the other one that
finds what a 3 has. The attempt with the smaller error on the pictures learned from is kept.
"""

STREAMS: Final = MappingProxyType({1.0: "filters for an 8", -1.0: "filters for a 3"})
"""The streams of random numbers of both attempts."""


@dataclass(frozen=True)
class FilterConfig:
    """Everything that one training depends on: equal configs make equal networks."""

    n_train: int  # pictures that are learned from, the same ones as the neuron of 64 weights has
    seed: int  # which pictures these are, and where the filters start
    n_filters: int = 1
    # the nine numbers of a filter that was drawn and does not learn; empty for one that does
    by_hand: tuple[float, ...] = ()

    def __post_init__(self) -> None:
        integer(self.n_train, "n_train", FEWEST_PICTURES, MOST_PICTURES)
        integer(self.seed, "seed", 0, LARGEST_SEED)
        integer(self.n_filters, "n_filters", 1, MOST_FILTERS)
        if self.by_hand:
            vector(self.by_hand, "by_hand", n=N_WEIGHTS)
            integer(self.n_filters, "n_filters with one by hand", 1, 1)


@dataclass(frozen=True, eq=False)
class FilterNetwork(Frozen):
    """Filters, and the neuron that reads the means of their maps."""

    convolution: Convolution
    weights: FloatArray  # (n_filters,)
    bias: float

    @property
    def n_parameters(self) -> int:
        """How many numbers can be learned: those of the filters, and those of the neuron."""
        return self.convolution.filters.size + 2 * len(self.weights) + 1


@dataclass(frozen=True, eq=False)
class Forward(Frozen):
    """What the network makes of some pictures, in the order of computation."""

    sums: FloatArray  # (n_filters, n_pictures, 8, 8): the nine products added up, and the bias
    maps: FloatArray  # the same with 0 for what is negative
    means: FloatArray  # (n_filters, n_pictures)
    z: FloatArray  # (n_pictures,)
    prediction: FloatArray  # (n_pictures,): how sure it is of an 8


def forward(network: FilterNetwork, read: FloatArray) -> Forward:
    """Send pictures through the network.

    Parameters
    ----------
    read : ndarray, shape (9, n_pictures, 8, 8)
        The `windows_of` the pictures.
    """
    sums = network.convolution.maps(read)
    maps = np.maximum(sums, 0.0)
    means = maps.mean(axis=(2, 3))
    z = network.weights @ means + network.bias
    return Forward(sums, maps, means, z, sigmoid(z))


def gradient(network: FilterNetwork, read: FloatArray, targets: FloatArray) -> FloatArray:
    """Return the gradient of the mean cross-entropy by every parameter, in `parameters`' order."""
    found = forward(network, read)
    # The derivatives of cross-entropy and sigmoid simplify to this difference.
    derror_dz = (found.prediction - targets) / len(targets)
    derror_dmeans = network.weights[:, None] * derror_dz
    n_places = SIDE * SIDE
    derror_dsums = (derror_dmeans / n_places)[:, :, None, None] * (found.sums > 0)
    by_filters, by_bias = filter_gradients(read, derror_dsums)
    return np.concatenate([
        by_filters.ravel(), by_bias, found.means @ derror_dz, [derror_dz.sum()]
    ])  # fmt: skip


def parameters(network: FilterNetwork) -> FloatArray:
    """Return filters, their biases, the neuron's weights and its bias in one row."""
    filters, bias = network.convolution.filters, network.convolution.bias
    return np.concatenate([filters.ravel(), bias, network.weights, [network.bias]])


def network_of(parameters: FloatArray) -> FilterNetwork:
    """Return the network with some `parameters`."""
    n_filters = (len(parameters) - 1) // (N_WEIGHTS + 2)
    ends = np.cumsum([N_WEIGHTS * n_filters, n_filters, n_filters])
    filters, biases, weights, bias = np.split(parameters, ends)
    shaped = filters.reshape(n_filters, REACH, REACH)
    return FilterNetwork(Convolution(shaped, biases), weights.copy(), float(bias[0]))


def windows_of(drawings: Sequence[Sequence[int]] | npt.NDArray[Any]) -> FloatArray:
    """Return what a filter reads of some drawings, shape (9, n_drawings, 8, 8)."""
    pictures = np.asarray(drawings, dtype=np.float64).reshape(-1, SIDE, SIDE)
    return windows(pictures, REACH)


def learn(config: FilterConfig) -> FilterNetwork:
    """Train a network; a filter that was drawn by hand stays, and only the neuron learns."""
    train = order(config.seed)[: config.n_train]
    # From 0 to 1, so that one learning rate suits filters and neuron; the network reads inks again.
    read, targets = windows_of(digits().pictures[train]) / MOST_INK, is_eight(train)
    if config.by_hand:
        return _behind(config.by_hand, read, targets)

    def slope(found: FloatArray) -> FloatArray:
        return gradient(network_of(found), read, targets)

    ended = [_descend(_start(config, sign), slope) for sign in SIGNS]
    best = min(ended, key=lambda found: _error(network_of(found), read, targets))
    n_own = N_WEIGHTS * config.n_filters
    return network_of(np.concatenate([best[:n_own] / MOST_INK, best[n_own:]]))


def _behind(drawn: tuple[float, ...], read: FloatArray, targets: FloatArray) -> FilterNetwork:
    """Return a drawn filter with the neuron that has learned from its means alone."""
    still = network_of(np.array([*drawn, 0.0, 0.0, 0.0]))
    (means,) = forward(still, read).means
    # Around 0 and of size 1, whatever the size of the nine numbers; taken back at the end.
    middle, size = means.mean(), means.std() or 1.0
    scaled = (means - middle) / size

    def slope(found: FloatArray) -> FloatArray:
        derror_dz = (sigmoid(found[0] * scaled + found[1]) - targets) / len(targets)
        return np.array([scaled @ derror_dz, derror_dz.sum()])

    weight, bias = _descend(np.zeros(2), slope)
    own = [weight / size / MOST_INK, bias - weight * middle / size]
    return network_of(np.array([*drawn, 0.0, *own]))


def _start(config: FilterConfig, sign: float) -> FloatArray:
    """Return parameters by chance: filters that add up to 0, so that even ink gives nothing."""
    rng = generator(config.seed, STREAMS[sign])
    filters = 0.5 * rng.standard_normal((config.n_filters, N_WEIGHTS))
    filters -= filters.mean(axis=1, keepdims=True)
    weights = sign * (-1.0) ** np.arange(config.n_filters)
    return np.concatenate([filters.ravel(), np.zeros(config.n_filters), weights, [0.0]])


def _descend(start: FloatArray, slope: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Return the parameters after all updates, each from all pictures."""
    found, state = start, np.zeros((OPTIMIZERS[OPTIMIZER].n_states, len(start)))
    for update in range(1, UPDATES + 1):
        change, state = step_of(OPTIMIZER, slope(found), state, RATE, update)
        found = found - change
    return found


def _error(network: FilterNetwork, read: FloatArray, targets: FloatArray) -> float:
    value = LOSSES["binary_cross_entropy"].of_output
    found = forward(network, read)
    return float(value("sigmoid", found.z, found.prediction, targets).mean())
