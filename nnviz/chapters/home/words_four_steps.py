"""The four steps of learning, in a sentence each."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from nnviz.text.digits import digits
from nnviz.walkthrough.four_steps import MOST_STEPS, STEPS, Moment

TITLES: Final = MappingProxyType(
    dict(zip(STEPS, ("Take the input", "Predict", "Compare", "Adjust"), strict=True))
)
"""What the steps are called on the screen."""


def four_steps(moment: Moment) -> str:
    """Say what the step that was made last has done, for one unit with two inputs."""
    return {
        None: _start,
        "input": _input,
        "predict": _predict,
        "compare": _compare,
        "adjust": _adjust,
    }[moment.step](moment)


def _start(moment: Moment) -> str:
    first, second = (digits(value) for value in moment.trace.input_vector)
    return (
        f"The data is one row: {first} and {second}. Its target, the right answer, is "
        f"{_target(moment)}. The weights and the bias are a first guess. Press the button."
    )


def _input(moment: Moment) -> str:
    first, second = (digits(value) for value in moment.trace.input_vector)
    if moment.round == 1:
        return f"Round 1. The network takes the two numbers of the row: {first} and {second}."
    return (
        f"Round {moment.round}. The same two numbers go in, {first} and {second}. "
        "This time they meet the adjusted weights."
    )


def _predict(moment: Moment) -> str:
    layer = moment.trace.layers[0]
    terms = [
        f"{digits(x)} times {digits(w)}"
        for x, w in zip(layer.inputs, layer.weights[:, 0], strict=True)
    ]
    return (
        f"Each number is multiplied by its weight: {', plus '.join(terms)}, plus the bias "
        f"{digits(layer.bias[0])}, makes {digits(layer.pre_activations[0])}. The sigmoid squeezes "
        f"this between 0 and 1: the prediction is {_prediction(moment)}."
    )


def _compare(moment: Moment) -> str:
    *earlier, error = moment.errors
    return (
        f"The prediction is {_prediction(moment)} and the target is {_target(moment)}. The error "
        f"is their difference times itself: {digits(error)}{_change(earlier, error)}."
    )


def _change(earlier: Sequence[float], error: float) -> str:
    if not earlier:
        return ""
    if error == earlier[-1]:
        return f", the same as in round {len(earlier)}"
    way = "down" if error < earlier[-1] else "up"
    return f", {way} from {digits(earlier[-1])} in round {len(earlier)}"


def _adjust(moment: Moment) -> str:
    layer, after = moment.trace.layers[0], moment.trace.updated.layers[0]
    old = [*layer.weights[:, 0], layer.bias[0]]
    new = [*after.weights[:, 0], after.bias[0]]
    moves = [
        f"{name} goes from {digits(a)} to {digits(b)}"
        for name, a, b in zip(("weights[0]", "weights[1]", "the bias"), old, new, strict=True)
    ]
    if moment.n_steps == MOST_STEPS:
        ending = f"This was round {moment.round}, the last one here: go back, or start again."
    else:
        ending = "Go round again to see whether it does."
    return (
        "Each parameter takes a step that should make the error smaller: "
        f"{', '.join(moves)}. {ending}"
    )


def _prediction(moment: Moment) -> str:
    return digits(moment.trace.prediction[0])


def _target(moment: Moment) -> str:
    return digits(moment.trace.target[0])
