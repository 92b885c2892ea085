"""The compiled updates of a plan: what every run of a deeper network is made with.

Numba compiles the loops of `batch_walk` when they are first needed and keeps the result on the
disk. They hold no lock of the interpreter, so many people can train at once.
"""

from collections.abc import Callable
from contextlib import nullcontext
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from threading import Lock
from types import FunctionType
from typing import Any, Final

import numpy as np
from numba import njit, types

from nnviz.nn import activations, optimizers, splitmix
from nnviz.nn.checks import FloatArray
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training.kernels import mini_batch_loop, shuffling, simd, simd_activations
from nnviz.training.kernels.one_row import TURNS
from nnviz.training.kernels.simd_activations import CODES
from nnviz.training.plan import Plan

# Walks of more rows times parameters than this (about 10 ms) take turns with other long ones.
_LONG: Final = 5_000_000

MADE_OF: Final = (
    mini_batch_loop,
    shuffling,
    simd,
    simd_activations,
    optimizers,
    splitmix,
    activations,
)
"""The files that the compiled code depends on."""


class BatchKernel:
    """The updates of one plan, ready to be made.

    Parameters
    ----------
    plan : Plan
    """

    def __init__(self, plan: Plan) -> None:
        hyperparameters = plan.hyperparameters
        sizes = np.array(plan.sizes, dtype=np.int64)
        is_weight = [
            np.repeat([True, False], [n_inputs * n_units, n_units])
            for n_inputs, n_units in pairwise(plan.sizes)
        ]
        self._given = (
            plan.train_inputs,
            plan.train_targets,
            sizes,
            np.array([CODES.index(name) for name in plan.activations], dtype=np.int64),
            np.concatenate(is_weight),
            plan.architecture.loss == "squared_error",
            np.uint64(plan.seed),
            min(hyperparameters.batch_size, len(plan.train_inputs)),
        )
        self._penalties = (hyperparameters.l1, hyperparameters.l2, hyperparameters.dropout)
        self._optimizer = tuple(OPTIMIZERS).index(hyperparameters.optimizer)
        self._n_memories = OPTIMIZERS[hyperparameters.optimizer].n_memories
        self._work = self._given[-1] * plan.n_parameters

    def walk(
        self,
        parameters: FloatArray,
        memory: FloatArray,
        rates: FloatArray,
        *,
        first_update: int,
        t: int,
        first_mask: int,
        every: int = 1,
        first_note: int = 1,
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, bool]:
        """Make one update for each of some learning rates.

        Parameters
        ----------
        parameters : ndarray, shape (n_parameters,)
        memory : ndarray, shape (n_memories, n_parameters)
            What the optimiser remembers.
        rates : ndarray, shape (n_updates,)
        first_update : int
            Of the first of these updates, counted from 0 where the order of the rows began.
        t : int
            The same, counted from 1 where the optimiser began.
        first_mask : int
            The same, counted from 0 at the start of the run; it names the units left out.
        every, first_note : int
            Parameters and memory are noted after ``first_note`` updates, then after ``every``
            more, and so on.

        Returns
        -------
        path : ndarray, shape (n_notes, n_parameters)
        memories : ndarray, shape (n_notes, n_memories, n_parameters)
        last_parameters, last_memory : ndarray
        harmless : bool
            Whether every parameter stayed within `batch_walk.HARMLESS` all the time.
        """
        n_notes = max(0, (len(rates) - first_note) // every + 1)
        path = np.empty((n_notes, len(parameters)))
        memories = np.empty((n_notes, self._n_memories, len(parameters)))
        parameters, memory = np.array(parameters), np.array(memory)
        run = compiled_walk()
        with TURNS if len(rates) * self._work > _LONG else nullcontext():
            harmless = run(
                *self._given, first_update, rates, self._optimizer, t, *self._penalties,
                first_mask, every, first_note, parameters, memory, path, memories,
            )  # fmt: skip
        return path, memories, parameters, memory, bool(harmless)


_ONE_AT_A_TIME: Final = Lock()


def compiled_walk() -> Callable[..., bool]:
    """Return the walk as machine code; the first call on a new machine takes some seconds."""
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

    whole, real = types.int64, types.float64
    signature = types.boolean(
        read_only(real, 2), read_only(real, 2), read_only(whole, 1), read_only(whole, 1),
        read_only(types.boolean, 1), types.boolean, types.uint64, whole, whole,
        read_only(real, 1), whole, whole, real, real, real, whole, whole, whole,
        real[::1], real[:, ::1], real[:, ::1], real[:, :, ::1],
    )  # fmt: skip
    walk: Callable[..., bool] = njit(
        signature, nogil=True, cache=cache_on_disk, error_model="numpy"
    )(_named_by_its_source())
    return walk


def _named_by_its_source() -> Callable[..., bool]:
    """Return the walk under a name that changes with any file it is made of.

    What is kept on the disk is found by this name, and checked against one file only.
    """
    digest = sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in MADE_OF))
    walk = mini_batch_loop.walk
    named = FunctionType(
        walk.__code__, walk.__globals__, walk.__name__, walk.__defaults__, walk.__closure__
    )
    named.__qualname__ = f"walk_{digest.hexdigest()[:12]}"
    return named


def uncompiled_walk() -> Callable[..., bool]:
    """Return the same loops as Python runs them: slow, and to be compared with."""
    return mini_batch_loop.walk
