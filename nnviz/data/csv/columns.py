"""The columns of a file of rows: their names, what they hold, and the numbers in them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nnviz.data.csv.cells import NO_NUMBER, NO_TEXT, is_date, meant
from nnviz.data.csv.marks import taken_apart
from nnviz.data.csv.notes import disarmed
from nnviz.data.csv.problem import CsvProblem, listed, shown
from nnviz.data.sample import LARGEST_VALUE
from nnviz.nn.checks import FloatArray, freeze
from nnviz.text.numbers import LONGEST, parsed

MOST_NAME: Final = 60
"""Characters of the name of a column or a class."""

_LOOKED_AT: Final = 400  # different texts, to see what they are
_COUNTED: Final = frozenset(
    ("#", "index", "no", "no.", "nr", "nr.", "row", "row names", "rownames")
)
_ID: Final = re.compile(
    r"(?:.*[ _.-])?(?:id|ids|uuid|guid|key|nr|no|unnamed: 0)\.?|column 1|.*[a-z](?:Id|ID|Nr|No)"
)
_WITH_POINTS: Final = re.compile(r"[0-9+\-.eE\n]*")
_WITH_COMMAS: Final = re.compile(r"[0-9+\-,eE\n]*")

Missing = tuple[frozenset[str], frozenset[str]]
"""Cells that say that a number is missing, and that a text is missing; in small letters."""

MISSING: Final[Missing] = (NO_NUMBER, NO_TEXT)

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class CsvColumn:
    """A column as it was found.

    Attributes
    ----------
    name : str
        In the first line, or given to it.
    cells : tuple of str
        What stands in it.
    values : ndarray, shape (n_rows,)
        The numbers in the cells; NaN where there is none.
    decimal : str
        The decimal mark that they were read with.
    around : tuple of str
        What stands before and behind the numbers: money, percent, a unit.
    missing : Missing
        What says that something is missing.
    thousands : str
        A cell with marks between the thousands; empty if there is none.
    """

    name: str
    cells: tuple[str, ...]
    values: FloatArray
    decimal: str
    around: tuple[str, str] = ("", "")
    missing: Missing = MISSING
    thousands: str = ""

    def __post_init__(self) -> None:
        freeze(self)

    @cached_property
    def is_number(self) -> bool:
        """Whether half of the cells that are not empty are numbers, or were meant as numbers."""
        others = [self.cells[row] for row in np.flatnonzero(np.isnan(self.values))]
        texts = [cell for cell in others if cell.lower() not in self.missing[0]]
        n_numbers = len(self.cells) - len(others)
        if n_numbers >= max(len(texts), 1):
            return True
        looked_at = texts[:_LOOKED_AT]
        if any(map(is_date, looked_at[:20])) and self.is_date:
            return False
        n_meant = sum(meant(cell, self.decimal) is not None for cell in looked_at)
        fraction = n_meant / max(len(looked_at), 1)
        return fraction > 0 and n_numbers + fraction * len(texts) >= 0.5 * (n_numbers + len(texts))

    @cached_property
    def is_date(self) -> bool:
        """Whether nearly all cells that are not empty hold dates or times."""
        filled = (cell for cell in self.cells if cell.lower() not in self.missing[0])
        texts = list(islice(filled, _LOOKED_AT))
        return bool(texts) and sum(map(is_date, texts)) >= 0.8 * len(texts)

    @cached_property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return bool(self.is_missing.all())

    @cached_property
    def is_missing(self) -> BoolArray:
        """Which rows say that something is missing, shape (n_rows,)."""
        marks = self.missing[0 if self.is_number else 1]
        result = np.zeros(len(self.cells), dtype=bool)
        rows = np.flatnonzero(np.isnan(self.values)) if self.is_number else range(len(self.cells))
        kinds: dict[str, bool] = {}
        for row in rows:
            cell = self.cells[row]
            if cell not in kinds:
                kinds[cell] = cell.lower() in marks
            result[row] = kinds[cell]
        return result

    @cached_property
    def is_unread(self) -> BoolArray:
        """Which rows hold something that should be a number and cannot be used as one."""
        wrong = np.isnan(self.values) | (np.abs(self.values) > LARGEST_VALUE)
        return np.asarray(wrong & ~self.is_missing)

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each cell stands there that says something, in order of their coming."""
        marks = self.missing[0 if self.is_number else 1]
        return {cell: n for cell, n in Counter(self.cells).items() if cell.lower() not in marks}

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


def column(
    name: str, cells: tuple[str, ...], decimal: str, missing: Missing = MISSING
) -> CsvColumn:
    """Return the column with its cells read as numbers where they are some."""
    custom = missing[0] - NO_NUMBER
    if not custom or custom.isdisjoint(cells):
        plain = _plain(cells, decimal, "" in missing[0])
        if plain is not None:
            return CsvColumn(name, cells, plain, decimal, missing=missing)
    values = np.full(len(cells), np.nan)
    some = dict.fromkeys(cells[:: 1 + len(cells) // 5000])
    few = [_number(cell, decimal, missing) for cell in islice(some, _LOOKED_AT)]
    if not any(few):
        return CsvColumn(name, cells, values, decimal, missing=missing)
    usual = _usual(few)
    matches = list(map(_pattern(usual, decimal).fullmatch, cells))
    texts = "\n".join(match[1] for match in matches if match)
    if texts:
        digits = texts.translate(str.maketrans(decimal, ".", _other_marks(decimal)))
        values[[match is not None for match in matches]] = list(map(float, digits.split("\n")))
    thousands = next((match[0] for match in matches if match and match[2]), "")
    read: dict[str, Number | None] = {}
    again = custom.intersection(cells)
    rest = [row for row, match in enumerate(matches) if not match or cells[row] in again]
    for row in rest:
        cell = cells[row]
        if cell not in read:
            read[cell] = _number(cell, decimal, missing)
        found = read[cell]
        values[row] = np.nan
        if found is not None and (
            found.around == usual or (found.value, found.around) == (0, _BARE)
        ):
            values[row] = found.value
            thousands = thousands or (cell if found.thousands else "")
    return CsvColumn(name, cells, values, decimal, usual, missing, thousands)


class Number(NamedTuple):
    """A number in a cell, what stands around it, and whether marks stand between thousands."""

    value: float
    around: tuple[str, str]
    thousands: bool


_BARE: Final = ("", "")
_GROUPING: Final = "' \u00a0\u202f\u2009\u2007’"


def _other_marks(decimal: str) -> str:
    return _GROUPING + ("," if decimal == "." else ".")


@lru_cache(maxsize=200)
def _pattern(around: tuple[str, str], decimal: str) -> re.Pattern[str]:
    """Return the pattern of a number as it is usual in a column: most cells need no second look."""
    before, behind = map(re.escape, around)
    mark, blank = re.escape(decimal), "[ \u00a0\u202f]?"
    grouped = (
        rf"[1-9][0-9]{{0,2}}([{_other_marks(decimal)}])[0-9]{{3}}(?:\2[0-9]{{3}}){{0,4}}"
        rf"(?:{mark}[0-9]{{1,300}})?"
    )
    bare = rf"[0-9]{{1,300}}(?:{mark}[0-9]{{0,300}})?(?:[eE][+-]?[0-9]{{1,5}})?"
    number = rf"([+-]?(?:{grouped}|{bare}))"
    return re.compile(
        (rf"{before}{blank}" if before else "") + number + (rf"{blank}{behind}" if behind else "")
    )


def _number(cell: str, decimal: str, missing: Missing) -> Number | None:
    """Return the number in a cell, or None if there is none."""
    if cell.lower() in missing[0]:
        return None
    value = parsed(cell, decimal)
    if value is not None:
        return Number(value, _BARE, False)
    number = taken_apart(cell)
    value = None if number is None else number.value(decimal)
    if number is None or value is None:
        return None
    thousands = number.has_thousands or bool(number.marks and number.marks != decimal)
    return Number(value, number.around, thousands)


def _usual(found: Iterable[Number | None]) -> tuple[str, str]:
    """Return what stands around most numbers of a column."""
    around = Counter(number.around for number in found if number and number.value != 0)
    return max(around, key=around.__getitem__) if around else _BARE


def _plain(cells: tuple[str, ...], decimal: str, empty: bool) -> FloatArray | None:
    """Return numbers that are written as programs do; None if other cells are among them."""
    text = "\n".join(cells)
    pattern = _WITH_POINTS if decimal == "." else _WITH_COMMAS
    if not pattern.fullmatch(text) or max(map(len, cells), default=0) > LONGEST:
        return None
    if decimal == ",":
        cells = tuple(text.replace(",", ".").split("\n"))
    if empty and "" in cells:
        cells = tuple(cell or "nan" for cell in cells)
    try:
        return np.array(list(map(float, cells)))
    except ValueError:
        return None


def checked_names(header: Sequence[str], line: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in a first line, and remarks on those that were given or changed.

    Raises
    ------
    CsvProblem
        If one is a formula.
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
