"""Questions about the dot product of the arrows on the screen."""

import math

from nnviz.chapters.vector_similarity.vectors import Comparison, compare
from nnviz.text.digits import digits, without_dust
from nnviz.text.question import Question, by_sign


def similarity_questions(first: Comparison, second: Comparison) -> tuple[Question, ...]:
    """Return the questions about two comparisons: doubling, one coordinate, a quarter turn."""
    about = ":".join(
        ",".join(repr(float(v)) for v in arrow)
        for arrow in (first.input_vector, first.weights, second.weights)
    )
    return (
        _doubled_dot(first, about),
        _doubled_cosine(first, about),
        _lower_coordinate(second, about),
        _turned(first, about),
    )


def _doubled_dot(first: Comparison, about: str) -> Question:
    after = compare(first.input_vector, 2 * first.weights)
    options = ("it doubles", "it stays the same", "it grows fourfold")
    return Question(
        "Make weights_1 twice as long. What happens to its dot product with the input?",
        options,
        options[after.dot == first.dot],
        f"Every product is twice as large, so the sum goes from {_score(first)} "
        f"to {_score(after)}.",
        f"doubled dot {about}",
    )


def _doubled_cosine(first: Comparison, about: str) -> Question:
    options = ("it rises", "it stays the same", "it falls")
    after = compare(first.input_vector, 2 * first.weights)
    if first.cosine is None or after.cosine is None:
        reason = "An arrow of length 0 has no direction, so there is no angle before or after."
    else:
        before, now = (digits(without_dust(cosine, 1)) for cosine in (first.cosine, after.cosine))
        reason = (
            f"The arrow still points the same way: {before} before, {now} after. "
            "The cosine does not see length."
        )
    return Question(
        "And what happens to the cosine of the angle between them?",
        options,
        options[1],
        reason,
        f"doubled cosine {about}",
    )


def _lower_coordinate(second: Comparison, about: str) -> Question:
    options = ("it rises", "it stays the same", "it falls")
    after = compare(second.input_vector - (0, 1), second.weights)
    return Question(
        "Pull the tip of the input straight down by 1. "
        "What happens to its dot product with weights_2?",
        options,
        by_sign(float(after.products[1] - second.products[1]), options),
        "Only the second product changes, by −1 times the second weight, "
        f"{digits(float(second.weights[1]))}: from {_score(second)} to {_score(after)}.",
        f"lower coordinate {about}",
    )


def _turned(first: Comparison, about: str) -> Question:
    options = ("above 0", "exactly 0", "below 0")
    x, y = first.weights.tolist()
    dot = compare(first.input_vector, (-y, x)).dot
    # A rounding error at a right angle is no score.
    score = 0.0 if math.isclose(dot, 0, abs_tol=1e-12) else dot
    return Question(
        "Turn weights_1 a quarter turn to the left. Will its dot product with the input be",
        options,
        by_sign(score, options),
        f"It becomes ({digits(-y)}, {digits(x)}) and scores {digits(score, 5)}: the sign tells "
        "whether the arrows lie less or more than 90° apart.",
        f"turned {about}",
    )


def _score(comparison: Comparison) -> str:
    size = comparison.input_length * comparison.weights_length
    return digits(without_dust(comparison.dot, size), 5)
