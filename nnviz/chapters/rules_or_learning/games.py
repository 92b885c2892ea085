"""Solved games as data: which of them a network may learn from, and the puzzles made of them.

Nothing here, and nothing in `learning`, knows a rule of the game.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.grids import N_CELLS, IntArray
from nnviz.nn.checks import Frozen, integer
from nnviz.nn.rng import generator

HELD_OUT: Final = 4
"""One game in so many is held out."""

MOST_GAMES: Final = 216
"""Most games to train on: those of the 288 games with boxes that are not held out."""

FEWEST_EMPTY, MOST_EMPTY = 4, 10
"""Cells without a digit in the puzzles that a network learns from, and is scored on."""

_TRIES: Final = 96  # masks to choose from, for each game


@dataclass(frozen=True, eq=False)
class Puzzles(Frozen):
    """Puzzles with their answers."""

    puzzles: IntArray  # (n_puzzles, 16): 0 for an empty cell
    answers: IntArray  # (n_puzzles, 16)


def held_out(every_game: IntArray) -> IntArray:
    """Return the games that no network is ever trained on, shape (n, 16)."""
    return every_game[_order(len(every_game))[: len(every_game) // HELD_OUT]]


def trained_on(every_game: IntArray, n_games: int, seed: int) -> IntArray:
    """Return some of the other games, chosen by a seed, shape (n_games, 16).

    With one seed, the games of a smaller number are among those of a larger one.
    """
    rest = every_game[_order(len(every_game))[len(every_game) // HELD_OUT :]]
    n_games = integer(n_games, "n_games", 1, len(rest))
    return rest[generator(seed, "sudoku games").permutation(len(rest))[:n_games]]


def _order(n_games: int) -> IntArray:
    """Return the order in which games are held out: the same for every network."""
    return generator(0, "sudoku games held out").permutation(n_games)


def puzzles_of(
    games: IntArray, every_game: IntArray, per_game: int, *, rng: np.random.Generator
) -> Puzzles:
    """Empty random cells of games, such that each puzzle has one answer among all games.

    Parameters
    ----------
    games : ndarray of int, shape (n_games, 16)
        The answers.
    every_game : ndarray of int, shape (n, 16)
        Every solved game there is, among which the answer must be the only one.
    per_game : int
        Puzzles of each game, 1 to 40. Each has 4 to 10 empty cells; those with many are rarer,
        because few of them leave one answer only.

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
