"""The lesson Backpropagation: blame flows back, multiply along, add over paths, the other rows."""

from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.data import tutorial
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import Trace, trace_update
from nnviz.text.digits import digits, told_apart
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice
from nnviz.walkthrough.update_effect import UpdateEffect, update_effect

_ERROR, _BLAMED, _UPDATED, _AGAIN = 5, 11, 13, 14
"""Steps of the neuron's update: error known, weights blamed, updated, seen again."""

_BOTH_PATHS: Final = 29
"""The step of the network's update at which both paths are added."""

PATHS: Final = "paths"
"""The part of the page that shows both paths alone, in place of the whole network."""

_NUDGE: Final = 0.01
"""What weight 1 is moved by, to try its slope out."""

_RIGHT: Final = 0.25
"""The squared error below which a prediction is on the right side of one half."""

_TWO_LAYERS: Final = MappingProxyType({"net": "2-2-2-1"})
# What the two paths of the first hidden unit contribute, as the page computes it at this start.
_PATHS: Final = ("0.01599", "0.1017", "0.1177", "0.001626")


@lru_cache(64)
def _update(rate: float) -> Trace:
    weights = np.array(tutorial.FIRST_WEIGHTS)[:, None]
    network = Network((Layer(weights, np.array([tutorial.FIRST_BIAS]), "sigmoid"),))
    return trace_update(network, tutorial.SECOND_ROW, tutorial.SECOND_TARGET, learning_rate=rate)


def _trace(state: State) -> Trace:
    return _update(state["taken"][0].learning_rate)


def _effect(state: State) -> UpdateEffect:
    rows = np.array([tutorial.FIRST_ROW, tutorial.SECOND_ROW])
    targets = (tutorial.FIRST_TARGET, tutorial.SECOND_TARGET)
    return update_effect(_trace(state), rows, targets)


def _other_row(state: State) -> tuple[str, str]:
    effect = _effect(state)
    before, after = told_apart(float(effect.before[0]), float(effect.after[0]))
    return before, after


def _blame(state: State) -> Question:
    slope = digits(float(_trace(state).derror_dprediction[0]))
    options = ("it rises", "it falls", "it stays")
    return choice(options, options[0], f"It is too high already: its slope is {slope}.")


def _blamed(state: State) -> str:
    slope = digits(float(_trace(state).derror_dprediction[0]))
    return (
        f"A little more prediction makes {slope} times as much more error. This blame flows on, "
        "back to the weights: [[backpropagation]]."
    )


def _multiply(state: State) -> Question:
    trace = _trace(state)
    layer = trace.layers[0]
    a, b = float(trace.derror_dprediction[0]), float(layer.dactivations_dpre_activations[0])
    x = float(layer.inputs[0])
    product = digits(float(layer.derror_dweights[0, 0]))
    options = (digits(a + b + x), product, digits(a))
    rise = _error_with_weight(_NUDGE) - _error_with_weight(0.0)
    return choice(
        options,
        product,
        f"{digits(x)} · {digits(b)} · {digits(a)} ≈ {product}, where {digits(b)} is "
        "the slope of the sigmoid. Check: weight 1 up by "
        f"{digits(_NUDGE)}, error up by {digits(rise, 2)}.",
    )


def _multiplied(state: State) -> str:
    p = digits(float(_trace(state).layers[0].activations[0]), 3)
    return (
        "**Multiply along the path.** Factors: inputs for weights, 1 for the bias, "
        f"{p} · (1 − {p}) for the [[sigmoid]]. Together: the [[gradient]]."
    )


def _error_with_weight(moved: float) -> float:
    """Return the error of row 2 with weight 1 moved by so much."""
    first, second = tutorial.FIRST_WEIGHTS
    weights = np.array([[first + moved], [second]])
    layer = Layer(weights, np.array([tutorial.FIRST_BIAS]), "sigmoid")
    prediction = Network((layer,)).forward([tutorial.SECOND_ROW]).activations[-1][0, 0]
    return float((prediction - tutorial.SECOND_TARGET) ** 2)


def _add(_: State) -> Question:
    first, second, both, product = _PATHS
    return choice(
        (product, second, both), both, f"{first} + {second}: it moves the error along both."
    )


def _others(state: State) -> Question:
    before, after = _other_row(state)
    options = ("it falls too", "it stays", "it rises")
    return choice(options, options[2], f"It goes from {before} to {after}.")


def _fixed(state: State) -> bool:
    return state["at"] >= _AGAIN and _trace(state).error_after < _RIGHT


def _at_what_cost(state: State) -> str:
    before, after = _other_row(state)
    return f"Row 1 pays: from {before} to {after}."


def _summary(state: State) -> str:
    rate = digits(_trace(state).learning_rate)
    return (
        "Blame flows back: multiply along a path, add over the paths, and move each weight against "
        f"its [[slope]]. At rate {rate} one row got right, and nobody asked the other."
    )


LESSON: Final = Lesson(
    "backpropagation",
    "The neuron said 0.87 for a plant that withers. Which [[weight]] is to blame?",
    (
        Task(
            name="blame",
            kind="predict",
            does="The prediction 0.871 should be 0. If it rises a little, what does the error do?",
            asks=_blame,
            then="Take one step.",
            done=lambda state: state["at"] > _ERROR,
            start={"at": _ERROR},
            understood=_blamed,
        ),
        Task(
            name="multiply",
            kind="predict",
            does="Gears: weight 1 turns the sum 2 times, that the prediction 0.1123 times, that "
            "the error 1.742 times. In all?",
            asks=_multiply,
            then=f"Take {_BLAMED - _ERROR - 1} steps: see each factor appear.",
            done=lambda state: state["at"] >= _BLAMED,
            start={"at": _ERROR + 1},
            understood=_multiplied,
        ),
        Task(
            name="add",
            kind="predict",
            does="In a larger network one neuron feeds two others. If it rises, the error "
            "rises 0.01599 times as much by A, and 0.1017 times by B. How much in all?",
            asks=_add,
            shows=(PATHS,),
            start={**_TWO_LAYERS, "at": _BOTH_PATHS},
            understood="**Add over the paths.** Multiply along each, add over all: that is all of "
            "[[backpropagation]], in any network.",
        ),
        Task(
            name="others",
            kind="predict",
            does="Row 2 had its update, at rate 0.1. And the error of row 1?",
            asks=_others,
            then="Take one step.",
            done=lambda state: state["at"] >= _AGAIN,
            start={"at": _UPDATED},
            shows=("ledger",),
            understood="Row 1 got worse: an [[update]] asks only its own row.",
        ),
        Task(
            name="update",
            kind="find",
            does="Find a rate that brings the error of row 2 below 0.25.",
            shows=("ledger", "rate"),
            done=_fixed,
            start={"at": _AGAIN},
            understood=_at_what_cost,
            hint="A larger rate is a longer step. Try 1, then more.",
        ),
    ),
    _summary,
    fixed=("net", "features", "hidden", "activation", "end", "seed", "start", "rows"),
)
