"""Questions about the next step down an error curve."""

import math
from typing import Final

from nnviz.chapters.error_curve.descent import Curve, Walk, walk
from nnviz.chapters.error_curve.words_descent import variable
from nnviz.text.digits import digits
from nnviz.text.question import Question

_SIDES: Final = ("above 0", "exactly 0", "below 0")
_WAYS: Final = ("it falls", "it stays", "it rises")


def descent_questions(curve: Curve, x: float, rate: float) -> tuple[Question, ...]:
    """Return what can be asked before the next step: the error, the place, the step after it."""
    ahead = walk(curve, x, [rate, rate])
    if len(ahead.steps) == 0:
        return ()
    about = f"{curve.name}:{x!r}:{rate!r}"
    questions = [_error(curve, ahead, about), _place(curve, ahead, about)]
    if len(ahead.steps) == 2:
        questions.append(_next_but_one(curve, ahead, about))
    return tuple(questions)


def _error(curve: Curve, ahead: Walk, about: str) -> Question:
    options = ("lower", "the same", "higher")
    return Question(
        f"Take one step at rate {_rate(ahead)}. Will the error be lower, the same or higher?",
        options,
        options[1 + _order(ahead.error[0], ahead.error[1])],
        f"{_step(curve, ahead)} The error goes from {digits(float(ahead.error[0]))} "
        f"to {digits(float(ahead.error[1]))}.",
        f"error {about}",
    )


def _place(curve: Curve, ahead: Walk, about: str) -> Question:
    before, after = float(ahead.x[0]), float(ahead.x[1])
    if curve.name == "quadratic":
        # Within a thousandth of a thousandth of where it came from nobody tells it from 0.
        near_zero = math.isclose(after, 0, abs_tol=1e-9)
        answer = _SIDES[1] if near_zero else _SIDES[0 if after > 0 else 2]
        return Question(
            f"On which side of 0 will x be after one step at rate {_rate(ahead)}?",
            _SIDES,
            answer,
            _step(curve, ahead),
            f"place {about}",
        )
    return Question(
        f"What will one step do to {variable(curve)}?",
        _WAYS,
        _WAYS[1 + _order(before, after)],
        f"{_step(curve, ahead)} A step goes against the slope.",
        f"place {about}",
    )


def _next_but_one(curve: Curve, ahead: Walk, about: str) -> Question:
    first, second = (abs(float(step)) for step in ahead.steps)
    options = ("shorter", "just as long", "longer")
    return Question(
        f"Take two steps at rate {_rate(ahead)}. "
        "Compared with the first, will the second step be shorter, just as long or longer?",
        options,
        options[1 + _order(first, second)],
        f"The first step is {digits(first)} long, the second {digits(second)}: a step is "
        "rate times slope, and the slope goes from "
        f"{digits(float(ahead.slope[0]))} to {digits(float(ahead.slope[1]))}.",
        f"next but one {about}",
    )


def _step(curve: Curve, ahead: Walk) -> str:
    return (
        f"The step is −{_rate(ahead)} × {_signed(float(ahead.slope[0]))} = "
        f"{digits(float(ahead.steps[0]))}: {variable(curve)} goes from "
        f"{digits(float(ahead.x[0]))} to {digits(float(ahead.x[1]))}."
    )


def _signed(value: float) -> str:
    return digits(value) if value >= 0 else f"({digits(value)})"


def _rate(ahead: Walk) -> str:
    return digits(float(ahead.learning_rates[0]))


def _order(before: float, after: float) -> int:
    """Return -1, 0 or 1: whether the value falls, stays or rises; rounding counts as staying."""
    if math.isclose(before, after, rel_tol=1e-9, abs_tol=1e-15):
        return 0
    return 1 if after > before else -1
