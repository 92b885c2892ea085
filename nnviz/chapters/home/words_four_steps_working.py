"""The four steps worked out: what is computed, with this moment's numbers in the formulas."""

from nnviz.text.digits import latex
from nnviz.walkthrough.four_steps import Moment

Working = tuple[tuple[str, tuple[str, ...]], ...]
"""Sentences, each with the formulas (LaTeX) that follow it."""

_SUM = (
    r"\text{sum} = \text{weights}[0] \cdot \text{input}[0] + "
    r"\text{weights}[1] \cdot \text{input}[1] + \text{bias}"
)
_SIGMOID = r"\text{prediction} = \sigma(\text{sum}) = \frac{1}{1 + e^{-\text{sum}}}"
_ERROR = r"\text{error} = (\text{prediction} - \text{target})^2"
_SLOPE = (
    r"\text{slope} = 2\,(\text{prediction} - \text{target}) \cdot "
    r"\text{prediction} \cdot (1 - \text{prediction})"
)


def working(moment: Moment) -> Working:
    """Return how the step that was made last is computed, for one unit with two inputs."""
    return {
        None: _start,
        "input": _input,
        "predict": _predict,
        "compare": _compare,
        "adjust": _adjust,
    }[moment.step](moment)


def _start(_: Moment) -> Working:
    said = "The whole network is two formulas. Learning changes the weights and the bias in them."
    return ((said, (_SUM, _SIGMOID)),)


def _input(moment: Moment) -> Working:
    lines = tuple(
        rf"\text{{input}}[{i}] = {_bare(x)}" for i, x in enumerate(moment.trace.input_vector)
    )
    return (("Nothing is computed yet: the values come from the data.", lines),)


def _predict(moment: Moment) -> Working:
    layer = moment.trace.layers[0]
    weights, inputs, bias = layer.weights[:, 0], layer.inputs, layer.bias[0]
    pairs = list(zip(weights, inputs, strict=True))
    terms = " + ".join(rf"{latex(w)} \cdot {latex(x)}" for w, x in pairs)
    products = " + ".join(latex(w * x) for w, x in pairs)
    z = layer.pre_activations[0]
    prediction = rf"= \frac{{1}}{{1 + e^{{{_bare(-z)}}}}} = {_bare(moment.trace.prediction[0])}"
    return (
        (
            "The weighted sum:",
            (_SUM, rf"= {terms} + {latex(bias)} = {products} + {latex(bias)} = {_bare(z)}"),
        ),
        ("The sigmoid, σ, turns any number into one between 0 and 1:", (_SIGMOID, prediction)),
    )


def _compare(moment: Moment) -> Working:
    p, t = moment.trace.prediction[0], moment.trace.target[0]
    numbers = rf"= ({_bare(p)} - {latex(t)})^2 = {_bare(moment.trace.error)}"
    said = "The miss times itself, so that it counts the same on either side of the target:"
    return ((said, (_ERROR, numbers)),)


def _adjust(moment: Moment) -> Working:
    trace, layer = moment.trace, moment.trace.layers[0]
    after = trace.updated.layers[0]
    p, rate = _bare(trace.prediction[0]), latex(trace.learning_rate)
    slope = layer.derror_dpre_activations[0]
    numbers = rf"= 2\,({p} - {latex(trace.target[0])}) \cdot {p} \cdot (1 - {p}) = {_bare(slope)}"
    moves = tuple(
        rf"{name} = {latex(old)} - {rate} \cdot {latex(slope)} \cdot {latex(factor)} = {_bare(new)}"
        for name, old, factor, new in zip(
            (r"\text{weights}[0]", r"\text{weights}[1]", r"\text{bias}"),
            (*layer.weights[:, 0], layer.bias[0]),
            (*layer.inputs, 1.0),
            (*after.weights[:, 0], after.bias[0]),
            strict=True,
        )
    )
    return (
        ("How fast does the error rise when the sum rises? That is its slope:", (_SLOPE, numbers)),
        (
            "Each parameter steps the other way: by the learning rate, times the slope, times "
            "what the parameter is multiplied by in the sum.",
            moves,
        ),
    )


def _bare(value: float) -> str:
    """Return the number for a place where a minus sign needs no parentheses."""
    text = latex(value)
    return text[1:-1] if text.startswith("(") else text
