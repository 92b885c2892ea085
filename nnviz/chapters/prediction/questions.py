"""Ask what one neuron predicts, and what a stack of layers collapses to, before it is seen."""

import operator
from itertools import chain

import numpy as np

from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.linear_collapse import (
    Collapse,
    Comparison,
    collapse_layers,
    compare,
    with_activation_between,
)
from nnviz.chapters.prediction.words import (
    between_name,
    outputs_of_row,
    row_name,
    weighted_sum,
    weights_and_biases,
)
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import Trace
from nnviz.text.digits import counted, digits, from_to, told_apart, without_dust
from nnviz.text.names import CODE, Naming, called, spoken
from nnviz.text.question import Question
from nnviz.walkthrough.words.workings import factor

_SIGNS = ("negative", "zero", "positive")
_WAYS = ("it falls", "it stays", "it rises")
_OTHER = "tanh"  # what is asked about while the layers are linear


def prediction_questions(
    trace: Trace, threshold: float, naming: Naming = CODE
) -> tuple[Question, ...]:
    """Return questions about a row on its way through a single unit."""
    layer = trace.layers[0]
    about = (
        f"{trace.input_vector.tolist()} {trace.network.parameters().tolist()} "
        f"{layer.activation} {threshold!r}"
    )
    weights = (_weight(trace, i, about, naming) for i in range(len(layer.inputs)))
    first = (*_sign(trace, about, naming), _answer(trace, threshold, about))
    return (*first, *chain.from_iterable(weights))


def _sign(trace: Trace, about: str, naming: Naming) -> list[Question]:
    """Ask for the sign of the sum, unless only rounding keeps it from 0."""
    layer = trace.layers[0]
    z = float(layer.pre_activations[0])
    terms_size = float(np.abs(layer.inputs) @ np.abs(layer.weights[:, 0]) + abs(layer.bias[0]))
    if z and not without_dust(z, terms_size):
        return []
    terms = weighted_sum(trace, 4, times=" · ", write=factor)
    name = called("weighted sum", naming)
    asked = f"{name}, the weighted sum with the bias," if naming == CODE else spoken(name)
    return [
        Question(
            f"Will {asked} be negative, zero or positive?",
            _SIGNS,
            _SIGNS[1 + (z > 0) - (z < 0)],
            f"{name} = {terms} = {digits(z)}.",
            f"sign {about}",
        )
    ]


def _answer(trace: Trace, threshold: float, about: str) -> Question:
    prediction = float(trace.prediction[0])
    shown, limit = told_apart(prediction, threshold)
    return Question(
        f"With the threshold at {limit}, will the answer be 0 or 1?",
        ("0", "1"),
        str(decide(prediction, threshold)),
        f"The prediction is {shown}, the threshold {limit}.",
        f"answer {about}",
    )


def _weight(trace: Trace, i: int, about: str, naming: Naming) -> list[Question]:
    """Ask which way the prediction goes when a weight grows by one.

    Not where the activation rises, but by less than a float can tell.
    """
    layer = trace.layers[0]
    z = float(layer.pre_activations[0])
    moved = z + float(layer.inputs[i])
    activation = ACTIVATIONS[layer.activation]
    before, after = float(activation.value(z)), float(activation.value(moved))
    if before == after and layer.inputs[i] and not (activation.dies and max(z, moved) <= 0):
        return []
    old, new = told_apart(before, after)
    outcome = f"goes from {old} to {new}" if before != after else f"is {old} before and after"
    values = z, float(layer.inputs[i])
    before_it, after_it, step = from_to(operator.add, values, moved)
    name, weight = called("weighted sum", naming), called("weight", naming, i)
    name = name if naming == CODE else spoken(name)
    return [
        Question(
            f"If {weight} grows by 1, what will the prediction do?",
            _WAYS,
            _WAYS[1 + (after > before) - (after < before)],
            f"Its input is {step}, so {name} goes from {before_it} to {after_it}, and the "
            f"prediction {outcome}.",
            f"weight {i} {about}",
        )
    ]


def collapse_questions(collapse: Collapse, comparison: Comparison) -> tuple[Question, ...]:
    """Return questions about a stack: what is left of it, another activation, one row."""
    layers = collapse.network.layers
    about = repr([(la.weights.tolist(), la.bias.tolist(), la.activation) for la in layers])
    return (
        _weights_left(collapse, about),
        _other_activation(collapse, comparison, about),
        _larger_output(collapse, comparison, about),
    )


def _weights_left(collapse: Collapse, about: str) -> Question:
    n_weights, n_biases = weights_and_biases(collapse)
    left, first = collapse.collapsed.layers[0].weights, collapse.network.layers[0].weights
    # With few units some of these are the same number.
    options = tuple(dict.fromkeys(str(n) for n in (left.size, first.size, n_weights)))
    shapes = [" × ".join(map(str, weights.shape)) for weights in (first, left)]
    return Question(
        f"The stack has {counted(n_weights, 'weight')} and {counted(n_biases, 'bias')}. Multiply "
        "its matrices out to one layer: how many weights does that layer have?",
        options,
        str(left.size),
        f"It has one for each of the {counted(len(left), 'input')}, and 1 bias. A matrix of "
        f"{shapes[0]} times the matrices after it is a matrix of {shapes[1]}.",
        f"left {about}",
    )


def _other_activation(collapse: Collapse, comparison: Comparison, about: str) -> Question:
    to = _OTHER if collapse.exact else "linear"
    other = collapse_layers(with_activation_between(collapse.network, to))
    result = compare(other, comparison.X)
    options = ("yes", "no")
    change = (
        f"Put {to} between the layers"
        if collapse.exact
        else f"Take {between_name(collapse)} away again, so that the layers are linear"
    )
    if result.same:
        why = "A product of matrices is one matrix. " if other.exact else ""
        reason = (
            f"{why}The largest difference on any row is {digits(result.worst_difference, 2)}: "
            "rounding, at the most."
        )
    else:
        stacked, one = outputs_of_row(result, result.worst)
        reason = (
            f"On row {result.worst + 1}, {row_name(result, result.worst)}, the stack gives "
            f"{stacked} and the folded layer {one}."
        )
    return Question(
        f"{change}. Will one folded layer give the same outputs as the stack?",
        options,
        options[0 if result.same else 1],
        reason,
        f"other activation {about}",
    )


def _larger_output(collapse: Collapse, comparison: Comparison, about: str) -> Question:
    row = comparison.worst
    between = between_name(collapse)
    stacked, one = float(comparison.stacked[row]), float(comparison.collapsed[row])
    options = ("the stack’s", "both the same", "the folded one’s")
    if comparison.same:
        answer, why = options[1], "the layer is the same function, multiplied out"
        if not collapse.exact:
            why = f"on these rows {between} changes nothing"
        reason = f"Both are {digits(stacked)}: {why}."
    else:
        answer = options[0 if stacked > one else 2]
        first, second = outputs_of_row(comparison, row)
        reason = (
            f"The stack gives {first} and the folded layer {second}: it was multiplied out as if "
            f"there were no {between} between the layers."
        )
    return Question(
        f"With {between} between the layers, which output is larger on row {row + 1}, "
        f"{row_name(comparison, row)}?",
        options,
        answer,
        reason,
        f"larger {about}",
    )
