"""Optimizers: what an update makes of a gradient.

A gradient goes in with the optimizer's state, and the change that is subtracted from the
parameters comes out, with the state after it. The constants are PyTorch's; the tests hold 200
updates of each to PyTorch's own.

`OPTIMIZERS` holds everything that any part of the program says about an optimizer. To add one,
write its function and its entry here, and its row in ``tests/nn/tables.py``.
"""

from collections.abc import Callable, Mapping
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

Change = Callable[
    [FloatArray, FloatArray, FloatArray, float, float, float],
    tuple[FloatArray, FloatArray, FloatArray],
]


def _no_correction(t: float) -> tuple[float, float]:
    return 1.0, 1.0


@dataclass(frozen=True, kw_only=True)
class Optimizer:
    """A rule that makes a change of the parameters out of a gradient."""

    name: str  # public name, the key in `OPTIMIZERS`
    title: str  # what it is called on the screen
    n_states: int  # how many numbers it keeps of each parameter, 0 to 2; all are 0 at first
    words: str  # what it does, in a sentence
    # the change that is subtracted from a parameter, in LaTeX: g is the gradient, eta the learning
    # rate, v and s are the state
    formula: str
    # Of ``(g, v, s, rate, first, second)``: the change, and v and s after it. It works elementwise
    # on arrays, and Numba compiles it for numbers: it is arithmetic and `np.sqrt`.
    change: Change
    # the lines of a script that change one array of parameters in place: ``p`` are the parameters,
    # ``g`` is the gradient, ``m`` the list of the states
    numpy: str
    torch: str  # the optimizer in PyTorch, of a ``network`` and a ``learning_rate``
    # of t, the number of the update from 1 on as a float: `first` and `second` of `change`
    corrections: Callable[[float], tuple[float, float]]

    @property
    def counts_updates(self) -> bool:
        """Whether the change depends on the number of the update."""
        return self.corrections is not _no_correction


def _sgd(
    g: FloatArray, v: FloatArray, s: FloatArray, rate: float, first: float, second: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    return rate * g, v, s


def _momentum(
    g: FloatArray, v: FloatArray, s: FloatArray, rate: float, first: float, second: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    v = MOMENTUM * v + g
    return rate * v, v, s


def _nesterov(
    g: FloatArray, v: FloatArray, s: FloatArray, rate: float, first: float, second: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    v = MOMENTUM * v + g
    return rate * (g + MOMENTUM * v), v, s


def _adagrad(
    g: FloatArray, v: FloatArray, s: FloatArray, rate: float, first: float, second: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    v = v + g * g
    return rate * g / (np.sqrt(v) + ADAGRAD_EPSILON), v, s


def _rmsprop(
    g: FloatArray, v: FloatArray, s: FloatArray, rate: float, first: float, second: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    v = RMSPROP_DECAY * v + (1.0 - RMSPROP_DECAY) * g * g
    return rate * g / (np.sqrt(v) + EPSILON), v, s


def _adam(
    g: FloatArray, v: FloatArray, s: FloatArray, rate: float, first: float, second: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    v = ADAM_DECAYS[0] * v + (1.0 - ADAM_DECAYS[0]) * g
    s = ADAM_DECAYS[1] * s + (1.0 - ADAM_DECAYS[1]) * g * g
    return rate / first * v / (np.sqrt(s) / second + EPSILON), v, s


def _adam_corrections(t: float) -> tuple[float, float]:
    # Powers of real numbers, which Python and machine code round alike.
    return 1.0 - ADAM_DECAYS[0] ** t, np.sqrt(1.0 - ADAM_DECAYS[1] ** t)


_ALL: Final = (
    Optimizer(
        name="sgd",
        title="SGD",
        n_states=0,
        words="A step down the gradient of the batch, and nothing else.",
        formula=r"\eta\,g",
        change=_sgd,
        corrections=_no_correction,
        numpy="p -= rate * g\n",
        torch="SGD(network.parameters(), lr=learning_rate)",
    ),
    Optimizer(
        name="momentum",
        title="Momentum",
        n_states=1,
        words="A ball that rolls: nine tenths of the last step go on.",
        formula=r"v \leftarrow 0.9\,v + g,\quad \eta\,v",
        change=_momentum,
        corrections=_no_correction,
        numpy=f"m[0] = {MOMENTUM} * m[0] + g\np -= rate * m[0]\n",
        torch=f"SGD(network.parameters(), lr=learning_rate, momentum={MOMENTUM})",
    ),
    Optimizer(
        name="nesterov",
        title="Nesterov",
        n_states=1,
        words="Momentum that counts the gradient at where it is rolling to.",
        formula=r"v \leftarrow 0.9\,v + g,\quad \eta\,(g + 0.9\,v)",
        change=_nesterov,
        corrections=_no_correction,
        numpy=f"m[0] = {MOMENTUM} * m[0] + g\np -= rate * (g + {MOMENTUM} * m[0])\n",
        torch=(
            f"SGD(\n    network.parameters(), lr=learning_rate, momentum={MOMENTUM}, "
            "nesterov=True\n)"
        ),
    ),
    Optimizer(
        name="adagrad",
        title="AdaGrad",
        n_states=1,
        words="Each parameter has a rate of its own, which only ever falls.",
        formula=r"s \leftarrow s + g^2,\quad \eta\,g / (\sqrt{s} + 10^{-10})",
        change=_adagrad,
        corrections=_no_correction,
        numpy=(f"m[0] = m[0] + g * g\np -= rate * g / (np.sqrt(m[0]) + {ADAGRAD_EPSILON})\n"),
        torch=f"Adagrad(network.parameters(), lr=learning_rate, eps={ADAGRAD_EPSILON})",
    ),
    Optimizer(
        name="rmsprop",
        title="RMSProp",
        n_states=1,
        words="Each step is measured against the recent gradients of its parameter.",
        formula=r"s \leftarrow 0.99\,s + 0.01\,g^2,\quad \eta\,g / (\sqrt{s} + 10^{-8})",
        change=_rmsprop,
        corrections=_no_correction,
        numpy=(
            f"m[0] = {RMSPROP_DECAY} * m[0] + (1 - {RMSPROP_DECAY}) * g * g\n"
            f"p -= rate * g / (np.sqrt(m[0]) + {EPSILON})\n"
        ),
        torch=(
            f"RMSprop(\n    network.parameters(), lr=learning_rate, alpha={RMSPROP_DECAY}, "
            f"eps={EPSILON}\n)"
        ),
    ),
    Optimizer(
        name="adam",
        title="Adam",
        n_states=2,
        words="Momentum and RMSProp together, corrected for having begun at zero.",
        formula=(
            r"v \leftarrow 0.9\,v + 0.1\,g,\quad s \leftarrow 0.999\,s + 0.001\,g^2,\quad "
            r"\eta\,\frac{v / (1 - 0.9^t)}{\sqrt{s / (1 - 0.999^t)} + 10^{-8}}"
        ),
        change=_adam,
        corrections=_adam_corrections,
        numpy=(
            f"m[0] = {ADAM_DECAYS[0]} * m[0] + (1 - {ADAM_DECAYS[0]}) * g\n"
            f"m[1] = {ADAM_DECAYS[1]} * m[1] + (1 - {ADAM_DECAYS[1]}) * g * g\n"
            f"size = np.sqrt(m[1]) / np.sqrt(1 - {ADAM_DECAYS[1]}**t) + {EPSILON}\n"
            f"p -= rate / (1 - {ADAM_DECAYS[0]}**t) * m[0] / size\n"
        ),
        torch=(
            f"Adam(\n    network.parameters(), lr=learning_rate, "
            f"betas={ADAM_DECAYS}, eps={EPSILON}\n)"
        ),
    ),
)

OPTIMIZERS: Mapping[str, Optimizer] = MappingProxyType({each.name: each for each in _ALL})


def step_of(
    name: str, gradient: FloatArray, state: FloatArray, learning_rate: float, t: int
) -> tuple[FloatArray, FloatArray]:
    """Return the change that is subtracted from the parameters, and the state after it.

    Parameters
    ----------
    name : str
        A key of `OPTIMIZERS`.
    gradient : ndarray, shape (n_parameters,)
        Of the loss of the batch, penalties included.
    state : ndarray, shape (n_states, n_parameters)
        All 0 before the first update.
    t : int
        The number of this update since the optimizer began; the first is 1.
    """
    optimizer, n = OPTIMIZERS[name], OPTIMIZERS[name].n_states
    v, s = (*state, gradient, gradient)[:2]  # those that it does not keep are passed through
    first, second = optimizer.corrections(float(t))
    change, *after = optimizer.change(gradient, v, s, learning_rate, first, second)
    return change, np.array(after[:n]).reshape(state.shape)
