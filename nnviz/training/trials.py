"""Trainings that are repeated with other seeds: which they are, and what has come of them so far.

Each training is a trial, named by its repeat and then by what is varied, on one axis or several. So
what is known of a study is one array, with NaN where a trial is to come.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, ClassVar, Generic, Self, TypeVar

import numpy as np

from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training.study_results import Band, band

Trial = tuple[int, ...]
C = TypeVar("C")


class Study(ABC, Generic[C]):
    """Trainings to compare; a subclass is a frozen dataclass that says everything about them."""

    @property
    @abstractmethod
    def shape(self) -> tuple[int, ...]:
        """Number of repeats, then the numbers of variants."""

    @abstractmethod
    def config_of(self, trial: Trial) -> C:
        """Return the config of a trial; several may have the same one."""

    def trials(self) -> Iterator[Trial]:
        """Yield all trials, repeat by repeat, so that whole curves come."""
        return iter(np.ndindex(self.shape))


S = TypeVar("S", bound=Study[Any])


@dataclass(frozen=True, eq=False)
class Trials(Frozen, Generic[S]):
    """What has come of a study so far."""

    study: S
    # of the shape of the study, with a last axis more if a trial gives several numbers
    values: FloatArray

    numbers: ClassVar[tuple[int, ...]] = ()
    """The shape of what a trial gives: a single number, or else how many."""

    @classmethod
    def of(cls, study: S, made: Mapping[Trial, Any]) -> Self:
        """Return what is known from the trials that have been made."""
        values = np.full((*study.shape, *cls.numbers), np.nan)
        for trial, value in made.items():
            values[trial] = value
        return cls(study, values)

    @property
    def n_done(self) -> int:
        """Number of trials that have been made."""
        return int(np.isfinite(self.values).sum()) * self.n_trials // self.values.size

    @property
    def n_trials(self) -> int:
        """Number of trials of the whole study."""
        return math.prod(self.study.shape)

    @property
    def complete(self) -> bool:
        """Whether all trials have been made."""
        return self.n_done == self.n_trials

    @property
    def progress(self) -> str:
        """How many trials have been made, as a sentence."""
        return f"{self.n_done} of {self.n_trials} trainings are made."

    def repeats(self, *variants: int | slice | EllipsisType) -> FloatArray:
        """Return what the repeats of some variants gave, shape (..., n_repeats)."""
        return np.ascontiguousarray(np.moveaxis(self.values[(slice(None), *variants)], 0, -1))

    def band(self, *variants: int | slice | EllipsisType) -> Band:
        """Return the middle of the repeats of some variants."""
        return band(self.repeats(*variants))

    def mean(self, *variants: int | slice | EllipsisType) -> FloatArray:
        """Return the mean of the repeats of some variants that have been made; NaN for none."""
        values = self.repeats(*variants)
        n = np.isfinite(values).sum(axis=-1)
        return np.where(n > 0, np.nansum(values, axis=-1) / np.maximum(n, 1), np.nan)
