"""The two rules that fill a Sudoku without learning anything, and contradictions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from nnviz.chapters.rules_or_learning.grids import DIGITS, N_CELLS, Grid, RuleSet, Unit

NOTHING: Final[frozenset[tuple[int, int]]] = frozenset()


@dataclass(frozen=True)
class Deduction:
    """A digit that must stand in a cell, and the reason."""

    # "only digit": no other digit fits the cell. "only place": no other cell of a unit is left for
    # the digit
    rule: str
    cell: int
    digit: int
    unit: Unit | None  # the unit in which the digit has one place; None for the other rule
    because: tuple[int, ...]  # the cells whose digits justify it, in order
    # failed tries of the search, as (cell, digit), as far as they justify it
    failed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Contradiction:
    """Why a grid cannot be filled."""

    # "twice": a unit holds a digit twice. "no digit": no digit fits an empty cell. "no place": no
    # cell of a unit is left for a digit
    kind: str
    unit: Unit | None
    cell: int | None  # the cell that no digit fits
    digit: int | None
    # because, failed: as in `Deduction`
    because: tuple[int, ...]
    failed: tuple[tuple[int, int], ...] = ()


def candidates(
    grid: Grid, cell: int, rule_set: RuleSet, excluded: frozenset[tuple[int, int]] = NOTHING
) -> tuple[int, ...]:
    """Return the digits that fit an empty cell; none for a filled one.

    `excluded` holds failed tries of the search, as (cell, digit).
    """
    if grid[cell]:
        return ()
    seen = {grid[other] for other in rule_set.seen_from(cell)}
    return tuple(d for d in DIGITS if d not in seen and (cell, d) not in excluded)


def deductions(
    grid: Grid, rule_set: RuleSet, excluded: frozenset[tuple[int, int]] = NOTHING
) -> Iterator[Deduction]:
    """Yield all deductions from a grid without contradictions, those of the simpler rule first."""
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
                refused = [(c, digit) for c in others]
                because, failed = _against(grid, rule_set, excluded, refused, unit)
                yield Deduction("only place", places[0], digit, unit, because, failed)


def contradiction(
    grid: Grid, rule_set: RuleSet, excluded: frozenset[tuple[int, int]] = NOTHING
) -> Contradiction | None:
    """Return the simplest reason why a grid cannot be filled, or None where none is seen yet."""
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
                because, failed = _against(grid, rule_set, excluded, open_cells, unit)
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
    unit: Unit | None = None,
) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """Return the reasons against digits in cells: cells that hold them, and failed tries.

    With a unit, its filled cells are reasons as well.
    """
    because = {cell for cell in unit.cells if grid[cell]} if unit is not None else set()
    failed = []
    for cell, digit in refused:
        holding = [other for other in rule_set.seen_from(cell) if grid[other] == digit]
        if holding:
            # One is reason enough; one that is highlighted anyway adds nothing new to look at.
            because.add(next((other for other in holding if other in because), holding[0]))
        elif (cell, digit) in excluded:
            failed.append((cell, digit))
    return tuple(sorted(because)), tuple(failed)
