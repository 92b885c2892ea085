"""The compiled updates of a plan, and how they are compiled.

Numba compiles `loops.train` when it is first needed and keeps the result on the disk. It holds no
lock of the interpreter, so many people can train at once.
"""

from collections.abc import Callable
from contextlib import nullcontext, suppress
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from threading import Lock
from types import FunctionType
from typing import Any, Final, NamedTuple, cast

import numpy as np
import numpy.typing as npt
from numba import njit, types

from nnviz.nn import activations, optimizers, splitmix
from nnviz.nn.checks import FloatArray
from nnviz.nn.losses import LOSSES
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.kernels import choices, elementary, loops, shuffling
from nnviz.training.plan import Plan
from nnviz.training.turns import TURNS

# Runs of more rows times parameters than this (about 10 ms) take turns, so that a processor is
# left for those who only look: their short replays never wait.
_LONG: Final = 5_000_000

TURN: Final = 25_000_000
"""Rows times parameters (about 50 ms) of one turn; whoever has more to do should come again."""

MADE_OF: Final = (loops, choices, elementary, shuffling, optimizers, splitmix, activations)
"""The files that the compiled code depends on."""


class Trained(NamedTuple):
    """What some updates came to."""

    # (n_notes, n_parameters): where they were noted; beyond float64 infinite or NaN, not a warning
    path: FloatArray
    states_path: FloatArray  # (n_notes, n_states, n_parameters): the state of the optimizer there
    parameters: FloatArray  # (n_parameters,): after the last update
    state: FloatArray  # (n_states, n_parameters)
    harmless: bool  # whether every parameter was within `choices.HARMLESS` all the time


class Kernel:
    """The updates of one network on some rows, ready to be made.

    The learning rates and the order of the rows are up to the caller. Inputs and targets have the
    shapes (n_rows, n_inputs) and (n_rows, n_outputs); all else is called as in `Plan`. Of the
    hyperparameters optimizer, penalties and dropout are used, of the seed which units that leaves
    out.
    """

    def __init__(
        self,
        inputs: FloatArray,
        targets: FloatArray,
        sizes: tuple[int, ...],
        activations: tuple[str, ...],
        loss: str,
        hyperparameters: Hyperparameters,
        seed: int,
    ) -> None:
        counts = [(n_inputs * n_units, n_units) for n_inputs, n_units in pairwise(sizes)]
        is_weight = np.repeat([True, False] * len(counts), np.ravel(counts))
        codes = [choices.ACTIVATION_CODES.index(name) for name in activations]
        self._network = (
            _read_only(inputs),
            _read_only(targets),
            _read_only(np.array(sizes, dtype=np.int64)),
            _read_only(np.array(codes, dtype=np.int64)),
            _read_only(is_weight),
            LOSSES[loss].link == activations[-1],
        )
        used = hyperparameters
        self._optimizer = choices.OPTIMIZER_CODES.index(used.optimizer)
        self._penalties = (used.l1, used.l2, used.dropout, np.uint64(seed))
        self._n_states = OPTIMIZERS[used.optimizer].n_states
        self._n_parameters = len(is_weight)

    @classmethod
    def of(cls, plan: Plan) -> "Kernel":
        """Return the updates of a plan, on its training rows."""
        return cls(
            plan.train_inputs, plan.train_targets, plan.sizes, plan.activations, plan.loss,
            plan.hyperparameters, plan.seed,
        )  # fmt: skip

    def train(
        self,
        parameters: FloatArray,
        state: FloatArray,
        rows: npt.NDArray[np.int32],
        starts: npt.NDArray[np.int64],
        rates: FloatArray,
        *,
        t: int = 1,
        first_mask: int = 0,
        every: int = 1,
        first_note: int = 1,
    ) -> Trained:
        """Make one update for each of some learning rates.

        Parameters
        ----------
        parameters : ndarray, shape (n_parameters,)
        state : ndarray, shape (n_states, n_parameters)
            Of the optimizer.
        rows, starts : ndarray of int, shape (n_rows_used,) and (n_updates + 1,)
            Update k is made with the rows ``rows[starts[k] : starts[k + 1]]``.
        rates : ndarray, shape (n_updates,)
        t : int
            Which update of the optimizer is the first one made here, counted from 1.
        first_mask : int
            Which update of the run it is, counted from 0: dropout depends on it.
        every, first_note : int
            Parameters and state are noted after `first_note` updates, then after `every` more,
            and so on.
        """
        n_notes = max(0, (len(rates) - first_note) // every + 1)
        path = np.empty((n_notes, self._n_parameters))
        states_path = np.empty((n_notes, self._n_states, self._n_parameters))
        parameters, states = np.array(parameters), np.zeros((2, self._n_parameters))
        states[: self._n_states] = state
        train = compiled().train
        with TURNS if len(rows) * self._n_parameters > _LONG else nullcontext():
            harmless = train(
                *self._network, rows, starts, _read_only(rates), self._optimizer, t,
                *self._penalties,
                first_mask, every, first_note, parameters, states, path, states_path,
            )  # fmt: skip
        state = states[: self._n_states].copy()
        return Trained(path, states_path, parameters, state, bool(harmless))


def _read_only(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    array = np.ascontiguousarray(array).view()
    array.flags.writeable = False
    return array


class Compiled(NamedTuple):
    """The loops that need to be fast: `loops.train` and `shuffling.shuffle_epochs`."""

    train: Callable[..., bool]
    shuffle_epochs: Callable[..., None]


_ONE_AT_A_TIME: Final = Lock()


def compiled() -> Compiled:
    """Return the loops as machine code; the first call on a new machine takes some seconds."""
    with _ONE_AT_A_TIME:
        return _compiled()


def uncompiled() -> Compiled:
    """Return the same loops as Python runs them: slow, and to be compared with."""
    return Compiled(loops.train, shuffling.shuffle_epochs)


@cache
def _compiled() -> Compiled:
    def read_only(kind: Any, n_dimensions: int) -> Any:
        return types.Array(kind, n_dimensions, "C", readonly=True)

    whole, real = types.int64, types.float64
    train = types.boolean(
        read_only(real, 2), read_only(real, 2), read_only(whole, 1), read_only(whole, 1),
        read_only(types.boolean, 1), types.boolean, types.int32[::1], whole[::1],
        read_only(real, 1), whole, whole, real, real, real, types.uint64, whole, whole, whole,
        real[::1], real[:, ::1], real[:, ::1], real[:, :, ::1],
    )  # fmt: skip
    shuffle_epochs = types.void(types.uint64, whole, types.int32[:, ::1])
    signatures = (train, shuffle_epochs)
    return Compiled(*map(machine_code, map(named_by_its_source, uncompiled()), signatures))


def machine_code(function: FunctionType, signature: Any) -> Callable[..., Any]:
    """Return a function compiled for one signature, from the disk if it is kept there.

    What is damaged on the disk is thrown away and compiled anew; where nothing can be kept, it is
    compiled with every start.
    """

    def compile_it(*, keep: bool) -> Any:
        dispatcher = njit(nogil=True, cache=keep, error_model="numpy")(function)
        try:
            dispatcher.compile(signature)
        except Exception:
            for file in Path(dispatcher.stats.cache_path or "nowhere").glob("*"):
                if keep and function.__qualname__ in file.name:
                    file.unlink(missing_ok=True)
            raise
        dispatcher.disable_compile()
        return dispatcher

    for _ in range(2):
        # Anything may be raised: what the disk says, what a damaged file makes of pickle and LLVM.
        with suppress(Exception):
            return cast(Callable[..., Any], compile_it(keep=True))
    return cast(Callable[..., Any], compile_it(keep=False))


def named_by_its_source(function: Any) -> Any:
    """Return a function under a name that changes with any file that it is made of.

    What is kept on the disk is found by this name, and checked against one file only.
    """
    digest = sha256(b"".join(Path(str(module.__file__)).read_bytes() for module in MADE_OF))
    named = FunctionType(
        function.__code__, function.__globals__, function.__name__, function.__defaults__,
        function.__closure__,
    )  # fmt: skip
    named.__qualname__ = f"{function.__name__}_{digest.hexdigest()[:12]}"
    return named
