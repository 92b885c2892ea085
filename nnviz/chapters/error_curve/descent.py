"""Walking down a curve of one variable, step by step against the slope."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import FloatArray, instance, integer, items, number
from nnviz.nn.curves import FARTHEST, Curve, is_lost, quadratic, weight_slice
from nnviz.nn.regimes import Regime, judge

__all__ = [
    "FARTHEST",
    "POINT_A",
    "POINT_B",
    "Curve",
    "Regime",
    "Walk",
    "quadratic",
    "regime",
    "steps_to_reach",
    "walk",
    "weight_slice",
]

# The tutorial's points on the quadratic: A must come down to the left, B to the right.
POINT_A = 0.871
POINT_B = -0.871


@dataclass(frozen=True, eq=False)
class Walk:
    """Steps down a curve, each against the slope.

    Attributes
    ----------
    x, error, slope : ndarray, shape (n + 1,)
        Where the walk stood, the start first.
    learning_rates, steps : ndarray, shape (n,)
        The rate of each step, and what it added to x.
    stopped_at : int or None
        The place where the walk ended early, because x went beyond 1e12 or the error or the slope
        was no longer finite; it is the last place in `x`.
    """

    x: FloatArray
    error: FloatArray
    slope: FloatArray
    learning_rates: FloatArray
    steps: FloatArray
    stopped_at: int | None


def walk(curve: Curve, start: float, learning_rates: Sequence[float]) -> Walk:
    """Take one step for each rate: x becomes x - rate * slope.

    Parameters
    ----------
    curve : Curve
    start : float
    learning_rates : sequence of float
        Each 0 or more; at most 100,000 of them, none is allowed.

    Raises
    ------
    TypeError, ValueError
        If the start or a rate is no such number. Diverging is a result: see `Walk.stopped_at`.
    """
    instance(curve, "curve", Curve)
    given = items(learning_rates, "learning_rates")
    if len(given) > 100_000:
        raise ValueError(f"learning_rates must hold at most 100000 rates, not {len(given)}.")
    rates = [number(rate, "a learning rate", low=0) for rate in given]
    x = [number(start, "start")]
    error, slope = [float(curve.value(x[0]))], [float(curve.slope(x[0]))]
    steps: list[float] = []
    for rate in rates:
        if is_lost(x[-1], error[-1], slope[-1]):
            break
        steps.append(-rate * slope[-1])
        x.append(x[-1] + steps[-1])
        error.append(float(curve.value(x[-1])))
        slope.append(float(curve.slope(x[-1])))
    stopped_at = len(steps) if is_lost(x[-1], error[-1], slope[-1]) else None
    return Walk(
        x=_read_only(x),
        error=_read_only(error),
        slope=_read_only(slope),
        learning_rates=_read_only(rates[: len(steps)]),
        steps=_read_only(steps),
        stopped_at=stopped_at,
    )


def steps_to_reach(
    curve: Curve, start: float, rate: float, tolerance: float = 1e-3, at_most: int = 10_000
) -> int | None:
    """Return after how many steps the error is at most `tolerance`; None if it never is.

    Never means: not within `at_most` steps, which are at most 100,000.

    Raises
    ------
    TypeError, ValueError
        If an argument is no such number.
    """
    instance(curve, "curve", Curve)
    x, rate = number(start, "start"), number(rate, "rate", low=0)
    tolerance = number(tolerance, "tolerance", low=0)
    for n_steps in range(integer(at_most, "at_most", 0, 100_000) + 1):
        error = float(curve.value(x))
        if error <= tolerance:
            return n_steps
        slope = float(curve.slope(x))
        step = -rate * slope
        # A step that moves nothing will move nothing for ever after.
        if is_lost(x, error, slope) or x + step == x:
            return None
        x += step
    return None


def regime(curve: Curve, walk_or_rate: Walk | float, x: float | None = None) -> Regime:
    """Tell how one step of a learning rate behaves on a curve at x.

    On the quadratic the factor 1 - 2 rate alone decides, wherever x is. Any other curve is
    judged by its factor at x and by what the step really does to the error and the slope.

    Parameters
    ----------
    curve : Curve
    walk_or_rate : Walk or float
        A learning rate of 0 or more; or a walk, whose last step is judged.
    x : float, optional
        Where the step starts; needed with a rate, and of no use with a walk.

    Raises
    ------
    TypeError, ValueError
        If the rate or x is no such number, or the walk has no step.
    """
    if isinstance(walk_or_rate, Walk):
        if len(walk_or_rate.steps) == 0:
            raise ValueError("the walk must have at least one step to be judged, but has none.")
        return judge(curve, float(walk_or_rate.learning_rates[-1]), float(walk_or_rate.x[-2]))
    if x is None:
        raise TypeError("x must be a number: with a learning rate, say where the step starts.")
    return judge(curve, walk_or_rate, x)


def _read_only(values: list[float]) -> FloatArray:
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array
