"""Ask about the next step down an error curve, and about what an update rule does to the error."""

import math
from collections.abc import Sequence

from nnviz.chapters.error_curve.walk import walk
from nnviz.chapters.error_curve.words import rate_text, row_text, variable
from nnviz.chapters.error_curve.working import told_step
from nnviz.nn.curves import Curve
from nnviz.text.digits import digits, told_apart
from nnviz.text.question import Question, by_sign
from nnviz.training.update_rules import RuleResult


def descent_questions(curve: Curve, x: float, rate: float) -> tuple[Question, ...]:
    """Return the questions about the next step: the error, the place, and the step after it."""
    ahead = walk(curve, x, [rate, rate])
    if len(ahead.steps) == 0:
        return ()
    about = f"{curve.name}:{x!r}:{rate!r}"
    told = rate_text(rate)
    start, end = float(ahead.x[0]), float(ahead.x[1])
    slope, slope_after = float(ahead.slope[0]), float(ahead.slope[1])
    error, error_after = float(ahead.error[0]), float(ahead.error[1])
    step = told_step(ahead).format(variable(curve))
    old, new = told_apart(error, error_after)
    questions = [
        _compare(
            f"Take one step at rate {told}. Will the error be lower, the same or higher?",
            ("lower", "the same", "higher"),
            (error, error_after),
            f"{step} The error goes from {old} to {new}.",
            f"error {about}",
        )
    ]
    if curve.name == "quadratic":
        sides = ("above 0", "exactly 0", "below 0")
        prompt = f"On which side of 0 will x be after one step at rate {told}?"
        questions.append(Question(prompt, sides, by_sign(end, sides), step, f"place {about}"))
    else:
        questions.append(
            _compare(
                f"What will one step do to {variable(curve)}?",
                ("it falls", "it stays", "it rises"),
                (start, end),
                f"{step} A step goes against the slope.",
                f"place {about}",
            )
        )
    if len(ahead.steps) == 2:
        first, second = (abs(float(step)) for step in ahead.steps)
        one, other = told_apart(first, second)
        questions.append(
            _compare(
                f"Take two steps at rate {told}. Compared with the first, will the second step be "
                "shorter, just as long or longer?",
                ("shorter", "just as long", "longer"),
                (first, second),
                f"The first step is {one} long, the second {other}: a step is "
                f"rate times slope, and the slope goes from {digits(slope)} to "
                f"{digits(slope_after)}.",
                f"next but one {about}",
            )
        )
    return tuple(questions)


def update_rule_questions(rows: Sequence[Sequence[RuleResult]]) -> tuple[Question, ...]:
    """Return the questions about the three update rules, asked before their results are seen.

    ``rows`` holds the results (tutorial, gradient, gradient times rate) of the row and of its
    negative.
    """
    (tutorial, gradient, scaled), (mirrored, *_) = rows
    about = repr((tutorial.bias_update, scaled.update.tolist()))
    falls = ("falls", "stays", "rises")
    lengths = [math.hypot(*map(float, result.update)) for result in (tutorial, gradient)]
    alone, with_rate = told_apart(gradient.error_after, scaled.error_after)
    moves = told_apart(float(gradient.update[0]), float(scaled.update[0]))
    return (
        _compare(
            f"The tutorial’s rule adds {digits(float(mirrored.update[0]))} to both weights. "
            f"What happens to the error of the row {row_text(mirrored.input_vector)}?",
            falls,
            (mirrored.error_before, mirrored.error_after),
            "Both inputs are negative, so smaller weights make z larger: from "
            f"{digits(mirrored.z_before)} to {digits(mirrored.z_after)}. The error goes from "
            f"{digits(mirrored.error_before)} to {digits(mirrored.error_after)}.",
            f"negative {about}",
        ),
        _compare(
            "The tutorial’s rule learns the row (2, 1.5). "
            "What happens to the error of the other row, (1.66, 1.56), whose target is 1?",
            falls,
            (tutorial.other_error_before, tutorial.other_error_after),
            "The two rows lie close together, so they share the prediction, but not the target: "
            f"the error of the other row goes from {digits(tutorial.other_error_before)} to "
            f"{digits(tutorial.other_error_after)}.",
            f"other row {about}",
        ),
        _compare(
            "Which moves the weights farther on the row (2, 1.5)?",
            ("the tutorial’s rule", "both the same", "the gradient"),
            (lengths[0], lengths[1]),
            f"The tutorial’s rule moves them by {digits(lengths[0])}, the gradient by "
            f"{digits(lengths[1])}: the gradient is multiplied by the slope of the sigmoid, "
            "which is at most 0.25.",
            f"longer {about}",
        ),
        _compare(
            f"The gradient alone takes the error to {alone}. "
            "Where does the gradient times the chosen rate take it?",
            ("below", "the same", "above"),
            (gradient.error_after, scaled.error_after),
            f"It takes the error to {with_rate}: it moves weight 1 by {moves[1]} instead of "
            f"{moves[0]}.",
            f"rate {about}",
        ),
    )


def _compare(
    prompt: str,
    options: tuple[str, str, str],
    values: tuple[float, float],
    reason: str,
    about: str,
) -> Question:
    """Ask whether the second value is below, equal to or above the first, as the page compares."""
    before, after = values
    answer = options[0 if after < before else 1 if after == before else 2]
    return Question(prompt, options, answer, reason, about)
