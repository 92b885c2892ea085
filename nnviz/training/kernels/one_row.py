"""One-row updates as compiled loops: what every training run is made with.

What an update is, is read in `trace.trace_update` and `network.gradients`; the tests hold what
stands here to them to a relative error of 1e-12, for every activation and loss. Sums run from left
to right and functions are those of Python's `math`, so the scripts of `export` can repeat a run
bit for bit: whoever changes the order of a sum here, changes it there.

Numba compiles the loops when they are first needed and keeps the result on the disk. They hold no
lock of the interpreter, so many people can train at once.
"""

import os
from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import Lock, Semaphore
from types import FunctionType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from numba import njit, types
from numba.extending import register_jitable

from nnviz.nn import activations
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.training.initial_state import RowNumbers
from nnviz.training.run_config import RunConfig

HARMLESS: Final = 1e6
"""Parameters below this cannot take the error out of float64, by the limits of `RunConfig`: each
layer makes its inputs at most 64 * 1e6 times as large."""

_CODES: Final = tuple(ACTIVATIONS)

# Walks of more parameter updates than this (about 10 ms) take turns, so that a processor is left
# for those who only look: their short walks never wait.
_LONG: Final = 1_000_000
TURNS: Final = Semaphore(max(1, (os.cpu_count() or 2) - 1))


class Kernel:
    """The updates of one config, ready to be made.

    Parameters
    ----------
    config : RunConfig
        Its rows, layers and loss; rates, order and steps are up to the caller.
    """

    def __init__(self, config: RunConfig) -> None:
        codes = [_CODES.index(name) for name in config.activations]
        self._given = (
            np.ascontiguousarray(config.inputs()),
            config.y,
            np.array(config.sizes, dtype=np.int64),
            np.array(codes, dtype=np.int64),
            config.loss == "binary_cross_entropy",
        )

    def walk(
        self,
        parameters: FloatArray,
        picks: RowNumbers,
        learning_rate: float,
        *,
        every: int = 1,
        first_note: int = 1,
    ) -> tuple[FloatArray, FloatArray, bool]:
        """Make one update by each of some rows.

        Parameters
        ----------
        parameters : ndarray, shape (n_parameters,)
        picks : ndarray of uint16, shape (n_updates,)
        learning_rate : float
        every, first_note : int
            The parameters are noted after ``first_note`` updates, then after ``every`` more, and
            so on.

        Returns
        -------
        path : ndarray, shape (n_notes, n_parameters)
            Where the parameters leave the range of float64, they become infinite or NaN without a
            warning.
        last : ndarray, shape (n_parameters,)
            Those after the last update.
        harmless : bool
            Whether every parameter stayed within `HARMLESS` all the time.
        """
        n_notes = max(0, (len(picks) - first_note) // every + 1)
        path = np.empty((n_notes, len(parameters)))
        last = np.array(parameters, dtype=np.float64)
        walk = compiled()
        with TURNS if len(picks) * len(parameters) > _LONG else nullcontext():
            harmless = walk(
                *self._given, picks, float(learning_rate), every, first_note, last, path
            )
        return path, last, bool(harmless)


_ONE_AT_A_TIME: Final = Lock()


def compiled() -> Callable[..., bool]:
    """Return `_walk` as machine code; the first call on a new machine takes a few seconds."""
    with _ONE_AT_A_TIME:
        return _compiled()


@cache
def _compiled() -> Callable[..., bool]:
    try:
        return _compile(cache_on_disk=True)
    except RuntimeError:  # no folder to write to: compile anew with every start
        return _compile(cache_on_disk=False)


def _compile(*, cache_on_disk: bool) -> Callable[..., bool]:
    def read_only(kind: Any, n_dimensions: int) -> Any:
        return types.Array(kind, n_dimensions, "C", readonly=True)

    signature = types.boolean(
        read_only(types.float64, 2),
        read_only(types.float64, 1),
        read_only(types.int64, 1),
        read_only(types.int64, 1),
        types.boolean,
        read_only(types.uint16, 1),
        types.float64,
        types.int64,
        types.int64,
        types.float64[::1],
        types.float64[:, ::1],
    )
    walk: Callable[..., bool] = njit(
        signature, nogil=True, cache=cache_on_disk, error_model="numpy"
    )(_named_by_its_source())
    return walk


def _named_by_its_source() -> Callable[..., bool]:
    """Return `_walk` under a name that changes with the activations that are compiled into it.

    What is kept on the disk is found by this name, and checked against this file only.
    """
    digest = sha256(Path(str(activations.__file__)).read_bytes()).hexdigest()[:12]
    named = FunctionType(_walk.__code__, _walk.__globals__, _walk.__name__)
    named.__qualname__ = f"_walk_{digest}"
    return named


_Choice = Callable[[float, int], tuple[float, float]]


def _choice(code: int, scalar: Any, otherwise: _Choice) -> _Choice:
    def choose(z: float, which: int) -> tuple[float, float]:
        if which == code:
            value, slope = scalar(z)
            return value, slope
        return otherwise(z, which)

    chosen: _Choice = register_jitable(choose)
    return chosen


def _from_registry() -> _Choice:
    """Return value and slope of an activation by its number."""
    chosen: _Choice = register_jitable(lambda z, which: (z, 1.0))
    for code, activation in enumerate(ACTIVATIONS.values()):
        chosen = _choice(code, register_jitable(activation.scalar), chosen)
    return chosen


_value_and_slope: Final = _from_registry()


def _walk(
    X: FloatArray,
    y: FloatArray,
    sizes: npt.NDArray[np.int64],
    codes: npt.NDArray[np.int64],
    cross_entropy: bool,
    picks: RowNumbers,
    learning_rate: float,
    every: int,
    first_note: int,
    parameters: FloatArray,
    path: FloatArray,
) -> bool:
    """Update `parameters` in place, once by each picked row, and note them in `path`."""
    n_layers, n_inputs = len(codes), sizes[0]
    # Every unit in a row, layer after layer; the inputs of the network come first.
    n_units = sizes.sum()
    a, slopes, derror_dz = np.zeros(n_units), np.zeros(n_units), np.zeros(n_units)
    harmless, n_noted, until_note = True, 0, first_note
    for row in picks:
        for i in range(n_inputs):
            a[i] = X[row, i]
        weights, below = 0, 0
        for layer in range(n_layers):
            n_below, n_here = sizes[layer], sizes[layer + 1]
            here, bias = below + n_below, weights + n_below * n_here
            for j in range(n_here):
                total = 0.0
                for i in range(n_below):
                    total += parameters[weights + i * n_here + j] * a[below + i]
                total += parameters[bias + j]
                a[here + j], slopes[here + j] = _value_and_slope(total, codes[layer])
            weights, below = bias + n_here, here
        prediction, target = a[n_units - 1], y[row]
        if cross_entropy:
            # Its slope and that of the sigmoid cancel, as in `network.backward`.
            derror_dz[n_units - 1] = prediction - target
        else:
            derror_dz[n_units - 1] = 2.0 * (prediction - target) * slopes[n_units - 1]
        here = n_units - sizes[n_layers]
        end = len(parameters)
        for layer in range(n_layers - 1, -1, -1):
            n_below, n_here = sizes[layer], sizes[layer + 1]
            below, bias = here - n_below, end - n_here
            weights = bias - n_below * n_here
            if layer:
                for i in range(n_below):
                    derror = 0.0
                    for j in range(n_here):
                        derror += parameters[weights + i * n_here + j] * derror_dz[here + j]
                    derror_dz[below + i] = derror * slopes[below + i]
            for j in range(n_here):
                change = learning_rate * derror_dz[here + j]
                for i in range(n_below):
                    parameters[weights + i * n_here + j] -= change * a[below + i]
                parameters[bias + j] -= change
            end, here = weights, below
        for k in range(len(parameters)):
            if not abs(parameters[k]) <= HARMLESS:  # so written that NaN is harmful as well
                harmless = False
        until_note -= 1
        if until_note == 0:
            path[n_noted] = parameters
            n_noted, until_note = n_noted + 1, every
    return harmless
