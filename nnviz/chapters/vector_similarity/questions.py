"""Questions about the dot product of the arrows on the screen."""

from nnviz.chapters.vector_similarity.vectors import Comparison, compare
from nnviz.text.digits import digits, told_apart
from nnviz.text.question import Question, by_sign


def similarity_questions(first: Comparison, second: Comparison) -> tuple[Question, ...]:
    """Return the questions about two comparisons: doubling, one coordinate, a quarter turn.

    What has no one right answer is not asked: twice 0 is 0, and without a length no angle is there.
    """
    about = ":".join(
        ",".join(repr(float(v)) for v in arrow)
        for arrow in (first.input_vector, first.weights, second.weights)
    )
    return (
        *_doubled_dot(first, about),
        *_doubled_cosine(first, about),
        *_lower_coordinate(second, about),
        _turned(first, about),
    )


def _doubled_dot(first: Comparison, about: str) -> tuple[Question, ...]:
    if not first.score:
        return ()
    after = compare(first.input_vector, 2 * first.weights)
    options = ("it doubles", "it stays the same", "it grows fourfold")
    before, now = told_apart(first.score, after.score, at_least=5)
    return (
        Question(
            "Make weights_1 twice as long. What happens to its dot product with the input?",
            options,
            options[0],
            f"Every product is twice as large, so the sum goes from {before} to {now}.",
            f"doubled dot {about}",
        ),
    )


def _doubled_cosine(first: Comparison, about: str) -> tuple[Question, ...]:
    options = ("it rises", "it stays the same", "it falls")
    if first.cosine is None:
        return ()
    # Twice a float is exact, and so is the direction.
    cosine = digits(first.cosine if first.side else 0.0)
    return (
        Question(
            "Make weights_1 twice as long. What happens to the cosine of the angle between it and "
            "the input?",
            options,
            options[1],
            f"The arrow still points the same way: {cosine} before, {cosine} after. "
            "The cosine does not see length.",
            f"doubled cosine {about}",
        ),
    )


def _lower_coordinate(second: Comparison, about: str) -> tuple[Question, ...]:
    options = ("it rises", "it stays the same", "it falls")
    after = compare(second.input_vector - (0, 1), second.weights)
    weight = float(second.weights[1])
    if (after.score == second.score) != (weight == 0):
        return ()  # the change is too small for the digits of a float
    before, now = told_apart(second.score, after.score, at_least=5)
    return (
        Question(
            "Pull the tip of the input straight down by 1. "
            "What happens to its dot product with weights_2?",
            options,
            by_sign(-weight, options),
            "Only the second product changes, by −1 times the second weight, "
            f"{digits(weight)}: from {before} to {now}.",
            f"lower coordinate {about}",
        ),
    )


def _turned(first: Comparison, about: str) -> Question:
    options = ("above 0", "exactly 0", "below 0")
    x, y = first.weights.tolist()
    score = compare(first.input_vector, (-y, x)).score
    return Question(
        "Turn weights_1 a quarter turn to the left. Will its dot product with the input be",
        options,
        by_sign(score, options),
        f"It becomes ({digits(-y)}, {digits(x)}) and scores {digits(score, 5)}: the sign tells "
        "whether the arrows lie less or more than 90° apart.",
        f"turned {about}",
    )
