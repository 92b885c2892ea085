"""The regimes of gradient descent on a curve: from a step that creeps to one that diverges."""

from dataclasses import dataclass

from nnviz.nn.checks import instance, number
from nnviz.nn.curves import Curve, is_lost
from nnviz.text.digits import told_apart

# A factor above this creeps: seven steps and more to halve the distance.
CREEPING = 0.9


@dataclass(frozen=True)
class Regime:
    """How a learning rate behaves on a curve."""

    # "stands still", "creeps", "converges", "one step", "zig-zags", "for ever" or "diverges"
    name: str
    # 1 - rate * curvature: what a step multiplies the distance from the lowest point by, on any
    # parabola exactly, on another curve near x
    factor: float
    sentence: str  # the same in words


def judge(curve: Curve, rate: float, x: float) -> Regime:
    """Classify one step of gradient descent from x with a learning rate.

    Raises TypeError or ValueError if the rate is no number of 0 or more, or x no number.
    """
    instance(curve, "curve", Curve)
    rate, x = number(rate, "the learning rate", low=0), number(x, "x")
    if curve.name == "quadratic":
        return _regime_of_factor(1.0 - 2.0 * rate)
    return _regime_of_step(curve, rate, x)


def _regime_of_factor(factor: float) -> Regime:
    shown, *_ = told_apart(factor, -1.0, 0.0, 1.0)
    each = f"Each step multiplies the distance from the lowest point by {shown}"
    if factor == 1.0:
        return Regime("stands still", factor, "The rate is 0, so no step moves the point.")
    if factor == 0.0:
        return Regime("one step", factor, "One step lands exactly on the lowest point.")
    if factor == -1.0:
        return Regime(
            "for ever", factor, "Each step lands equally high on the other side, for ever."
        )
    if factor > CREEPING:
        return Regime("creeps", factor, f"{each}: it creeps.")
    if factor > 0:
        return Regime("converges", factor, f"{each}: it comes down on one side.")
    if factor > -1:
        return Regime(
            "zig-zags", factor, f"{each}: it changes sides each time, and still comes down."
        )
    return Regime("diverges", factor, f"{each}: each step ends higher than the one before.")


def _regime_of_step(curve: Curve, rate: float, x: float) -> Regime:
    width = 1e-4 * max(1.0, abs(x))
    before, slope = float(curve.value(x)), float(curve.slope(x))
    curvature = (float(curve.slope(x + width)) - float(curve.slope(x - width))) / (2.0 * width)
    factor = 1.0 - rate * curvature
    end = x - rate * slope
    if end == x:
        why = "The curve is too flat here" if slope else "The curve is flat here"
        why = why if rate > 0 else "The rate is 0"
        return Regime("stands still", factor, f"{why}, so the step does not move the point.")
    after, slope_after = float(curve.value(end)), float(curve.slope(end))
    if is_lost(end, after, slope_after):
        return Regime("diverges", factor, "This step leaves every scale: the rate is too large.")
    changed_sides = min(slope, slope_after) < 0 < max(slope, slope_after)
    if after == before:
        if changed_sides:
            return Regime("for ever", factor, "This step lands equally high on the other side.")
        sentence = "This step moves the point, and too little to change the error: it creeps."
        return Regime("creeps", factor, sentence)
    old, new = told_apart(before, after)
    effect = f"This step takes the error from {old} to {new}"
    if after > before:
        return Regime("diverges", factor, f"{effect}: too far, it ends higher than it began.")
    if abs(factor) < 0.05 and abs(slope_after) < 0.05 * abs(slope):
        return Regime("one step", factor, f"{effect}: it lands where the curve is almost flat.")
    if changed_sides:
        return Regime("zig-zags", factor, f"{effect}, and to the other side of the lowest point.")
    # The distance multiplied by 0.9 is, on a parabola, the error multiplied by 0.81.
    if factor > CREEPING and after > CREEPING**2 * before:
        return Regime("creeps", factor, f"{effect}: it creeps.")
    return Regime("converges", factor, f"{effect}, on the same side.")
