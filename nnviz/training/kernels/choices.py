"""The choice of an activation and of an optimizer by its number, built from the registries."""

from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

import numpy as np
from numba.extending import register_jitable

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training.kernels import elementary

ACTIVATION_CODES: Final = (*ACTIVATIONS, "softmax")
OPTIMIZER_CODES: Final = tuple(OPTIMIZERS)

HARMLESS: Final = 1e6
"""Parameters within this are no reason to look more closely whether a run diverges."""

Activate = Callable[[int, FloatArray, FloatArray, int, int], None]
Update = Callable[[int, FloatArray, FloatArray, FloatArray, float, float], bool]

# An index of this type does not count from the end of an array, and so needs no look at its sign.
_U: Final = np.uint64

_REPLACED: Final = ("exp", "tanh", "log1p")


def activations(*, vectorised: bool) -> Activate:
    """Return what replaces weighted sums by the values of an activation.

    Parameters
    ----------
    vectorised : bool
        Evaluate exponential functions by `elementary`, several at once, instead of by `math`.

    Returns
    -------
    callable
        Of ``(code, a, derivatives, begin, n)``: n weighted sums from ``a[begin]`` on become the
        values, and their derivatives are written. Softmax needs no more than derivatives of 1.
    """
    chosen: Activate = register_jitable(_identity)
    for code, activation in enumerate(ACTIVATIONS.values()):
        scalar = activation.scalar
        if vectorised:
            # The same code, with other functions under the names of those of `math`.
            assert isinstance(scalar, FunctionType)
            replaced = {name: getattr(elementary, name) for name in _REPLACED}
            names = {**scalar.__globals__, **replaced}
            scalar = FunctionType(scalar.__code__, names, scalar.__name__)
        chosen = _activation(code, register_jitable(forceinline=True)(scalar), chosen)
    return chosen


def updates() -> Update:
    """Return what changes parameters by their gradient.

    Returns
    -------
    callable
        Of ``(code, parameters, gradient, states, rate, t)``, with `states` of two lines whatever
        the optimizer needs, and t the number of the update as a float. Parameters and states are
        changed in place; it returns whether every parameter is within `HARMLESS`.
    """
    chosen: Update = register_jitable(_none)
    for code, optimizer in enumerate(OPTIMIZERS.values()):
        change, corrections = optimizer.change, optimizer.corrections
        for function in (change, corrections):
            register_jitable(function)
        chosen = _optimizer(code, change, corrections, chosen)
    return chosen


def _activation(code: int, scalar: Any, otherwise: Activate) -> Activate:
    def activate(which: int, a: FloatArray, derivatives: FloatArray, begin: int, n: int) -> None:
        if which == code:
            for k in range(n):
                at = _U(begin + k)
                a[at], derivatives[at] = scalar(a[at])
        else:
            otherwise(which, a, derivatives, begin, n)

    jitable: Activate = register_jitable(forceinline=True)(activate)
    return jitable


def _identity(which: int, a: FloatArray, derivatives: FloatArray, begin: int, n: int) -> None:
    for k in range(n):
        derivatives[_U(begin + k)] = 1.0


def _optimizer(code: int, change: Any, corrections: Any, otherwise: Update) -> Update:
    def update(
        which: int,
        parameters: FloatArray,
        gradient: FloatArray,
        states: FloatArray,
        rate: float,
        t: float,
    ) -> bool:
        if which == code:
            first, second = corrections(t)
            v, s = states[0], states[1]
            n_harmful = 0
            for k in range(len(parameters)):
                step, v[k], s[k] = change(gradient[k], v[k], s[k], rate, first, second)
                parameters[k] -= step
                # So written that NaN is harmful as well.
                n_harmful += 0 if abs(parameters[k]) <= HARMLESS else 1
            return n_harmful == 0
        return otherwise(which, parameters, gradient, states, rate, t)

    jitable: Update = register_jitable(forceinline=True)(update)
    return jitable


def _none(
    which: int,
    parameters: FloatArray,
    gradient: FloatArray,
    states: FloatArray,
    rate: float,
    t: float,
) -> bool:
    return bool(np.isfinite(rate))
