"""How much more a network knows of games never seen, the more games it has learned from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.grids import IntArray
from nnviz.chapters.rules_or_learning.learning import Lesson, unseen_puzzles
from nnviz.chapters.rules_or_learning.network import probabilities, share_right
from nnviz.nn.checks import FloatArray, freeze
from nnviz.training.study_results import Band, band

LADDER: Final = (1, 2, 4, 8, 16, 32, 64, 128, 216)
"""Numbers of games that are compared."""

REPEATS: Final = 5
"""Trainings with each number: with other games, other weights, another order."""


@dataclass(frozen=True, eq=False)
class GamesStudy:
    """What has become of the trainings so far.

    Attributes
    ----------
    shares : ndarray, shape (n_numbers, n_repeats)
        Share of empty cells of games never seen that are answered right, one row for each number
        of `LADDER`; NaN for a training that has not been made yet.
    """

    shares: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def n_done(self) -> int:
        """How many trainings have been made."""
        return int(np.isfinite(self.shares).sum())

    @property
    def complete(self) -> bool:
        """Whether all trainings have been made."""
        return self.n_done == self.shares.size

    @property
    def band(self) -> Band:
        """Median and quartiles over the repeats, for each number of games."""
        return band(self.shares)


def lessons(seed: int) -> Iterator[tuple[tuple[int, int], Lesson]]:
    """Yield place and lesson of every training: repeat by repeat, so that whole curves come."""
    for repeat in range(REPEATS):
        for i, n_games in enumerate(LADDER):
            yield (i, repeat), Lesson(n_games, seed + repeat)


def games_study(made: Mapping[tuple[int, int], float]) -> GamesStudy:
    """Return the study from the shares that are known, by (number, repeat)."""
    shares = np.full((len(LADDER), REPEATS), np.nan)
    for place, share in made.items():
        shares[place] = share
    return GamesStudy(shares)


def unseen_share(every_game: IntArray, parameters: FloatArray) -> float:
    """Return the share of empty cells of games never seen that a network answers right."""
    unseen = unseen_puzzles(every_game)
    return share_right(probabilities(parameters, unseen.puzzles), unseen.puzzles, unseen.answers)
