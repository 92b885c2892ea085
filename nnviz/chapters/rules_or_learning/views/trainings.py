"""Trainings that are made while the page is looked at, once for everybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import numpy as np

from nnviz.chapters.rules_or_learning import learning
from nnviz.chapters.rules_or_learning.grids import solved_grids
from nnviz.chapters.rules_or_learning.study import GamesStudy, configs, games_study
from nnviz.nn.checks import FloatArray, freeze
from nnviz.site.background import Background, Known
from nnviz.site.caching import cached

V = TypeVar("V")

_SLICE: Final = 10  # checkpoints


@dataclass(frozen=True, eq=False)
class Training:
    """A training as far as it has been made.

    Attributes
    ----------
    parameters : ndarray, shape (n_checkpoints, n_parameters)
    measured : Measured or None
        The scores of all checkpoints, once all updates have been made.
    """

    parameters: FloatArray
    measured: learning.Measured | None = None

    def __post_init__(self) -> None:
        freeze(self)


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


def _study(key: tuple[str, int]) -> Iterator[GamesStudy]:
    """Make the trainings of a rule set and a seed; yield the study after each of them."""
    rules, seed = key
    made = {}
    for place, config in configs(seed):
        made[place] = _unseen_accuracy(rules, config)
        yield games_study(made)


TRAININGS: Final = Background(_train, kept=8, latest_only=True)  # of 4 MB each
STUDIES: Final = Background(_study, kept=64, latest_only=True)


def training(rules: str, config: learning.Config) -> Training:
    """Return a training as far as it has been made; a thread works on it."""
    known = _sound(TRAININGS.ask((rules, config)))
    if known.latest is None:
        known = TRAININGS.work((rules, config), first=0.0)
    assert known.latest is not None  # the first slice yields the start
    return known.latest


def study(rules: str, seed: int, *, work: bool) -> GamesStudy:
    """Return what is known of a study; a thread works on it if `work` is set."""
    known = STUDIES.ask((rules, seed)) if work else STUDIES.known((rules, seed))
    return _sound(known).latest or games_study({})


def _sound(known: Known[V]) -> Known[V]:
    if known.failed:
        raise RuntimeError("a training has failed in its thread; the log says why.")
    return known
