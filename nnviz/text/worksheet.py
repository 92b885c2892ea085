"""A worksheet as data: exercises that hold all numbers they need, and their key.

Each chapter draws its own (``nnviz/chapters/<chapter>/worksheet.py``) from a number, with
`nnviz.nn.draws`; `nnviz.site.worksheet` shows and prints it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType
from typing import Final, TypeVar

from nnviz.text.digits import digits
from nnviz.text.question import Question

LARGEST_NUMBER: Final = 9999
"""Worksheets are numbered from 1 to this."""

_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_CODE_LENGTH: Final = 5
_NUMBER: Final = re.compile(r"[−-]?\d[\d,]*(?:\.\d+)?")
_SIGNIFICANT: Final = 15

_ROUND: Final = MappingProxyType(
    {0: "Round to a whole number.", 1: "Round to 1 decimal."}
    | {n: f"Round to {n} decimals." for n in range(2, 5)}
)

_Made = TypeVar("_Made")


class UnclearError(ValueError):
    """The numbers that were drawn make no clear exercise: others are to be drawn."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: a choice between options or, without options, something to write.

    Attributes
    ----------
    prompt : str
        What is asked, with every number that it needs besides those that are given to its part.
    answer : str
        One of the options, or what is to be written.
    reason : str
        Why, in numbers.
    options : tuple of str
    """

    prompt: str
    answer: str
    reason: str
    options: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.options:
            Question(self.prompt, self.options, self.answer, self.reason, "")
        elif self.answer in _NUMBER.findall(self.prompt):
            raise UnclearError("the answer stands in the exercise itself.")


@dataclass(frozen=True)
class Part:
    """Some exercises about the same thing.

    Attributes
    ----------
    given : str
        What they are about, with its numbers.
    exercises : tuple of Exercise
    table : tuple of tuples of str
        What is given as a table, its head first; empty for none.
    """

    given: str
    exercises: tuple[Exercise, ...]
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Worksheet:
    """A worksheet of a page."""

    page: str
    number: int
    parts: tuple[Part, ...]

    def __iter__(self) -> Iterator[Exercise]:
        return (exercise for part in self.parts for exercise in part.exercises)

    @property
    def code(self) -> str:
        """Letters by which a sheet and its key are matched: they change with anything on it."""
        digest = int.from_bytes(
            sha256(repr((self.page, self.number, self.parts)).encode()).digest()
        )
        return "".join(_LETTERS[(digest >> (5 * i)) % 32] for i in range(_CODE_LENGTH))


def to_write(prompt: str, value: float, reason: str, *, decimals: int = 2) -> Exercise:
    """Return an exercise whose answer is a number to write, rounded to at most so many decimals.

    Where there is something to round the exercise says so. Raises `UnclearError` where it matters
    how somebody rounds on the way, because the value lies between two roundings.
    """
    scaled = value * 10**decimals
    if abs(scaled - round(scaled)) > 1e-9:
        if abs(scaled % 1 - 0.5) < 1e-6:
            raise UnclearError(f"{value!r} lies between two roundings.")
        prompt = f"{prompt} ({_ROUND[decimals]})"
        answer = f"{value:.{decimals}f}".replace("-", "−")
    else:
        answer = digits(round(scaled) / 10**decimals, _SIGNIFICANT)
    return Exercise(prompt, answer, reason)


def asked(question: Question, options: tuple[str, ...] = ()) -> Exercise:
    """Return a question of a page as an exercise, with its options in another order if given."""
    # Some are the beginning of a sentence that their options end.
    goes_on = "" if question.prompt[-1] in "?." else "\u00a0…"
    return Exercise(
        f"{question.prompt}{goes_on}",
        question.answer,
        question.reason,
        options or question.options,
    )


def clear(make: Callable[[], _Made]) -> _Made:
    """Return what ``make`` makes, as soon as it is clear; it draws other numbers each time."""
    for _ in range(1000):
        try:
            return make()
        except UnclearError:
            continue
    raise RuntimeError("no clear exercise was found in a thousand tries.")
