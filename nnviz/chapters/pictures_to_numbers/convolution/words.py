"""A filter and what it reads, in sentences."""

import numpy as np

from nnviz.chapters.pictures_to_numbers.convolution.network import N_WEIGHTS
from nnviz.chapters.pictures_to_numbers.convolution.shifts import (
    READERS,
    REPEATS,
    SHIFTS,
    ShiftResults,
)
from nnviz.chapters.pictures_to_numbers.convolution.slide import Slide
from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, N_PIXELS, place
from nnviz.chapters.pictures_to_numbers.reading import Reading
from nnviz.chapters.pictures_to_numbers.words import sure
from nnviz.text.digits import adding_up, digits, multiplied, percent, without_dust

HIDDEN = "The answers wait for yours."
BEGIN = "Nine weights, and the window has not begun to slide."


def says(digit: int | None, prediction: float) -> str:
    """Say what an answer is: "8 (squeezed 0.93)"."""
    return f"{'neither' if digit is None else digit} (squeezed {sure(prediction)})"


def describe_place(slide: Slide, at: int) -> str:
    """Say what the window adds up to at a place, and what the map gets of it."""
    total, kept = added_up(slide, at)
    with_bias = f", with the bias {cell_texts(slide, at)[1]}," if slide.offset else ""
    start = f"Window at {place(at)}: the nine products{with_bias} add up to {written(total)}. "
    if total < 0:
        return f"{start}Below 0 it becomes 0 on the map."
    return f"{start}The map gets {written(kept)}."


def describe_answers(slide: Slide, reading: Reading) -> str:
    """Say what the filter and the 64 weights make of the drawing."""
    if not any(slide.drawing):
        return "Nothing is drawn, so neither the filter nor the 64 weights have an answer."
    both = (
        f"Filter and neuron say {says(slide.digit, slide.prediction)}, the 64 weights "
        f"{says(reading.digit, reading.prediction)}."
    )
    if not slide.weights.any():
        return f"A filter of zeros finds nothing: it answers the same to every drawing. {both}"
    if min(slide.drawing) == MOST_INK:
        return f"Every square is full, so the map is the same everywhere but at the edge. {both}"
    return both


def short(slide: Slide, reading: Reading) -> str:
    """Return both answers in a few words."""
    if not any(slide.drawing):
        return "Nothing is drawn."
    told = ("neither" if each.digit is None else str(each.digit) for each in (slide, reading))
    return "The filter says {}, the 64 weights say {}.".format(*told)


def describe_slide(slide: Slide, step: int, reading: Reading, *, secret: bool = False) -> str:
    """Say what is seen where the window has been at so many places, and both answers.

    The answers are not said while they are asked for.
    """
    seen = describe_place(slide, step - 1) if step else BEGIN
    return f"{seen} {HIDDEN if secret else describe_answers(slide, reading)}"


def added_up(slide: Slide, at: int) -> tuple[float, float]:
    """Return what the window adds up to at a place and what the map gets, without rounding dust."""
    size = float(np.abs(slide.products[at]).max())
    total, kept = (without_dust(float(each[at]), size) for each in (slide.sums, slide.map))
    return total, kept


def written(total: float) -> str:
    """Return a sum as it stands in picture and sentence."""
    return digits(total, significant_of(total))


def significant_of(total: float) -> int:
    """Return with how many digits a sum is written: three, and never less than it has whole ones.

    What hand-written weights add up to would else not be what their products do.
    """
    return max(3, len(str(round(abs(total)))))


def cell_texts(slide: Slide, at: int, at_least: int = 3) -> tuple[list[tuple[str, str, str]], str]:
    """Return of each cell under the window ink, weight and product, and the bias.

    What is printed gives what `added_up` does, with so many digits.
    """
    terms = [*slide.products[at].tolist(), slide.offset]
    total = float(slide.sums[at])
    significant = adding_up(terms, max(at_least, significant_of(total)))
    cells = zip(slide.inks[at].tolist(), slide.weights.tolist(), strict=True)
    nine = [(digits(ink), *multiplied(ink, weight, significant)) for ink, weight in cells]
    return nine, digits(slide.offset, significant)


def describe_shifts(results: ShiftResults) -> str:
    """Say what is left of each reader's answers after a shift by one column."""
    if not results.complete:
        return results.progress
    straight, moved = SHIFTS.index(0), SHIFTS.index(1)
    told = []
    for reader, name in (("weights", "64 weights"), ("one", "one filter"), ("two", "two filters")):
        median = results.of_reader(reader).median
        before, after = percent(median[straight], median[moved], decimals=1)
        told.append(f"{name} {before} and {after}")
    return (
        "Held-out pictures answered right, where they are and one column further right (medians "
        f"of {REPEATS} trainings): {'; '.join(told)}."
    )


def counted_numbers() -> str:
    """Say how many numbers each reader learns."""
    ones = [(N_WEIGHTS + 2) * n + 1 for n in READERS.values() if n]
    return (
        f"The neuron of 64 weights learns {N_PIXELS + 1} numbers. One filter learns "
        f"{N_WEIGHTS} weights and a bias, and its neuron 2 numbers: {ones[0]}. Two filters: "
        f"{ones[1]}."
    )
