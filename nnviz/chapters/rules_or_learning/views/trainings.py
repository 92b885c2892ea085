"""Trainings that are made while the page is looked at, once for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.chapters.rules_or_learning import learning
from nnviz.chapters.rules_or_learning.grids import solved_grids
from nnviz.chapters.rules_or_learning.study import GamesStudy, GamesTrials
from nnviz.nn.checks import FloatArray, Frozen
from nnviz.site.background import Background, Studies
from nnviz.site.caching import cached

_SLICE: Final = 10  # checkpoints


@dataclass(frozen=True, eq=False)
class Training(Frozen):
    """A training as far as it has been made."""

    parameters: FloatArray  # (n_checkpoints, n_parameters)
    # the scores of all checkpoints, once all updates have been made
    measured: learning.Measured | None = None


def _train(key: tuple[str, learning.Config]) -> Iterator[Training]:
    """Train on the games of a rule set; yield what there is after every slice."""
    rules, config = key
    every_game, made = solved_grids(rules), []
    for parameters in learning.checkpoints(learning.training_puzzles(every_game, config), config):
        made.append(parameters)
        if len(made) % _SLICE == 1:
            yield Training(np.array(made))
    parameters = np.array(made)
    yield Training(parameters, learning.measure(every_game, config, parameters))


@cached(learning.Config)
def _unseen_accuracy(rules: str, config: learning.Config) -> float:
    every_game = solved_grids(rules)
    return learning.unseen_accuracy(every_game, learning.learned(every_game, config))


TRAININGS: Final = Background(_train, kept=8, latest_only=True)  # of 4 MB each
STUDIES: Final = Studies(lambda config: _unseen_accuracy(*config), GamesTrials)


def training(rules: str, config: learning.Config) -> Training:
    """Return a training as far as it has been made; a thread works on it."""
    known = TRAININGS.ask((rules, config)).sound()
    if known.latest is None:
        known = TRAININGS.work((rules, config), first=0.0)
    assert known.latest is not None  # the first slice yields the start
    return known.latest


def study(rules: str, seed: int, *, work: bool) -> GamesTrials:
    """Return what is known of a study; a thread works on it if `work` is set."""
    return (STUDIES.ask if work else STUDIES.known)(GamesStudy(rules, seed))
