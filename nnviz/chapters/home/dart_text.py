"""Throws as they stand in a link: `210@12` by hand, `0.5` corrected, `0.5*10` ten times."""

from collections.abc import Sequence
from itertools import groupby

from nnviz.chapters.home.darts import MOST_THROWS, ByHand, Corrected, Throw
from nnviz.text.numbers import number, quoted, whole, written


def write_throws(throws: Sequence[Throw]) -> str:
    """Return the throws as text, equal ones in a row as one."""
    words = []
    for text, group in groupby(map(_written, throws)):
        n = len(list(group))
        words.append(text if n == 1 else f"{text}*{n}")
    return ",".join(words)


def read_throws(text: str) -> tuple[Throw, ...]:
    """Return the throws that a text stands for.

    Raises
    ------
    ValueError
        With the middle of a sentence that says what would be right.
    """
    throws: list[Throw] = []
    for word in text.split(",") if text else ():
        what, _, times = word.partition("*")
        try:
            n = whole(times) if times else 1
            throw = _read(what)
        except (TypeError, ValueError):
            raise ValueError(
                f"{quoted(word)} is not a throw such as 210@12, from 210 cm at 12 metres a second, "
                "or 0.5, corrected by half of the miss"
            ) from None
        if not 1 <= n <= MOST_THROWS or len(throws) + n > MOST_THROWS:
            raise ValueError(f"it may hold {MOST_THROWS} throws at the most")
        throws += [throw] * n
    if throws and isinstance(throws[0], Corrected):
        raise ValueError("the first throw must be by hand, such as 210@12")
    return tuple(throws)


def _written(throw: Throw) -> str:
    if isinstance(throw, ByHand):
        return f"{written(throw.height)}@{written(throw.speed)}"
    return written(throw.fraction)


def _read(text: str) -> Throw:
    height, at, speed = text.partition("@")
    return ByHand(number(height), number(speed)) if at else Corrected(number(height))
