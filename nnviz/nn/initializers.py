"""Initializers: the random weights that learning starts from. All biases start at 0.

`INITIALIZERS` holds everything that any part of the program says about an initializer.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, integer, items, one_of
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import Rng, checked

LARGEST_NETWORK: Final = 10_000_000


@dataclass(frozen=True)
class Initializer:
    """A distribution of the weights of a layer."""

    name: str  # public name, the key in `INITIALIZERS`
    title: str  # what menus call it
    words: str  # the distribution, and what becomes of it in a deep network
    # of ``(n_inputs, n_units, rng)``: the weights of a layer, shape (n_inputs, n_units)
    draw: Callable[[int, int, Rng], FloatArray]
    numpy: str  # lines of a script that draw the weights ``W`` of a layer in the same way


def _glorot(n_inputs: int, n_units: int, rng: Rng) -> FloatArray:
    reach = np.sqrt(6.0 / (n_inputs + n_units))
    return rng.uniform(-reach, reach, size=(n_inputs, n_units))


def _he(n_inputs: int, n_units: int, rng: Rng) -> FloatArray:
    weights = np.sqrt(2.0 / n_inputs) * rng.standard_normal((n_inputs, n_units))
    return np.asarray(weights)


_ALL: Final = (
    Initializer(
        "glorot",
        "Glorot",
        "Uniform within √(6 / (inputs + units)): signals keep their size, forward and back. Made "
        "for tanh and sigmoid.",
        _glorot,
        "reach = np.sqrt(6 / (n_inputs + n_units))\n"
        "W = rng.uniform(-reach, reach, (n_inputs, n_units))\n",
    ),
    Initializer(
        "he",
        "He",
        "Normal with deviation √(2 / inputs): makes up for the half that ReLU cuts off.",
        _he,
        "W = np.sqrt(2 / n_inputs) * rng.standard_normal((n_inputs, n_units))\n",
    ),
    Initializer(
        "uniform",
        "uniform",
        "Uniform within 0.5, whatever the size of a layer: in a deep network signals fade from "
        "layer to layer.",
        lambda n_inputs, n_units, rng: rng.uniform(-0.5, 0.5, size=(n_inputs, n_units)),
        "W = rng.uniform(-0.5, 0.5, (n_inputs, n_units))\n",
    ),
    Initializer(
        "normal",
        "normal",
        "Normal with deviation 1, whatever the size of a layer: wide layers are saturated from "
        "the start.",
        lambda n_inputs, n_units, rng: rng.standard_normal((n_inputs, n_units)),
        "W = rng.standard_normal((n_inputs, n_units))\n",
    ),
    Initializer(
        "zeros",
        "zeros",
        "All 0: the units of a layer are equal, get equal gradients and stay equal for ever, or "
        "get no gradient at all.",
        lambda n_inputs, n_units, rng: np.zeros((n_inputs, n_units)),
        "W = np.zeros((n_inputs, n_units))\n",
    ),
)

INITIALIZERS: Mapping[str, Initializer] = MappingProxyType({each.name: each for each in _ALL})


def start_parameters(sizes: Sequence[int], initializer: str, *, rng: Rng) -> FloatArray:
    """Return the parameters of a network before its first update; all biases are 0.

    Sources: Glorot and Bengio (2010), "Understanding the difficulty of training deep
    feedforward neural networks", equation 16; He et al. (2015), "Delving deep into rectifiers",
    equation 10. The result has the shape (n_parameters,): in the order of `Network.parameters`.
    Raises TypeError or ValueError if the initializer is unknown, or `rng` is no NumPy stream.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, then units of each layer.
    initializer : str
        A key of `INITIALIZERS`.
    """
    draw = INITIALIZERS[one_of(initializer, "initialisation", INITIALIZERS)].draw
    rng = checked(rng)
    parts = []
    for n_inputs, n_units in pairwise(sizes):
        parts += [draw(n_inputs, n_units, rng).ravel(), np.zeros(n_units)]
    return np.concatenate(parts)


def glorot_uniform(sizes: Sequence[int], activations: Sequence[str], *, rng: Rng) -> Network:
    """Return a network that starts with Glorot's weights; see `start_parameters`.

    Raises TypeError or ValueError if there is no layer, an activation is missing or unknown, a
    size is below 1, or there are more than 10 million parameters.

    Parameters
    ----------
    sizes : sequence of int
        Number of inputs, then of units in each layer, such as (2, 4, 1).
    activations : sequence of str
        One key of `ACTIVATIONS` per layer, such as ("tanh", "sigmoid").
    """
    sizes = [integer(size, "a size", 1, LARGEST_NETWORK) for size in items(sizes, "sizes")]
    if len(sizes) < 2:
        raise ValueError("sizes must hold the number of inputs and of units in each layer.")
    activations = items(activations, "activations")
    if len(activations) != len(sizes) - 1:
        raise ValueError(f"activations must hold one name per layer, here {len(sizes) - 1}.")
    if sum((above + 1) * below for above, below in pairwise(sizes)) > LARGEST_NETWORK:
        raise ValueError("a network must have at most 10 million parameters; make it smaller.")
    for activation in activations:
        one_of(activation, "activation", ACTIVATIONS)
    rng = checked(rng)
    return Network(
        tuple(
            Layer(_glorot(n_inputs, n_units, rng), np.zeros(n_units), activation)
            for (n_inputs, n_units), activation in zip(pairwise(sizes), activations, strict=True)
        )
    )
