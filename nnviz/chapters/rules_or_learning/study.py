"""How much more a network knows of games never seen, the more games it has learned from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning.learning import Config
from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training.study_results import Band, band

LADDER: Final = (1, 2, 4, 8, 16, 32, 64, 128, 216)
"""Numbers of games that are compared."""

REPEATS: Final = 5
"""Trainings with each number: with other games, other weights, another order."""


@dataclass(frozen=True, eq=False)
class GamesStudy(Frozen):
    """The results of the trainings made so far."""

    # (n_numbers, n_repeats): accuracy in games never seen, one row for each number of `LADDER`; NaN
    # for a training that has not been made yet
    right: FloatArray

    @property
    def n_done(self) -> int:
        """Number of trainings that have been made."""
        return int(np.isfinite(self.right).sum())

    @property
    def complete(self) -> bool:
        """Whether all trainings have been made."""
        return self.n_done == self.right.size

    @property
    def band(self) -> Band:
        """Median and quartiles over the repeats, for each number of games."""
        return band(self.right)


def configs(seed: int) -> Iterator[tuple[tuple[int, int], Config]]:
    """Yield place and config of every training: repeat by repeat, so that whole curves come."""
    for repeat in range(REPEATS):
        for i, n_games in enumerate(LADDER):
            yield (i, repeat), Config(n_games, seed + repeat)


def games_study(made: Mapping[tuple[int, int], float]) -> GamesStudy:
    """Return the study from the accuracies that are known, by (number, repeat)."""
    right = np.full((len(LADDER), REPEATS), np.nan)
    for place, accuracy in made.items():
        right[place] = accuracy
    return GamesStudy(right)
