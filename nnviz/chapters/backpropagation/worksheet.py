"""The worksheet of Backpropagation: each gear of the chain, and their product."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.backpropagation.questions import larger_move
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.draws import Draws
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.text.names import PLAIN
from nnviz.text.question import by_sign
from nnviz.text.worksheet import Exercise, Part, UnclearError, asked, clear, to_write
from nnviz.walkthrough.values import ValueNames
from nnviz.walkthrough.words.workings import factor

_SIGNS = ("above 0", "exactly 0", "below 0")

ON_PAPER: Final = MappingProxyType(
    {
        "update": (
            "One update of row 2 at rate 0.1 did not bring its error below 0.25. Would a "
            "smaller or a larger rate? Say why.",
            "A larger one: the update goes the same way, and farther.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _gears(draws)), clear(lambda: _row(draws))


def _gears(draws: Draws) -> Part:
    p, target = draws.on_grid(0.1, 0.9, 0.1), float(draws.whole(0, 1))
    middle = draws.on_grid(0.1, 0.9, 0.1)
    along_p, along_z = draws.on_grid(-1.8, 1.8, 0.2), draws.on_grid(0.05, 0.25, 0.05)
    x, weight = draws.on_grid(0.5, 4, 0.5), draws.on_grid(-2, 2, 0.1)
    slope, rate = draws.on_grid(-2, 2, 0.1), draws.one_of((0.1, 0.2, 0.5))
    if not along_p or not slope or round(middle, 1) == 0.5 or p == target:
        raise UnclearError("a zero leaves nothing to multiply.")
    value, slope_of = LOSSES["squared_error"].functions("sigmoid")
    error, derivative = (float(f(np.array([p]), np.array([target]))[0]) for f in (value, slope_of))
    z = float(np.log(middle / (1 - middle)))
    gear = round(float(ACTIVATIONS["sigmoid"].derivative(z)), 12)
    product = along_p * along_z * x
    t = digits(target)
    return Part(
        "One neuron, in gears: the error is (prediction − target)², its slope along the "
        "prediction 2 × (prediction − target). The slope of a sigmoid is "
        "prediction × (1 − prediction). The slope of the sum along a weight is its input.",
        (
            to_write(
                f"The prediction is {digits(p)}, the target {t}. What is the error?",
                error,
                f"({digits(p)} − {t})² = {digits(error)}.",
            ),
            to_write(
                f"The prediction is {digits(p)}, the target {t}. What is the slope of the error "
                "along the prediction?",
                derivative,
                f"2 × ({digits(p)} − {t}) = {digits(derivative)}.",
            ),
            to_write(
                f"A sigmoid predicts {digits(middle)}. What is its slope there?",
                gear,
                f"{digits(middle)} × (1 − {digits(middle)}) = {digits(gear)}.",
            ),
            to_write(
                f"The slope of the error along the prediction is {digits(along_p)}, that of the "
                f"prediction along the sum {digits(along_z)}, and the input of the weight is "
                f"{digits(x)}. What is the slope of the error along the weight?",
                product,
                f"{factor(along_p)} × {digits(along_z)} × {digits(x)} = {digits(product)}.",
                decimals=3,
            ),
            to_write(
                f"A weight is {digits(weight)}, the slope of the error along it {digits(slope)}, "
                f"the learning rate {digits(rate)}. What is the weight after the update?",
                weight - rate * slope,
                f"{digits(weight)} − {digits(rate)} × {factor(slope)} = "
                f"{digits(weight - rate * slope)}.",
            ),
        ),
    )


def _row(draws: Draws) -> Part:
    w1, w2 = draws.on_grid(-1, 1, 0.1), draws.on_grid(-1, 1, 0.1)
    x1, x2 = draws.on_grid(0.5, 4, 0.5), draws.on_grid(-4, 4, 0.5)
    target = draws.whole(0, 1)
    network = Network((Layer(np.array([[w1], [w2]]), np.zeros(1), "sigmoid"),))
    trace = trace_update(network, (x1, x2), target)
    moves = larger_move(trace, ValueNames.of(trace, PLAIN), 2, "")
    layer = trace.layers[0]
    if not moves or not x2 or abs(layer.weight_updates).min() < 1e-6:
        raise UnclearError("it moves too little.")
    move = float(layer.weight_updates[1, 0])
    options = ("up", "nowhere", "down")
    side = "above" if target == 0 else "below"
    return Part(
        f"Another neuron gets row 3 with the numbers {digits(x1)} and {digits(x2)}, whose target "
        f"is {target}. Its prediction lies between 0 and 1.",
        (
            Exercise(
                "Is the slope of the error along the prediction above or below 0?",
                by_sign(float(trace.derror_dprediction[0]), _SIGNS),
                f"The prediction lies {side} the target, so prediction − target is {side} 0.",
                _SIGNS,
            ),
            Exercise(
                "Which way does the update move weight 2?",
                by_sign(move, options),
                f"The slope along weight 2 is a number {side} 0 times its input, {digits(x2)}, and "
                "an update goes against it.",
                options,
            ),
            *(asked(question) for question in moves),
        ),
    )
