"""The worksheet of Prediction: a sum, a sigmoid read from a table, and layers without one."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.linear_collapse import collapse_layers, random_stack
from nnviz.chapters.prediction.questions import prediction_questions
from nnviz.data import tutorial
from nnviz.nn.activations import sigmoid
from nnviz.nn.draws import Draws
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.text.names import PLAIN
from nnviz.text.worksheet import Exercise, Part, UnclearError, asked, clear, to_write
from nnviz.walkthrough.words.workings import factor

_SUMS = (-3, -2, -1, 0, 1, 2, 3)


def _sum() -> str:
    (x1, x2), (w1, w2) = tutorial.FIRST_ROW, tutorial.FIRST_WEIGHTS
    total = digits(x1 * w1 + x2 * w2 + tutorial.FIRST_BIAS)
    terms = f"{digits(x1)} × {digits(w1)} + {digits(x2)} × {factor(w2)}"
    return f"{terms} + {factor(tutorial.FIRST_BIAS)} = {total}."


ON_PAPER: Final = MappingProxyType(
    {
        "sum": (
            "Here is what one plant gets. Compute the weighted sum, and write it into its box.",
            _sum(),
        ),
        "threshold": (
            "From the threshold on the answer is 1. This plant withers (target 0). Name a "
            "threshold with which the answer is right.",
            "Any that is above the prediction.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return (
        clear(lambda: _neuron(draws)),
        clear(lambda: _probability(draws)),
        clear(lambda: _layers(draws)),
    )


def _neuron(draws: Draws) -> Part:
    w1, w2, bias = draws.on_grid(-2, 2, 0.5), draws.on_grid(-2, 2, 0.5), draws.on_grid(-2, 2, 0.5)
    x1, x2 = draws.on_grid(1, 4, 0.5), draws.on_grid(-4, 4, 0.5)
    layer = Layer(np.array([[w1], [w2]]), np.array([bias]), "sigmoid")
    trace = trace_update(Network((layer,)), (x1, x2), 1)
    z = float(trace.layers[0].pre_activations[0])
    if 0 in (w1, w2, z) or abs(z) > 6:
        raise UnclearError("the numbers leave little to compute.")
    terms = f"{digits(x1)} × {factor(w1)} + {factor(x2)} × {factor(w2)} + {factor(bias)}"
    sign, _, *weights = prediction_questions(trace, 0.5, PLAIN)
    return Part(
        f"A neuron with weight 1 = {digits(w1)}, weight 2 = {digits(w2)} and bias = {digits(bias)} "
        f"gets a row with the numbers {digits(x1)} and {digits(x2)}.",
        (
            to_write("What is the weighted sum, with the bias?", z, f"{terms} = {digits(z)}."),
            asked(draws.one_of(weights)),
            Exercise(
                "The sigmoid makes 0.5 of a sum of 0, and more of a larger sum. On which side of "
                "0.5 will the prediction be?",
                "above 0.5" if z > 0 else "below 0.5",
                sign.reason,
                ("above 0.5", "below 0.5"),
            ),
        ),
    )


def _probability(draws: Draws) -> Part:
    shown = [digits(round(float(sigmoid(z)), 2)) for z in _SUMS]
    z = draws.one_of(_SUMS)
    bias = draws.on_grid(-1.5, 1.5, 0.5)
    threshold = draws.one_of((0.3, 0.4, 0.6, 0.7, 0.8))
    other = draws.one_of([each for each in _SUMS if each != z])
    prediction, n = draws.on_grid(0.1, 0.9, 0.05), draws.one_of((20, 40, 60, 80, 200))
    answer = str(decide(float(sigmoid(other)), threshold))
    return Part(
        "What a sigmoid makes of some sums:",
        (
            to_write(
                f"The products of a row add up to {digits(z - bias)}, and the bias is "
                f"{digits(bias)}. What is the prediction? (Read it from the table.)",
                float(shown[_SUMS.index(z)]),
                f"The sum is {digits(z - bias)} + {factor(bias)} = {digits(z)}; below it stands "
                f"{shown[_SUMS.index(z)]}.",
            ),
            Exercise(
                f"Another row has the sum {digits(other)}. With the threshold at "
                f"{digits(threshold)}, is the answer 0 or 1?",
                answer,
                f"The prediction is {shown[_SUMS.index(other)]}, the threshold "
                f"{digits(threshold)}.",
                ("0", "1"),
            ),
            to_write(
                f"The prediction for a plant is {digits(prediction)}: so likely is it to thrive. "
                f"Of {n} such plants, about how many should thrive?",
                prediction * n,
                f"{digits(prediction)} × {n} = {digits(prediction * n)}.",
            ),
        ),
        (("sum", *map(digits, _SUMS)), ("sigmoid", *shown)),
    )


def _layers(draws: Draws) -> Part:
    n_hidden, n_units = draws.whole(1, 3), draws.whole(2, 5)
    stack = random_stack(n_hidden, n_units, "linear", "linear", seed=0)
    n_weights = sum(layer.weights.size for layer in stack.layers)
    one = collapse_layers(stack).collapsed.layers[0].weights.size
    a, b, c, d = (draws.whole(2, 6), draws.whole(1, 5), draws.whole(2, 6), draws.whole(1, 9))
    products = " + ".join(
        f"{w.shape[0]} × {w.shape[1]}" for w in (la.weights for la in stack.layers)
    )
    hidden = f"{n_hidden} hidden layer{'s' if n_hidden > 1 else ''} of {n_units} units"
    return Part(
        f"A stack of linear layers has {stack.n_inputs} inputs, {hidden}, and 1 output.",
        (
            to_write(
                "How many weights does it have, without the biases?",
                n_weights,
                f"{products} = {n_weights}.",
            ),
            to_write(
                "Multiplied out it is one single layer. How many weights has that one?",
                one,
                f"One for each of the {stack.n_inputs} inputs: a product of matrices is one "
                "matrix.",
            ),
            to_write(
                f"One layer makes {a} · x + {b} of x, the next one {c} · (what comes in) − {d} of "
                "that. Together they are one layer. What is its weight of x?",
                a * c,
                f"{c} · ({a} · x + {b}) − {d} = {a * c} · x + {factor(c * b - d)}.",
            ),
        ),
    )
