"""What a step on the way back does, in plain words."""

from typing import Final

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import Trace
from nnviz.text.digits import digits
from nnviz.walkthrough.step_values import step_values
from nnviz.walkthrough.steps import Step
from nnviz.walkthrough.value_names import ValueNames
from nnviz.walkthrough.words.numbers import numbers_in_a_row

_COUNT: Final = ("no", "one", "two", "three", "four")


def derror_dprediction(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the error follows the prediction."""
    slope = float(trace.derror_dprediction[0])
    return (
        f"Now back: who is to blame for the error? {_rises('the prediction', 'the error', slope)}"
    )


def _rises(what: str, then: str, slope: float) -> str:
    """Say what a derivative means: a little more of one thing, and how much more of another."""
    if slope == 0:
        return f"If {what} rises a little, {then} does not move."
    way = "rises" if slope > 0 else "falls"
    return f"If {what} rises a little, {then} {way} {digits(abs(slope))} times as much."


def contribution(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say what one path contributes."""
    (part,) = step_values(trace, step)
    what = names.activation(step.layer, step.unit)
    n_paths = trace.layers[step.layer + 1].weights.shape[1]
    towards = names.activation(step.layer + 1, step.source)
    return (
        f"{what} reaches the error along {_COUNT[n_paths]} paths. Multiply along the one through "
        f"{towards}: it contributes {digits(part)}."
    )


def derror_dactivation(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the error follows a hidden value, over all paths."""
    (slope,) = step_values(trace, step)
    what = names.activation(step.layer, step.unit)
    n_paths = trace.layers[step.layer + 1].weights.shape[1]
    if n_paths == 1:
        return (
            f"{what} reaches the error along one path: the derivative behind it, times the weight. "
            f"{_rises(what, 'the error', slope)}"
        )
    paths = "both paths" if n_paths == 2 else f"all {n_paths} paths"
    return f"Add over {paths}. {_rises(what, 'the error', slope)}"


def local_derivative(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the output of a unit follows its weighted sum."""
    (slope,) = step_values(trace, step)
    layer = trace.layers[step.layer]
    z, a = names.pre_activation(step.layer, step.unit), names.activation(step.layer, step.unit)
    a = "the prediction" if a == "prediction" else a
    activation, known = ACTIVATIONS[layer.activation], ""
    if activation.dies and slope == 0:
        known = " A unit at 0 passes nothing back."
    elif "{z}" not in activation.derivative_words and "{a}" in activation.derivative_words:
        known = f" To compute it, {a} is enough, and that is known."
    return f"{_rises(z, a, slope)}{known}"


def derror_dsum(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the error follows a weighted sum."""
    (slope,) = step_values(trace, step)
    z = names.pre_activation(step.layer, step.unit)
    return f"Multiply the two along the path. {_rises(z, 'the error', slope)}"


def dsum_dbias(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the weighted sum follows the bias."""
    z = names.pre_activation(step.layer, step.unit)
    return f"If the bias rises a little, {z} rises just as much, for the bias is only added."


def derror_dbias(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the error follows a bias."""
    (slope,) = step_values(trace, step)
    bias = names.bias(step.layer, step.unit)
    bias = "the bias" if bias == "bias" else bias
    if names.neuron:
        return f"Multiply the three along the path. {_rises(bias, 'the error', slope)}"
    return f"The bias is only added, so its derivative is 1. {_rises(bias, 'the error', slope)}"


def dsum_dweights(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the weighted sum follows the weights."""
    numbers = numbers_in_a_row(trace.layers[step.layer].inputs.tolist())
    return (
        "The way from the error to layer_1 is known already: those two factors are used again. "
        f"New is how layer_1 rises with each weight: as much as its input, {numbers}."
    )


def derror_dweights(trace: Trace, step: Step, names: ValueNames) -> str:
    """Say how the error follows the weights of a unit."""
    layer, j = trace.layers[step.layer], step.unit
    slopes = step_values(trace, step)
    why = "A weight counts as much as the input that it multiplies, so that is its factor."
    if len(layer.inputs) > 2:
        return (
            f"{why} The derivatives by the {len(slopes)} weights, in their order: "
            f"{numbers_in_a_row(slopes)}."
        )
    told = [
        _rises(names.weight(step.layer, i, j), "the error", slope) for i, slope in enumerate(slopes)
    ]
    return " ".join([why, *told])
