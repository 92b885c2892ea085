"""Schedules: how the learning rate changes while a network learns."""

from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray

SCHEDULES: Final = MappingProxyType(
    {
        "constant": "The rate stays as it is.",
        "halve": "The rate is halved after every {n} epochs.",
        "inverse": "The rate is divided by 1 + epoch / {n}.",
        "cosine": "The rate goes down to 0 in {n} epochs, along half a cosine wave.",
        "warm up": "The rate grows in even steps over the first {n} epochs.",
    }
)


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
    epoch = np.asarray(epoch, dtype=np.float64)
    if schedule == "halve":
        return 0.5 ** np.floor(epoch / epochs)
    if schedule == "inverse":
        return 1.0 / (1.0 + epoch / epochs)
    if schedule == "cosine":
        return 0.5 * (1.0 + np.cos(np.pi * np.minimum(epoch / epochs, 1.0)))
    if schedule == "warm up":
        return np.minimum((epoch + 1.0) / epochs, 1.0)
    return np.ones_like(epoch)
