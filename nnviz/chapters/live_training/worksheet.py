"""The worksheet of Live training: eight plants, one neuron, and what it makes of them."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.data.tutorial import CLASS_NAMES, eight_rows
from nnviz.nn.draws import Draws
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.text.question import by_sign
from nnviz.text.worksheet import Exercise, Part, UnclearError, clear, to_write
from nnviz.walkthrough.words.workings import factor

_CHOSEN = 4


ON_PAPER: Final = MappingProxyType(
    {
        "line": (
            "Draw one straight line that has as many plants as possible on the side of "
            "their own kind. How many of the 8 are right?",
            "6 of 8: no straight line gets more of them right.",
        ),
        "hidden": (
            "Draw a border, bent as you like, that has all 8 plants on the side of their "
            "own kind. Can one neuron draw it?",
            "No: one neuron draws a straight line. With hidden units the border bends.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _plants(draws)), clear(lambda: _training(draws))


def _plants(draws: Draws) -> Part:
    sample = eight_rows()
    chosen = sorted(draws.some_of(range(sample.n_rows), _CHOSEN))
    X, y = sample.X[chosen], sample.y[chosen].astype(int)
    weights = np.array([[draws.on_grid(-2, 2, 0.5)], [draws.on_grid(-2, 2, 0.5)]])
    bias = draws.on_grid(-3, 3, 0.5)
    network = Network((Layer(weights, np.array([bias]), "sigmoid"),))
    z = network.forward(X).pre_activations[0][:, 0]
    if not weights.all() or abs(z).min() < 0.25 or len(set(z > 0)) < 2 or len(set(y)) < 2:
        raise UnclearError("a plant lies on the line.")
    k, x1 = draws.whole(0, _CHOSEN - 1), float(draws.whole(1, 4))
    w1, w2 = (float(weight) for weight in weights[:, 0])
    meets = -(bias + w1 * x1) / w2
    right = int(((z > 0) == y).sum())
    judged = "; ".join(
        f"plant {i + 1}: {digits(float(each))}, so {int(each > 0)}, "
        f"{'right' if (each > 0) == target else 'wrong'}"
        for i, each, target in zip(chosen, z, y, strict=True)
    )
    other = draws.whole(0, _CHOSEN - 1)
    trace = trace_update(network, X[other], float(y[other]))
    ways = ("up", "nowhere", "down")
    return Part(
        f"A neuron with weight 1 = {digits(w1)} (sun), weight 2 = {digits(w2)} (water) and bias = "
        f"{digits(bias)} looks at {_CHOSEN} of the plants. A sum above 0 means 1, {CLASS_NAMES[1]};"
        f" below 0 it means 0, {CLASS_NAMES[0]}. What really happened is the target.",
        (
            to_write(
                f"What is the weighted sum of plant {chosen[k] + 1}, with the bias?",
                float(z[k]),
                f"{digits(float(X[k, 0]))} × {factor(w1)} + {digits(float(X[k, 1]))} × "
                f"{factor(w2)} + {factor(bias)} = {digits(float(z[k]))}.",
            ),
            to_write(
                f"How many of the {_CHOSEN} plants does the neuron get right?",
                right,
                f"The sums are those of {judged}.",
            ),
            to_write(
                f"The line between the two answers is where the sum is 0. At {digits(x1)} hours of "
                "sun, at how many glasses of water is that? (It may be below 0.)",
                meets,
                f"Without the water the sum is {digits(x1)} × {factor(w1)} + {factor(bias)} = "
                f"{digits(w1 * x1 + bias)}. The water has to make up for that: "
                f"{digits(-w1 * x1 - bias)} / {factor(w2)} = {digits(meets)}.",
            ),
            Exercise(
                f"The neuron learns from plant {chosen[other] + 1} alone. Which way does the "
                "bias move?",
                by_sign(float(trace.layers[0].bias_updates[0]), ways),
                f"Its target is {y[other]}, and a sigmoid predicts more than 0 and less than 1: so "
                f"the sum must get {'larger' if y[other] else 'smaller'}.",
                ways,
            ),
        ),
        (
            ("plant", *(str(i + 1) for i in chosen)),
            ("x1, hours of sun", *(digits(float(v)) for v in X[:, 0])),
            ("x2, glasses of water", *(digits(float(v)) for v in X[:, 1])),
            ("target", *map(str, y)),
        ),
    )


def _training(draws: Draws) -> Part:
    n_rows, n_epochs = draws.one_of((6, 8, 10, 12)), draws.whole(3, 30) * 10
    n_half = draws.whole(3, 15) * 2
    value, _ = LOSSES["squared_error"].functions("sigmoid")
    told = [draws.on_grid(0.1, 0.9, 0.1) for _ in range(3)]
    targets = [draws.whole(0, 1) for _ in range(3)]
    errors = value(np.array(told), np.array(targets, dtype=float))
    half = float(value(np.array([0.5] * n_half), np.ones(n_half)).sum())
    pairs = ", ".join(f"{digits(p)} (target {t})" for p, t in zip(told, targets, strict=True))
    terms = " + ".join(digits(float(each)) for each in errors)
    return Part(
        "Training: the error of a row is (prediction − target)²; the cumulative error adds up "
        "those "
        "of all rows. Each update learns from one row, and an epoch uses every row once.",
        (
            to_write(
                f"Three rows are predicted {pairs}. What is their cumulative error?",
                float(errors.sum()),
                f"{terms} = {digits(float(errors.sum()))}.",
            ),
            to_write(
                f"A neuron answers 0.5 to each of {n_half} rows, whatever their targets. What is "
                "its cumulative error?",
                half,
                f"(0.5 − 0)² and (0.5 − 1)² are both 0.25: {n_half} × 0.25 = {digits(half)}.",
            ),
            to_write(
                f"{n_rows} rows are learned for {n_epochs} epochs. How many updates are these?",
                n_rows * n_epochs,
                f"{n_rows} × {n_epochs} = {n_rows * n_epochs}.",
            ),
        ),
    )
