"""Where learning starts: networks with random weights."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import integer, items, one_of
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import Rng, checked, normals

LARGEST_NETWORK = 10_000_000


def neuron_like_tutorial(n_inputs: int = 2, *, rng: Rng) -> Network:
    """Return one sigmoid unit with standard normal weights and bias, drawn in that order.

    With ``rng=tutorial_stream(seed)`` it starts where `NeuralNetwork` starts after
    ``np.random.seed(seed)``.

    Raises
    ------
    TypeError, ValueError
        If `n_inputs` is no whole number from 1 to 10 million, or `rng` is no NumPy stream.
    """
    n_inputs = integer(n_inputs, "n_inputs", 1, LARGEST_NETWORK)
    weights = normals(n_inputs, rng=rng)
    return Network((Layer(weights[:, np.newaxis], normals(1, rng=rng), "sigmoid"),))


def glorot_uniform(sizes: Sequence[int], activations: Sequence[str], *, rng: Rng) -> Network:
    """Return a network whose weights keep signals of about the same size in every layer.

    The weights of a layer are uniform between -r and r with r = sqrt(6 / (n_inputs + n_units)),
    the biases are 0. Source: Glorot and Bengio (2010), "Understanding the difficulty of training
    deep feedforward neural networks", equation 16.

    Parameters
    ----------
    sizes : sequence of int
        Number of inputs, then of units in each layer, such as (2, 4, 1).
    activations : sequence of str
        One key of `ACTIVATIONS` per layer, such as ("tanh", "sigmoid").
    rng : numpy.random.Generator or numpy.random.RandomState

    Raises
    ------
    TypeError, ValueError
        If there is no layer, an activation is missing or unknown, a size is below 1, or there
        are more than 10 million parameters.
    """
    sizes = [integer(size, "a size", 1, LARGEST_NETWORK) for size in items(sizes, "sizes")]
    if len(sizes) < 2:
        raise ValueError("sizes must hold the number of inputs and of units in each layer.")
    activations = items(activations, "activations")
    if len(activations) != len(sizes) - 1:
        raise ValueError(f"activations must hold one name per layer, here {len(sizes) - 1}.")
    n_parameters = sum((above + 1) * below for above, below in pairwise(sizes))
    if n_parameters > LARGEST_NETWORK:
        raise ValueError("a network must have at most 10 million parameters; make it smaller.")
    for activation in activations:
        one_of(activation, "activation", ACTIVATIONS)
    rng = checked(rng)
    layers = []
    for n_inputs, n_units, activation in zip(sizes[:-1], sizes[1:], activations, strict=True):
        reach = np.sqrt(6.0 / (n_inputs + n_units))
        weights = rng.uniform(-reach, reach, size=(n_inputs, n_units))
        layers.append(Layer(weights, np.zeros(n_units), activation))
    return Network(tuple(layers))
