"""The columns of a file of rows: their names, and whether they hold numbers or text."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

import numpy as np

from nnviz.data.csv.cells import disarmed, meant, no_name, no_number
from nnviz.data.csv.problem import CsvProblem, listed, shown
from nnviz.data.sample import LARGEST_VALUE
from nnviz.nn.checks import FloatArray, freeze
from nnviz.text.numbers import parsed

MOST_NAME: Final = 60
"""Characters of the name of a column or a class."""

_LOOKED_AT: Final = 1000  # different texts, to see whether they were meant as numbers
_COUNTED: Final = ("column 1", "#", "id", "index", "no", "no.", "nr", "row", "unnamed: 0")


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
    """

    name: str
    cells: tuple[str, ...]
    values: FloatArray
    decimal: str

    def __post_init__(self) -> None:
        freeze(self)

    @cached_property
    def is_number(self) -> bool:
        """Whether half of the cells that are not empty are numbers, or were meant as numbers."""
        others = [self.cells[row] for row in np.flatnonzero(np.isnan(self.values))]
        texts = [cell for cell in others if not no_number(cell)]
        n_numbers = len(self.cells) - len(others)
        if n_numbers >= max(len(texts), 1):
            return True
        looked_at = texts[:_LOOKED_AT]
        n_meant = sum(meant(cell, self.decimal) is not None for cell in looked_at)
        fraction = n_meant / max(len(looked_at), 1)
        return fraction > 0 and n_numbers + fraction * len(texts) >= 0.5 * (n_numbers + len(texts))

    @cached_property
    def is_constant(self) -> bool:
        """Whether all numbers in it are equal."""
        found = self.values[~np.isnan(self.values)]
        return bool(found.size) and bool((found == found[0]).all())

    @cached_property
    def counts_rows(self) -> bool:
        """Whether it only numbers the rows, 0, 1, 2, ... or 1, 2, 3, ..., and is called so."""
        steps = self.values - np.arange(len(self.values))
        return (
            self.name.lower() in _COUNTED
            and bool((steps == steps[0]).all())
            and (steps[0] in (0.0, 1.0))
        )

    def first_missing(self) -> int | None:
        """Return the first row without a number."""
        return next((row for row, cell in enumerate(self.cells) if no_number(cell)), None)

    def first_unread(self) -> int | None:
        """Return the first row whose cell is neither empty nor a number that can be used."""
        wrong = np.isnan(self.values) | (np.abs(self.values) > LARGEST_VALUE)
        for row in np.flatnonzero(wrong):
            if not no_number(self.cells[row]):
                return int(row)
        return None

    def different(self, most: int) -> tuple[str, ...]:
        """Return the different cells, in order of their coming, up to one more than ``most``."""
        cells = dict.fromkeys(cell for cell in self.cells if not no_name(cell))
        return tuple(islice(cells, most + 1))


def column(name: str, cells: tuple[str, ...], decimal: str) -> CsvColumn:
    """Return the column with its cells read as numbers where they are some."""
    read = (parsed(cell, decimal) for cell in cells)
    values = np.array([np.nan if value is None else value for value in read])
    return CsvColumn(name, cells, values, decimal)


def checked_names(header: Sequence[str], line: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names in a first line, and remarks on those that were given.

    Raises
    ------
    CsvProblem
        If two are equal, or one is a formula or too long for a name.
    """
    names: list[str] = []
    for cell in header:
        name = disarmed(" ".join(cell.split()))
        if name is None:
            raise CsvProblem(
                f"Line {line:,} has the formula {shown(cell)} as a name: write a name instead."
            )
        names.append(name)
    empty = [i for i, name in enumerate(names) if not name]
    for i in empty:
        names[i] = free_name(f"column {i + 1}", names)
    for i, name in enumerate(names):
        if len(name) > MOST_NAME:
            raise CsvProblem(
                f"Line {line:,} has a name of {len(name):,} letters, {shown(name)}: shorten it to "
                f"{MOST_NAME} at the most."
            )
        if names.index(name) < i:
            raise CsvProblem(
                f"Line {line:,} names two columns {shown(name)}: give each a name of its own."
            )
    if not empty:
        return tuple(names), ()
    given = listed(tuple(names[i] for i in empty))
    remark = f"Line {line:,} leaves a name empty; {given} stands for it: write a name there."
    return tuple(names), (remark,)


def free_name(name: str, taken: Sequence[str]) -> str:
    """Return the name, with apostrophes after it where it is taken."""
    while name in taken:
        name += "'"
    return name
