"""Schedules: how the learning rate changes while a network learns.

`SCHEDULES` holds everything that any part of the program says about a schedule.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray


@dataclass(frozen=True)
class Schedule:
    """A factor of the learning rate that depends on the epoch."""

    name: str  # public name, the key in `SCHEDULES`
    words: str  # what it does, in a sentence with ``{n}`` for the epochs that it counts in
    # of ``(epoch, n)``, the epoch counted from 0 as float64 of any shape: the factor, from 0 to 1,
    # dimensionless
    value: Callable[[FloatArray, int], FloatArray]
    # the learning rate in a script, an expression of ``learning_rate``, ``epoch`` and ``{n}``
    numpy: str


_ALL: Final = (
    Schedule(
        "constant",
        "The rate stays as it is.",
        lambda epoch, n: np.ones_like(epoch),
        "learning_rate",
    ),
    Schedule(
        "halve",
        "The rate is halved after every {n} epochs.",
        lambda epoch, n: np.power(0.5, np.floor(epoch / n)),
        "learning_rate * 0.5 ** np.floor(epoch / {n})",
    ),
    Schedule(
        "inverse",
        "The rate is divided by 1 + epoch / {n}.",
        lambda epoch, n: 1.0 / (1.0 + epoch / n),
        "learning_rate / (1 + epoch / {n})",
    ),
    Schedule(
        "cosine",
        "The rate goes down to 0 in {n} epochs, along half a cosine wave.",
        lambda epoch, n: 0.5 * (1.0 + np.cos(np.pi * np.minimum(epoch / n, 1.0))),
        "learning_rate * 0.5 * (1 + np.cos(np.pi * min(epoch / {n}, 1)))",
    ),
    Schedule(
        "warm up",
        "The rate grows in even steps over the first {n} epochs.",
        lambda epoch, n: np.minimum((epoch + 1.0) / n, 1.0),
        "learning_rate * min((epoch + 1) / {n}, 1)",
    ),
)

SCHEDULES: Mapping[str, Schedule] = MappingProxyType({each.name: each for each in _ALL})


def factor(schedule: str, epochs: int, epoch: npt.ArrayLike) -> FloatArray:
    """Return what the learning rate is multiplied by in an epoch.

    Parameters
    ----------
    schedule : str
        A key of `SCHEDULES`.
    epochs : int
        What it counts in.
    epoch : array_like of int
        Counted from 0.

    Returns
    -------
    ndarray, shape of `epoch`
        From 0 to 1, dimensionless.
    """
    return SCHEDULES[schedule].value(np.asarray(epoch, dtype=np.float64), epochs)
