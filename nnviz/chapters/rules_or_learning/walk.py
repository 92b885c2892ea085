"""Filling a Sudoku move by move: by rules, by search where they do not suffice, and by hand.

A walk is the clues and the moves. Every state is computed from them anew, so going back is exact.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from nnviz.chapters.rules_or_learning.grids import N_CELLS, Grid, RuleSet, checked_grid
from nnviz.chapters.rules_or_learning.rules import (
    NOTHING,
    Contradiction,
    Deduction,
    candidates,
    contradiction,
    deductions,
)
from nnviz.nn.checks import instance

MACHINE: Final = "+"
"""The move that lets the rules, or else search, make one step."""
_CELLS: Final = "abcdefghijklmnop"


@dataclass(frozen=True)
class Step:
    """The effect of one move."""

    # "rule", "guess" (search tries a digit), "take back" (search gives one up), "hand" or "erase"
    kind: str
    # cell, digit: the digit that was set or removed, and its cell
    cell: int
    digit: int
    deduction: Deduction | None = None  # the rule that was applied
    reason: Contradiction | None = None  # the reason why a guess was taken back
    taken: tuple[int, ...] = ()  # the cells that were emptied with it
    options: tuple[int, ...] = ()  # the digits that a guess chose from


@dataclass(frozen=True)
class State:
    """A grid after some moves."""

    grid: Grid
    # author of each cell: "clue", "rule", "guess", "hand", or "" for an empty one
    authors: tuple[str, ...]
    excluded: frozenset[tuple[int, int]] = NOTHING  # failed tries of the search, as (cell, digit)
    # the open guesses: the state before each, its cell and its digit
    guesses: "tuple[tuple[State, int, int], ...]" = ()
    step: Step | None = None  # the step that led here; None at the start

    @property
    def full(self) -> bool:
        """Whether no cell is empty."""
        return 0 not in self.grid

    def conflict(self, rule_set: RuleSet) -> Contradiction | None:
        """Return the contradiction in the grid, or None where none is seen yet."""
        return contradiction(self.grid, rule_set, self.excluded)

    def solved(self, rule_set: RuleSet) -> bool:
        """Return whether the grid is full and without contradictions."""
        return self.full and self.conflict(rule_set) is None


def start(clues: Sequence[int]) -> State:
    """Return the state that holds the clues only."""
    grid = checked_grid(clues)
    return State(grid, tuple("clue" if digit else "" for digit in grid))


def by_hand(cell: int, digit: int) -> str:
    """Return the move that sets a digit by hand; 0 empties the cell."""
    return f"{_CELLS[cell]}{digit}"


def read_moves(text: str) -> tuple[str, ...]:
    """Return moves from their text: "+" for one step of the rules, "c3" for 3 in the third cell.

    Raises ValueError with the middle of a sentence, if the text cannot be read.
    """
    moves, rest = [], text
    while rest:
        length = 1 if rest[0] == MACHINE else 2
        move, rest = rest[:length], rest[length:]
        if move != MACHINE and (len(move) < 2 or move[0] not in _CELLS or move[1] not in "01234"):
            raise ValueError("it must be moves such as + (a rule) and c3 (3 in the third cell)")
        moves.append(move)
    return tuple(moves)


def moved(state: State, move: str, rule_set: RuleSet) -> State | None:
    """Return the state after a move, or None where it cannot be made."""
    if move == MACHINE:
        return machine_step(state, rule_set)
    cell, digit = _CELLS.index(move[0]), int(move[1])
    if state.authors[cell] == "clue" or state.grid[cell] == digit:
        return None
    step = Step("hand" if digit else "erase", cell, digit or state.grid[cell])
    after = _with(state, cell, digit, "hand" if digit else "", step)
    if state.grid[cell]:
        # The search may have ruled out digits because of the one that is gone.
        return replace(after, excluded=NOTHING, guesses=())
    return after


def machine_step(state: State, rule_set: RuleSet) -> State | None:
    """Return the state after one step of rules or search, or None where there is none.

    A rule is applied if one fits, the `plainest` deduction first. Search comes last: it tries the
    lowest digit of a cell that the fewest digits fit, and takes a try back when it has led to a
    contradiction.
    """
    instance(state, "state", State)
    conflict = state.conflict(rule_set)
    if conflict is not None:
        if not state.guesses:
            return None
        before, cell, digit = state.guesses[-1]
        taken = tuple(c for c in range(N_CELLS) if state.grid[c] and not before.grid[c])
        step = Step("take back", cell, digit, reason=conflict, taken=taken)
        return replace(before, excluded=before.excluded | {(cell, digit)}, step=step)
    if state.full:
        return None
    found = plainest(state, rule_set)
    if found is not None:
        step = Step("rule", found.cell, found.digit, deduction=found)
        return _with(state, found.cell, found.digit, "rule", step)
    fitting = {
        cell: candidates(state.grid, cell, rule_set, state.excluded)
        for cell in range(N_CELLS)
        if not state.grid[cell]
    }
    cell = min(fitting, key=lambda each: len(fitting[each]))
    digit = fitting[cell][0]
    step = Step("guess", cell, digit, options=fitting[cell])
    after = _with(state, cell, digit, "guess", step)
    return replace(after, guesses=(*state.guesses, (state, cell, digit)))


def plainest(state: State, rule_set: RuleSet) -> Deduction | None:
    """Return the deduction with the fewest cells as its reason, or None where no rule applies."""
    found = deductions(state.grid, rule_set, state.excluded)
    return min(found, key=lambda each: len(each.because) + len(each.failed), default=None)


def walk(clues: Sequence[int], moves: Sequence[str], rule_set: RuleSet) -> tuple[State, ...]:
    """Return the start and the state after every move; it ends before one that cannot be made."""
    states = [start(clues)]
    for move in moves:
        after = moved(states[-1], move, rule_set)
        if after is None:
            break
        states.append(after)
    return tuple(states)


def solving(clues: Sequence[int], rule_set: RuleSet) -> Iterator[State]:
    """Yield every state from the clues to the end of rules and search."""
    state: State | None = start(clues)
    while state is not None:
        yield state
        state = machine_step(state, rule_set)


def solve(clues: Sequence[int], rule_set: RuleSet, most_steps: int = 10_000) -> State:
    """Return the last state: solved, or with a contradiction if the clues allow no answer."""
    *_, last = islice(solving(clues, rule_set), most_steps)
    return last


def _with(state: State, cell: int, digit: int, author: str, step: Step) -> State:
    grid, authors = list(state.grid), list(state.authors)
    grid[cell], authors[cell] = digit, author
    return replace(state, grid=tuple(grid), authors=tuple(authors), step=step)
