"""The lesson Linear regression: squares get small, a valley, least squares, a descent."""

from functools import cache, lru_cache
from typing import Final

from nnviz.chapters.linear_regression.descent import Descent, descend, regression_plan
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import LeastSquares, line_error, line_of
from nnviz.data.sample import Sample
from nnviz.text.digits import digits
from nnviz.text.lesson import Lesson, State, Task
from nnviz.text.question import Question, choice

_SMALL: Final = 3000
_SMALLER: Final = 2200
_FIXED_BIAS: Final = 60.0
_STEEPEST: Final = 5.5
_AS_GOOD: Final = 1.01
"""Times the error of least squares that counts as having arrived."""


@cache
def _houses() -> Sample:
    return houses()


@cache
def _least() -> LeastSquares:
    return line_of(_houses())


@lru_cache(8)
def _run(rate: float, start: tuple[float, float, float]) -> Descent:
    return descend(regression_plan(_houses(), rate, standardise=True), start, 200)


def _error(state: State) -> float:
    return line_error(_houses(), state["w1"], state["b"])


def _trained(state: State) -> Descent:
    return _run(state["rate"], (state["w1"], state["w2"], state["b"]))


def _valley(state: State) -> Question:
    options = ("fall all the way", "fall, then rise", "rise all the way")
    errors = [digits(line_error(_houses(), w, state["b"])) for w in (1.0, 2.55, 6.0)]
    return choice(
        options,
        options[1],
        f"From {errors[0]} it falls to {errors[1]}, and then rises to {errors[2]}: a valley with "
        "one lowest place.",
    )


def _by_hand(state: State) -> str:
    return (
        f"Your line has {digits(_error(state))}. [[Least squares|least squares]] has "
        f"{digits(_least().error)}: "
        "no line has less. That is the end, not 0, because houses differ by more than area."
    )


def _where(state: State) -> Question:
    run = _trained(state)
    options = ("at the smallest squares", "at an error of 0", "where it starts")
    return choice(
        options,
        options[0],
        f"From {digits(float(run.errors[0]))} to {digits(run.answer.error)}, the least.",
    )


def _arrived(state: State) -> bool:
    run = _trained(state)
    step = min(state["step"], run.last_step)
    return bool(run.errors[step] <= _AS_GOOD * run.answer.error)


def _summary(state: State) -> str:
    run = _trained(state)
    return (
        "Learning made the squares small: by hand you moved the line, [[gradient descent]] did it "
        f"by itself, down to {digits(run.answer.error)}. "
        "[[Least squares|least squares]] is the end for both."
    )


LESSON: Final = Lesson(
    "linear_regression",
    "Before it tells which plant thrives, a [[model]] tells a number: the price of a house, from "
    "its area, by a straight line.",
    (
        Task(
            name="squares",
            kind="try",
            does="Each point is a house. A square shows how far off the line is. Move the slider "
            f"until the mean squared error is below {digits(_SMALL)}.",
            shows=("weight", "error"),
            done=lambda state: _error(state) < _SMALL,
            start={"view": "line", "b": _FIXED_BIAS},
            understood="Each square is a miss times itself. Their mean is the [[error]]: small "
            "squares, good line.",
            hint="A larger weight makes the line steeper.",
        ),
        Task(
            name="valley",
            kind="predict",
            does="The line is too flat now. Turn it steeper and steeper, to the end of the slider: "
            "the error will …",
            asks=_valley,
            then="Slide to the right end, and watch the error.",
            done=lambda state: state["w1"] >= _STEEPEST,
            start={"view": "line", "b": _FIXED_BIAS},
            reveals=("weight", "error"),
            understood="Over one [[weight]] the error is a valley: too flat and too steep are both "
            "wrong, and between lies one lowest place.",
        ),
        Task(
            name="by_hand",
            kind="find",
            does="Now the [[bias]] too: it lifts the whole line. Find a line with an error below "
            f"{digits(_SMALLER)}.",
            shows=("weight", "bias", "error"),
            done=lambda state: _error(state) < _SMALLER,
            start={"view": "line"},
            understood=_by_hand,
            hint="Lower the bias to about 0. Then look for the best weight.",
        ),
        Task(
            name="descent",
            kind="predict",
            does="Age counts too: two weights make a plane, seen from the side. It learns in small "
            "steps. Until where?",
            asks=_where,
            then="Press Train.",
            done=_arrived,
            start={"view": "descent"},
            reveals=("least",),
            understood="[[Gradient descent|gradient descent]]: small steps down to "
            "[[least squares]].",
        ),
    ),
    _summary,
    fixed=("data", "own", "rows", "noise", "seed"),
)
