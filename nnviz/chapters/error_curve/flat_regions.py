"""Shoulders: the stretches of a curve that are almost flat."""

from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import instance, number
from nnviz.nn.curves import Curve

# Points at which the slope is looked at; the ends of a shoulder are as exact as their spacing.
_POINTS = 401


@dataclass(frozen=True)
class Shoulder:
    """A stretch of a curve, from `low` to `high`; `error` is the curve's height in its middle."""

    low: float
    high: float
    error: float


def shoulders(curve: Curve, low: float, high: float, share: float = 0.1) -> tuple[Shoulder, ...]:
    """Return the stretches between `low` and `high` where a step would be tiny, from left to right.

    Parameters
    ----------
    curve : Curve
    low, high : float
        Where to look; `low` is below `high`.
    share : float
        Flat is where the slope has less than this share of the steepest slope in the range.

    Raises
    ------
    TypeError, ValueError
        If an argument is no such number.
    """
    instance(curve, "curve", Curve)
    low, high = number(low, "low"), number(high, "high")
    share = number(share, "share", 0, 1)
    if low >= high:
        raise ValueError(f"low must be below high, but they are {low:g} and {high:g}.")
    x = np.linspace(low, high, _POINTS)
    steepness = np.abs(curve.slope(x))
    flat = np.concatenate([[False], steepness < share * steepness.max(), [False]])
    starts, ends = np.flatnonzero(~flat[:-1] & flat[1:]), np.flatnonzero(flat[:-1] & ~flat[1:])
    return tuple(
        Shoulder(float(x[a]), float(x[b - 1]), float(curve.value((x[a] + x[b - 1]) / 2)))
        for a, b in zip(starts, ends, strict=True)
    )
