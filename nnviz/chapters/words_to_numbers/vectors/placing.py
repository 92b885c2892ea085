"""Words placed by hand: two numbers for each, and how far they are from each other."""

import math
from collections.abc import Sequence
from typing import Final

from nnviz.text.digits import digits

ANIMALS: Final = ("mouse", "snake", "rabbit", "cow", "lion", "elephant")
"""The words to place, by size and by danger."""

LEFT: Final = ("snake", "cow", "lion")
"""Those that the lesson leaves to be placed."""

END: Final = 10.0
"""The end of both axes; both begin at 0."""

PARKED_AT: Final = (-0.85, -2.0)
"""Second number of a word that is not placed yet: it waits below the axes, in one of two rows."""

PARKED: Final = tuple(
    number for i in range(len(ANIMALS)) for number in (round(0.8 + 1.68 * i, 2), PARKED_AT[i % 2])
)
"""Where the words wait, as the numbers of each after those of the one before."""

Point = tuple[float, float]


def points(numbers: Sequence[float]) -> dict[str, Point]:
    """Return where each word is, of the numbers that a link holds."""
    return {word: (numbers[2 * i], numbers[2 * i + 1]) for i, word in enumerate(ANIMALS)}


def placed(numbers: Sequence[float]) -> dict[str, Point]:
    """Return where the words are that have been placed."""
    return {word: point for word, point in points(numbers).items() if point[1] >= 0}


def said(word: str, at: Point) -> str:
    """Return a word with the two numbers that it is, once it is placed."""
    return word if at[1] < 0 else f"{word} ({digits(at[0])}, {digits(at[1])})"


def distance(first: Point, second: Point) -> float:
    """Return the length of the straight line between two points."""
    return math.hypot(first[0] - second[0], first[1] - second[1])


def nearest(word: str, where: dict[str, Point]) -> tuple[str, float] | None:
    """Return the word that is nearest to another, and how far it is; None if there is no other.

    Of several at the same distance it is the first.
    """
    others = [(distance(where[word], at), other) for other, at in where.items() if other != word]
    if not others:
        return None
    far, found = min(others, key=lambda each: each[0])
    return found, far


def closest(where: dict[str, Point]) -> tuple[str, str, float] | None:
    """Return the two words that are closest to each other, and how far they are apart."""
    found = [(each, *near) for each in where if (near := nearest(each, where)) is not None]
    return min(found, key=lambda each: each[2]) if found else None
