"""Filters that a person draws: the well-known ones, and nine numbers as a text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nnviz.chapters.pictures_to_numbers.convolution.network import N_WEIGHTS
from nnviz.text.numbers import number, written

LARGEST: Final = 99.0
CYCLE: Final = (-1.0, 0.0, 1.0, 2.0)
"""What a click on a cell of a filter puts there, one after the other."""

Filter = tuple[float, ...]
"""Nine numbers, row by row."""


@dataclass(frozen=True)
class Known:
    """A well-known filter."""

    title: str  # what menus call it
    finds: str  # where its map is large, as the end of a sentence
    cells: Filter


KNOWN: Final = MappingProxyType(
    {
        "vertical": Known(
            "Vertical edge", "there is more ink at the right than at the left", (-1.0, 0.0, 1.0) * 3
        ),
        "horizontal": Known(
            "Horizontal edge",
            "there is more ink below than above",
            (-1.0,) * 3 + (0.0,) * 3 + (1.0,) * 3,
        ),
        "line": Known(
            "Horizontal line",
            "a stroke goes across, with paper above and below it",
            (-1.0,) * 3 + (2.0,) * 3 + (-1.0,) * 3,
        ),
        "corner": Known(
            "Corner",
            "ink begins below and at the right of paper",
            (-1.0, -1.0, -1.0, -1.0, 1.0, 1.0, -1.0, 1.0, 1.0),
        ),
        "blur": Known("Blur", "there is much ink all around", (1.0,) * N_WEIGHTS),
    }
)


def read_filter(text: str) -> Filter:
    """Return the filter that nine numbers in a text are, with blanks or commas between them.

    Raises ValueError with the middle of a sentence if there are not nine, or one is no number.
    """
    parts = [part for part in re.split(r"[\s,;]+", text) if part]
    cells = tuple(number(part, -LARGEST, LARGEST) for part in parts)
    if len(cells) != N_WEIGHTS:
        there = "1 number" if len(cells) == 1 else f"{len(cells)} numbers"
        raise ValueError(f"a filter has {N_WEIGHTS} numbers, and this has {there}")
    return cells


def filter_text(cells: Sequence[float]) -> str:
    """Return the shortest text of nine numbers that is read as the same filter."""
    return ",".join(map(written, cells))


def next_in_cycle(cells: Filter, cell: int) -> Filter:
    """Return the filter after a click on a cell: the next of `CYCLE`, from any other number 0."""
    now = cells[cell]
    new = CYCLE[(CYCLE.index(now) + 1) % len(CYCLE)] if now in CYCLE else 0.0
    return (*cells[:cell], new, *cells[cell + 1 :])
