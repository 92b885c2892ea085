"""Walk down a curve of one variable, step by step against its slope, and judge the walk."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.nn.checks import FloatArray, Frozen, instance, integer, items, number
from nnviz.nn.curves import Curve, is_lost
from nnviz.nn.regimes import judge

# The tutorial's points on the quadratic: A must come down to the left, B to the right.
POINT_A: Final = 0.871
POINT_B: Final = -0.871

SMALL_ERROR: Final = 1e-3
"""The error that the challenge asks for, in one step."""

MOST_RATES: Final = 100_000


@dataclass(frozen=True, eq=False)
class Walk(Frozen):
    """Steps down a curve, each against the slope."""

    # x, error, slope: (n + 1,): every place of the walk, the start first
    x: FloatArray
    error: FloatArray
    slope: FloatArray
    # learning_rates, steps: (n,): the rate of each step, and what it added to x
    learning_rates: FloatArray
    steps: FloatArray
    # the place where the walk ended early, because x went beyond 1e12 or the error or the slope was
    # no longer finite; it is the last place in `x`
    stopped_at: int | None

    @property
    def here(self) -> tuple[float, float, float]:
        """Where the walk stands: x, the error and the slope."""
        return float(self.x[-1]), float(self.error[-1]), float(self.slope[-1])


def walk(curve: Curve, start: float, learning_rates: Sequence[float]) -> Walk:
    """Take one step for each learning rate: x becomes x - rate * slope.

    Raises TypeError or ValueError if the start is no finite number, a rate is below 0, or there
    are more than 100,000 rates. Diverging is a result: see `Walk.stopped_at`.
    """
    instance(curve, "curve", Curve)
    rates = [
        number(rate, "a learning rate", low=0) for rate in items(learning_rates, "learning_rates")
    ]
    if len(rates) > MOST_RATES:
        raise ValueError(f"learning_rates must hold at most {MOST_RATES} rates, not {len(rates)}.")
    x = number(start, "start")
    places, steps = [(x, float(curve.value(x)), float(curve.slope(x)))], list[float]()
    for rate in rates:
        if is_lost(*places[-1]):
            break
        x, _, slope = places[-1]
        steps.append(-rate * slope)
        x += steps[-1]
        places.append((x, float(curve.value(x)), float(curve.slope(x))))
    stopped_at = len(steps) if is_lost(*places[-1]) else None
    xs, errors, slopes = np.array(places).T
    return Walk(xs, errors, slopes, np.array(rates[: len(steps)]), np.array(steps), stopped_at)


def steps_to_reach(
    curve: Curve, start: float, rate: float, tolerance: float = SMALL_ERROR, at_most: int = 10_000
) -> int | None:
    """Return after how many steps the error is below `tolerance`; None if it never is.

    Never means: not within `at_most` steps, which are at most 100,000. Raises TypeError or
    ValueError if an argument is not such a number.
    """
    instance(curve, "curve", Curve)
    x, rate = number(start, "start"), number(rate, "rate", low=0)
    tolerance = number(tolerance, "tolerance", low=0)
    for n_steps in range(integer(at_most, "at_most", 0, MOST_RATES) + 1):
        error = float(curve.value(x))
        if error < tolerance:
            return n_steps
        slope = float(curve.slope(x))
        step = -rate * slope
        # A step that moves nothing will never move anything.
        if is_lost(x, error, slope) or x + step == x:
            return None
        x += step
    return None


@dataclass(frozen=True)
class Challenge:
    """The result of the challenge: come down to a small error in one step."""

    # steps until the error was first below `SMALL_ERROR`; None if it has not been yet
    n_steps: int | None
    exact: bool  # whether one step was enough and ended where the curve is flat
    # whether one step from the start of the walk can be enough, at one of the rates offered
    possible: bool


def judge_challenge(curve: Curve, walk: Walk, rates: Sequence[float]) -> Challenge:
    """Return how many steps a walk took to a small error, and whether one can be enough.

    ``rates`` are the learning rates that can be chosen.
    """
    small = np.flatnonzero(walk.error < SMALL_ERROR)
    n_steps = int(small[0]) if small.size else None
    ends = walk.x[0] - np.array(rates) * walk.slope[0]
    possible = bool((curve.value(ends) < SMALL_ERROR).any())
    if n_steps != 1:
        return Challenge(n_steps, exact=False, possible=possible)
    regime = judge(curve, float(walk.learning_rates[0]), float(walk.x[0]))
    return Challenge(n_steps, exact=regime.name == "one step", possible=True)
