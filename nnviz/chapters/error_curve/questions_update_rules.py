"""Questions about what an update rule does to the error of a row."""

import math
from collections.abc import Sequence
from typing import Final

from nnviz.text.digits import digits
from nnviz.text.question import Question
from nnviz.training.update_rules import RuleResult

_WAYS: Final = ("falls", "stays", "rises")


def update_rule_questions(rows: Sequence[Sequence[RuleResult]]) -> tuple[Question, ...]:
    """Return what can be asked of the three rules before their results are seen.

    Parameters
    ----------
    rows : sequence of (tutorial, gradient, gradient times rate) results
        Of the row and of its negative.
    """
    (tutorial, gradient, scaled), (mirrored, *_) = rows
    about = repr((tutorial.bias_update, scaled.update.tolist()))
    return (
        _negative(mirrored, about),
        _other_row(tutorial, about),
        _longer(tutorial, gradient, about),
        _rate(gradient, scaled, about),
    )


def _negative(result: RuleResult, about: str) -> Question:
    row = ", ".join(digits(float(value)) for value in result.input_vector)
    change = digits(float(result.update[0]))
    return Question(
        f"The tutorial’s rule adds {change} to both weights. "
        f"What happens to the error of the row ({row})?",
        _WAYS,
        _way(result.error_before, result.error_after),
        f"Both inputs are negative, so smaller weights make z larger: from "
        f"{digits(result.z_before)} to {digits(result.z_after)}. The error goes from "
        f"{digits(result.error_before)} to {digits(result.error_after)}.",
        f"negative {about}",
    )


def _other_row(result: RuleResult, about: str) -> Question:
    return Question(
        "The tutorial’s rule learns the row (2, 1.5). "
        "What happens to the error of the other row, (1.66, 1.56), whose target is 1?",
        _WAYS,
        _way(result.other_error_before, result.other_error_after),
        "The two rows lie close together, so they share the prediction, but not the target: the "
        f"error of the other row goes from {digits(result.other_error_before)} to "
        f"{digits(result.other_error_after)}.",
        f"other row {about}",
    )


def _longer(tutorial: RuleResult, gradient: RuleResult, about: str) -> Question:
    lengths = [math.hypot(*map(float, r.update)) for r in (tutorial, gradient)]
    options = ("the tutorial’s rule", "both the same", "the gradient")
    answer = 1 if math.isclose(*lengths) else 0 if lengths[0] > lengths[1] else 2
    return Question(
        "Which moves the weights farther on the row (2, 1.5)?",
        options,
        options[answer],
        f"The tutorial’s rule moves them by {digits(lengths[0])}, the gradient by "
        f"{digits(lengths[1])}: the gradient is multiplied by the slope of the sigmoid, "
        "which is at most 0.25.",
        f"longer {about}",
    )


def _rate(gradient: RuleResult, scaled: RuleResult, about: str) -> Question:
    options = ("below", "the same", "above")
    if math.isclose(gradient.error_after, scaled.error_after, rel_tol=1e-9):
        answer = 1
    else:
        answer = 0 if scaled.error_after < gradient.error_after else 2
    return Question(
        f"The gradient alone takes the error to {digits(gradient.error_after)}. "
        "Where does the gradient times the chosen rate take it?",
        options,
        options[answer],
        f"It takes the error to {digits(scaled.error_after)}: it moves weight 1 by "
        f"{digits(float(scaled.update[0]))} instead of {digits(float(gradient.update[0]))}.",
        f"rate {about}",
    )


def _way(before: float, after: float) -> str:
    if math.isclose(before, after, rel_tol=1e-9):
        return _WAYS[1]
    return _WAYS[0] if after < before else _WAYS[2]
