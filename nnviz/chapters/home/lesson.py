"""The lesson Home: throw, see the miss, correct by a fraction; then the same in one neuron."""

from typing import Final

from nnviz.chapters.home.darts import INNERMOST, ByHand, Game, play
from nnviz.chapters.home.four_steps import STEPS, Progress, walk
from nnviz.chapters.home.words_darts import NEAR, cm, last
from nnviz.data import tutorial
from nnviz.text.digits import digits
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_FIRST: Final = ByHand(210.0, 12.0)
_TOO_MUCH: Final = 2.5
_SECOND_PREDICTION: Final = len(STEPS) + 2
"""Steps until the neuron has predicted once before an adjustment and once after it."""


def _game(state: State) -> Game:
    return play(state["throws"], wind=state["wind"], seed=state["seed"])


def _in_the_middle(state: State) -> bool:
    game = _game(state)
    return len(game) > 1 and abs(float(game.misses[-1])) <= INNERMOST


def _halving(state: State) -> str:
    misses = ", ".join(cm(abs(float(miss))) for miss in _game(state).misses[:4])
    return f"Your misses in cm: {misses}. Each throw corrected half of the miss before."


def _corrections(game: Game) -> list[int]:
    """Return the throws by which one correction made a real miss a hit."""
    return [
        i
        for i in range(1, len(game))
        if not game.by_hand[i]
        and abs(float(game.misses[i - 1])) > INNERMOST
        and abs(float(game.misses[i])) <= NEAR
    ]


def _fraction_that_hits(state: State) -> str:
    game = _game(state)
    found = digits(float(game.fractions[_corrections(game)[0]]))
    return (
        f"With fraction {found} one correction was enough. This fraction is called the "
        "[[learning rate]]."
    )


def _too_much(_: State) -> Question:
    options = ("They get better.", "They miss by more each time.", "They miss by the same again.")
    return choice(
        options, options[1], "The hand goes farther past the right place than it was away."
    )


def _neuron(state: State) -> Progress:
    neuron = tutorial.first_neuron()
    return walk(neuron, tutorial.SECOND_ROW, tutorial.SECOND_TARGET, state["at"])


def _second_answer(_: State) -> Question:
    options = ("closer to 0", "exactly 0", "farther from 0")
    return choice(options, options[0], "One adjustment corrects a part of the miss.")


def _answers(state: State) -> str:
    begin = _neuron(state).first
    first, second = (
        digits(float(trace.prediction[0]), 3)
        for trace in (begin, _neuron({"at": len(STEPS) + 1}).trace)
    )
    return (
        f"First {first}, then {second}. Input, predict, compare, adjust, again and again: "
        "that is how a [[neuron]] learns its [[weights|weight]]."
    )


def _alike(_: State) -> Question:
    options = ("trying at random", "using each miss to correct", "making no mistakes")
    return choice(options, options[1], "The miss says where to go.")


def _summary(state: State) -> str:
    # Whoever goes on at the second prediction has two rounds, though not compared the second one.
    errors = _neuron({"at": max(state["at"], _SECOND_PREDICTION + 1)}).errors
    return (
        f"In {len(errors)} rounds your neuron's [[error]] fell from {digits(errors[0], 3)} to "
        f"{digits(errors[-1], 3)}."
    )


LESSON: Final = Lesson(
    "home",
    "A network learns as a hand learns to throw.",
    (
        Task(
            name="throw",
            kind="try",
            does="Throw a dart. Correct and throw again, until you hit the innermost ring.",
            shows=("throw", "sentence"),
            done=_in_the_middle,
            start={"view": "darts", "fraction": 0.5},
            understood=_halving,
            hint="Press the blue button. It corrects by half of the miss.",
        ),
        Task(
            name="one_correction",
            kind="find",
            does="You choose how much of the miss is corrected. Find the fraction with which one "
            "correction hits the middle.",
            shows=("throw", "again", "fraction", "sentence"),
            done=lambda state: bool(_corrections(_game(state))),
            start={"view": "darts", "fraction": 0.5, "throws": (_FIRST,)},
            understood=_fraction_that_hits,
            hint="Half was too little. Move the slider and start again.",
        ),
        Task(
            name="too_much",
            kind="predict",
            does=f"Now each correction is {digits(_TOO_MUCH)} times the miss. What will the next "
            "throws do?",
            asks=_too_much,
            then="Throw until a dart meets the ceiling or the floor before the wall.",
            done=lambda state: _game(state).lost,
            start={"view": "darts", "fraction": _TOO_MUCH, "throws": (_FIRST,)},
            reveals=("throw",),
            understood=lambda state: (
                f"{last(_game(state))} A learning rate that is too large makes every step worse."
            ),
        ),
        Task(
            name="network",
            kind="predict",
            does="A plant gets sun and water, and withers: this [[neural network]] should "
            "answer 0. It predicts, compares, and adjusts its weights. What will it answer then?",
            asks=_second_answer,
            then="Step until it has predicted again.",
            done=lambda state: state["at"] >= _SECOND_PREDICTION,
            start={"view": "steps"},
            understood=_answers,
        ),
        Task(
            name="alike",
            kind="say",
            does="What makes your hand better, and the weights of a network too?",
            asks=_alike,
            carries=("at",),
            start={"view": "steps", "at": 2 * len(STEPS)},
            understood="A guess, a miss, a correction: that is [[supervised learning]].",
        ),
    ),
    _summary,
)
