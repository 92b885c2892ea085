"""Sudoku of four by four cells: the cells, the rule sets, and every solved grid there is.

A grid is a tuple of 16 whole numbers, row by row: 1 to 4, or 0 for an empty cell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import permutations
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import integer, items, one_of

Grid: TypeAlias = tuple[int, ...]
IntArray: TypeAlias = npt.NDArray[np.int64]

SIDE: Final = 4
N_CELLS: Final = SIDE * SIDE
DIGITS: Final = (1, 2, 3, 4)
EMPTY: Final[Grid] = (0,) * N_CELLS


@dataclass(frozen=True)
class Unit:
    """Four cells in which every digit stands once."""

    name: str  # name on the screen: "row 2", "the top left box"
    cells: tuple[int, ...]  # 0 to 15, row by row


@dataclass(frozen=True)
class RuleSet:
    """The rules of a game: a solved grid has every digit once in each of its units."""

    name: str  # the key in `RULE_SETS`
    title: str  # its name on the screen
    units: tuple[Unit, ...]

    @property
    def kinds(self) -> str:
        """The kinds of its units, as they are named in sentences."""
        return "row or column" if len(self.units) == 2 * SIDE else "row, column or box"

    def units_of(self, cell: int) -> tuple[Unit, ...]:
        """Return the units that a cell stands in."""
        return tuple(unit for unit in self.units if cell in unit.cells)

    def seen_from(self, cell: int) -> tuple[int, ...]:
        """Return the cells that may not hold the same digit as a cell, in order."""
        return self._seen[cell]

    @cached_property
    def _seen(self) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(sorted({other for unit in self.units_of(cell) for other in unit.cells} - {cell}))
            for cell in range(N_CELLS)
        )


_ROWS: Final = tuple(Unit(f"row {r + 1}", tuple(range(4 * r, 4 * r + 4))) for r in range(4))
_COLUMNS: Final = tuple(Unit(f"column {c + 1}", tuple(range(c, 16, 4))) for c in range(4))
_BOXES: Final = tuple(
    Unit(f"the {name} box", (first, first + 1, first + 4, first + 5))
    for name, first in (
        ("top left", 0), ("top right", 2), ("bottom left", 8), ("bottom right", 10)
    )
)  # fmt: skip

RULE_SETS: Final = MappingProxyType(
    {
        each.name: each
        for each in (
            RuleSet("boxes", "With boxes", (*_ROWS, *_COLUMNS, *_BOXES)),
            RuleSet("no boxes", "Without boxes", (*_ROWS, *_COLUMNS)),
        )
    }
)


def cell_name(cell: int) -> str:
    """Return the name of a cell: "row 1, column 2"."""
    return f"row {cell // SIDE + 1}, column {cell % SIDE + 1}"


def checked_grid(grid: Sequence[int]) -> Grid:
    """Return a grid as a tuple.

    Raises TypeError or ValueError if it does not hold 16 whole numbers from 0 to 4.
    """
    cells = items(grid, "grid")
    if len(cells) != N_CELLS:
        raise ValueError(f"grid must hold {N_CELLS} cells, but holds {len(cells)}.")
    return tuple(integer(digit, "each cell of the grid", 0, SIDE) for digit in cells)


def grid_text(grid: Sequence[int]) -> str:
    """Return a grid as 16 digits, row by row."""
    return "".join(str(digit) for digit in grid)


@cache
def solved_grids(rules: str) -> IntArray:
    """Return every solved grid of a rule set, shape (n_grids, 16); read-only.

    There are 288 with boxes and 576 without (all Latin squares of order 4), in the order of
    their digits. Raises ValueError if there is no such rule set.
    """
    rule_set = RULE_SETS[one_of(rules, "rules", RULE_SETS)]
    rows = np.array(list(permutations(DIGITS)))
    grids = rows
    for n_rows in range(2, SIDE + 1):
        longer = np.repeat(grids, len(rows), axis=0)
        grids = np.hstack([longer, np.tile(rows, (len(grids), 1))])
        for unit in rule_set.units:
            cells = [cell for cell in unit.cells if cell < SIDE * n_rows]
            if len(cells) > 1:
                ordered = np.sort(grids[:, cells], axis=1)
                grids = grids[(np.diff(ordered, axis=1) > 0).all(axis=1)]
    grids.flags.writeable = False
    return grids


def answers(grid: Sequence[int], rules: str) -> IntArray:
    """Return the solved grids that agree with every digit of a grid, shape (n_answers, 16)."""
    grids, digits = solved_grids(rules), np.asarray(checked_grid(grid))
    agree = ((grids == digits) | (digits == 0)).all(axis=1)
    return np.asarray(grids[agree])
