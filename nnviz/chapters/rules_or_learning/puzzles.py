"""Puzzles for a person: clues of a game that no network here is trained on."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.games import held_out
from nnviz.chapters.rules_or_learning.grids import N_CELLS, RULE_SETS, Grid, answers, solved_grids
from nnviz.chapters.rules_or_learning.walk import solving
from nnviz.nn.checks import one_of
from nnviz.nn.rng import generator

KINDS: Final = ("eight clues", "four clues", "several answers")
"""Kinds of `puzzle` in addresses: many clues, about as few as there can be, too few.

One answer may take more clues than a name says: without boxes it takes eleven or more.
"""

TITLES: Final = MappingProxyType(
    dict(zip(KINDS, ("Many clues", "Few clues", "Several answers"), strict=True))
)
"""What they are called on the screen, where the clues are counted beside them."""


def thinned(answer: Grid, rules: str, n_clues: int, cells: Iterable[int]) -> Grid:
    """Empty cells of a solved grid, in the order given, as long as it stays the only answer.

    With ``n_clues=0`` the puzzle is irreducible: without any one of its clues it would have
    several answers. Otherwise it stops at that many clues, or where it cannot go on.
    """
    puzzle = list(answer)
    for cell in cells:
        if sum(digit > 0 for digit in puzzle) == n_clues:
            break
        kept, puzzle[cell] = puzzle[cell], 0
        if len(answers(puzzle, rules)) > 1:
            puzzle[cell] = kept
    return tuple(puzzle)


def puzzle(rules: str, kind: str, number: int) -> Grid:
    """Return a puzzle of a game that no network here is trained on.

    ``rules`` is a key of `RULE_SETS`; ``kind`` is one of `KINDS`, of which "several answers" are
    clues that two to four games agree with, and where the rules come to a point at which they do
    not suffice. The same ``number``, from 0, is the same puzzle.
    """
    one_of(kind, "kind", KINDS)
    rng = generator(number, "sudoku puzzle", rules, kind)
    games = held_out(solved_grids(rules))
    for _ in range(1_000):
        game = tuple(games[rng.integers(len(games))].tolist())
        if kind != "several answers":
            n_clues = 8 if kind == "eight clues" else 0
            return thinned(game, rules, n_clues, rng.permutation(N_CELLS).tolist())
        clues = np.zeros(N_CELLS, dtype=np.int64)
        cells = rng.permutation(N_CELLS)[: rng.integers(4, 7)]
        clues[cells] = np.array(game)[cells]
        found = tuple(clues.tolist())
        steps = [state.step for state in solving(found, RULE_SETS[rules]) if state.step]
        guesses = any(step.kind == "guess" for step in steps[2:])
        if 2 <= len(answers(found, rules)) <= 4 and guesses:
            return found
    raise RuntimeError("no such puzzle was found in a thousand tries.")
