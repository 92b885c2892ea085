"""Linear regression in words: what a plane says, how wrong it is, and what the rate does."""

import math
from collections.abc import Sequence

from nnviz.chapters.linear_regression.curvature import Curvature
from nnviz.chapters.linear_regression.descent import Descent
from nnviz.chapters.linear_regression.houses import TRUTH
from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.chapters.linear_regression.units import column, squared_unit, target, weight_unit
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits


def short_names(sample: Sample) -> tuple[str, str, str]:
    """Return the names of both weights and the bias."""
    first, second = (f"weight of {column(sample, k).noun}" for k in (0, 1))
    return first, second, "bias"


def describe_plane(sample: Sample, in_units: Sequence[float] | FloatArray) -> str:
    """Describe what a plane means: what one more of each column does, and the bias."""
    measure, noun = target(sample).measure, target(sample).noun
    parts = []
    for k in (0, 1):
        weight, one = float(in_units[k]), column(sample, k).one
        if weight == 0:
            parts.append(f"one {one} more changes nothing")
        else:
            does = "adds" if weight > 0 else "takes off"
            parts.append(f"one {one} more {does} {digits(abs(weight))} {measure}")
    unit = f" {target(sample).unit}" if target(sample).unit else ""
    bias = f"{digits(float(in_units[2]))}{unit}"
    text = f"{parts[0]}, {parts[1]}; at 0 and 0 the {noun} is {bias}."
    return text[0].upper() + text[1:]


def describe_error(sample: Sample, error: float) -> str:
    """Describe how large a mean squared error is, and the side of the square of that size."""
    if not math.isfinite(error):
        return "The error is too large for the computer."
    side = f"{digits(math.sqrt(error), 3)} {target(sample).measure}"
    return (
        f"The mean squared error is {digits(error)} {squared_unit(sample)}: "
        f"the mean square has a side of {side}."
    )


def describe_hand_plane(
    sample: Sample, in_units: Sequence[float], error: float, answer: LeastSquares | None
) -> str:
    """Describe a plane put by hand, its error and, if given, the answer of least squares."""
    text = f"{describe_plane(sample, in_units)} {describe_error(sample, error)}"
    return text if answer is None else f"{text} {describe_least_squares(sample, answer)}"


def describe_least_squares(sample: Sample, answer: LeastSquares) -> str:
    """Describe what least squares reaches, and what keeps it from being the only answer."""
    text = (
        f"Least squares has {digits(answer.error)}, a side of {digits(math.sqrt(answer.error), 3)}."
    )
    unsure = describe_choice(sample, answer)
    return f"{text} {unsure}" if unsure else text


def describe_choice(sample: Sample, answer: LeastSquares) -> str:
    """Tell why other planes are as good as that of least squares; nothing where none are."""
    nouns = [column(sample, k).noun for k in (0, 1)]
    if len(answer.constant) == 2:
        return (
            f"{nouns[0]} and {nouns[1]} are the same in every row: nothing can be told from them, "
            "and both weights are left at 0."
        )
    if answer.constant:
        noun = nouns[answer.constant[0]]
        return (
            f"{noun} is the same in every row: nothing can be told from it, and its weight is "
            "left at 0."
        )
    if not answer.is_only:
        return (
            f"In these rows {nouns[0]} and {nouns[1]} move together, so they do not say which of "
            "the two counts. Many planes are equally good; this is the flattest of them."
        )
    return ""


def describe_step(run: Descent, step: int) -> str:
    """Describe where gradient descent stands at a step."""
    sample = run.plan.sample
    when = f"After update {step:,}" if step else "Before the first update"
    plane = describe_plane(sample, run.in_units[step])
    text = (
        f"{when}: {plane[0].lower()}{plane[1:]} {describe_error(sample, float(run.errors[step]))}"
    )
    if step == run.last_step and run.diverged_at is not None:
        return (
            f"{text} Update {run.diverged_at:,} left the numbers that a computer can hold: the run "
            "has diverged and ends here."
        )
    return f"{text} {_compared(run, step)}{_last_change(run, step)}"


def _compared(run: Descent, step: int) -> str:
    error, least = float(run.errors[step]), run.answer.error
    if error <= least * (1 + 1e-6):
        return f"That is least squares: no plane has less than {digits(least)}."
    return f"Least squares has {digits(least)}."


def _last_change(run: Descent, step: int) -> str:
    if not step:
        return ""
    before, now = float(run.errors[step - 1]), float(run.errors[step])
    if now > before * (1 + 1e-9):
        return " The last update made the error larger."
    return ""


def describe_rate(curved: Curvature, learning_rate: float) -> str:
    """Tell whether a rate converges, and how fast."""
    largest, rate = curved.largest_rate, digits(learning_rate)
    part = learning_rate / largest
    if learning_rate == 0:
        return "At rate 0 nothing moves."
    if math.isclose(part, 1.0, rel_tol=1e-9):
        return (
            f"Rate {rate} is the largest one itself: along the steepest direction the weights go "
            "to and fro for ever."
        )
    factor = float(curved.factors(learning_rate)[-1])
    if part > 1:
        above = f"{digits(part, 3)} times" if part >= 1.1 else "just above"
        return (
            f"Rate {rate} diverges: it is {above} the largest that converges. Every update "
            f"multiplies the distance along the steepest direction by {digits(factor)}."
        )
    halved = curved.updates_to_halve(learning_rate)
    text = (
        f"Rate {rate} converges. The slowest direction needs {_updates(halved)} to halve its "
        "distance from the lowest point."
    )
    if factor >= 0:
        return text
    return (
        f"{text} The steepest one zig-zags: every update multiplies its distance by "
        f"{digits(factor)}."
    )


def _updates(n: float) -> str:
    return "1 update" if round(n) == 1 else f"{counted(n)} updates"


def counted(n: float) -> str:
    """Return a number of updates, with a power of ten from a billion on."""
    return f"{round(n):,}" if n < 1e9 else digits(n)


def largest_rate_text(curved: Curvature) -> str:
    """Tell beyond which rate gradient descent diverges."""
    return f"diverges above {digits(curved.largest_rate)}"


def describe_units(sample: Sample) -> str:
    """Tell in what unit each weight is, and the bias."""
    return (
        f"Units: {weight_unit(sample, 0)}; {weight_unit(sample, 1)}; the bias in "
        f"{target(sample).measure}."
    )


def describe_truth(noise: float) -> str:
    """Describe what the houses were made from."""
    made_from = (
        f"These houses are made up: price = {digits(TRUTH.per_square_metre)} × area − "
        f"{digits(-TRUTH.per_year)} × age + {digits(TRUTH.bias)} thousand €"
    )
    if noise == 0:
        return f"{made_from}, rounded to whole thousands."
    return f"{made_from}, and noise with a standard deviation of {digits(noise)} thousand €."
