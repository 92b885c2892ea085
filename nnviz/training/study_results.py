"""What has come of a study so far: every run of every variant, its median and its quartiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, integer, one_of
from nnviz.training.learning_curve import MEASURES, Learning
from nnviz.training.study import Study

MOMENTS: Final = ("end", "best")
"""When a run is judged: at its end, or where the loss of the test rows was lowest."""


@dataclass(frozen=True, eq=False)
class Band(Frozen):
    """The middle of some runs: NaN where there is no run, infinite where it left float64.

    All arrays have one shape.
    """

    # low, median, high: a quarter of the runs is at or below `low`, half at or below `median`, a
    # quarter at or above `high`; between two runs in proportion
    low: FloatArray
    median: FloatArray
    high: FloatArray
    n: npt.NDArray[np.int64]  # how many runs there are


def band(values: FloatArray) -> Band:
    """Return median and quartiles over the last axis; NaN means a run that there is not.

    Parameters
    ----------
    values : ndarray, shape (..., n_runs)
        Infinite for a run that left the range of float64.

    Returns
    -------
    Band
        Of arrays of shape (...).
    """
    # NaN is sorted to the end, behind infinity.
    ordered, n = np.sort(values, axis=-1), np.sum(~np.isnan(values), axis=-1)
    found = []
    for share in (0.25, 0.5, 0.75):
        place = share * np.maximum(n - 1, 0)
        under = np.floor(place).astype(np.int64)
        over = np.ceil(place).astype(np.int64)
        low = np.take_along_axis(ordered, under[..., np.newaxis], axis=-1)[..., 0]
        high = np.take_along_axis(ordered, over[..., np.newaxis], axis=-1)[..., 0]
        # Two infinities have no difference; the one between them is infinite as well.
        with np.errstate(invalid="ignore"):
            found.append(np.where(low == high, low, low + (place - under) * (high - low)))
    low, median, high = found
    return Band(low, median, high, np.asarray(n, dtype=np.int64))


@dataclass(frozen=True, eq=False)
class Results:
    """The runs of a study that have been made."""

    study: Study
    # ``learnings[variant][repeat]``; None for a run that has not been made yet
    learnings: tuple[tuple[Learning | None, ...], ...]

    @property
    def n_done(self) -> int:
        """How many runs have been made."""
        return sum(learning is not None for row in self.learnings for learning in row)

    @property
    def complete(self) -> bool:
        """Whether all runs have been made."""
        return self.n_done == self.study.n_runs

    @property
    def n_diverged(self) -> tuple[int, ...]:
        """How many runs of each variant left the range of float64."""
        return tuple(
            sum(each is not None and each.diverged for each in row) for row in self.learnings
        )

    def values(self, measure: str, at: str = "end") -> FloatArray:
        """Return one of `MEASURES` for each run, at one of `MOMENTS`; (n_variants, n_repeats).

        It is NaN for a run that has not been made yet; at the end infinite for one that left the
        range of float64.
        """
        measure, at = one_of(measure, "measure", MEASURES), one_of(at, "at", MOMENTS)
        return np.array([[_value(each, measure, at) for each in row] for row in self.learnings])

    def band(self, measure: str, at: str = "end") -> Band:
        """Return the middle of `values` over the repeats; arrays of shape (n_variants,)."""
        return band(self.values(measure, at))

    def curves(self, variant: int, measure: str) -> FloatArray:
        """Return a measure after 0, 1, 2 ... epochs of every run of a variant.

        The result has the shape (n_repeats, epochs + 1): NaN in a run that has not been made yet,
        infinite from where a run has left the range of float64. ``band(curves.T)`` is their middle
        after every epoch.
        """
        measure = one_of(measure, "measure", MEASURES)
        variant = integer(variant, "variant", 0, len(self.learnings) - 1)
        curves = np.full((self.study.n_repeats, self.study.epochs + 1), np.nan)
        for curve, learning in zip(curves, self.learnings[variant], strict=True):
            if learning is not None:
                measured = getattr(learning, measure)
                curve[:] = np.inf
                curve[: len(measured)] = measured
        return curves

    def n_all_right(self) -> tuple[int, ...]:
        """Return how many runs of each variant end with every training row right."""
        return tuple(int(n) for n in np.sum(self.values("train_error") == 0, axis=1))


def results(study: Study, made: Mapping[tuple[int, int], Learning]) -> Results:
    """Return what has come of a study so far, from any of the runs that `study.learnings` yields.

    Raises ValueError if a run is not of this study.
    """
    pieces = set(study.pieces())
    for piece, learning in made.items():
        if piece not in pieces or learning.epochs != study.epochs:
            raise ValueError(f"the run {piece} is not of this study.")
    rows = range(len(study.variants))
    return Results(
        study, tuple(tuple(made.get((row, k)) for k in range(study.n_repeats)) for row in rows)
    )


def _value(learning: Learning | None, measure: str, at: str) -> float:
    if learning is None:
        return np.nan
    if at == "best":
        return float(getattr(learning, measure)[learning.best_epoch])
    return np.inf if learning.diverged else float(getattr(learning, measure)[-1])
