"""The training repeated: with more and more pictures and units, and on other people's hands."""

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.pictures_to_numbers.ten.network import HANDS, TenConfig
from nnviz.nn.checks import integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.trials import Study, Trial, Trials

AMOUNTS: Final = (20, 50, 100, 200, 500, 1_000)
"""Numbers of pictures that are learned from."""

UNITS: Final = (0, 2, 4, 8, 16, 32)
REPEATS: Final = 8
LARGEST_FIRST_SEED: Final = LARGEST_SEED - REPEATS

VARIED: Final = MappingProxyType(
    {"pictures": slice(0, 6), "units": slice(6, 12), "hands": slice(12, 14)}
)
"""What is varied, and where its variants are among all of them."""

_VARIANTS: Final[tuple[dict[str, Any], ...]] = (
    *({"n_train": n} for n in AMOUNTS),
    *({"units": n} for n in UNITS),
    *({"hands": whose} for whose in HANDS),
)


@dataclass(frozen=True)
class TenStudy(Study[TenConfig]):
    """Trainings that differ from one in the pictures, the units, or the hands."""

    config: TenConfig  # what is not varied; its seed is that of the first repeat

    def __post_init__(self) -> None:
        integer(self.config.seed, "seed", 0, LARGEST_FIRST_SEED)

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of repeats and of variants."""
        return REPEATS, len(_VARIANTS)

    def config_of(self, trial: Trial) -> TenConfig:
        """Return the config of a trial; several trials may have the same one."""
        repeat, variant = trial
        return replace(self.config, seed=self.config.seed + repeat, **_VARIANTS[variant])


TenTrials = Trials[TenStudy]
