"""Work out an update of one neuron in formulas of which each result can be checked by hand."""

import math
import operator
from collections.abc import Callable, Iterable

from nnviz.nn.activations import sigmoid
from nnviz.nn.trace import Trace
from nnviz.text.digits import as_printed, enough_digits, enough_for_all, latex


def neuron_update(trace: Trace) -> tuple[str, ...]:
    """Return what an update of a neuron with a sigmoid and squared error computes."""
    layer, after = trace.layers[0], trace.updated.layers[0]
    x, weights = trace.input_vector.tolist(), layer.weights[:, 0].tolist()
    b, z = float(layer.bias[0]), float(layer.pre_activations[0])
    p, t, rate = float(trace.prediction[0]), float(trace.target[0]), trace.learning_rate
    gradient = layer.derror_dweights[:, 0].tolist()
    outer, local = (
        float(v[0]) for v in (trace.derror_dprediction, layer.dactivations_dpre_activations)
    )
    # From the last line to the first: each is printed with so many digits that the next follows.
    steps = [
        (lambda rate, *each, i=i: each[i] - rate * each[i + len(each) // 2], 4)
        for i in range(len(weights) + 1)
    ]
    of_steps = enough_for_all(steps, (rate, *weights, b, *gradient, outer * local))
    told, *slopes = as_printed((rate, *gradient, outer * local), of_steps)
    products: list[tuple[Callable[..., float], int]]
    products = [(lambda outer, local, v=v: outer * local * v, of_steps) for v in (*x, 1.0)]
    products.append((lambda outer, local: b - told * outer * local, 4))
    of_slopes = enough_for_all(products, (outer, local))
    of_p = enough_for_all(
        [
            (lambda p: (p - t) ** 2, 4),
            (lambda p: 2 * (p - t), of_slopes),
            (lambda p: p * (1 - p), of_slopes),
        ],
        (p,),
    )
    of_z = enough_digits(lambda z: float(sigmoid(z)), (z,), of_p)
    sums = [
        (_weighted_sum, of_z),
        *(
            (lambda *each, i=i, slope=slope: each[i - len(slopes)] - told * slope, 4)
            for i, slope in enumerate(slopes)
        ),
    ]
    n = enough_for_all(sums, (*x, *weights, b))
    terms = " + ".join(
        rf"{latex(a, n)} \cdot {latex(w, n)}" for a, w in zip(x, weights, strict=True)
    )
    rate_told = latex(rate, of_steps)
    return (
        rf"z = {terms} + {latex(b, n)} = {latex(z, of_z, alone=True)}",
        rf"p = \sigma(z) = {latex(p, of_p)}",
        rf"E = (p - t)^2 = ({latex(p, of_p)} - {latex(t)})^2 = {latex(trace.error)}",
        rf"\frac{{dE}}{{dp}} = 2(p - t) = {latex(outer, of_slopes, alone=True)}",
        rf"\frac{{dp}}{{dz}} = p(1 - p) = {latex(local, of_slopes)}",
        rf"\frac{{dz}}{{dw}} = x = {_row(x, n)} \qquad \frac{{dz}}{{db}} = 1",
        rf"\frac{{dE}}{{dw}} = \frac{{dE}}{{dp}} \cdot \frac{{dp}}{{dz}} \cdot \frac{{dz}}{{dw}}"
        rf" = {_row(gradient, of_steps)}",
        rf"w \leftarrow w - {rate_told} \cdot \frac{{dE}}{{dw}} = {_row(after.weights[:, 0])}",
        rf"b \leftarrow b - {rate_told} \cdot \frac{{dE}}{{dp}} \cdot \frac{{dp}}{{dz}} \cdot 1 = "
        rf"{latex(float(after.bias[0]), alone=True)}",
    )


def _weighted_sum(*values: float) -> float:
    *factors, bias = values
    half = len(factors) // 2
    return math.fsum((*map(operator.mul, factors[:half], factors[half:]), bias))


def _row(values: Iterable[float], significant: int = 4) -> str:
    return f"({', '.join(latex(float(value), significant, alone=True) for value in values)})"
