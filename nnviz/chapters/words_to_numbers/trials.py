"""The same training over many splits, with more and more sentences: words, lemmas, vectors."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.chapters.words_to_numbers.learning import WordsConfig, learn_words
from nnviz.nn.checks import FloatArray, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.study_results import Band
from nnviz.training.trials import Study, Trial, Trials

SIZES: Final = (10, 20, 40, 60, 90)
"""Numbers of training sentences, half of them of each mood."""

FEW: Final = 1
"""Index in `SIZES` of the twenty sentences that suffice with vectors."""

MOST_SPLITS: Final = 40

KINDS: Final = ("words as they stand", "lemmas", "vectors")
"""What a neuron is given: counted words, counted lemmas, or the mean of vectors."""


@dataclass(frozen=True)
class WordsStudy(Study[WordsConfig]):
    """Trainings that differ in the split, the number of training sentences, and the inputs.

    A trial is the index of the split, that in `SIZES`, and that in `KINDS`; those of a split and a
    size have the same training sentences. Raises TypeError or ValueError if there are not 1 to
    `MOST_SPLITS` splits.
    """

    config: WordsConfig  # shared by all of them; its seed is that of the first split
    n_splits: int
    n_kinds: int = 2  # how many of `KINDS` are compared

    def __post_init__(self) -> None:
        integer(self.n_splits, "n_splits", 1, MOST_SPLITS)
        integer(self.n_kinds, "n_kinds", 2, len(KINDS))
        integer(self.config.seed, "seed", 0, LARGEST_SEED - MOST_SPLITS)

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of splits, of `SIZES`, and of kinds."""
        return self.n_splits, len(SIZES), self.n_kinds

    def config_of(self, trial: Trial) -> WordsConfig:
        """Return the config of a trial."""
        split, size, kind = trial
        seed = self.config.seed + split
        changed = replace(self.config, lemmatised=kind == 1, vectors=kind == 2, seed=seed)
        return replace(changed, n_train=SIZES[size])


def measure(config: WordsConfig) -> float:
    """Train, and return the accuracy on the held-out sentences at the end."""
    run = learn_words(config)
    return float(run.accuracy([run.last_step], test=True)[0])


class WordsTrials(Trials[WordsStudy]):
    """The accuracies of a study so far."""

    def of_kind(self, kind: int) -> Band:
        """Return the middle of the splits for each of `SIZES`."""
        return self.band(slice(None), kind)

    def pairs(self, size: int = -1) -> FloatArray:
        """Return accuracy without and with lemmas of the splits of a size, shape (n_made, 2)."""
        both = self.values[:, size, :2]
        return np.asarray(both[np.isfinite(both).all(axis=1)])

    def n_better(self) -> tuple[int, int, int]:
        """Return in how many splits lemmas are better, equal and worse, with most sentences."""
        change = np.sign(np.diff(self.pairs(), axis=1))
        return int((change > 0).sum()), int((change == 0).sum()), int((change < 0).sum())
