"""The columns of a file of rows: their names, what they hold, and the numbers in them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np

from nnviz.data.csv.cells import NO_NUMBER, NO_TEXT, is_date, meant
from nnviz.data.csv.marks import alike
from nnviz.data.csv.notes import disarmed
from nnviz.data.csv.packed import BARE, BoolArray, Cells, IntArray, Number, number, numbers
from nnviz.data.csv.problem import CsvProblem, listed, shown
from nnviz.data.sample import LARGEST_VALUE
from nnviz.nn.checks import FloatArray, freeze

MOST_NAME: Final = 60
"""Characters of the name of a column or a class."""

_LOOKED_AT: Final = 400  # different texts, to see what they are
_COUNTED: Final = frozenset(
    ("#", "index", "no", "no.", "nr", "nr.", "row", "row names", "rownames")
)
_ID: Final = re.compile(
    r"(?:.*[ _.-])?(?:id|ids|uuid|guid|key|nr|no|unnamed: 0)\.?|column 1|.*[a-z](?:Id|ID|Nr|No)"
)

Missing = tuple[frozenset[str], frozenset[str]]
"""Cells that say that a number is missing, and that a text is missing; in small letters."""

MISSING: Final[Missing] = (NO_NUMBER, NO_TEXT)


@dataclass(frozen=True, eq=False)
class CsvColumn:
    """A column as it was found."""

    name: str  # in the first line, or given to it
    cells: Cells  # what stands in it
    values: FloatArray  # (n_rows,): the numbers in the cells; NaN where there is none
    decimal: str  # the decimal mark that they were read with
    # what stands before and behind the numbers: money, percent, a unit
    around: tuple[str, str] = ("", "")
    missing: Missing = MISSING  # what says that something is missing
    thousands: str = ""  # a cell with marks between the thousands; empty if there is none

    def __post_init__(self) -> None:
        freeze(self)

    @cached_property
    def _no_numbers(self) -> IntArray:
        return np.flatnonzero(np.isnan(self.values))

    @cached_property
    def _texts(self) -> Counter[str]:
        """How often each cell stands there that is no number."""
        if len(self._no_numbers) == len(self.cells):
            return Counter(self.cells)
        return Counter(self.cells.some(self._no_numbers))

    @cached_property
    def is_number(self) -> bool:
        """Whether half of the cells that are not empty are numbers, or were meant as numbers."""
        n_numbers = len(self.cells) - len(self._no_numbers)
        gone = _marks(self._texts, self.missing[0])
        n_texts = len(self._no_numbers) - sum(map(self._texts.__getitem__, gone))
        if n_numbers >= max(n_texts, 1):
            return True
        others = (self.cells[row] for row in self._no_numbers.tolist())
        looked_at = list(islice((cell for cell in others if cell not in gone), _LOOKED_AT))
        if any(map(is_date, looked_at[:20])) and self.is_date:
            return False
        n_meant = sum(meant(cell, self.decimal) is not None for cell in looked_at)
        fraction = n_meant / max(len(looked_at), 1)
        return fraction > 0 and n_numbers + fraction * n_texts >= 0.5 * (n_numbers + n_texts)

    @cached_property
    def is_date(self) -> bool:
        """Whether nearly all cells that are not empty hold dates or times."""
        filled = (cell for cell in self.cells if cell.lower() not in self.missing[0])
        texts = list(islice(filled, _LOOKED_AT))
        n_dates = sum(n for cell, n in alike(texts) if is_date(cell))
        return bool(texts) and n_dates >= 0.8 * len(texts)

    @cached_property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return bool(self.is_missing.all())

    @cached_property
    def is_missing(self) -> BoolArray:
        """Which rows say that something is missing, shape (n_rows,)."""
        result = np.zeros(len(self.cells), dtype=bool)
        rows = self._no_numbers
        gone = _marks(self._texts, self.missing[0 if self.is_number else 1])
        if gone:
            result[rows] = [cell in gone for cell in self.cells.some(rows)]
        return result

    @cached_property
    def is_unread(self) -> BoolArray:
        """Which rows hold something that should be a number and cannot be used as one."""
        wrong = np.isnan(self.values) | (np.abs(self.values) > LARGEST_VALUE)
        return np.asarray(wrong & ~self.is_missing)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each cell stands there that says something, in order of their coming."""
        every = len(self._no_numbers) == len(self.cells)
        found = self._texts if every else Counter(self.cells)
        gone = _marks(found, self.missing[0 if self.is_number else 1])
        return {cell: n for cell, n in found.items() if cell not in gone}

    @cached_property
    def is_constant(self) -> bool:
        """Whether everything in it is equal."""
        if not self.is_number:
            return len(self.counts) == 1 < len(self.cells)
        found = self.values[~np.isnan(self.values)]
        return found.size > 1 and bool((found == found[0]).all())

    @cached_property
    def is_id(self) -> bool:
        """Whether it only tells the rows apart: all different, and called so or text."""
        if len(self.cells) < 2 or self.is_missing.any():
            return False
        if not self.is_number:
            return len(self.counts) == len(self.cells) and not self.is_date
        if self.is_unread.any() or not (self.values == np.floor(self.values)).all():
            return False
        name = self.name.strip()
        called = name.lower() in _COUNTED or _ID.fullmatch(name) or _ID.fullmatch(name.lower())
        return bool(called) and len(set(self.values.tolist())) == len(self.cells)

    @cached_property
    def counts_rows(self) -> bool:
        """Whether it holds 0, 1, 2, ... or 1, 2, 3, ..."""
        steps = self.values - np.arange(len(self.values))
        return bool((steps == steps[0]).all()) and steps[0] in (0.0, 1.0)

    def first_unread(self) -> int | None:
        """Return the first row whose cell is neither empty nor a number that can be used."""
        return int(self.is_unread.argmax()) if self.is_unread.any() else None


def _marks(cells: Iterable[str], marks: frozenset[str]) -> set[str]:
    """Return those of the cells that say that something is missing."""
    longest = max(map(len, marks), default=-1)
    return {cell for cell in cells if len(cell) <= longest and cell.lower() in marks}


def column(name: str, cells: Sequence[str], decimal: str, missing: Missing = MISSING) -> CsvColumn:
    """Return the column with its cells read as numbers where they are some."""
    packed = Cells(cells)
    marks = missing[0]
    some = list(islice(dict.fromkeys(cells[:: 1 + len(cells) // 5000]), _LOOKED_AT))
    gone = _marks(some, marks)
    if len(gone) == len(some):
        some, gone = list(dict.fromkeys(cells)), _marks(cells, marks)
    forms = alike([cell for cell in some if cell not in gone])
    few = [(found, n) for cell, n in forms if (found := number(cell, decimal))]
    if not few:
        return CsvColumn(name, packed, np.full(len(cells), np.nan), decimal, missing=missing)
    usual = _usual(few)
    values, thousands = numbers(packed, decimal, marks, usual)
    return CsvColumn(name, packed, values, decimal, usual, missing, thousands)


def _usual(found: Iterable[tuple[Number, int]]) -> tuple[str, str]:
    """Return what stands around most numbers of a column."""
    around = Counter[tuple[str, str]]()
    for each, n in found:
        if each.value != 0:
            around[each.around] += n
    return max(around, key=around.__getitem__) if around else BARE


def checked_names(header: Sequence[str], line: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in a first line, and remarks on those that were given or changed.

    Raises CsvProblem if one is a formula.
    """
    names: list[str] = []
    for cell in header:
        name = disarmed(" ".join(cell.split()))
        if name is None:
            raise CsvProblem(
                f"Line {line:,} has the formula {shown(cell)} as a name: write a name instead."
            )
        names.append(name)
    remarks = []
    empty = [i for i, name in enumerate(names) if not name]
    for i in empty:
        names[i] = free_name(f"column {i + 1}", names)
    if empty and empty != [0]:
        given = listed(tuple(names[i] for i in empty))
        remarks.append(f"Line {line:,} leaves a name empty: {given} stands for it.")
    for i, name in enumerate(names):
        short = name if len(name) <= MOST_NAME else f"{name[: MOST_NAME - 1].rstrip()}…"
        if short != name:
            remarks.append(f"A name of {len(name):,} letters is cut to {shown(short)}.")
        number = 2
        while short in names[:i]:
            short = f"{name[: MOST_NAME - 6]} ({number})"
            number += 1
        if number > 2:
            remarks.append(
                f"Line {line:,} names two columns {shown(name)}: the later one is called "
                f"{shown(short)} here."
            )
        names[i] = short
    return tuple(names), tuple(remarks)


def free_name(name: str, taken: Sequence[str]) -> str:
    """Return the name, with apostrophes after it where it is taken."""
    while name in taken:
        name += "'"
    return name
