"""The training repeated: with more and more pictures and units, and on other people's hands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten.network import HANDS, TenConfig
from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.study_results import Band, band

AMOUNTS: Final = (20, 50, 100, 200, 500, 1_000)
"""Numbers of pictures that are learned from."""

UNITS: Final = (0, 2, 4, 8, 16, 32)
REPEATS: Final = 8
LARGEST_FIRST_SEED: Final = LARGEST_SEED - REPEATS

Trial: TypeAlias = tuple[str, int, int]
"""What is varied ("pictures", "units" or "hands"), index of the variant, and of the repeat."""

VARIED: Final = MappingProxyType({"pictures": AMOUNTS, "units": UNITS, "hands": HANDS})


@dataclass(frozen=True)
class TenStudy:
    """Trainings that differ from one in the pictures, the units, or the hands."""

    config: TenConfig  # what is not varied; its seed is that of the first repeat

    def __post_init__(self) -> None:
        integer(self.config.seed, "seed", 0, LARGEST_FIRST_SEED)

    def trials(self) -> Iterator[Trial]:
        """Yield all trials, repeat by repeat, so that whole curves come."""
        for repeat in range(REPEATS):
            for varied, variants in VARIED.items():
                for variant in range(len(variants)):
                    yield varied, variant, repeat

    def config_of(self, trial: Trial) -> TenConfig:
        """Return the config of a trial; several trials may have the same one."""
        varied, variant, repeat = trial
        config = replace(self.config, seed=self.config.seed + repeat)
        if varied == "pictures":
            return replace(config, n_train=AMOUNTS[variant])
        if varied == "units":
            return replace(config, units=UNITS[variant])
        return replace(config, hands=HANDS[variant])


@dataclass(frozen=True, eq=False)
class TenTrials(Frozen):
    """The results of a study so far: accuracies on held-out pictures, NaN where one is to come."""

    study: TenStudy
    pictures: FloatArray  # (n_amounts, REPEATS)
    units: FloatArray  # (n_units, REPEATS)
    hands: FloatArray  # (2, REPEATS)

    @property
    def n_done(self) -> int:
        """Number of trials that have been made."""
        return sum(int(np.isfinite(getattr(self, varied)).sum()) for varied in VARIED)

    @property
    def n_trials(self) -> int:
        """Number of trials of the whole study."""
        return sum(len(variants) * REPEATS for variants in VARIED.values())

    def band(self, varied: str) -> Band:
        """Return the middle of the repeats of each variant."""
        return band(getattr(self, varied))

    def mean(self, varied: str) -> FloatArray:
        """Return the mean of the repeats of each variant that have been made; NaN for none."""
        values = getattr(self, varied)
        n = np.isfinite(values).sum(axis=1)
        return np.where(n > 0, np.nansum(values, axis=1) / np.maximum(n, 1), np.nan)


def ten_trials(study: TenStudy, made: Mapping[Trial, float]) -> TenTrials:
    """Return the results of a study from the accuracies that are known."""
    found = {name: np.full((len(each), REPEATS), np.nan) for name, each in VARIED.items()}
    for (varied, variant, repeat), value in made.items():
        found[varied][variant, repeat] = value
    return TenTrials(study, **found)
