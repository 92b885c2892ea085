"""The worksheet of Vector similarity: products, lengths, and two candidates."""

from types import MappingProxyType
from typing import Final

from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.vectors import compare, length
from nnviz.nn.draws import Draws
from nnviz.text.digits import digits, listed
from nnviz.text.names import PLAIN
from nnviz.text.question import by_sign
from nnviz.text.worksheet import Exercise, Part, UnclearError, asked, clear, to_write
from nnviz.walkthrough.words.workings import factor

ON_PAPER: Final = MappingProxyType(
    {
        "below_zero": (
            "Draw two other inputs: one whose dot product with candidate 1 is below 0, and "
            "one for which it is 0.",
            "Below 0: more than 90° away from candidate 1. 0: at a right angle to it.",
        ),
        "misled": (
            "Draw candidate 1 anew: it is to win by dot product although candidate 2 "
            "points closer to the input.",
            "It points where it pointed, and is long enough.",
        ),
    }
)
"""What tasks of the lesson ask for on paper, each with what the key says of it."""


def worksheet(draws: Draws) -> tuple[Part, ...]:
    """Return the parts of a worksheet."""
    return (clear(lambda: _arrows(draws)),)


def _arrows(draws: Draws) -> Part:
    x, a, b = ([draws.on_grid(-3, 3, 0.5) for _ in range(2)] for _ in range(3))
    first, second = compare(x, a), compare(x, b)
    if 0 in (*x, *a, *b) or first.score == 0 or second.score == 0:
        raise UnclearError("an arrow along an axis, or at a right angle, leaves little to ask.")
    options = ("candidate 1", "both the same", "candidate 2")
    scores = [
        f"candidate {i}: {_worked(x, arrow)} = {digits(found.score)}"
        for i, (arrow, found) in enumerate(((a, first), (b, second)), 1)
    ]
    size = length(x)
    return Part(
        f"Now the input is another arrow, ({listed(x)}). Candidate 1 is ({listed(a)}), candidate 2 "
        f"is ({listed(b)}).",
        (
            to_write(
                "What is the dot product of the input and candidate 1?",
                first.score,
                f"{_worked(x, a)} = {digits(first.score)}.",
            ),
            Exercise(
                "Which candidate is more similar to the input, by the dot product?",
                by_sign(first.score - second.score, options),
                f"{scores[0]}; {scores[1]}.",
                options,
            ),
            to_write(
                "How long is the arrow of the input?",
                size,
                f"{_worked(x, x)} = {digits(float(x[0] ** 2 + x[1] ** 2))}. Its root is "
                f"{digits(size)}.",
            ),
            *(
                asked(question, draws.some_of(question.options, len(question.options)))
                for question in similarity_questions(first, second, PLAIN)
            ),
        ),
    )


def _worked(one: list[float], other: list[float]) -> str:
    return " + ".join(f"{factor(u)} × {factor(v)}" for u, v in zip(one, other, strict=True))
