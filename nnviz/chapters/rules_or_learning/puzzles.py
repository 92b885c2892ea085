"""Puzzles made of solved games: cells are emptied, and mostly one answer is left."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.games import held_out
from nnviz.chapters.rules_or_learning.grids import (
    N_CELLS,
    RULE_SETS,
    Grid,
    IntArray,
    answers,
    solved_grids,
)
from nnviz.chapters.rules_or_learning.walk import solving
from nnviz.nn.checks import freeze, integer, one_of
from nnviz.nn.rng import generator

KINDS: Final = ("eight clues", "four clues", "several answers")
"""What can be asked of `puzzle`: many clues, about as few as there can be, too few."""

FEWEST_EMPTY, MOST_EMPTY = 4, 10
"""Cells without a digit in the puzzles that a network learns from, and is scored on."""

_TRIES: Final = 96  # masks to choose from, for each game


@dataclass(frozen=True, eq=False)
class Puzzles:
    """Puzzles with their answers.

    Attributes
    ----------
    puzzles : ndarray of int, shape (n_puzzles, 16)
        0 for an empty cell.
    answers : ndarray of int, shape (n_puzzles, 16)
    """

    puzzles: IntArray
    answers: IntArray

    def __post_init__(self) -> None:
        freeze(self)


def puzzles_of(
    games: IntArray, every_game: IntArray, per_game: int, *, rng: np.random.Generator
) -> Puzzles:
    """Empty random cells of games, such that each puzzle has one answer among all games.

    Parameters
    ----------
    games : ndarray of int, shape (n_games, 16)
        What the answers are to be.
    every_game : ndarray of int, shape (n, 16)
        Every solved game there is: what a puzzle must tell its answer from.
    per_game : int
        Puzzles of each game, 1 to 40. Each has 4 to 10 empty cells; those with many are rarer,
        because few of them leave one answer only.
    rng : numpy.random.Generator

    Returns
    -------
    Puzzles
        Game by game.
    """
    per_game = integer(per_game, "per_game", 1, 40)
    made = []
    for game in games:
        differs = (every_game != game).astype(np.float64)
        found: list[IntArray] = []
        while len(found) < per_game:
            places = rng.random((_TRIES, N_CELLS)).argsort(axis=1).argsort(axis=1)
            n_empty = rng.integers(FEWEST_EMPTY, MOST_EMPTY + 1, size=(_TRIES, 1))
            clues = places >= n_empty
            n_answers = (differs @ clues.T == 0).sum(axis=0)
            found.extend(np.where(clues[n_answers == 1], game, 0))
        made.extend(found[:per_game])
    return Puzzles(np.array(made), np.repeat(games, per_game, axis=0))


def thinned(answer: Grid, rules: str, n_clues: int, *, rng: np.random.Generator) -> Grid:
    """Empty cells of a solved grid in a random order as long as it stays the only answer.

    With ``n_clues=0`` the puzzle is irreducible: without any one of its clues it would have
    several answers. Else it stops at that many clues, or at where it cannot go on.
    """
    puzzle = list(answer)
    for cell in rng.permutation(N_CELLS).tolist():
        if sum(digit > 0 for digit in puzzle) == n_clues:
            break
        kept, puzzle[cell] = puzzle[cell], 0
        if len(answers(puzzle, rules)) > 1:
            puzzle[cell] = kept
    return tuple(puzzle)


def puzzle(rules: str, kind: str, number: int) -> Grid:
    """Return a puzzle of a game that no network here is trained on.

    Parameters
    ----------
    rules : str
        A key of `RULE_SETS`.
    kind : str
        One of `KINDS`. "several answers" are clues that two to four games agree with, and where
        the rules come to a point at which they do not suffice.
    number : int
        From 0; the same number is the same puzzle.
    """
    one_of(kind, "kind", KINDS)
    rng = generator(number, "sudoku puzzle", rules, kind)
    games = held_out(solved_grids(rules))
    for _ in range(1_000):
        game = tuple(games[rng.integers(len(games))].tolist())
        if kind != "several answers":
            return thinned(game, rules, 8 if kind == "eight clues" else 0, rng=rng)
        clues = np.zeros(N_CELLS, dtype=np.int64)
        cells = rng.permutation(N_CELLS)[: rng.integers(4, 7)]
        clues[cells] = np.array(game)[cells]
        found = tuple(clues.tolist())
        steps = [state.step for state in solving(found, RULE_SETS[rules]) if state.step]
        guesses = any(step.kind == "guess" for step in steps[2:])
        if 2 <= len(answers(found, rules)) <= 4 and guesses:
            return found
    raise RuntimeError("no such puzzle was found in a thousand tries.")
