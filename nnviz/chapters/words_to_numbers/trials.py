"""Lemmas or not: the same training over many splits, with more and more sentences to learn from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

import numpy as np

from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.study_results import band

SIZES: Final = (10, 20, 40, 60, 90)
"""Numbers of training sentences, half of them of each mood."""

MOST_SPLITS: Final = 40

Trial: TypeAlias = tuple[int, int, int]
"""Index of the split, index in `SIZES`, and 1 with lemmas or 0 without."""


@dataclass(frozen=True)
class WordsStudy:
    """Trainings that differ in the split, the number of training sentences, and the lemmas.

    Raises TypeError or ValueError if there are not 1 to `MOST_SPLITS` splits.
    """

    config: WordsConfig  # shared by all of them; its seed is that of the first split
    n_splits: int

    def __post_init__(self) -> None:
        integer(self.n_splits, "n_splits", 1, MOST_SPLITS)
        integer(self.config.seed, "seed", 0, LARGEST_SEED - MOST_SPLITS)

    @property
    def n_trials(self) -> int:
        """Number of trainings."""
        return self.n_splits * len(SIZES) * 2

    def trials(self) -> Iterator[Trial]:
        """Yield all trials, split by split; both of a pair have the same training sentences."""
        for split in range(self.n_splits):
            for size in range(len(SIZES)):
                yield split, size, 0
                yield split, size, 1

    def config_of(self, trial: Trial) -> WordsConfig:
        """Return the config of a trial."""
        split, size, lemmatised = trial
        seed = self.config.seed + split
        return replace(self.config, lemmatised=bool(lemmatised), seed=seed, n_train=SIZES[size])


def measure(config: WordsConfig) -> float:
    """Train, and return the accuracy on the held-out sentences at the end."""
    run = learn_words(config)
    return float(run.accuracy([run.last_step], test=True)[0])


@dataclass(frozen=True, eq=False)
class WordsTrials(Frozen):
    """The results of a study so far."""

    study: WordsStudy
    # (2, n_sizes, n_splits): accuracy on the held-out sentences, 0 to 1, without lemmas and with
    # them; NaN where a trial has not been made
    accuracy: FloatArray

    @property
    def n_done(self) -> int:
        """Number of trials that have been made."""
        return int(np.isfinite(self.accuracy).sum())

    def band(self, lemmatised: int) -> FloatArray:
        """Return lower quartile, median and upper quartile, shape (3, n_sizes); NaN for none."""
        found = band(self.accuracy[lemmatised])
        return np.array([found.low, found.median, found.high])

    def pairs(self, size: int = -1) -> FloatArray:
        """Return accuracy without and with lemmas of the splits of a size, shape (n_made, 2)."""
        both = self.accuracy[:, size].T
        return np.asarray(both[np.isfinite(both).all(axis=1)])

    def n_better(self, size: int = -1) -> tuple[int, int, int]:
        """Return the numbers of splits in which lemmas are better, equal and worse."""
        change = np.sign(np.diff(self.pairs(size), axis=1))
        return int((change > 0).sum()), int((change == 0).sum()), int((change < 0).sum())


def trials(study: WordsStudy, made: Mapping[Trial, float]) -> WordsTrials:
    """Return the results of a study from the accuracies that are known."""
    accuracy = np.full((2, len(SIZES), study.n_splits), np.nan)
    for (split, size, lemmatised), value in made.items():
        accuracy[lemmatised, size, split] = value
    return WordsTrials(study, accuracy)
