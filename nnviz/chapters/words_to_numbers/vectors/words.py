"""Words placed by hand, directions, neighbours, and what texts have left in them, in sentences."""

from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from nnviz.chapters.words_to_numbers.vectors.directions import Direction
from nnviz.chapters.words_to_numbers.vectors.neighbours import Neighbours, neighbours, word_sum
from nnviz.chapters.words_to_numbers.vectors.placing import ANIMALS, closest, placed
from nnviz.chapters.words_to_numbers.words import signed
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

TAKEN_OVER: Final = (
    "Nobody told the program who does which work. It counted which words stand together in "
    "newspapers and an encyclopedia, and there people wrote more of she beside nurse than beside "
    "engineer. This says what was written, not what is so, nor what should be. Who can do a job "
    "is not to be read from it: a program that sorted applications with these vectors would "
    "prefer people unfairly, and nobody would have told it to."
)
"""What is said of occupations, plainly."""


def describe_placing(numbers: Sequence[float]) -> str:
    """Say which words are placed, and which are closest to each other."""
    where = placed(numbers)
    if not where:
        return "Six words wait below the picture. Each is a word still, and no number."
    word, (x, y) = list(where.items())[-1]
    n = len(where)
    text = (
        f"{n} of {len(ANIMALS)} words {'is' if n == 1 else 'are'} two numbers now: {word} is "
        f"({digits(x)}, {digits(y)})."
    )
    pair = closest(where)
    if pair is None:
        return text
    first, second, far = pair
    return (
        f"{text} Closest are {first} and {second}, {digits(far, 3)} apart: the most alike, to you."
    )


def describe_directions(words: Sequence[str], across: Direction, up: Direction) -> str:
    """Say where words stand on two axes: the extremes of both."""
    if not words:
        return "There is no word to place yet."
    both = ((across, across.of(words)), (up, up.of(words)))
    if len(words) == 1:
        x, y = (f"{signed(float(at[0]))} ({axis.low} to {axis.high})" for axis, at in both)
        return f"One word cannot be further than others: {words[0]} is {x}, {y}."
    text = [
        f"Furthest to {axis.high}: {words[int(np.argmax(at))]} ({signed(float(at.max()))}). "
        f"Furthest to {axis.low}: {words[int(np.argmin(at))]} ({signed(float(at.min()))})."
        for axis, at in both
    ]
    return " ".join(text)


def describe_neighbours(found: Neighbours) -> str:
    """Say which word is nearest, and what that shows of the limits of vectors."""
    (first, cosine), *others = found.nearest
    asked, text = found.asked, found.asked.text
    start = f"Nearest to {text}: {first}, cosine {digits(cosine, 3)}"
    start += f", then {others[0][0]} ({digits(others[0][1], 3)})."
    if found.compared is not None:
        word, value, place = found.compared
        at = f"number {place:,} of {found.n_candidates:,}" if place else "and left out as put in"
        start += f" {word.capitalize()}: {digits(value, 3)}, {at}."
    if len(asked.terms) > 1 and first in asked.words:
        return f"{start} The nearest is a word that was put in: the sum has hardly moved."
    if len(asked.terms) > 1 and found.left_out:
        return f"{start} The words put in are left out, or one of them might be the nearest."
    return f"{start} Near are words that stand in similar sentences, opposites too."


@cache
def good_and_bad() -> str:
    """Return how near two opposites are, in a clause: their cosine, and how many are nearer."""
    found = neighbours(word_sum("good"), left_out=True, against="bad")
    value, place = found.compared[1:] if found.compared else (0.0, None)
    return (
        f"good and bad have the cosine {digits(value, 3)}, and bad is number {place} of "
        f"{found.n_candidates:,} words around good"
    )


def describe_taken_over(words: Sequence[str], at: FloatArray) -> str:
    """Say which occupations stand furthest to she and to he."""
    if not len(words):
        return "There is no occupation to show yet."
    order = np.argsort(-at, kind="stable")
    first, last = (words[int(order[i])] for i in (0, -1))
    told = (
        f"In the texts {first} stood nearest to she ({signed(float(at.max()))}) and {last} nearest "
        f"to he ({signed(float(at.min()))})."
        if len(words) > 1
        else f"The one word here, {first}, is at {signed(float(at[0]))}: name others to compare."
    )
    return (
        f"{told} That is what people wrote, of occupations a prejudice, and no fact about anybody."
    )
