"""Solved games as data: which of them a network may learn from, and which it never sees.

Nothing here, and nothing in `sudoku_network` and `sudoku_learning`, knows a rule of the game.
"""

from typing import Final

from nnviz.chapters.rules_or_learning.grids import IntArray
from nnviz.nn.checks import integer
from nnviz.nn.rng import generator

HELD_OUT_SHARE: Final = 4
"""One game in so many is held out."""

MOST_GAMES: Final = 216
"""That a network can be trained on: those of the 288 games with boxes that are not held out."""


def held_out(every_game: IntArray) -> IntArray:
    """Return the games that are put aside once and for all, shape (n, 16)."""
    return every_game[_order(len(every_game))[: len(every_game) // HELD_OUT_SHARE]]


def trained_on(every_game: IntArray, n_games: int, seed: int) -> IntArray:
    """Return some of the other games, shape (n_games, 16): others for another seed.

    With one seed, the games of a smaller number are among those of a larger one.
    """
    rest = every_game[_order(len(every_game))[len(every_game) // HELD_OUT_SHARE :]]
    n_games = integer(n_games, "n_games", 1, len(rest))
    return rest[generator(seed, "sudoku games").permutation(len(rest))[:n_games]]


def _order(n_games: int) -> IntArray:
    """Return the games in the order in which they are put aside: the same for everybody."""
    return generator(0, "sudoku games held out").permutation(n_games)
