"""The worksheet of Home: a dart that is corrected, and a neuron that is."""

from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.home.darts import Game, dart_regime, play
from nnviz.chapters.home.questions import darts_questions, next_throw_questions, weight_questions
from nnviz.nn.draws import Draws
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from nnviz.text.names import PLAIN
from nnviz.text.worksheet import Part, asked, clear, to_write
from nnviz.walkthrough.words.workings import factor

ON_PAPER: Final = MappingProxyType(
    {
        "throw": (
            "The first dart hits 40 cm too low. Each correction makes good one half of the miss "
            "before. Mark at the right, throw by throw, where darts 1 to 4 hit.",
            "At −40, −20, −10 and −5 cm.",
        ),
        "one_correction": (
            "What fraction of a miss must one correction make good, so that the next dart "
            "hits the middle?",
            "1: the whole miss.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _darts(draws)), clear(lambda: _neuron(draws))


def _darts(draws: Draws) -> Part:
    miss = draws.on_grid(-40, 40, 4) or 20.0
    fraction = draws.one_of((0.25, 0.5, 0.75, 1.25, 1.5, 1.75))
    factor = dart_regime(fraction).factor
    where, size, shown = "high" if miss > 0 else "low", digits(abs(miss)), digits(fraction)
    each = f"A throw leaves 1 − {shown} = {digits(factor)} of the miss before it"
    empty: Game = play(())
    chosen = draws.one_of(darts_questions(empty, fraction, by_hand=False))
    about = (
        to_write(
            "By how many cm will the next dart miss? (Leave out whether it is too high or too "
            "low.)",
            abs(factor * miss),
            f"{each}: {digits(abs(factor))} × {size} = {digits(abs(factor * miss))}.",
        ),
        to_write(
            "And by how many cm will the third dart from now miss?",
            abs(factor**3 * miss),
            f"{each}, three times: {digits(abs(factor))} × {digits(abs(factor))} × "
            f"{digits(abs(factor))} × {size} = {digits(abs(factor**3 * miss))}.",
        ),
        *(asked(question) for question in next_throw_questions(miss, fraction)),
        asked(chosen, draws.some_of(chosen.options, len(chosen.options))),
    )
    return Part(
        f"A dart hits {size} cm too {where}. Each throw after it corrects {shown} of the miss "
        "before. There is no wind.",
        about,
    )


def _neuron(draws: Draws) -> Part:
    w1, w2 = draws.on_grid(-2, 2, 0.1), draws.on_grid(-2, 2, 0.1)
    x1, x2 = draws.on_grid(0.5, 4, 0.5), draws.on_grid(0.5, 4, 0.5)
    bias, target = draws.on_grid(-1, 1, 0.5), draws.whole(0, 1)
    layer = Layer(np.array([[w1], [w2]]), np.array([bias]), "sigmoid")
    trace = trace_update(Network((layer,)), (x1, x2), target)
    z = float(trace.layers[0].pre_activations[0])
    shown = [digits(value) for value in (x1, x2, w1, w2, bias)]
    terms = " + ".join(f"{digits(x)} × {factor(w)}" for x, w in ((x1, w1), (x2, w2)))
    return Part(
        f"A neuron with weight 1 = {shown[2]}, weight 2 = {shown[3]} and bias = {shown[4]} gets a "
        f"row with the numbers {shown[0]} and {shown[1]}, whose target is {target}. Its sigmoid "
        "makes of every sum a number between 0 and 1, its prediction.",
        (
            to_write(
                "What is the weighted sum, with the bias?",
                z,
                f"{terms} + {factor(bias)} = {digits(z)}.",
            ),
            *(asked(question) for question in weight_questions(trace, PLAIN)),
        ),
    )
