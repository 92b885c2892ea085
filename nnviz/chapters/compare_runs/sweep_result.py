"""What has come of many runs so far: which are worse than guessing, and how they are spread."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from nnviz.chapters.compare_runs.sweep import Sweep
from nnviz.nn.checks import FloatArray, freeze
from nnviz.training.baselines.single_neuron import guess


@dataclass(frozen=True, eq=False)
class SweepResult:
    """What is known of the runs so far.

    Attributes
    ----------
    sweep : Sweep
    curves : ndarray, shape (n_rates, n_seeds, n_points)
        Cumulative error at every noted step, dimensionless: NaN in a run that has not been made
        yet, infinite from where a run has left the range of float64.
    """

    sweep: Sweep
    curves: FloatArray

    def __post_init__(self) -> None:
        shape = (len(self.sweep.learning_rates), self.sweep.n_seeds, len(self.sweep.steps))
        if self.curves.shape != shape:
            raise ValueError(f"curves must have shape {shape}, but have {self.curves.shape}.")
        freeze(self)

    @property
    def guess(self) -> float:
        """Cumulative error of answering 0.5 to every row."""
        return guess(self.sweep.base.y)

    @cached_property
    def errors(self) -> FloatArray:
        """The error of each run at `Sweep.judged_step`, shape (n_rates, n_seeds)."""
        errors = self.curves[:, :, -1 if self.sweep.at_end else -2].copy()
        errors.flags.writeable = False
        return errors

    @property
    def n_done(self) -> npt.NDArray[np.int64]:
        """How many runs of each rate have been made, shape (n_rates,)."""
        return np.asarray(np.sum(~np.isnan(self.errors), axis=1))

    @property
    def n_worse(self) -> npt.NDArray[np.int64]:
        """How many of them end worse than guessing, diverged ones too, shape (n_rates,)."""
        # NaN, a run that has not been made, is not above anything.
        return np.asarray(np.sum(self.errors > self.guess, axis=1))

    @property
    def n_diverged(self) -> npt.NDArray[np.int64]:
        """How many of them have left the range of float64, shape (n_rates,)."""
        return np.asarray(np.sum(np.isinf(self.errors), axis=1))

    @property
    def share_worse(self) -> FloatArray:
        """`n_worse` of `n_done`, shape (n_rates,); NaN where no run has been made."""
        with np.errstate(invalid="ignore"):
            return np.asarray(self.n_worse / self.n_done)

    def quartiles(self, rate: int) -> FloatArray:
        """Return lower quartile, median and upper quartile at every noted step.

        Parameters
        ----------
        rate : int
            Index of the learning rate.

        Returns
        -------
        ndarray, shape (3, n_points)
            Of the runs that have been made; NaN if there are none. Between two runs they lie
            halfway, as ``np.quantile`` puts them.
        """
        return _quartiles(self._made(rate, self.curves[rate]))

    def summary(self, rate: int) -> FloatArray:
        """Return least error, quartiles and greatest error of a rate's runs, shape (5,)."""
        errors = self._made(rate, self.errors[rate])
        if not len(errors):
            return np.full(5, np.nan)
        return np.array([errors.min(), *_quartiles(errors), errors.max()])

    def share_rising(self, rate: int) -> float:
        """Return at what share of the tutorial's notes the error is above that of the note before.

        Of all runs of a rate that have been made, taken together; NaN without two notes.
        """
        made = self._made(rate, self.curves[rate])[:, 1:-1]
        if made.shape[0] == 0 or made.shape[1] < 2:
            return float("nan")
        return float(np.mean(made[:, 1:] > made[:, :-1]))

    def without(self, rates: tuple[int, ...]) -> "SweepResult":
        """Return the same as if the runs of some rates, given by index, had not been made."""
        curves = self.curves.copy()
        curves[list(rates)] = np.nan
        return SweepResult(self.sweep, curves)

    def _made(self, rate: int, values: FloatArray) -> FloatArray:
        made: FloatArray = values[~np.isnan(self.errors[rate])]
        return made


def _quartiles(runs: FloatArray) -> FloatArray:
    """Quartiles over the first axis: `np.quantile`, but infinity is a number like others."""
    if not len(runs):
        return np.full((3, *runs.shape[1:]), np.nan)
    runs = np.sort(runs, axis=0)
    places = np.array([0.25, 0.5, 0.75]) * (len(runs) - 1)
    low, part = places.astype(int), places % 1
    below, above = runs[low], runs[np.minimum(low + 1, len(runs) - 1)]
    weight = part.reshape(3, *[1] * (runs.ndim - 1))
    with np.errstate(invalid="ignore"):  # infinity minus infinity
        between = below + weight * (above - below)
    return np.asarray(np.where((weight == 0) | (below == above), below, between))
