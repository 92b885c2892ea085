"""The challenge of the error curve: how many steps a walk took until the error was small."""

from dataclasses import dataclass

import numpy as np

from nnviz.chapters.error_curve.descent import Curve, Walk, regime
from nnviz.nn.checks import instance, number

SMALL_ERROR = 1e-3


@dataclass(frozen=True)
class Challenge:
    """How a walk did.

    Attributes
    ----------
    tolerance : float
        What counts as a small error.
    n_steps : int or None
        Steps until the error was first at most `tolerance`; None if it has not been yet.
    in_one_step : bool
        Whether the first step was enough.
    exact : bool
        Whether that step also ended where the curve is flat, so that no second one is needed.
    """

    tolerance: float
    n_steps: int | None
    in_one_step: bool
    exact: bool


def judge(curve: Curve, walk: Walk, tolerance: float = SMALL_ERROR) -> Challenge:
    """Tell whether a walk met the challenge of one step, and how many it took otherwise.

    Raises
    ------
    TypeError, ValueError
        If `walk` is no walk, or `tolerance` no number of 0 or more.
    """
    instance(curve, "curve", Curve)
    instance(walk, "walk", Walk)
    tolerance = number(tolerance, "tolerance", low=0)
    small = np.flatnonzero(walk.error <= tolerance)
    n_steps = int(small[0]) if small.size else None
    exact = False
    if n_steps == 1:
        rate, start = float(walk.learning_rates[0]), float(walk.x[0])
        exact = regime(curve, rate, start).name == "one step"
    return Challenge(tolerance, n_steps, n_steps == 1, exact)
