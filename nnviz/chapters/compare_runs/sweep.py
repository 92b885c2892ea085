"""Many runs that differ in learning rate and seed alone: how each of them ends."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import Check, Checked, FloatArray, freeze, instance, integer, items, number
from nnviz.nn.rng import LARGEST_SEED, normals, tutorial_stream
from nnviz.text.digits import told_apart
from nnviz.training import evaluation
from nnviz.training.baselines.single_neuron import guess
from nnviz.training.hyperparameters import LARGEST_RATE, Hyperparameters
from nnviz.training.kernels.kernel import Kernel
from nnviz.training.plan import Plan
from nnviz.training.recording import all_finite
from nnviz.training.row_order import RowNumbers, picked_rows
from nnviz.training.study_results import band
from nnviz.training.timeline import Timeline

MOST_RUNS = 1_000
MOST_RATES = 20
MOST_SEEDS = 300
MOST_STEPS = 10_000

_MOST_DIGITS = 17  # of a float64


def _rates(values: Any, name: str) -> tuple[float, ...]:
    rates = tuple(
        number(rate, "a learning rate", 0.0, LARGEST_RATE) for rate in items(values, name)
    )
    integer(len(rates), "the number of learning rates", 1, MOST_RATES)
    if sorted(set(rates)) != list(rates):
        raise ValueError(f"{name} must rise from each to the next.")
    return rates


@dataclass(frozen=True)
class Sweep(Checked):
    """Which runs to make: every learning rate with every seed.

    Raises TypeError or ValueError with a sentence that says what is wrong and what would be
    right. There are at most 1,000 runs of at most 10,000 updates.
    """

    # what the runs have in common: a plan of one-row updates by plain gradient descent that is
    # never changed; its own learning rate and seed are not used
    base: Annotated[Timeline, Check(instance, kind=Timeline)]
    learning_rates: Annotated[tuple[float, ...], Check(_rates)]  # 1 to 20 of them, rising
    # first_seed, n_seeds: the seeds are ``first_seed`` to ``first_seed + n_seeds - 1``, at most 300
    first_seed: Annotated[int, Check(integer)] = 0
    n_seeds: Annotated[int, Check(integer, low=1, high=MOST_SEEDS)] = 1
    # judge a run by its error after its very last update, and not at the last of the tutorial's
    # notes: those are taken after update 1, 101, 201 ... 9,901
    at_end: bool = False

    def check_together(self) -> None:
        """Refuse a base that is no run of one rate from its start, and too many runs."""
        integer(self.base.steps, "steps of a run", 1, MOST_STEPS)
        integer(self.base.record_every, "record_every of a run", 1)
        if len(self.base.stages) > 1:
            raise ValueError("base must never change: each run has one plan from its first update.")
        plan = self.base.plan
        chosen = plan.hyperparameters
        if chosen != Hyperparameters("sgd", chosen.learning_rate, 1, order=chosen.order) or (
            chosen.order == "epochs" or plan.holds_out
        ):
            raise ValueError("base must make one-row updates by plain gradient descent.")
        n_rates, n_seeds = len(self.learning_rates), self.n_seeds
        if n_rates * n_seeds > MOST_RUNS:
            raise ValueError(
                f"{n_rates} learning rates and {n_seeds} seeds make {n_rates * n_seeds:,} "
                f"runs, but must be at most {MOST_RUNS:,}."
            )
        integer(self.first_seed, "first_seed", 0, LARGEST_SEED - n_seeds + 1)

    @property
    def seeds(self) -> range:
        """The seeds, in order."""
        return range(self.first_seed, self.first_seed + self.n_seeds)

    @property
    def rate_names(self) -> tuple[str, ...]:
        """The learning rates as texts, with so many digits that they differ."""
        return told_apart(*self.learning_rates)

    @property
    def n_runs(self) -> int:
        """Learning rates times seeds."""
        return len(self.learning_rates) * self.n_seeds

    @property
    def steps(self) -> npt.NDArray[np.int64]:
        """The steps at which errors are noted, shape (n_points,); see `noted_steps`."""
        return noted_steps(self.base)

    @property
    def judged_step(self) -> int:
        """The step whose error counts as the error of the run."""
        return int(self.steps[-1 if self.at_end else -2])

    def timeline(self, learning_rate: float, seed: int) -> Timeline:
        """Return one of the runs."""
        plan, base = self.base.plan, self.base
        chosen = replace(plan.hyperparameters, learning_rate=learning_rate)
        plan = replace(plan, hyperparameters=chosen, seed=seed)
        return Timeline.of(plan, base.steps, base.record_every)


def spaced_rates(low: float, high: float, n_rates: int) -> tuple[float, ...]:
    """Return learning rates from ``low`` to ``high``, each the same factor above the last.

    They are rounded to three digits, or to as many as it takes to tell them apart: a rate
    should be one that a person can type. There are fewer where no float64 lies between. Raises
    TypeError or ValueError if the limits are not positive, or ``low`` is above ``high``.
    """
    low, high = number(low, "low", 1e-300), number(high, "high", 1e-300, 1e300)
    n_rates = integer(n_rates, "n_rates", 1, MOST_RATES)
    if low > high:
        told = told_apart(low, high)
        raise ValueError("low must not be above high, but {} is above {}.".format(*told))
    if n_rates == 1 or low == high:
        return (low,)
    rates = np.geomspace(low, high, n_rates).tolist()
    for significant in range(3, _MOST_DIGITS + 1):
        inner = [float(f"{rate:.{significant}g}") for rate in rates[1:-1]]
        rounded = [low, *inner, high]
        if sorted(set(rounded)) == rounded:
            break
    return tuple(sorted({rate for rate in rounded if low <= rate <= high}))


def noted_steps(base: Timeline) -> npt.NDArray[np.int64]:
    """Return where the errors of a run are noted, shape (n_points,), at least two.

    Before the first update, as the tutorial does (after the first update and then after every
    ``record_every`` more), and after the last update.
    """
    tutorial = range(1, base.steps + 1, base.record_every)
    return np.array([0, *tutorial, base.steps], dtype=np.int64)


def error_curves(base: Timeline, learning_rate: float, seeds: range) -> FloatArray:
    """Train with each seed, and return the cumulative errors at the noted steps alone.

    They are those that `training.record` comes to. A record holds much more, and takes longer.
    The result has the shape (n_seeds, n_points), read-only: infinite from where a run has left
    the range of float64.

    Parameters
    ----------
    base : Timeline
        As in `Sweep`.
    seeds : range
    """
    plan, steps = base.plan, noted_steps(base)
    kernel, rates = Kernel.of(plan), np.full(base.steps, learning_rate)
    state, places = np.empty((0, plan.n_parameters)), np.arange(base.steps + 1)
    ends, moments = np.full(len(seeds), base.steps), []
    for i, (start, picked) in enumerate(_starts(plan, base.steps, seeds)):
        trained = kernel.train(start, state, picked, places, rates, every=base.record_every)
        moments += [start, *trained.path, trained.parameters]
        if not trained.harmless:
            finite = all_finite(plan, kernel.train(start, state, picked, places, rates).path)
            ends[i] = base.steps if finite.all() else finite.argmin()
    errors = evaluation.row_errors(plan, np.array(moments)).sum(axis=1)
    curves: FloatArray = errors.reshape(len(seeds), len(steps))
    curves[steps[np.newaxis] > ends[:, np.newaxis]] = np.inf
    curves.flags.writeable = False
    return curves


def _starts(plan: Plan, steps: int, seeds: range) -> Iterator[tuple[FloatArray, RowNumbers]]:
    """Yield the first parameters of a run, and the row of each of its updates, for each seed."""
    order, n_rows, n_drawn = plan.hyperparameters.order, len(plan.train_inputs), plan.sizes[0] + 1
    stream = tutorial_stream(0)
    for seed in seeds:
        if order != "tutorial":
            picked = picked_rows(order, n_rows, seed, steps, n_drawn)
            yield replace(plan, seed=seed).start, picked.copy()
            continue
        # As `row_order` does it, but with one stream: to make one takes longer than the rest.
        stream.seed(seed)
        numbers = normals(n_drawn, rng=stream)
        picked = stream.randint(n_rows, size=steps).astype(np.int32)
        tutorial = plan.architecture.initialisation == "tutorial" and len(plan.sizes) == 2
        yield numbers if tutorial else replace(plan, seed=seed).start, picked


@dataclass(frozen=True, eq=False)
class SweepResult:
    """What is known of the runs so far."""

    sweep: Sweep
    # (n_rates, n_seeds, n_points): cumulative error at every noted step, dimensionless: NaN in a
    # run that has not been made yet, infinite from where a run has left the range of float64
    curves: FloatArray

    def __post_init__(self) -> None:
        shape = (len(self.sweep.learning_rates), self.sweep.n_seeds, len(self.sweep.steps))
        if self.curves.shape != shape:
            raise ValueError(f"curves must have shape {shape}, but have {self.curves.shape}.")
        freeze(self)

    @property
    def guess(self) -> float:
        """Cumulative error of answering 0.5 to every row."""
        return guess(self.sweep.base.plan.sample.y)

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
    def n_all_done(self) -> int:
        """How many runs have been made at all rates together."""
        return int(self.n_done.sum())

    @property
    def complete(self) -> bool:
        """Whether every run has been made."""
        return self.n_all_done == self.sweep.n_runs

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

        The result has the shape (3, n_points): of the runs that have been made; NaN if there are
        none. Between two runs they lie halfway, as ``np.quantile`` puts them. `rate`: index of the
        learning rate.
        """
        middle = band(self.curves[rate].T)
        return np.array([middle.low, middle.median, middle.high])

    def summary(self, rate: int) -> FloatArray:
        """Return least error, quartiles and greatest error of a rate's runs, shape (5,)."""
        errors, middle = self.errors[rate], band(self.errors[rate])
        least, greatest = np.fmin.reduce(errors), np.fmax.reduce(errors)
        return np.array([least, middle.low, middle.median, middle.high, greatest])

    def share_rising(self, rate: int) -> float:
        """Return at what share of the tutorial's notes the error is above that of the note before.

        Of all runs of a rate that have been made, taken together; NaN without two notes.
        """
        made = self.made(rate)[:, 1:-1]
        if made.shape[0] == 0 or made.shape[1] < 2:
            return float("nan")
        return float(np.mean(made[:, 1:] > made[:, :-1]))

    def without(self, rates: tuple[int, ...]) -> "SweepResult":
        """Return the same as if the runs of some rates, given by index, had not been made."""
        curves = self.curves.copy()
        curves[list(rates)] = np.nan
        return SweepResult(self.sweep, curves)

    def made(self, rate: int) -> FloatArray:
        """Return the curves of a rate's runs that have been made, shape (n_done, n_points)."""
        return np.asarray(self.curves[rate][~np.isnan(self.errors[rate])])
