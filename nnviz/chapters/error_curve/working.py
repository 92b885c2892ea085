"""Work out a walk down an error curve: formulas of which each result can be checked by hand."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from nnviz.chapters.error_curve.paths import NEURON, first_error
from nnviz.chapters.error_curve.walk import Walk
from nnviz.data import tutorial
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits, digits_apart, enough_digits, enough_for_all, latex
from nnviz.training.update_rules import RuleResult

_SYMBOLS: Final = (
    ("w_1", r"w_{1,\text{new}}"),
    ("w_2", r"w_{2,\text{new}}"),
    ("b", r"b_\text{new}"),
)


def of_parabola(so_far: Walk) -> tuple[str, ...]:
    """Return the formulas of error and slope where the walk stands."""
    x, error, slope = so_far.here
    n = _digits_of_x(x, 4)
    return (
        rf"x = \text{{prediction}} - \text{{target}} = {latex(x, n, alone=True)}",
        rf"\text{{error}} = x^2 = {latex(x, n)}^2 = {latex(error, alone=True)}",
        rf"\text{{slope}} = \frac{{d\,\text{{error}}}}{{dx}} = 2x = 2 \cdot {latex(x, n)} = "
        rf"{latex(slope, alone=True)}",
    )


def of_neuron(index: int, so_far: Walk) -> tuple[str, ...]:
    """Return the chain of derivatives that makes the slope, at the value of one parameter."""
    parameters = NEURON.parameters()
    parameters[index] = so_far.x[-1]
    inputs, target = tutorial.SECOND_ROW, tutorial.SECOND_TARGET
    trace = trace_update(NEURON.with_parameters(parameters), inputs, target)
    layer, p = trace.layers[0], float(trace.prediction[0])
    z = float(layer.pre_activations[0])
    of_p = enough_digits(lambda p: (p - target) ** 2, (p,), 4)
    of_z = enough_digits(lambda z: float(sigmoid(z)), (z,), of_p)
    values = (*parameters.tolist(), *inputs)
    n = enough_digits(lambda w1, w2, b, x1, x2: w1 * x1 + w2 * x2 + b, values, of_z)
    w1, w2, b, x1, x2 = (latex(value, n) for value in values)
    inner = (*inputs, 1.0)[index]
    factors = (
        float(trace.derror_dprediction[0]), float(layer.dactivations_dpre_activations[0]), inner
    )  # fmt: skip
    of_slope = enough_digits(lambda *each: math.prod(each), factors, 4)
    product = r" \cdot ".join(latex(factor, of_slope) for factor in factors)
    return (
        rf"z = {w1} \cdot {x1} + {w2} \cdot {x2} + {b} = {latex(z, of_z, alone=True)} \qquad "
        rf"p = \sigma(z) = {latex(p, of_p)}",
        rf"\text{{error}} = (p - t)^2 = ({latex(p, of_p)} - {latex(target)})^2 = "
        rf"{latex(trace.error)}",
        rf"\text{{slope}} = \frac{{d\,\text{{error}}}}{{dp}} \cdot \frac{{dp}}{{dz}} \cdot "
        rf"\frac{{dz}}{{d{_SYMBOLS[index][0]}}} = {product} = "
        rf"{latex(float(so_far.slope[-1]), alone=True)}",
    )


def of_next_step(index: int | None, ahead: Walk) -> tuple[str, ...]:
    """Return the formulas of the next step; on the parabola also of what it multiplies x by."""
    symbol, new = ("x", r"x_\text{new}") if index is None else _SYMBOLS[index]
    rate = float(ahead.learning_rates[0])
    x, slope, reached = float(ahead.x[0]), float(ahead.slope[0]), float(ahead.x[1])
    results = [(lambda x, rate, slope: x - rate * slope, 4)]
    if index is None:
        results.append((lambda x, rate, slope: (1 - 2 * rate) * x, 4))
    n = enough_for_all(results, (x, rate, slope))
    rate_shown = latex(rate, max(n, digits_apart(rate, 0.5, 1.0)))
    step = (
        rf"{new} = {symbol} - \text{{rate}} \cdot \text{{slope}} = {latex(x, n)} - {rate_shown} "
        rf"\cdot {latex(slope, n)} = {latex(reached, alone=True)}"
    )
    if index is not None:
        return (step,)
    of_rate, of_factor = _digits_of_factor(rate)
    return (
        step,
        rf"= (1 - 2 \cdot \text{{rate}}) \cdot x = (1 - 2 \cdot {latex(rate, of_rate)}) \cdot x = "
        rf"{latex(1 - 2 * rate, of_factor)} \cdot x",
    )


def of_rules(results: Sequence[RuleResult], rate: float) -> tuple[str, ...]:
    """Return how each of the update rules computes what it adds to the weights."""
    learnt, gradient, scaled = results
    derivative = -float(learnt.update[0])
    local = float(first_error().layers[0].dactivations_dpre_activations[0])
    n = max(
        enough_digits(lambda d, slope, x: -d * slope * x, (derivative, local, float(x)), 4)
        for x in learnt.input_vector
    )
    of_gradient = max(
        enough_digits(lambda rate, g: rate * g, (rate, float(g)), 4) for g in gradient.update
    )
    told = latex(derivative, n)
    return (
        rf"\text{{tutorial's rule:}} \quad -2(p - t) = -{told} \text{{ for both weights}}",
        rf"\text{{gradient:}} \quad -2(p - t) \cdot \sigma'(z) \cdot x = -{told} \cdot "
        rf"{latex(local, n)} \cdot {_vector(learnt.input_vector)} = {_vector(gradient.update)}",
        rf"\text{{gradient}} \times \text{{rate:}} \quad {latex(rate, of_gradient)} \cdot "
        rf"{_vector(gradient.update, of_gradient)} = {_vector(scaled.update)}",
    )


def _vector(values: FloatArray, significant: int = 4) -> str:
    """Return a column vector in LaTeX."""
    entries = (latex(value, significant, alone=True) for value in values.tolist())
    return r"\begin{pmatrix} " + r" \\ ".join(entries) + r" \end{pmatrix}"


def factor(rate: float) -> str:
    """Return how a rate makes the factor that a step down a parabola multiplies x by."""
    of_rate, of_factor = _digits_of_factor(rate)
    return f"factor 1 − 2 × {digits(rate, of_rate)} = {digits(1 - 2 * rate, of_factor)}"


def _digits_of_factor(rate: float) -> tuple[int, int]:
    """Return the digits of rate and factor; 0.5 and 1, and -1, 0 and 1, are seen to be so."""
    of_factor = digits_apart(1 - 2 * rate, -1.0, 0.0, 1.0)
    of_rate = enough_digits(lambda rate: 1 - 2 * rate, (rate,), of_factor)
    return max(of_rate, digits_apart(rate, 0.5, 1.0)), of_factor


def told_step(ahead: Walk) -> str:
    """Return the step of a walk in words: how long, from where and to where."""
    rate, step = float(ahead.learning_rates[0]), float(ahead.steps[0])
    slope, start, end = float(ahead.slope[0]), float(ahead.x[0]), float(ahead.x[1])
    of_end = digits_apart(start, end, 0.0)
    of_step = enough_digits(lambda start, step: start + step, (start, step), of_end)
    n = enough_digits(lambda rate, slope: -rate * slope, (rate, slope), of_step)
    shown = digits(slope, n)
    return (
        f"The step is −{digits(rate, max(n, digits_apart(rate, 0.5, 1.0)))} × "
        f"{shown if slope >= 0 else f'({shown})'} = {digits(step, of_step)}: "
        f"{{}} goes from {digits(start, of_step)} to {digits(end, of_end)}."
    )


def told_miss(x: float, of_error: int) -> str:
    """Return a prediction's miss with so many digits that its square is the error as printed."""
    return digits(abs(x), enough_digits(lambda x: x * x, (x,), of_error))


def told_places(so_far: Walk, index: int | None) -> list[tuple[str, str]]:
    """Return x and slope of each place of a walk, as its table shows them.

    Each step is its rate times the slope; on the parabola x gives error and slope.
    """
    rates = [*so_far.learning_rates.tolist(), 0.0]
    places = zip(so_far.x.tolist(), so_far.slope.tolist(), rates, strict=True)
    return [_told_place(*place, parabola=index is None) for place in places]


@lru_cache(maxsize=4096)  # a step leaves all places of a walk but the last as they are
def _told_place(x: float, slope: float, rate: float, *, parabola: bool) -> tuple[str, str]:
    of_slope = enough_digits(lambda slope: -rate * slope, (slope,), 4)
    of_x = _digits_of_x(x, of_slope) if parabola else 4
    return digits(x, of_x), digits(slope, of_slope)


def _digits_of_x(x: float, of_slope: int) -> int:
    return enough_for_all([(lambda x: x * x, 4), (lambda x: 2 * x, of_slope)], (x,))
