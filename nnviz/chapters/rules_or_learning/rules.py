"""The two rules that fill a Sudoku without learning anything, and what contradicts them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nnviz.chapters.rules_or_learning.grids import DIGITS, N_CELLS, Grid, RuleSet, Unit

NOTHING: Final[frozenset[tuple[int, int]]] = frozenset()


@dataclass(frozen=True)
class Deduction:
    """A digit that must stand in a cell, and the reason.

    Attributes
    ----------
    rule : str
        "only digit": no other digit fits the cell. "only place": no other cell of a unit is left
        for the digit.
    cell, digit : int
    unit : Unit or None
        In which the digit has one place; None for the other rule.
    because : tuple of int
        The cells whose digits justify it, in order.
    failed : tuple of (int, int)
        (cell, digit) that search has tried in vain, where the reason needs them.
    """

    rule: str
    cell: int
    digit: int
    unit: Unit | None
    because: tuple[int, ...]
    failed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Contradiction:
    """Why a grid cannot be filled.

    Attributes
    ----------
    kind : str
        "twice": a unit holds a digit twice. "no digit": no digit fits an empty cell. "no place":
        no cell of a unit is left for a digit.
    unit : Unit or None
    cell : int or None
        The cell that nothing fits.
    digit : int or None
    because : tuple of int
        The cells that show it, in order.
    failed : tuple of (int, int)
        (cell, digit) that search has tried in vain, where the reason needs them.
    """

    kind: str
    unit: Unit | None
    cell: int | None
    digit: int | None
    because: tuple[int, ...]
    failed: tuple[tuple[int, int], ...] = ()


def candidates(
    grid: Grid, cell: int, rule_set: RuleSet, excluded: frozenset[tuple[int, int]] = NOTHING
) -> tuple[int, ...]:
    """Return the digits that fit an empty cell; none for a filled one.

    Parameters
    ----------
    grid : Grid
    cell : int
    rule_set : RuleSet
    excluded : frozenset of (int, int)
        (cell, digit) that search has tried in vain.
    """
    if grid[cell]:
        return ()
    seen = {grid[other] for other in rule_set.seen_from(cell)}
    return tuple(d for d in DIGITS if d not in seen and (cell, d) not in excluded)


def deductions(
    grid: Grid, rule_set: RuleSet, excluded: frozenset[tuple[int, int]] = NOTHING
) -> Iterator[Deduction]:
    """Yield all that the rules say of a grid without contradictions, the simpler rule first."""
    for cell in range(N_CELLS):
        fitting = candidates(grid, cell, rule_set, excluded)
        if len(fitting) == 1:
            others = [digit for digit in DIGITS if digit != fitting[0]]
            because, failed = _against(grid, rule_set, excluded, [(cell, d) for d in others])
            yield Deduction("only digit", cell, fitting[0], None, because, failed)
    for unit in rule_set.units:
        for digit in DIGITS:
            places = _places(grid, unit, digit, rule_set, excluded)
            if len(places) == 1:
                others = [c for c in unit.cells if not grid[c] and c != places[0]]
                because, failed = _against(grid, rule_set, excluded, [(c, digit) for c in others])
                filled = tuple(c for c in unit.cells if grid[c])
                because = tuple(sorted({*because, *filled}))
                yield Deduction("only place", places[0], digit, unit, because, failed)


def contradiction(
    grid: Grid, rule_set: RuleSet, excluded: frozenset[tuple[int, int]] = NOTHING
) -> Contradiction | None:
    """Return the plainest reason why a grid cannot be filled, or None where none is seen yet."""
    for unit in rule_set.units:
        for digit in DIGITS:
            holding = tuple(cell for cell in unit.cells if grid[cell] == digit)
            if len(holding) > 1:
                return Contradiction("twice", unit, None, digit, holding)
    for cell in range(N_CELLS):
        if not grid[cell] and not candidates(grid, cell, rule_set, excluded):
            because, failed = _against(grid, rule_set, excluded, [(cell, d) for d in DIGITS])
            return Contradiction("no digit", None, cell, None, because, failed)
    for unit in rule_set.units:
        for digit in DIGITS:
            stands = any(grid[cell] == digit for cell in unit.cells)
            if not stands and not _places(grid, unit, digit, rule_set, excluded):
                open_cells = [(c, digit) for c in unit.cells if not grid[c]]
                because, failed = _against(grid, rule_set, excluded, open_cells)
                filled = tuple(c for c in unit.cells if grid[c])
                because = tuple(sorted({*because, *filled}))
                return Contradiction("no place", unit, None, digit, because, failed)
    return None


def forbidding(grid: Grid, cell: int, digit: int, rule_set: RuleSet) -> tuple[Unit, int] | None:
    """Return a unit of a cell and a cell of it that already holds the digit, or None."""
    for unit in rule_set.units_of(cell):
        for other in unit.cells:
            if other != cell and grid[other] == digit:
                return unit, other
    return None


def _places(
    grid: Grid,
    unit: Unit,
    digit: int,
    rule_set: RuleSet,
    excluded: frozenset[tuple[int, int]],
) -> tuple[int, ...]:
    """Return the empty cells of a unit that a digit fits."""
    return tuple(c for c in unit.cells if digit in candidates(grid, c, rule_set, excluded))


def _against(
    grid: Grid,
    rule_set: RuleSet,
    excluded: frozenset[tuple[int, int]],
    refused: list[tuple[int, int]],
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return what stands against digits in cells: a cell for each, or that it has been tried."""
    because: set[int] = set()
    failed = []
    for cell, digit in refused:
        holding = [other for other in rule_set.seen_from(cell) if grid[other] == digit]
        if holding:
            # One is reason enough; one that is lit anyway adds nothing new to look at.
            because.add(next((other for other in holding if other in because), holding[0]))
        elif (cell, digit) in excluded:
            failed.append((cell, digit))
    return tuple(sorted(because)), tuple(failed)
