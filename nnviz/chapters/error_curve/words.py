"""Describe a walk down an error curve, and what three update rules did, in sentences."""

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

from nnviz.chapters.error_curve.paths import FlatRegion
from nnviz.chapters.error_curve.walk import SMALL_ERROR, Challenge, Walk, steps_to_reach
from nnviz.chapters.error_curve.working import told_miss
from nnviz.nn.curves import Curve
from nnviz.nn.regimes import Regime, judge
from nnviz.text.digits import digits, digits_apart, told_apart
from nnviz.training.update_rules import RuleResult

_OF_ONE_STEP: Final = MappingProxyType(
    {
        "converges": "Comes down",
        "one step": "Almost flat",
        "zig-zags": "Changes sides",
        "for ever": "Equally high",
        "diverges": "Too far",
    }
)
"""Titles of one step on a curve that is no parabola, where the next may do anything else."""


def title(curve: Curve, regime: Regime) -> str:
    """Return what a rate does, in two words: for good on a parabola, elsewhere in this step."""
    of_one_step = {} if curve.name == "quadratic" else _OF_ONE_STEP
    return of_one_step.get(regime.name, regime.name.capitalize())


def variable(curve: Curve) -> str:
    """Return the name of the curve's variable for a sentence."""
    if curve.name == "quadratic":
        return "x"
    return "the bias" if curve.x_label == "bias" else curve.x_label


def descent(
    curve: Curve,
    walk: Walk,
    ahead: Walk | None,
    x_range: tuple[float, float],
    flat_regions: tuple[FlatRegion, ...] = (),
) -> str:
    """Describe where the walk stands and what the next step would do.

    ``ahead`` is the walk of the next step, or None to keep it a secret; ``x_range`` is what the
    picture shows; a flat region is named when the walk stands on it.
    """
    sentences = [
        _last_step(curve, walk) if len(walk.steps) else _standing(curve, walk),
        _where(walk, x_range, flat_regions),
        "" if ahead is None else _next_step(curve, walk, ahead),
    ]
    return " ".join(filter(None, sentences))


def rate_effect(curve: Curve, rate: float, x: float, *, at_most: int) -> str:
    """Describe how a learning rate behaves from x, and how many steps it needs to a small error."""
    regime = judge(curve, rate, x)
    sentence, parabola = regime.sentence, curve.name == "quadratic"
    n = steps_to_reach(curve, x, rate, at_most=at_most)
    if n == 0:
        return f"{sentence} The error here is below 0.001 already."
    if n is not None:
        return f"{sentence} From here the error is below 0.001 after {_steps(n)}."
    # On another curve a step that ends higher may be followed by others that come down.
    if regime.name == "stands still" or (parabola and regime.name in ("for ever", "diverges")):
        return f"{sentence} From here the error never gets below 0.001."
    return f"{sentence} From here {at_most} steps do not bring the error below 0.001."


def challenge(curve: Curve, walk: Walk, result: Challenge) -> str:
    """Describe how far the person has come with the challenge of one step."""
    small = digits(SMALL_ERROR)
    parabola = curve.name == "quadratic"
    taken = len(walk.steps)
    if result.n_steps == 0:
        return f"You started with an error below {small}. Start higher up for the challenge."
    if result.n_steps == 1:
        rate = rate_text(float(walk.learning_rates[0]))
        if parabola and not result.exact:
            return f"One step at rate {rate} came below {small}. Can you land exactly on 0?"
        did = f"came below {small}. From another start you may need another rate."
        if parabola:
            did = "lands on the lowest point. It does so from any start: try it."
        return f"Found it! At rate {rate} one step {did}"
    if result.n_steps is not None:
        more = (
            "One is enough: start again and find the rate."
            if result.possible
            else "From that start no rate that is offered here does it in one."
        )
        return f"It took {_steps(result.n_steps)} to come below {small}. {more}"
    if taken:
        return f"{_steps(taken).capitalize()} so far, and the error is not below {small} yet."
    if not result.possible:
        return (
            f"From here no rate that is offered brings the error below {small} in one step. "
            "Start elsewhere for the challenge."
        )
    if parabola:
        return "Challenge: find the rate that lands on the lowest point in one step."
    return f"Challenge: find a rate that brings the error below {small} in one step."


def _standing(curve: Curve, walk: Walk) -> str:
    x, error, slope = walk.here
    if curve.name == "quadratic":
        n = digits_apart(error, SMALL_ERROR)
        miss = f"{told_miss(x, n)} too {'high' if x > 0 else 'low'}" if x else "exactly right"
        start = f"The prediction is {miss}, so the error is {_error_text(error)}."
    else:
        start = f"With {variable(curve)} at {digits(x)} the error is {_error_text(error)}."
    if slope == 0:
        return f"{start} The slope is 0: no step moves the point."
    down = "lower" if slope > 0 else "raise"
    rising = "rises" if slope > 0 else "falls"
    return f"{start} The curve {rising} to the right here, so {down} {variable(curve)}."


def _last_step(curve: Curve, walk: Walk) -> str:
    number = len(walk.steps)
    before, after = (float(x) for x in walk.x[-2:])
    old, new = (float(error) for error in walk.error[-2:])
    if before == after:
        return (
            f"Step {number} moved nothing: the slope is {'too small' if walk.slope[-1] else '0'}."
        )
    crossed = ", across the lowest point" if min(walk.slope[-2:]) < 0 < max(walk.slope[-2:]) else ""
    if old == new:
        change = f"The error stayed at {_error_text(new)}."
    else:
        verb = "fell" if new < old else "rose"
        change = "The error {} from {} to {}.".format(verb, *told_apart(old, new, SMALL_ERROR))
    start, end = told_apart(before, after)
    return f"Step {number}: {variable(curve)} went from {start} to {end}{crossed}. {change}"


def _where(walk: Walk, x_range: tuple[float, float], flat_regions: tuple[FlatRegion, ...]) -> str:
    x, _, slope = walk.here
    if walk.stopped_at is not None:
        return (
            "The walk has diverged and ends here: the numbers have grown beyond all use. "
            "Undo steps, or start again with a smaller rate."
        )
    if not x_range[0] <= x <= x_range[1]:
        side = "right" if x > x_range[1] else "left"
        return f"That is outside the picture, on the {side}."
    if slope and any(region.low <= x <= region.high for region in flat_regions):
        return (
            f"This is a flat shoulder: the slope is only {digits(slope)}, so a step is short for "
            "its rate."
        )
    return ""


def _next_step(curve: Curve, walk: Walk, ahead: Walk) -> str:
    # What has been said of a slope of 0 need not be said of the next step too.
    if not len(ahead.steps) or not ahead.slope[0]:
        return ""
    rate, x = float(ahead.learning_rates[0]), float(ahead.x[1])
    reached = told_apart(x, float(ahead.x[0]))[0]
    return f"The next step, at rate {rate_text(rate)}, takes {variable(curve)} to {reached}."


def _error_text(error: float) -> str:
    """Return an error with so many digits that it is seen to be small or not."""
    return told_apart(error, SMALL_ERROR)[0]


def rate_text(rate: float) -> str:
    """Return a learning rate with so many digits that it is seen to be 0.5 or 1, or not."""
    return told_apart(rate, 0.5, 1.0)[0]


def _steps(n: int) -> str:
    return f"{n} step" if n == 1 else f"{n} steps"


def update_rules(rows: Sequence[Sequence[RuleResult]]) -> str:
    """Describe what each update rule did to the errors of the row and of its negative."""
    (tutorial, gradient, scaled), (mirrored, mirrored_gradient, _) = rows
    change = "raises" if mirrored.error_after > mirrored.error_before else "lowers"
    lowered = gradient.error_after < gradient.error_before
    both = lowered and mirrored_gradient.error_after == gradient.error_after
    lowers = "lowers it on both, to" if both else "takes it to"
    by_gradient, by_rate = told_apart(gradient.error_after, scaled.error_after)
    return (
        f"The tutorial’s rule takes the error of the row {row_text(tutorial.input_vector)} from "
        f"{digits(tutorial.error_before)} to {digits(tutorial.error_after)}. On the negative row "
        f"the same rule {change} it to {digits(mirrored.error_after)}. The gradient {lowers} "
        f"{by_gradient}; times the rate, to {by_rate}."
    )


def waiting(rows: Sequence[Sequence[RuleResult]]) -> str:
    """Describe what is known before the update is shown."""
    first, second = (results[0] for results in rows)
    return (
        f"Before the update the error is {digits(first.error_before)} on the row "
        f"{row_text(first.input_vector)} and on its negative {row_text(second.input_vector)} "
        "alike. What the rules do is hidden until you answer."
    )


def row_text(row: Iterable[float]) -> str:
    """Return a row in parentheses, as in (2, 1.5)."""
    return f"({', '.join(digits(float(value)) for value in row)})"
