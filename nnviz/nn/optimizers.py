"""Optimisers: what an update makes of a gradient.

A gradient goes in with what the optimiser remembers, and the step that is taken off the
parameters comes out, with what it remembers then. The constants are PyTorch's; the tests hold
200 updates of each to PyTorch's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.nn.checks import FloatArray

MOMENTUM: Final = 0.9
ADAGRAD_EPSILON: Final = 1e-10
RMSPROP_DECAY: Final = 0.99
ADAM_DECAYS: Final = (0.9, 0.999)
EPSILON: Final = 1e-8


@dataclass(frozen=True)
class Optimizer:
    """An optimiser.

    Attributes
    ----------
    name : str
        Public name, the key in `OPTIMIZERS`.
    title : str
        What it is called on the screen.
    n_memories : int
        How many numbers it remembers of each parameter.
    words : str
        What it does, in a sentence.
    formula : str
        The step that is taken off a parameter, in LaTeX: g is the gradient, eta the rate, v and s
        what is remembered.
    """

    name: str
    title: str
    n_memories: int
    words: str
    formula: str


OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType(
    {
        each.name: each
        for each in (
            Optimizer(
                "sgd",
                "SGD",
                0,
                "A step down the gradient of the batch, and nothing else.",
                r"\eta\,g",
            ),
            Optimizer(
                "momentum",
                "Momentum",
                1,
                "A ball that rolls: nine tenths of the last step go on.",
                r"v \leftarrow 0.9\,v + g,\quad \eta\,v",
            ),
            Optimizer(
                "nesterov",
                "Nesterov",
                1,
                "Momentum that counts the gradient at where it is rolling to.",
                r"v \leftarrow 0.9\,v + g,\quad \eta\,(g + 0.9\,v)",
            ),
            Optimizer(
                "adagrad",
                "AdaGrad",
                1,
                "Each parameter has a rate of its own, which only ever falls.",
                r"s \leftarrow s + g^2,\quad \eta\,g / (\sqrt{s} + 10^{-10})",
            ),
            Optimizer(
                "rmsprop",
                "RMSProp",
                1,
                "Each step is measured against the recent gradients of its parameter.",
                r"s \leftarrow 0.99\,s + 0.01\,g^2,\quad \eta\,g / (\sqrt{s} + 10^{-8})",
            ),
            Optimizer(
                "adam",
                "Adam",
                2,
                "Momentum and RMSProp together, corrected for having begun at zero.",
                r"v \leftarrow 0.9\,v + 0.1\,g,\quad s \leftarrow 0.999\,s + 0.001\,g^2,\quad "
                r"\eta\,\frac{v / (1 - 0.9^t)}{\sqrt{s / (1 - 0.999^t)} + 10^{-8}}",
            ),
        )
    }
)


def step_of(
    name: str, gradient: FloatArray, memory: FloatArray, learning_rate: float, t: int
) -> tuple[FloatArray, FloatArray]:
    """Return what is taken off the parameters, and what the optimiser remembers then.

    Parameters
    ----------
    name : str
        A key of `OPTIMIZERS`.
    gradient : ndarray, shape (n_parameters,)
        Of the loss of the batch, penalties included.
    memory : ndarray, shape (n_memories, n_parameters)
        All 0 before the first update.
    learning_rate : float
    t : int
        Which update of this optimiser it is; the first is 1.
    """
    g = gradient
    if name == "momentum" or name == "nesterov":
        v = MOMENTUM * memory[0] + g
        step = v if name == "momentum" else g + MOMENTUM * v
        return learning_rate * step, v[np.newaxis]
    if name == "adagrad":
        s = memory[0] + g * g
        return learning_rate * g / (np.sqrt(s) + ADAGRAD_EPSILON), s[np.newaxis]
    if name == "rmsprop":
        s = RMSPROP_DECAY * memory[0] + (1 - RMSPROP_DECAY) * g * g
        return learning_rate * g / (np.sqrt(s) + EPSILON), s[np.newaxis]
    if name == "adam":
        first, second = ADAM_DECAYS
        v = first * memory[0] + (1 - first) * g
        s = second * memory[1] + (1 - second) * g * g
        shrunk = np.sqrt(s) / np.sqrt(1 - second**t) + EPSILON
        return learning_rate / (1 - first**t) * v / shrunk, np.stack([v, s])
    return learning_rate * g, memory
