"""Describe a prediction and its answer, and the layer that a stack of layers collapses to."""

import itertools
import math
import operator
from collections.abc import Callable
from typing import Final

from nnviz.chapters.prediction.decision import CoinFlips, decide
from nnviz.chapters.prediction.linear_collapse import Collapse, Comparison
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import Trace
from nnviz.text.digits import (
    counted,
    digits,
    digits_apart,
    enough_digits,
    latex,
    listed,
    told_apart,
)
from nnviz.text.names import CODE, Naming, called, spoken
from nnviz.walkthrough.words.meanings import value_meanings

_COUNTS: Final = ("", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def answer(trace: Trace, threshold: float, flips: CoinFlips | None) -> str:
    """Describe the answer that the threshold makes of a prediction, and whether it is right."""
    prediction, target = float(trace.prediction[0]), float(trace.target[0])
    given = decide(prediction, threshold)
    shown, limit = told_apart(prediction, threshold)
    if prediction == threshold:
        relation = f"The prediction {shown} is just the threshold"
    elif given:
        relation = f"The prediction {shown} lies above the threshold {limit}"
    else:
        relation = f"The prediction {shown} lies below the threshold {limit}"
    verdict = "right" if given == target else f"wrong, for the target is {digits(target)}"
    text = f"{relation}, so the answer is {given}: {verdict}."
    if flips is not None:
        n = len(flips.came_up)
        text += (
            f" As a probability it says: of {n} such rows {_expected_ones(n * prediction, n)} "
            f"should be 1. Here {flips.n_ones} of {n} coins came up 1."
        )
    return text


def _expected_ones(expected: float, n: int) -> str:
    if expected < 0.05:
        return "almost none"
    return "almost all" if expected > n - 0.05 else f"about {digits(expected, 3)}"


def prediction_meanings(trace: Trace, naming: Naming = CODE) -> dict[str, str]:
    """Return the meaning of each box and arrow of the picture, by the keys of its plan."""
    activation = trace.layers[0].activation
    z = called("weighted sum", naming)
    z = z if naming == CODE else spoken(z)
    shown = ("input", "weight", "edge", "bias", "sum", "z", "act", "target")
    meanings = {
        key: text
        for key, text in value_meanings(trace, naming).items()
        if key.partition(".")[0] in shown
    }
    return meanings | {
        "a.0.0": f"prediction: what the activation {activation} makes of {z}.",
        "decide": "The threshold: from it on the answer is 1, below it 0.",
        "answer": "answer: the class that the prediction stands for, 1 or 0.",
    }


def working(trace: Trace) -> tuple[str, str, str]:
    """Return the terms of the weighted sum, with the bias, the sum, and the prediction, in LaTeX.

    So many digits that each can be computed from what stands before it.
    """
    layer, p = trace.layers[0], float(trace.prediction[0])
    z = float(layer.pre_activations[0])
    of_sum = digits_of_input(layer.activation, z, 8)
    terms = weighted_sum(trace, of_sum, times=r" \cdot ", write=latex)
    return terms, latex(z, of_sum, alone=True), latex(p, 8, alone=True)


def digits_of_input(activation: str, z: float, significant: int) -> int:
    """Return with how many digits a sum gives its activation with so many digits."""
    value = ACTIVATIONS[activation].value
    return enough_digits(lambda z: float(value(z)), (z,), significant)


def weighted_sum(
    trace: Trace, significant: int, *, times: str, write: Callable[[float, int], str]
) -> str:
    """Return the terms of the weighted sum and the bias, which give it with so many digits."""
    layer = trace.layers[0]
    pairs = list(zip(layer.inputs.tolist(), layer.weights[:, 0].tolist(), strict=True))
    values = (*itertools.chain(*pairs), float(layer.bias[0]))
    n = enough_digits(_added_up, values, significant)
    terms = (f"{write(x, n)}{times}{write(w, n)}" for x, w in pairs)
    return " + ".join((*terms, write(values[-1], n)))


def _added_up(*values: float) -> float:
    *factors, bias = values
    return math.fsum((*map(operator.mul, factors[::2], factors[1::2]), bias))


def describe_collapse(collapse: Collapse, comparison: Comparison) -> str:
    """Describe what is left of a stack, and whether both networks give the same outputs."""
    n_rows, between = len(comparison.X), between_name(collapse)
    if collapse.exact:
        return (
            f"{_stack(collapse)} fold into one layer with {_left(collapse)}. "
            f"Both give the same output on all {n_rows} rows{_rounding(comparison)}."
        )
    if comparison.same:
        return (
            f"On these {n_rows} rows {between} changes no output: one layer with {_left(collapse)} "
            f"gives the same{_rounding(comparison)}. On other rows it may not."
        )
    row = comparison.worst
    stacked, collapsed, apart = outputs_apart(comparison, row)
    return (
        f"With {between} between the layers the folded one is no longer the same: on row "
        f"{row + 1}, {row_name(comparison, row)}, the stack gives {stacked} and the folded layer "
        f"{collapsed}. They lie {apart} apart."
    )


def waiting(collapse: Collapse, comparison: Comparison) -> str:
    """Describe the stack alone, for whoever is asked to predict what it collapses to."""
    between = "" if collapse.exact else f", and {between_name(collapse)} between them,"
    return (
        f"{_stack(collapse)}{between} put out "
        f"{digits(float(comparison.stacked[0]))} for row 1, {row_name(comparison, 0)}. "
        "What they fold into is hidden until you choose another part below."
    )


def row_name(comparison: Comparison, row: int) -> str:
    """Return the inputs of a row, such as (3, 1.5)."""
    return f"({listed(comparison.X[row])})"


def outputs_of_row(comparison: Comparison, row: int) -> tuple[str, str]:
    """Return both outputs of a row, with enough digits to see that they differ, if they do."""
    return told_apart(float(comparison.stacked[row]), float(comparison.collapsed[row]))


def outputs_apart(comparison: Comparison, row: int) -> tuple[str, str, str]:
    """Return both outputs of a row that differ, and by how much, so that it can be checked."""
    pair = float(comparison.stacked[row]), float(comparison.collapsed[row])
    n = max(digits_apart(*pair), enough_digits(lambda a, b: abs(a - b), pair, 4))
    return digits(pair[0], n), digits(pair[1], n), digits(abs(pair[0] - pair[1]))


def between_name(collapse: Collapse) -> str:
    """Return what stands between the layers, for people: an activation, or "no activation"."""
    names = dict.fromkeys(
        layer.activation.replace("_", " ")
        for layer in collapse.network.layers[:-1]
        if layer.activation != "linear"
    )
    return " and ".join(names) or "no activation"


def weights_and_biases(collapse: Collapse) -> tuple[int, int]:
    """Return how many weights and how many biases the stack has."""
    layers = collapse.network.layers
    return sum(layer.weights.size for layer in layers), sum(len(layer.bias) for layer in layers)


def _stack(collapse: Collapse) -> str:
    n_weights, n_biases = weights_and_biases(collapse)
    n_layers = len(collapse.network.layers)
    return (
        f"{_COUNTS[n_layers]} layers with {counted(n_weights, 'weight')} and "
        f"{counted(n_biases, 'bias')}"
    )


def _left(collapse: Collapse) -> str:
    layer = collapse.collapsed.layers[0]
    left = f"{counted(layer.weights.size, 'weight')} and {counted(len(layer.bias), 'bias')}"
    return left if layer.activation == "linear" else f"{left}, and the {layer.activation} after it"


def _rounding(comparison: Comparison) -> str:
    if comparison.worst_difference == 0:
        return ""
    return f"; the largest difference, {digits(comparison.worst_difference, 2)}, is rounding"
