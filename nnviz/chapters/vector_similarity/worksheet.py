"""The worksheet of Vector similarity: products, lengths, and two candidates."""

from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.vectors import compare, length
from nnviz.nn.draws import Draws
from nnviz.text.digits import digits, listed
from nnviz.text.names import PLAIN
from nnviz.text.question import by_sign
from nnviz.text.worksheet import Exercise, Part, UnclearError, asked, clear, to_write
from nnviz.walkthrough.words.workings import factor


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
        f"The input is the arrow ({listed(x)}). Candidate 1 is ({listed(a)}), candidate 2 is "
        f"({listed(b)}).",
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
            *(asked(question) for question in similarity_questions(first, second, PLAIN)),
        ),
    )


def _worked(one: list[float], other: list[float]) -> str:
    return " + ".join(f"{factor(u)} × {factor(v)}" for u, v in zip(one, other, strict=True))
