"""Questions about the dot product of the arrows on the screen."""

from nnviz.chapters.vector_similarity.vectors import Comparison, compare, stretch
from nnviz.text.digits import digits, from_to, listed
from nnviz.text.names import CODE, Naming, called
from nnviz.text.question import Question, by_sign


def similarity_questions(
    first: Comparison, second: Comparison, naming: Naming = CODE
) -> tuple[Question, ...]:
    """Return the questions about two comparisons: doubling, one coordinate, a quarter turn.

    What has no one right answer is not asked: twice 0 is 0, and without a length no angle is there.
    """
    about = ":".join(
        ",".join(repr(float(v)) for v in arrow)
        for arrow in (first.input_vector, first.weights, second.weights)
    )
    arrow = called("candidate", naming, 0)
    return (
        *_doubled_dot(first, about, arrow),
        *_doubled_cosine(first, about, arrow),
        *_lower_coordinate(second, about, called("candidate", naming, 1)),
        _turned(first, about, arrow),
    )


def _doubled_dot(first: Comparison, about: str, arrow: str) -> tuple[Question, ...]:
    if not first.score:
        return ()
    factor, how = _stretched(first)
    after = compare(first.input_vector, factor * first.weights)
    options = (
        ("it doubles", "it stays the same", "it grows fourfold")
        if factor > 1
        else ("it halves", "it stays the same", "it falls to a quarter")
    )
    before, now = from_to(lambda score: factor * score, (first.score,), after.score, 5)
    return (
        Question(
            f"Make {arrow} {how} as long. What happens to its dot product with the input?",
            options,
            options[0],
            f"Every product is {how} as large, so the sum goes from {before} to {now}.",
            f"doubled dot {about}",
        ),
    )


def _doubled_cosine(first: Comparison, about: str, arrow: str) -> tuple[Question, ...]:
    options = ("it rises", "it stays the same", "it falls")
    if first.cosine is None:
        return ()
    _, how = _stretched(first)
    # Twice or half a float is exact, and so is the direction.
    cosine = digits(first.cosine if first.side else 0.0)
    return (
        Question(
            f"Make {arrow} {how} as long. What happens to the cosine of the angle between it and "
            "the input?",
            options,
            options[1],
            f"The arrow still points the same way: {cosine} before, {cosine} after. "
            "The cosine does not see length.",
            f"doubled cosine {about}",
        ),
    )


def _stretched(first: Comparison) -> tuple[float, str]:
    """Return what the button of the page would make of the first weights."""
    factor = stretch((float(first.weights[0]), float(first.weights[1])))
    return factor, "twice" if factor > 1 else "half"


def _lower_coordinate(second: Comparison, about: str, arrow: str) -> tuple[Question, ...]:
    options = ("it rises", "it stays the same", "it falls")
    after = compare(second.input_vector - (0, 1), second.weights)
    weight = float(second.weights[1])
    if (after.score == second.score) != (weight == 0):
        return ()  # the change is too small for the digits of a float
    values = second.score, weight
    before, now, by = from_to(lambda score, w: score - w, values, after.score, 5)
    return (
        Question(
            "Pull the tip of the input straight down by 1. "
            f"What happens to its dot product with {arrow}?",
            options,
            by_sign(-weight, options),
            "Only the second product changes, by −1 times the second weight, "
            f"{by}: from {before} to {now}.",
            f"lower coordinate {about}",
        ),
    )


def _turned(first: Comparison, about: str, arrow: str) -> Question:
    options = ("above 0", "exactly 0", "below 0")
    x, y = first.weights.tolist()
    score = compare(first.input_vector, (-y, x)).score
    return Question(
        f"Turn {arrow} a quarter turn to the left. Will its dot product with the input be",
        options,
        by_sign(score, options),
        f"It becomes ({listed((-y, x))}) and scores {digits(score, 5)}: the sign tells "
        "whether the arrows lie less or more than 90° apart.",
        f"turned {about}",
    )
