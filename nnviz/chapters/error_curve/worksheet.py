"""The worksheet of Error curve: steps down the square of a miss."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.error_curve.questions import descent_questions
from nnviz.chapters.error_curve.walk import POINT_A, walk
from nnviz.nn.curves import quadratic
from nnviz.nn.draws import Draws
from nnviz.text.digits import digits
from nnviz.text.worksheet import Exercise, Part, asked, clear, to_write

_FATES = ("closer to 0 on one side", "closer to 0, from side to side", "farther from 0 each time")


def _steps() -> str:
    found = walk(quadratic(), POINT_A, [0.1] * 3).x[1:]
    return f"x is {', '.join(digits(float(x)) for x in found)}."


ON_PAPER: Final = MappingProxyType(
    {
        "step": (
            "The point is the error of a prediction that is 0.871 too high. Each step "
            "changes x by −rate × slope, at rate 0.1. Draw the next three steps.",
            _steps(),
        ),
        "one_step": (
            "With which rate does one single step land on the bottom?",
            "0.5: x − 0.5 × 2 · x = 0.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return clear(lambda: _step(draws)), clear(lambda: _rates(draws))


def _step(draws: Draws) -> Part:
    x = draws.on_grid(0.6, 3, 0.2) * draws.one_of((1, -1))
    rate = draws.one_of((0.1, 0.2, 0.25, 0.4, 0.5, 0.6, 0.8, 1.0, 1.2, 1.5))
    curve = quadratic()
    shown, told = digits(x), digits(rate)
    error, slope = float(curve.value(x)), float(curve.slope(x))
    factor = f"({shown})" if x < 0 else shown
    return Part(
        f"Another prediction is off by x = {shown}. Its error is x², and the slope of the error is "
        f"2 · x. A step changes x by −rate × slope. The rate is {told}.",
        (
            to_write("What is the error?", error, f"{factor} × {factor} = {digits(error)}."),
            to_write("What is the slope?", slope, f"2 × {factor} = {digits(slope)}."),
            *(asked(question) for question in descent_questions(curve, x, rate)),
        ),
    )


def _rates(draws: Draws) -> Part:
    start = draws.on_grid(1, 4, 0.5) * draws.one_of((1, -1))
    rate = draws.one_of((0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9))
    found = walk(quadratic(), start, [rate, rate])
    factor = 1 - 2 * rate
    fate = draws.one_of((0.15, 0.35, 0.65, 0.85, 1.1, 1.5))
    after = walk(quadratic(), 1.0, [fate, fate])
    kind = 2 if abs(after.x[2]) > 1 else 0 if after.x[1] > 0 else 1
    shown = digits(start)
    return Part(
        "On the same curve, for other rates and other starts:",
        (
            to_write(
                f"At rate {digits(rate)} every step multiplies x by the same number. By which?",
                factor,
                f"x − rate × 2 · x = (1 − 2 × {digits(rate)}) · x = {digits(factor)} · x.",
            ),
            to_write(
                f"Where is x after two steps at rate {digits(rate)} from x = {shown}?",
                float(found.x[2]),
                f"The first step goes to {digits(float(found.x[1]))}, the second to "
                f"{digits(float(found.x[2]))}.",
            ),
            Exercise(
                f"Many steps are made at rate {digits(fate)}. How does x move?",
                _FATES[kind],
                f"Each step multiplies x by 1 − 2 × {digits(fate)} = {digits(1 - 2 * fate)}.",
                draws.some_of(_FATES, len(_FATES)),
            ),
        ),
    )
