"""Describe what a step of an update does, in plain words."""

from collections.abc import Sequence
from operator import mul
from typing import Final

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import LOSSES
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits, enough_digits, joined, told_apart
from nnviz.text.names import CODE, Naming
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.update_effect import UpdateEffect
from nnviz.walkthrough.values import ValueNames, step_values
from nnviz.walkthrough.words.workings import numbers_in_a_row

_COUNT: Final = ("no", "one", "two", "three", "four")


def step_sentence(
    trace: Trace, step: Step, row: int, effect: UpdateEffect, naming: Naming = CODE
) -> str:
    """Describe a step of an update of a network with one output by row ``row``, counted from 0."""
    names = ValueNames.of(trace, naming)
    at, j = step.layer, step.unit
    layer, values = trace.layers[at], step_values(trace, step)
    a, z, bias = names.activation(at, j), names.pre_activation(at, j), names.bias(at, j)
    a_words, z_words, bias_words = map(names.spoken, (a, z, bias))
    the_sum = f"T{z_words[1:]}" if names.plain else f"The weighted sum, {z},"
    # A weighted sum, or what it is made of, meets the kinks from its own unit on; an output those
    # of the layers behind it.
    bent = _at_kink(trace, at, j)
    bent_behind = any(_at_kink(trace, k) for k in range(at + 1, len(trace.layers)))
    match step.kind:
        case "take":
            return (
                f"Row {row + 1} goes in: {numbers_in_a_row(values)}. The right answer, its target, "
                f"is {digits(trace.target[0])}. Nothing is computed yet."
            )
        case "term":
            product, so_far = values
            pair = float(layer.inputs[step.source]), float(layer.weights[step.source, j])
            given, weight = (digits(value, enough_digits(mul, pair, 4)) for value in pair)
            times = f"{given} times its weight {weight} makes {digits(product)}"
            if step.source == 0:
                return f"The weighted sum begins: {times}."
            return f"The next number: {times}. The sum so far is {digits(so_far)}."
        case "bias":
            added = f"The bias {digits(layer.bias[j])} is added."
            return f"{added} {the_sum} is {digits(values[0])}."
        case "sum":
            return (
                "Each number that comes in is multiplied by its weight; all are added, and the "
                f"bias too. {the_sum} is {digits(values[0])}."
            )
        case "activation":
            kind, number = ACTIVATIONS[layer.activation], float(layer.pre_activations[j])
            enough = enough_digits(lambda z: float(kind.value(z)), (number,), 4)
            does = kind.sentence.format(z=digits(number, enough))
            return f"{does}: {a_words} is {digits(values[0])}."
        case "error":
            loss, pair = LOSSES[trace.loss], (float(trace.prediction[0]), float(trace.target[0]))
            enough = enough_digits(lambda p, t: float(loss.value(p, t)), pair, 4)
            prediction, target = (digits(value, enough) for value in pair)
            return (
                f"The prediction is {prediction} and should be {target}. {loss.sentence}: "
                f"{digits(trace.error)}."
            )
        case "derror_dprediction":
            rises = _rises("the prediction", "the error", values[0])
            return f"Now back: who is to blame for the error? {rises}"
        case "contribution":
            n_paths = trace.layers[at + 1].weights.shape[1]
            through = names.spoken(names.activation(at + 1, step.source))
            return (
                f"{_begun(a_words)} reaches the error along {_COUNT[n_paths]} paths. Multiply "
                f"along the one through {through}: it contributes {digits(values[0])}."
            )
        case "derror_dactivation":
            n_paths = trace.layers[at + 1].weights.shape[1]
            how = f"Add over {'both paths' if n_paths == 2 else f'all {n_paths} paths'}."
            if n_paths == 1:
                how = (
                    f"{_begun(a_words)} reaches the error along one path: the derivative behind "
                    "it, times the weight."
                )
            return f"{how} {_rises(a_words, 'the error', values[0], kink=bent_behind)}"
        case "dactivation_dpre_activation":
            activation, known = ACTIVATIONS[layer.activation], ""
            if bent:
                return _kink(z_words, a_words, layer.activation)
            if activation.dies and values[0] == 0:
                known = " A unit at 0 passes nothing back."
            elif "{z}" not in activation.derivative_words and "{a}" in activation.derivative_words:
                known = f" To compute it, {a_words} is enough, and that is known."
            return f"{_rises(z_words, a_words, values[0])}{known}"
        case "derror_dpre_activation":
            rises = _rises(z_words, "the error", values[0], kink=bent or bent_behind)
            return f"Multiply the two along the path. {rises}"
        case "dpre_activation_dbias":
            return (
                f"If the bias rises a little, {z_words} rises just as much, for the bias is only "
                "added."
            )
        case "derror_dbias":
            how = "The bias is only added, so its derivative is 1."
            if names.neuron:
                how = "Multiply the three along the path."
            return f"{how} {_rises(bias_words, 'the error', values[0], kink=bent or bent_behind)}"
        case "dpre_activation_dweights":
            return (
                f"The way from the error to {z_words} is known already: those two factors are used "
                f"again. New is how {z_words} rises with each weight: as much as its input, "
                f"{numbers_in_a_row(values)}."
            )
        case "derror_dweights":
            why = "A weight counts as much as the input that it multiplies, so that is its factor."
            if len(values) > 2:
                return (
                    f"{why} The derivatives by the {len(values)} weights, in their order: "
                    f"{numbers_in_a_row(values)}."
                )
            each = (
                _rises(
                    names.spoken(names.weight(at, i, j)), "the error", s, kink=bent or bent_behind
                )
                for i, s in enumerate(values)
            )
            return " ".join([why, *each])
        case "update_bias":
            moved = _begun(_moves(bias_words, float(layer.bias[j]), values[0]))
            return (
                "The update goes against the slope, by the learning rate times the slope: "
                f"{digits(trace.learning_rate)} times {digits(layer.derror_dbias[j])}. {moved}."
            )
        case "update_weights":
            pairs = zip(layer.weights[:, j].tolist(), values, strict=True)
            moves = [
                _moves(names.spoken(names.weight(at, i, j)), old, new)
                for i, (old, new) in enumerate(pairs)
            ]
            return f"Each weight does the same: {joined(moves)}."
        case "again":
            return _again(trace, row, effect)
    raise ValueError(f"there is no step {step.kind!r}.")


def _at_kink(trace: Trace, layer: int, unit: int | None = None) -> bool:
    """Return whether a unit, or any unit of a layer, stands exactly on the kink at 0."""
    at = trace.layers[layer]
    sums = at.pre_activations if unit is None else at.pre_activations[[unit]]
    return ACTIVATIONS[at.activation].has_kink and bool((sums == 0).any())


def _kink(what: str, then: str, activation: str) -> str:
    """Describe both slopes at a kink, and which of them is taken."""
    kind, right = ACTIVATIONS[activation], np.nextafter(0.0, 1.0)
    up, down = (digits(float(kind.derivative(z))) for z in (right, -right))
    taken = digits(float(kind.derivative(0.0)))
    return (
        f"{_begun(what)} stands exactly on the kink of {activation} at 0: if it rises a little, "
        f"{then} rises {up} times as much; if it falls, {down} times. The code takes {taken}."
    )


def _rises(what: str, then: str, slope: float, *, kink: bool = False) -> str:
    """Describe a derivative: a little more of one thing, and how much more of another.

    With a ``kink`` on the way, it holds for the slope that is taken there, and for nothing else.
    """
    if kink:
        return (
            f"With what the code takes at the kink, the slope of {then} along {what} is "
            f"{digits(slope)}."
        )
    if slope == 0:
        return f"If {what} rises a little, {then} does not move."
    verb = "rises" if slope > 0 else "falls"
    return f"If {what} rises a little, {then} {verb} {digits(abs(slope))} times as much."


def _begun(text: str) -> str:
    """Return a text as the beginning of a sentence; a name of the code stays as it is."""
    return f"T{text[1:]}" if text.startswith("the ") else text


def _moves(what: str, old: float, new: float) -> str:
    if old == new:
        return f"{what} stays at {digits(old)}"
    before, after = told_apart(old, new)
    # Of NaN nobody can say which way it went.
    verb = "rises" if new > old else "falls" if new < old else "goes"
    return f"{what} {verb} from {before} to {after}"


def _again(trace: Trace, row: int, effect: UpdateEffect) -> str:
    own = f"The same row again: {_moves('its error', trace.error, trace.error_after)}."
    others = [i for i in effect.lost if i != row]
    if not others:
        helped = [i for i in effect.gained if i != row] and not np.isnan(effect.after).any()
        return f"{own} No other row got worse." if helped else own
    rows, rise = row_numbers(others), "rises" if len(others) == 1 else "rise"
    if trace.error_after < trace.error:
        return f"{own} But nobody asked the others: the error of {rows} {rise}."
    return f"{own} The error of {rows} {rise} too."


def row_numbers(rows: Sequence[int]) -> str:
    """Return rows by their numbers, counted from 1: "row 1", "rows 1, 3 and 4"."""
    return f"row{'s' if len(rows) > 1 else ''} {joined(row + 1 for row in rows)}"
