"""Questions about a filter: its next place, its map, and a drawing that is moved."""

import numpy as np

from nnviz.chapters.pictures_to_numbers.convolution.slide import Slide, slide
from nnviz.chapters.pictures_to_numbers.convolution.words import describe_place, says
from nnviz.chapters.pictures_to_numbers.drawing import N_PIXELS, place, shifted
from nnviz.chapters.pictures_to_numbers.questions import which_place
from nnviz.chapters.pictures_to_numbers.reading import Reading, read_drawing
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits
from nnviz.text.question import Question, by_sign

_SAME = 1e-9


def filter_questions(found: Slide, at: int, reading: Reading) -> tuple[Question, ...]:
    """Return the questions about a slide: the next sum, the largest place, a shift to the right.

    There are none about an empty drawing or a filter of zeros: everything would be 0.
    """
    if not any(found.drawing) or not found.weights.any():
        return ()
    about = f"{found.drawing} {found.weights.tolist()} {at}"
    made = [_shifted(found, reading, about), _sign(found, at, about), _largest(found, about)]
    return tuple(question for question in made if question is not None)


def asks_of_map(question: Question | None) -> bool:
    """Return whether a question asks what stands in the map, so that it must not be seen."""
    return question is not None and not question.about.startswith("shift")


def _shifted(found: Slide, reading: Reading, about: str) -> Question:
    """Ask which of both readers answers more differently when the drawing is moved."""
    moved = shifted(found.drawing, 0, 1)
    after, other = slide(found.network, moved), read_drawing(_parameters(reading), moved)
    changes = abs(after.prediction - found.prediction), abs(other.prediction - reading.prediction)
    names = ("the 64 weights", "both alike", "filter and neuron")
    gap = changes[1] - changes[0]
    return Question(
        "The drawing moves one column to the right. Whose answer changes more?",
        names,
        by_sign(0.0 if abs(gap) < _SAME else gap, names),
        f"Filter and neuron: {says(found.digit, found.prediction)}, then "
        f"{says(after.digit, after.prediction)}. The 64 weights: "
        f"{says(reading.digit, reading.prediction)}, then {says(other.digit, other.prediction)}.",
        f"shift {about}",
    )


def _parameters(reading: Reading) -> FloatArray:
    return np.append(reading.weights, reading.bias)


def _sign(found: Slide, at: int, about: str) -> Question | None:
    """Ask what the map gets at the next place where the window reads any ink."""
    after = [k % N_PIXELS for k in range(at + 1, at + N_PIXELS) if found.inks[k % N_PIXELS].any()]
    if not after:
        return None
    then, total = after[0], float(found.sums[after[0]])
    names = ("more than 0", "0", "less than 0")
    return Question(
        f"The window goes on to {place(then)}, where it reads "
        f"{', '.join(digits(ink) for ink in found.inks[then].tolist())} (row by row). What does "
        "the map get there?",
        names,
        names[0] if total > 0 else names[1],
        f"{describe_place(found, then)} A map has nothing below 0: relu makes 0 of it.",
        f"sign {about} {then}",
    )


def _largest(found: Slide, about: str) -> Question | None:
    """Ask where the map is largest."""
    order = np.argsort(-found.map, kind="stable").tolist()
    best, others = order[0], [order[len(order) // 3], order[-1]]
    if found.map[best] in found.map[others]:
        return None
    told = {k: digits(float(found.map[k]), 3) for k in (best, *others)}
    return which_place("Where of these is the map largest?", best, told, f"largest {about}")
