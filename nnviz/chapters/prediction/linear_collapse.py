"""Collapse linear layers, one after the other, to one linear layer.

Without an activation between them, ``(x @ W1 + b1) @ W2 + b2`` is the same as
``x @ (W1 @ W2) + (b1 @ W2 + b2)``. A product of matrices is a matrix, so many linear layers reach
nothing that one could not.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, matrix
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network
from nnviz.nn.rng import generator

LARGEST_BIAS = 1.0

ROUNDING = 1e-12
"""Two outputs are the same if they differ by at most this fraction of all that was added up."""


@dataclass(frozen=True, eq=False)
class Collapse:
    """A network, and the one layer that its weights and biases multiply out to."""

    network: Network
    collapsed: Network  # the network of one layer: the last of `products`
    # The first layer, the product of the first two, of the first three, ..., of all. Each has
    # weights of shape (n_inputs, n_units of its last layer) and the activation of its last layer.
    products: tuple[Layer, ...]
    # Whether every layer but the last is linear, so that `collapsed` is the same function. The
    # tests hold its outputs to `ROUNDING`.
    exact: bool


def collapse_layers(network: Network) -> Collapse:
    """Multiply all layers out to one, as if there were no activation between them.

    The weights are ``W1 @ W2 @ ...``, the bias is ``((b1 @ W2 + b2) @ W3 + b3) ...``, and the
    activation of the last layer stays: it comes after the sum. Raises ValueError if the
    products do not fit into float64.
    """
    products = [network.layers[0]]
    for layer in network.layers[1:]:
        before = products[-1]
        with np.errstate(over="ignore", invalid="ignore"):
            weights = before.weights @ layer.weights
            bias = before.bias @ layer.weights + layer.bias
        if not (np.isfinite(weights).all() and np.isfinite(bias).all()):
            raise ValueError("the weights must be small enough for their product to be finite.")
        products.append(Layer(weights, bias, layer.activation))
    exact = all(layer.activation == "linear" for layer in network.layers[:-1])
    return Collapse(network, Network((products[-1],)), tuple(products), exact)


@dataclass(frozen=True, eq=False)
class Comparison(Frozen):
    """The outputs of a stack and of its collapsed layer on the same rows; all dimensionless."""

    X: FloatArray  # (n_samples, n_inputs)
    # stacked, collapsed: (n_samples,): the outputs of the network and of the one layer
    stacked: FloatArray
    collapsed: FloatArray
    differences: FloatArray  # (n_samples,): `collapsed` minus `stacked`
    worst: int  # index of the row with the largest difference, the first of equals
    worst_difference: float  # its size, 0 or more
    # Whether no row differs by more than rounding does: `ROUNDING` times the sizes of all terms
    # that were added up. Then every other difference is 0 to the eye.
    same: bool


def compare(collapse: Collapse, X: npt.ArrayLike) -> Comparison:
    """Send rows, shape (n_samples, n_inputs), through a network and its collapsed layer.

    Raises TypeError or ValueError if `X` does not fit, there is more than one output, or one is
    too large for float64.
    """
    X = matrix(X, "X", n_columns=collapse.network.n_inputs)
    if collapse.network.n_outputs != 1:
        raise ValueError(f"the network must have one output, but has {collapse.network.n_outputs}.")
    stacked, collapsed = (
        network.predict(X)[:, 0] for network in (collapse.network, collapse.collapsed)
    )
    if not (np.isfinite(stacked).all() and np.isfinite(collapsed).all()):
        raise ValueError("the rows and weights must be small enough for finite outputs.")
    differences = collapsed - stacked
    sizes = np.abs(differences)
    worst = int(np.argmax(sizes))
    same = bool((sizes <= ROUNDING * _terms(collapse.network, X)).all())
    return Comparison(X, stacked, collapsed, differences, worst, float(sizes[worst]), same)


def random_stack(n_hidden: int, n_units: int, between: str, last: str, *, seed: int) -> Network:
    """Return a network of two inputs and one output with random weights and biases.

    The weights are those of `glorot_uniform`; the biases, drawn after all of them, are uniform
    between -1 and 1, so that every layer has something to add. The activations, ``between`` the
    layers and at the ``last``, change no draw.
    """
    rng = generator(seed, "folding")
    bare = glorot_uniform((2, *[n_units] * n_hidden, 1), (*[between] * n_hidden, last), rng=rng)
    biases = (rng.uniform(-LARGEST_BIAS, LARGEST_BIAS, len(layer.bias)) for layer in bare.layers)
    return Network(
        tuple(
            Layer(layer.weights, bias, layer.activation)
            for layer, bias in zip(bare.layers, biases, strict=True)
        )
    )


def with_activation_between(network: Network, activation: str) -> Network:
    """Return the network with another activation in every layer but the last."""
    *hidden, last = network.layers
    return Network((*(Layer(layer.weights, layer.bias, activation) for layer in hidden), last))


class SwitchedUnit(NamedTuple):
    """A unit of the first layer whose weighted sum is negative on some rows only."""

    unit: int  # its index
    # off, on: the rows with its smallest, negative, and its largest, positive, weighted sum
    off: int
    on: int
    # sum_off, sum_on: those sums
    sum_off: float
    sum_on: float


def switched_unit(network: Network, X: npt.ArrayLike) -> SwitchedUnit | None:
    """Return the first unit of the first layer that relu would turn off on some rows only."""
    for unit, sums in enumerate(network.forward(X).pre_activations[0].T):
        off, on = int(np.argmin(sums)), int(np.argmax(sums))
        if sums[off] < 0 < sums[on]:
            return SwitchedUnit(unit, off, on, float(sums[off]), float(sums[on]))
    return None


def _terms(network: Network, X: FloatArray) -> FloatArray:
    """Return the sum of the sizes of all terms of each row's output, shape (n_samples,)."""
    total = np.abs(X)
    for layer in network.layers:
        total = total @ np.abs(layer.weights) + np.abs(layer.bias)
    return total[:, 0]
