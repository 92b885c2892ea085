"""Linear regression in words: what a plane says, how wrong it is, and what the rate does."""

import math
from collections.abc import Sequence

from nnviz.chapters.linear_regression.curvature import BETWEEN, DIVERGES, STANDS, Curvature
from nnviz.chapters.linear_regression.descent import Descent, change
from nnviz.chapters.linear_regression.houses import TRUTH
from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.chapters.linear_regression.units import column, parameter_units, squared_unit, target
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, enough_digits, latex, told_apart, without_dust


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


def describe_line(
    sample: Sample, weight: float, bias: float, error: float | None, answer: LeastSquares | None
) -> str:
    """Describe a line over the first column; without its error if that is to be predicted."""
    measure, one = target(sample).measure, column(sample, 0).one
    does = "adds" if weight >= 0 else "takes off"
    text = (
        f"One {one} more {does} {digits(abs(weight))} {measure}; at 0 the line says {digits(bias)}."
    )
    if error is None:
        return text
    if answer is None:
        return f"{text} {describe_error(sample, error)}"
    shown, least = _beside(error, answer.error)
    return f"{text} {describe_error(sample, error, shown)} Least squares has {least}."


def describe_error(sample: Sample, error: float, text: str = "") -> str:
    """Describe how large a mean squared error is, and the side of the square of that size.

    ``text`` is the error as it is to be printed, where it is compared with another.
    """
    if not math.isfinite(error):
        return "The error is too large for the computer."
    side = f"{digits(math.sqrt(error), 3)} {target(sample).measure}"
    return (
        f"The mean squared error is {text or digits(error)} {squared_unit(sample)}: "
        f"the mean square has a side of {side}."
    )


def _beside(error: float, least: float) -> tuple[str, str]:
    """Return an error and that of least squares, printed alike where they are the same."""
    return (digits(least),) * 2 if _is_least(error, least) else told_apart(error, least)


def _is_least(error: float, least: float) -> bool:
    return error <= least * (1 + 1e-6)


def describe_hand_plane(
    sample: Sample, in_units: Sequence[float], error: float, answer: LeastSquares | None
) -> str:
    """Describe a plane put by hand, its error and, if given, the answer of least squares."""
    plane = describe_plane(sample, in_units)
    if answer is None:
        return f"{plane} {describe_error(sample, error)}"
    shown, least = _beside(error, answer.error)
    told = describe_least_squares(sample, answer, least)
    return f"{plane} {describe_error(sample, error, shown)} {told}"


def describe_least_squares(sample: Sample, answer: LeastSquares, least: str = "") -> str:
    """Describe what least squares reaches, and what keeps it from being the only answer.

    ``least`` is its error as it is to be printed, where another is compared with it.
    """
    least = least or digits(answer.error)
    text = f"Least squares has {least}, a side of {digits(math.sqrt(answer.error), 3)}."
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
            "the two counts. Many planes are equally good; this is one of them."
        )
    return ""


def describe_step(run: Descent, step: int) -> str:
    """Describe where gradient descent stands at a step."""
    sample = run.plan.sample
    when = f"After update {step:,}" if step else "Before the first update"
    plane = describe_plane(sample, run.in_units[step])
    error, least = float(run.errors[step]), run.answer.error
    shown, least_shown = _beside(error, least)
    text = f"{when}: {plane[0].lower()}{plane[1:]} {describe_error(sample, error, shown)}"
    if step == run.last_step and run.diverged_at is not None:
        return (
            f"{text} Update {run.diverged_at:,} left the numbers that a computer can hold: the run "
            "has diverged and ends here."
        )
    compared = f"Least squares has {least_shown}."
    if _is_least(error, least):
        compared = f"That is least squares: no plane has less than {least_shown}."
    return f"{text} {compared}{_last_change(run, step)}"


def describe_start(run: Descent) -> str:
    """Describe a run before its first update, and not where it leads."""
    sample = run.plan.sample
    plane = describe_plane(sample, run.in_units[0])
    told = describe_error(sample, float(run.errors[0]))
    return f"Before the first update: {plane[0].lower()}{plane[1:]} {told}"


def _last_change(run: Descent, step: int) -> str:
    if step and change(float(run.errors[step - 1]), float(run.errors[step])) > 0:
        return " The last update made the error larger."
    return ""


def describe_rate(curved: Curvature, learning_rate: float) -> str:
    """Tell whether a rate converges, and how fast."""
    fate = curved.fate(learning_rate)
    if fate == STANDS:
        return "At rate 0 nothing moves."
    rate = _rate_and_largest(curved, learning_rate)[0]
    if fate == BETWEEN:
        return (
            f"Rate {digits(learning_rate)} is the largest one itself: along the steepest direction "
            "the weights go to and fro for ever."
        )
    factor = without_dust(float(curved.factors(learning_rate)[-1]), 1)
    shown = told_apart(factor, 0.0, -1.0)[0]
    if fate == DIVERGES:
        part = learning_rate / curved.largest_rate
        above = f"{digits(part, 3)} times" if part >= 1.1 else "just above"
        return (
            f"Rate {rate} diverges: it is {above} the largest that converges. Every update "
            f"multiplies the distance along the steepest direction by {shown}."
        )
    n = counted(curved.updates_to_halve(learning_rate))
    text = (
        f"Rate {rate} converges. The slowest direction needs {n} update{'s' if n != '1' else ''} "
        "to halve its distance from the lowest point."
    )
    if factor >= 0:
        return text
    return f"{text} The steepest one zig-zags: every update multiplies its distance by {shown}."


def counted(n: float) -> str:
    """Return a number of updates, rounded up, with a power of ten from a billion on."""
    return f"{math.ceil(n * (1 - 1e-9)):,}" if n < 1e9 else digits(n)


def largest_rate_text(curved: Curvature, learning_rate: float) -> str:
    """Tell beyond which rate gradient descent diverges, beside a rate that is chosen."""
    return f"diverges above {_rate_and_largest(curved, learning_rate)[1]}"


def _rate_and_largest(curved: Curvature, learning_rate: float) -> tuple[str, str]:
    """Return a rate and the largest one with so many digits that their order is seen."""
    if curved.fate(learning_rate) == BETWEEN:
        return digits(learning_rate), digits(curved.largest_rate)
    return told_apart(learning_rate, curved.largest_rate)


def describe_units(sample: Sample) -> str:
    """Tell in what unit each weight is, and the bias."""
    first, second, bias = parameter_units(sample)
    return f"Units: {first}; {second}; the bias in {bias}."


def describe_truth(noise: float) -> str:
    """Describe what the houses were made from."""
    made_from = (
        f"These houses are made up: price = {digits(TRUTH.per_square_metre)} × area − "
        f"{digits(-TRUTH.per_year)} × age + {digits(TRUTH.bias)} thousand €"
    )
    if noise:
        made_from += f", and noise with a standard deviation of {digits(noise)} thousand €"
    return f"{made_from}, rounded to whole thousands."


def first_row_working(sample: Sample, put: Sequence[float], said: float) -> str:
    """Return what a plane says of the first row, and its squared error, in LaTeX."""
    target, inputs = float(sample.y[0]), sample.X[0, :2].tolist()
    miss = said - target
    # Whoever checks the square finds every digit before the point, and of whole numbers each.
    before = len(str(round(miss * miss))) if math.isfinite(miss * miss) else 0
    exact = 9 if miss.is_integer() else min(max(4, before), 9)
    n = enough_digits(lambda said, target: (said - target) ** 2, (said, target), exact)
    values = (*put, *inputs)
    of_plane = enough_digits(lambda w1, w2, b, x1, x2: w1 * x1 + w2 * x2 + b, values, n)
    w1, w2, b, x1, x2 = (latex(value, of_plane) for value in values)
    return (
        rf"\text{{row 1:}}\quad {w1} \cdot {x1} + {w2} \cdot {x2} + {b} = "
        rf"{latex(said, n, alone=True)} \qquad ({latex(said, n)} - {latex(target, n)})^2 = "
        rf"{latex(miss * miss, exact)}"
    )


def update_working(run: Descent, step: int) -> tuple[str, str]:
    """Return the first weight's next update, and the largest rate that converges, in LaTeX."""
    rate, curvature = run.plan.hyperparameters.learning_rate, float(run.curvature.values[-1])
    weight, slope = float(run.parameters[step][0]), float(run.slopes(step)[0])
    values = weight, rate, slope
    n = enough_digits(lambda weight, rate, slope: weight - rate * slope, values, 4)
    of_curvature = enough_digits(lambda curvature: 2 / curvature, (curvature,), 4)
    return (
        rf"w_{{1,\text{{new}}}} = w_1 - \text{{rate}} \cdot \text{{slope}} = "
        rf"{latex(weight, n)} - {latex(rate, n)} \cdot {latex(slope, n)} = "
        rf"{latex(weight - rate * slope, alone=True)}",
        rf"\text{{largest rate}} = \frac{{2}}{{\text{{largest curvature}}}} = "
        rf"\frac{{2}}{{{latex(curvature, of_curvature)}}} = {latex(run.curvature.largest_rate)}",
    )
