"""How a fraction of the miss behaves, from creeping to diverging: the factor is 1 - fraction."""

import math

from nnviz.chapters.home.darts import LARGEST_FRACTION
from nnviz.nn.checks import number
from nnviz.nn.regimes import CREEPING, Regime


def dart_regime(fraction: float) -> Regime:
    """Tell what correcting every throw by this fraction of the miss comes to, without wind.

    Raises
    ------
    TypeError, ValueError
        If the fraction is no number from 0 to `LARGEST_FRACTION`.
    """
    fraction = number(fraction, "fraction", 0, LARGEST_FRACTION)
    factor = 1.0 - fraction
    each = f"Each throw multiplies the miss by {factor:.4g}"
    if fraction == 0:
        return Regime("stands still", factor, "Nothing is corrected: every throw misses alike.")
    if math.isclose(factor, 0.0, abs_tol=1e-9):
        return Regime("one step", factor, "One correction by the whole miss hits the bull's-eye.")
    if math.isclose(factor, -1.0, abs_tol=1e-9):
        told = "Each throw misses as far on the other side, for ever."
        return Regime("for ever", factor, told)
    if factor > CREEPING:
        return Regime("creeps", factor, f"{each}: it gets there, but it creeps.")
    if factor > 0:
        return Regime("converges", factor, f"{each}: it arrives, always from the same side.")
    if factor > -1:
        told = f"{each}: it overshoots to the other side each time, and still arrives."
        return Regime("zig-zags", factor, told)
    told = f"{each}: each throw overshoots by more than the last one missed."
    return Regime("diverges", factor, told)
