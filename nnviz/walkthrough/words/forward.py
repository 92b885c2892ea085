"""What a step of an update does, in plain words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits, told_apart
from nnviz.walkthrough.step_values import step_values
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.update_effect import Ledger
from nnviz.walkthrough.value_names import ValueNames
from nnviz.walkthrough.words import backward as back
from nnviz.walkthrough.words.numbers import numbers_in_a_row


def backprop(trace: Trace, step: Step, row: int, book: Ledger) -> str:
    """Say what a step does.

    Parameters
    ----------
    trace : Trace
        Of a network with one output.
    step : Step
        One of its steps.
    row : int
        The row that is learnt, counted from 0.
    book : Ledger
        What the update does to all rows.
    """
    if step.kind == "take":
        return _take(trace, row)
    if step.kind == "again":
        return _again(trace, row, book)
    return _SENTENCES[step.kind](trace, step, ValueNames.of(trace.network))


def _take(trace: Trace, row: int) -> str:
    numbers = numbers_in_a_row(trace.input_vector.tolist())
    return (
        f"Row {row + 1} goes in: {numbers}. The right answer, its target, is "
        f"{digits(trace.target[0])}. Nothing is computed yet."
    )


def _term(trace: Trace, step: Step, names: ValueNames) -> str:
    layer, i = trace.layers[step.layer], step.source
    product, so_far = step_values(trace, step)
    times = (
        f"{digits(layer.inputs[i])} times its weight {digits(layer.weights[i, step.unit])} makes "
        f"{digits(product)}"
    )
    if i == 0:
        return f"The weighted sum begins: {times}."
    return f"The next number: {times}. The sum so far is {digits(so_far)}."


def _bias(trace: Trace, step: Step, names: ValueNames) -> str:
    layer = trace.layers[step.layer]
    return (
        f"The bias {digits(layer.bias[step.unit])} is added. The weighted sum, "
        f"{names.pre_activation(step.layer, step.unit)}, is "
        f"{digits(layer.pre_activations[step.unit])}."
    )


def _sum(trace: Trace, step: Step, names: ValueNames) -> str:
    return (
        f"Each number that comes in is multiplied by its weight; all are added, and the bias too. "
        f"The weighted sum, {names.pre_activation(step.layer, step.unit)}, is "
        f"{digits(trace.layers[step.layer].pre_activations[step.unit])}."
    )


def _activation(trace: Trace, step: Step, names: ValueNames) -> str:
    layer = trace.layers[step.layer]
    does = ACTIVATIONS[layer.activation].sentence.format(z=digits(layer.pre_activations[step.unit]))
    a = digits(layer.activations[step.unit])
    what = names.activation(step.layer, step.unit)
    return f"{does}: {'the prediction' if what == 'prediction' else what} is {a}."


def _error(trace: Trace, step: Step, names: ValueNames) -> str:
    return (
        f"The prediction is {digits(trace.prediction[0])} and should be "
        f"{digits(trace.target[0])}. {LOSSES[trace.loss].sentence}: {digits(trace.error)}."
    )


def _update_bias(trace: Trace, step: Step, names: ValueNames) -> str:
    layer, j = trace.layers[step.layer], step.unit
    bias = names.bias(step.layer, j)
    (new,) = step_values(trace, step)
    moved = _moves("the bias" if bias == "bias" else bias, float(layer.bias[j]), new)
    return (
        "The update goes against the slope, by the learning rate times the slope: "
        f"{digits(trace.learning_rate)} times {digits(layer.derror_dbias[j])}. "
        + (f"{moved[0].upper()}{moved[1:]}." if bias == "bias" else f"{moved}.")
    )


def _moves(what: str, old: float, new: float) -> str:
    if old == new:
        return f"{what} stays at {digits(old)}"
    before, after = told_apart(old, new)
    # Of what is no number any more nobody can say which way it went.
    way = "rises" if new > old else "falls" if new < old else "goes"
    return f"{what} {way} from {before} to {after}"


def _update_weights(trace: Trace, step: Step, names: ValueNames) -> str:
    layer, j = trace.layers[step.layer], step.unit
    moves = [
        _moves(names.weight(step.layer, i, j), float(old), new)
        for i, (old, new) in enumerate(
            zip(layer.weights[:, j], step_values(trace, step), strict=True)
        )
    ]
    text = moves[0] if len(moves) == 1 else f"{', '.join(moves[:-1])} and {moves[-1]}"
    return f"Each weight does the same: {text}."


def _again(trace: Trace, row: int, book: Ledger) -> str:
    own = f"The same row again: {_moves('its error', trace.error, trace.error_after)}."
    others = [i for i in book.lost if i != row]
    if not others:
        helped = [i for i in book.gained if i != row] and not np.isnan(book.after).any()
        return f"{own} No other row got worse." if helped else own
    rows = numbers_in_words(others)
    rise = "rises" if len(others) == 1 else "rise"
    if trace.error_after < trace.error:
        return f"{own} But nobody asked the others: the error of {rows} {rise}."
    return f"{own} The error of {rows} {rise} too."


def numbers_in_words(rows: list[int]) -> str:
    """Return rows by their numbers, counted from 1: "row 1", "rows 1, 3 and 4"."""
    if len(rows) == 1:
        return f"row {rows[0] + 1}"
    names = [str(row + 1) for row in rows]
    return f"rows {', '.join(names[:-1])} and {names[-1]}"


_SENTENCES: Final[Mapping[str, Callable[[Trace, Step, ValueNames], str]]] = MappingProxyType(
    {
        "term": _term,
        "bias": _bias,
        "sum": _sum,
        "activation": _activation,
        "error": _error,
        "derror_dprediction": back.derror_dprediction,
        "contribution": back.contribution,
        "derror_dactivation": back.derror_dactivation,
        "dactivation_dpre_activation": back.local_derivative,
        "derror_dpre_activation": back.derror_dsum,
        "dpre_activation_dbias": back.dsum_dbias,
        "derror_dbias": back.derror_dbias,
        "dpre_activation_dweights": back.dsum_dweights,
        "derror_dweights": back.derror_dweights,
        "update_bias": _update_bias,
        "update_weights": _update_weights,
    }
)
