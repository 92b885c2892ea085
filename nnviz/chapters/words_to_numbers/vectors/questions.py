"""Questions about words placed by hand, directions, neighbours, and what texts have left."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from nnviz.chapters.words_to_numbers.vectors.directions import Direction
from nnviz.chapters.words_to_numbers.vectors.neighbours import Neighbours
from nnviz.chapters.words_to_numbers.vectors.placing import distance, placed
from nnviz.chapters.words_to_numbers.vectors.words import good_and_bad
from nnviz.chapters.words_to_numbers.words import signed
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits
from nnviz.text.question import Question

_FEWEST: Final = 3
_APART: Final = 0.01  # distances that differ by less are not asked about


def placing_questions(numbers: Sequence[float]) -> tuple[Question, ...]:
    """Return the question which word is nearest to another, of at least three placed ones."""
    where = placed(numbers)
    if len(where) < _FEWEST:
        return ()
    for word in reversed(where):
        far = sorted((distance(where[word], where[other]), other) for other in where)[1:]
        if far[1][0] - far[0][0] < _APART:
            continue
        options = tuple(sorted(other for _, other in far[:3]))
        told = ", ".join(f"{other} {digits(each, 3)}" for each, other in far[:3])
        return (
            Question(
                f"Which word is nearest to {word}?",
                options,
                far[0][1],
                f"Distances: {told}.",
                f"placing {word} {numbers}",
            ),
        )
    return ()


def directions_questions(words: Sequence[str], axis: Direction) -> tuple[Question, ...]:
    """Return the question which of two words stands further along the axis from left to right."""
    at = axis.of(words) if words else np.zeros(0)
    if len(words) < 2 or at.max() - at.min() < _APART:
        return ()
    most, least = words[int(np.argmax(at))], words[int(np.argmin(at))]
    return (
        Question(
            f"Which stands further to {axis.high}, {' or '.join(sorted((most, least)))}?",
            tuple(sorted((most, least))),
            most,
            f"{most} has {signed(float(at.max()))} on this axis, {least} "
            f"{signed(float(at.min()))}: the cosine to {axis.high} minus that to {axis.low}.",
            f"directions {axis} {most} {least}",
        ),
    )


def neighbours_questions(found: Neighbours) -> tuple[Question, ...]:
    """Return the questions which word is nearest, and whether opposites are near."""
    offered = [found.nearest[i] for i in (0, len(found.nearest) // 2, len(found.nearest) - 1)]
    nearest = Question(
        f"Which of these is nearest to {found.asked.text}?",
        tuple(sorted(word for word, _ in offered)),
        offered[0][0],
        f"Cosines: {', '.join(f'{word} {digits(value, 3)}' for word, value in offered)}.",
        f"nearest {found.asked.text} {found.left_out}",
    )
    names = ("below 0: they are opposites", "about 0", "high: they are near each other")
    return (
        nearest,
        Question(
            "Good and bad are opposites. What is the cosine of their vectors?",
            names,
            names[2],
            f"{good_and_bad().capitalize()}. A good film, a bad film: opposites stand in the same "
            "sentences, and nearness says no more than that.",
            "opposites",
        ),
    )


def taken_over_questions(at: FloatArray) -> tuple[Question, ...]:
    """Return the question whether occupations stand alike to he and she."""
    if len(at) < 2:
        return ()
    names = ("yes, all at 0", "no, at different places")
    alike = bool(at.max() - at.min() < _APART)
    return (
        Question(
            "The program was told nothing of who does which work. Are all these words as near to "
            "he as to she?",
            names,
            names[0] if alike else names[1],
            f"They reach from {signed(float(at.min()))} to {signed(float(at.max()))}. The texts "
            "that it read were written by people.",
            f"taken over {len(at)} {float(at.max())!r}",
        ),
    )
