"""How much more a network knows of games never seen, the more games it has learned from."""

from dataclasses import dataclass
from typing import Final

from nnviz.chapters.rules_or_learning.learning import Config
from nnviz.training.trials import Study, Trial, Trials

LADDER: Final = (1, 2, 4, 8, 16, 32, 64, 128, 216)
"""Numbers of games that are compared."""

REPEATS: Final = 5
"""Trainings with each number: with other games, other weights, another order."""


@dataclass(frozen=True)
class GamesStudy(Study[tuple[str, Config]]):
    """Trainings on the games of a rule set; a trial is the index of the repeat, and in `LADDER`."""

    rules: str
    seed: int  # of the first repeat

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of repeats and of numbers of games."""
        return REPEATS, len(LADDER)

    def config_of(self, trial: Trial) -> tuple[str, Config]:
        """Return the rule set and the config of a trial."""
        repeat, i = trial
        return self.rules, Config(LADDER[i], self.seed + repeat)


GamesTrials = Trials[GamesStudy]
"""Accuracies in games never seen."""
