"""How many pictures it takes: the same training with more and more of them, many times."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig
from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.study_results import Band, band

SIZES: Final = (10, 20, 40, 60, 100, 200)
"""Numbers of pictures that are learned from."""

REPEATS: Final = 40
LARGEST_FIRST_SEED: Final = LARGEST_SEED - REPEATS

Trial: TypeAlias = tuple[int, int]
"""Index of the repeat, and index in `SIZES`."""


@dataclass(frozen=True)
class PictureStudy:
    """Trainings that differ in the pictures they learn from."""

    seed: int  # of the first repeat

    def __post_init__(self) -> None:
        integer(self.seed, "seed", 0, LARGEST_FIRST_SEED)

    def trials(self) -> Iterator[Trial]:
        """Yield all trials, repeat by repeat."""
        for repeat in range(REPEATS):
            for size in range(len(SIZES)):
                yield repeat, size

    def config_of(self, trial: Trial) -> NeuronConfig:
        """Return the config of a trial."""
        repeat, size = trial
        return NeuronConfig(SIZES[size], self.seed + repeat)


@dataclass(frozen=True, eq=False)
class PictureTrials(Frozen):
    """The results of a study so far."""

    study: PictureStudy
    # (n_sizes, REPEATS): accuracy on the held-out pictures, 0 to 1; NaN where a trial is to come
    accuracy: FloatArray

    @property
    def n_done(self) -> int:
        """Number of trials that have been made."""
        return int(np.isfinite(self.accuracy).sum())

    @property
    def n_trials(self) -> int:
        """Number of trials of the whole study."""
        return self.accuracy.size

    @property
    def band(self) -> Band:
        """The middle of the repeats of each size."""
        return band(self.accuracy)

    @property
    def mean(self) -> FloatArray:
        """The mean over the repeats of each size that have been made; NaN for none."""
        n = np.isfinite(self.accuracy).sum(axis=1)
        return np.where(n > 0, np.nansum(self.accuracy, axis=1) / np.maximum(n, 1), np.nan)


def picture_trials(study: PictureStudy, made: Mapping[Trial, float]) -> PictureTrials:
    """Return the results of a study from the accuracies that are known."""
    accuracy = np.full((len(SIZES), REPEATS), np.nan)
    for (repeat, size), value in made.items():
        accuracy[size, repeat] = value
    return PictureTrials(study, accuracy)
