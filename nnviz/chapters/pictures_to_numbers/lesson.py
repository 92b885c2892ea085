"""The lesson Pictures to numbers: ink times weight, weights as a picture, one step, a filter."""

from functools import lru_cache
from typing import Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.convolution.network import (
    FilterConfig,
    FilterNetwork,
    learn,
)
from nnviz.chapters.pictures_to_numbers.convolution.slide import slide
from nnviz.chapters.pictures_to_numbers.drawing import (
    EMPTY,
    Drawing,
    centred,
    place,
    shifted,
    with_ink,
)
from nnviz.chapters.pictures_to_numbers.questions import MOVES
from nnviz.chapters.pictures_to_numbers.reading import Reading, read_drawing, turns
from nnviz.chapters.pictures_to_numbers.two_digits import (
    MOST_PICTURES,
    TWO,
    UPDATES,
    NeuronConfig,
    NeuronRun,
    examples,
    train_neuron,
)
from nnviz.chapters.pictures_to_numbers.words import factors, sure
from nnviz.text.digits import digits, percent
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_FEWEST_INKED: Final = 8
"""Squares with ink from which on a drawing is one."""

_LEARNED: Final = 500
"""Updates after which the weights are a picture."""

_ONE_SQUARE: Final[Drawing] = examples(0, TWO[0])[39]
"""A 3 that one square makes an 8."""

_ONE_STEP: Final[Drawing] = examples(0, TWO[0])[23]
"""A 3 that is read as an 8 when it is moved to the left."""

_ASIDE: Final = shifted(_ONE_STEP, *MOVES["left"])

_SLID: Final[Drawing] = examples(0, TWO[1])[35]
"""An 8 that 64 weights read as a 3 when it is moved to the right."""

_ON_THE_RIGHT: Final = shifted(_SLID, *MOVES["right"])
_SAME: Final = 1e-9
"""A difference of predictions that is rounding."""


@lru_cache(maxsize=4)
def _run(pictures: str, seed: int) -> NeuronRun:
    return train_neuron(NeuronConfig(int(pictures), seed))


@lru_cache(maxsize=4)
def _network(seed: int) -> FilterNetwork:
    return learn(FilterConfig(MOST_PICTURES, seed))


def _reading(state: State, drawing: Drawing | None = None) -> Reading:
    run = _run(state["pictures"], int(state["seed"]))
    seen = state["drawing"] if drawing is None else drawing
    return read_drawing(
        run.parameters[int(state["step"])], centred(seen) if state["centre"] else seen
    )


def _points_at_the_most(state: State) -> bool:
    reading = _reading(state)
    product = reading.products[int(state["pixel"]) - 1]
    enough = int(np.count_nonzero(reading.drawing)) >= _FEWEST_INKED
    return enough and bool(product < 0) and bool(product == reading.products.min())


def _most(state: State) -> str:
    reading, pixel = _reading(state), int(state["pixel"]) - 1
    return f"Your drawing became 64 [[inputs|input]]: here {factors(reading, pixel)}."


def _weights(_: State) -> Question:
    options = (
        "where 8s have most ink",
        "where only 8s have ink",
        "where both have ink",
    )
    return choice(
        options, options[1], "Ink that both have cannot tell them apart: it is pulled both ways."
    )


def _picture(state: State) -> str:
    run = _run(state["pictures"], int(state["seed"]))
    n = len(run.held_out)
    right = round(float(run.held_out_accuracy[int(state["step"])]) * n)
    return (
        f"The [[weights|weight]] became a picture: 8s minus 3s. Learned from {len(run.train)} "
        f"pictures, it got {right} of {n} others right, the [[test set]]."
    )


def _one_square(state: State) -> Question:
    reading = _reading(state)
    best = turns(reading)[0].pixel
    alone = {turn.pixel for turn in turns(reading)}
    # One that has the other sign, and one that is never inked.
    wrong = int(np.argmin(reading.weights))
    blank = int(np.flatnonzero(np.abs(reading.weights) < 1e-12)[0])
    assert not alone & {wrong, blank}
    return choice(
        tuple(place(pixel) for pixel in sorted((best, wrong, blank))),
        place(best),
        f"{place(best).capitalize()}: its weight, {digits(reading.weights[best], 3)}, is far above "
        "0, for an 8 has ink there.",
    )


def _alone(state: State) -> Reading | None:
    """Return the drawing with the one of its changes that turns the answer by itself, if any."""
    for pixel, (ink, was) in enumerate(zip(state["drawing"], _ONE_SQUARE, strict=True)):
        if ink != was:
            found = _reading(state, with_ink(_ONE_SQUARE, pixel, ink))
            if found.digit == TWO[1]:
                return found
    return None


def _turned(state: State) -> bool:
    """Return whether one square has turned the answer; others that were tried do no harm."""
    says_so = not state["centre"] and _reading(state).digit == TWO[1]
    return says_so and _alone(state) is not None


def _by_one_square(state: State) -> str:
    before, after = _reading(state, _ONE_SQUARE), _alone(state)
    assert after is not None
    return (
        f"One square, and the [[weighted sum]] goes from {digits(before.z)} to {digits(after.z)}. "
        "You still see a 3; the neuron only adds up."
    )


def _one_step(state: State) -> Question:
    before, after = _reading(state, _ONE_STEP), _reading(state, _ASIDE)
    options = ("still a 3", "an 8", "it refuses")
    return choice(
        options,
        options[1] if after.digit == TWO[1] else options[0],
        f"The sum goes from {digits(before.z)} to {digits(after.z)}. Each ink meets the weight of "
        "the square beside.",
    )


def _aside(state: State) -> str:
    return (
        f"Squeezed it is {sure(_reading(state).prediction)}: quite sure, and wrong. It has learned "
        "squares, not shapes; moved, all its [[inputs|input]] are others."
    )


def _filter(state: State) -> Question:
    network = _network(int(state["seed"]))
    before, after = (slide(network, each).prediction for each in (_SLID, _ON_THE_RIGHT))
    assert abs(after - before) < _SAME
    options = ("a 3, as the 64 weights would", "exactly what it said before", "an 8, but less sure")
    return choice(options, options[1], "It meets the same ink one place later, and the mean stays.")


def _slid(state: State) -> str:
    after = slide(_network(int(state["seed"])), _ON_THE_RIGHT)
    weights = _run(str(MOST_PICTURES), int(state["seed"])).parameters[-1]
    neuron = read_drawing(weights, _ON_THE_RIGHT)
    return (
        f"Squeezed it is {sure(after.prediction)} as before. With the 64 weights it would be "
        f"{sure(neuron.prediction)} now. What slides and looks for one thing everywhere is a "
        "[[convolution]]."
    )


def _summary(state: State) -> str:
    run = _run(state["pictures"], int(state["seed"]))
    (right,) = percent(float(run.held_out_accuracy[UPDATES]))
    return (
        f"A drawing became 64 numbers, and {len(run.train)} pictures taught 64 weights what only "
        f"an 8 has: {right} of all others were right. One step aside fooled them, and not a filter "
        "that slides."
    )


LESSON: Final = Lesson(
    "pictures_to_numbers",
    "A phone reads what you write with your finger. To a network it is a row of numbers.",
    (
        Task(
            name="draw",
            kind="find",
            does="Draw a large 3. Ink times [[weight]]: blue speaks for an 8, orange for a 3. In "
            "the picture, point at the square that speaks most for a 3.",
            shows=("board", "tools", "products", "sum", "point"),
            done=_points_at_the_most,
            start={"drawing": EMPTY, "step": UPDATES, "pixel": 1},
            understood=_most,
            hint="Click on squares with strong orange. Their products stand below the board: the "
            "one farthest below 0 speaks most for a 3.",
        ),
        Task(
            name="weights",
            kind="predict",
            does="All 64 weights are 0. Now a neuron learns from 20 pictures of 3s and 8s. Which "
            "squares will speak for an 8?",
            asks=_weights,
            then="Press Train, and watch the weights. Blue speaks for an 8.",
            done=lambda state: state["step"] >= _LEARNED,
            shows=("weights", "train"),
            reveals=("means",),
            understood=_picture,
        ),
        Task(
            name="one_square",
            kind="predict",
            does="It says 3, and rightly. One square with full ink makes it say 8. Which?",
            asks=_one_square,
            then="Ink that square alone on the board.",
            done=_turned,
            shows=("board", "weights", "products", "sum"),
            reveals=("tools",),
            start={"step": UPDATES, "drawing": _ONE_SQUARE},
            understood=_by_one_square,
            hint="Where would an 8 have ink, and this 3 has none? Undo what else you inked.",
        ),
        Task(
            name="one_step",
            kind="predict",
            does="Another 3, and again it says 3. What does it say when the drawing is moved to "
            "the left by one square?",
            asks=_one_step,
            then="Press Left.",
            done=lambda state: state["drawing"] == _ASIDE and not state["centre"],
            shows=("board", "weights", "products", "sum"),
            reveals=("moves",),
            start={"step": UPDATES, "drawing": _ONE_STEP},
            understood=_aside,
        ),
        Task(
            name="filter",
            kind="predict",
            does="Nine weights slide over this 8: the map shows what each place gets. A neuron "
            "reads the map's mean. Moved right by one square, what does it say?",
            asks=_filter,
            then="Press Right.",
            done=lambda state: state["drawing"] == _ON_THE_RIGHT and not state["centre"],
            shows=("drawing", "cells", "map", "dense"),
            reveals=("board", "moves"),
            start={"view": "filter", "filter": "learned", "drawing": _SLID},
            understood=_slid,
        ),
    ),
    _summary,
)
