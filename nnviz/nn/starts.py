"""How the weights of a network begin: five ways, and what becomes of each."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

import numpy as np

from nnviz.nn.checks import FloatArray, one_of
from nnviz.nn.rng import Rng, checked

INITIALISATIONS: Mapping[str, str] = MappingProxyType(
    {
        "glorot": "Uniform within √(6 / (inputs + units)): signals keep their size, forward and "
        "back. Made for tanh and sigmoid.",
        "he": "Normal with deviation √(2 / inputs): makes up for the half that ReLU cuts off.",
        "uniform": "Uniform within 0.5, whatever the size of a layer: in a deep network signals "
        "fade from layer to layer.",
        "normal": "Normal with deviation 1, whatever the size of a layer: wide layers are "
        "saturated from the start.",
        "zeros": "All 0: the units of a layer are equal, get equal gradients and stay equal for "
        "ever, or get no gradient at all.",
    }
)


def start_parameters(sizes: Sequence[int], initialisation: str, *, rng: Rng) -> FloatArray:
    """Return the parameters of a network before its first update; all biases are 0.

    Sources: Glorot and Bengio (2010), equation 16; He et al. (2015), equation 10.

    Parameters
    ----------
    sizes : sequence of int
        Inputs, then units of each layer.
    initialisation : str
        A key of `INITIALISATIONS`.
    rng : numpy.random.Generator or numpy.random.RandomState

    Returns
    -------
    ndarray, shape (n_parameters,)
        In the order of `Network.parameters`.

    Raises
    ------
    TypeError, ValueError
        If the initialisation is unknown, or `rng` is no NumPy stream.
    """
    name, rng = one_of(initialisation, "initialisation", INITIALISATIONS), checked(rng)
    parts = []
    for n_inputs, n_units in pairwise(sizes):
        n_weights = n_inputs * n_units
        if name == "glorot":
            reach = np.sqrt(6.0 / (n_inputs + n_units))
            weights = rng.uniform(-reach, reach, size=n_weights)
        elif name == "he":
            weights = np.sqrt(2.0 / n_inputs) * rng.standard_normal(n_weights)
        elif name == "uniform":
            weights = rng.uniform(-0.5, 0.5, size=n_weights)
        elif name == "normal":
            weights = rng.standard_normal(n_weights)
        else:
            weights = np.zeros(n_weights)
        parts += [weights, np.zeros(n_units)]
    return np.concatenate(parts)
