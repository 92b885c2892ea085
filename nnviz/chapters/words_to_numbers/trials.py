"""The same training over many splits, with more and more sentences: words, lemmas, vectors."""

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

FEW: Final = 1
"""Index in `SIZES` of the twenty sentences that suffice with vectors."""

MOST_SPLITS: Final = 40

Trial: TypeAlias = tuple[int, int, int]
"""Index of the split, index in `SIZES`, and which of `KINDS`."""

KINDS: Final = ("words as they stand", "lemmas", "vectors")
"""What a neuron is given: counted words, counted lemmas, or the mean of vectors."""


@dataclass(frozen=True)
class WordsStudy:
    """Trainings that differ in the split, the number of training sentences, and the inputs.

    Raises TypeError or ValueError if there are not 1 to `MOST_SPLITS` splits.
    """

    config: WordsConfig  # shared by all of them; its seed is that of the first split
    n_splits: int
    n_kinds: int = 2  # how many of `KINDS` are compared

    def __post_init__(self) -> None:
        integer(self.n_splits, "n_splits", 1, MOST_SPLITS)
        integer(self.n_kinds, "n_kinds", 2, len(KINDS))
        integer(self.config.seed, "seed", 0, LARGEST_SEED - MOST_SPLITS)

    @property
    def n_trials(self) -> int:
        """Number of trainings."""
        return self.n_splits * len(SIZES) * self.n_kinds

    def trials(self) -> Iterator[Trial]:
        """Yield all trials, split by split; those of a size have the same training sentences."""
        for split in range(self.n_splits):
            for size in range(len(SIZES)):
                for kind in range(self.n_kinds):
                    yield split, size, kind

    def config_of(self, trial: Trial) -> WordsConfig:
        """Return the config of a trial."""
        split, size, kind = trial
        return replace(
            self.config,
            lemmatised=kind == 1,
            vectors=kind == 2,
            seed=self.config.seed + split,
            n_train=SIZES[size],
        )


def measure(config: WordsConfig) -> float:
    """Train, and return the accuracy on the held-out sentences at the end."""
    run = learn_words(config)
    return float(run.accuracy([run.last_step], test=True)[0])


@dataclass(frozen=True, eq=False)
class WordsTrials(Frozen):
    """The results of a study so far."""

    study: WordsStudy
    # (n_kinds, n_sizes, n_splits): accuracy on the held-out sentences, 0 to 1; NaN where a trial
    # has not been made
    accuracy: FloatArray

    @property
    def n_done(self) -> int:
        """Number of trials that have been made."""
        return int(np.isfinite(self.accuracy).sum())

    def band(self, kind: int) -> FloatArray:
        """Return lower quartile, median and upper quartile, shape (3, n_sizes); NaN for none."""
        found = band(self.accuracy[kind])
        return np.array([found.low, found.median, found.high])

    def pairs(self, size: int = -1) -> FloatArray:
        """Return accuracy without and with lemmas of the splits of a size, shape (n_made, 2)."""
        both = self.accuracy[:2, size].T
        return np.asarray(both[np.isfinite(both).all(axis=1)])

    def n_better(self, size: int = -1) -> tuple[int, int, int]:
        """Return the numbers of splits in which lemmas are better, equal and worse."""
        change = np.sign(np.diff(self.pairs(size), axis=1))
        return int((change > 0).sum()), int((change == 0).sum()), int((change < 0).sum())


def trials(study: WordsStudy, made: Mapping[Trial, float]) -> WordsTrials:
    """Return the results of a study from the accuracies that are known."""
    accuracy = np.full((study.n_kinds, len(SIZES), study.n_splits), np.nan)
    for (split, size, kind), value in made.items():
        accuracy[kind, size, split] = value
    return WordsTrials(study, accuracy)
