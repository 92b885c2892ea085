"""A training run and its record: what was noted down, and every step in between, recomputed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz import draws, snapshots
from nnviz.checks import FloatArray, freeze, instance, integer
from nnviz.draws import RowNumbers
from nnviz.network import Network
from nnviz.run_config import RunConfig
from nnviz.steppers import Stepper, stepper

__all__ = ["Run", "RunConfig", "record"]

MOST_RECORDED = 1_000
# Bounds, in float64 values: of a record (4 MB), of a stretch while it is walked, of an answer.
_RECORD_VALUES = 500_000
_STRETCH_VALUES = 100_000
_ANSWER_VALUES = 20_000_000

# Parameters below this cannot take the error out of float64, by the limits of `RunConfig`:
# each layer makes its inputs at most 64 * 1e6 times as large.
_HARMLESS = 1e6


@dataclass(frozen=True, eq=False)
class Run:
    """The record of a training run. Step k is the moment after k updates; step 0 the start.

    Attributes
    ----------
    config : RunConfig
    recorded_steps : ndarray of int, shape (n_recorded,)
        Evenly spaced from 0, at most about 1,000, and the last step.
    parameters : ndarray, shape (n_recorded, n_parameters)
        In the order of `Network.parameters`.
    row_errors : ndarray, shape (n_recorded, n_rows)
        Loss of every row.
    cumulative_errors : ndarray, shape (n_recorded,)
        Their sum.
    gradient_sizes : ndarray, shape (n_recorded,)
        Length of the gradient of that sum; infinite where it does not fit into float64.
    last_step : int
        The last one with finite parameters and a finite cumulative error.
    diverged_at : int or None
        The step after it, if the run left the range of float64 there.
    picked_rows : ndarray of int, shape (config.steps,)
        The row of update k at index k - 1.
    """

    config: RunConfig
    recorded_steps: npt.NDArray[np.int64]
    parameters: FloatArray
    row_errors: FloatArray
    cumulative_errors: FloatArray
    gradient_sizes: FloatArray
    last_step: int
    diverged_at: int | None
    picked_rows: RowNumbers

    def __post_init__(self) -> None:
        freeze(self)

    def parameters_at(self, step: int) -> FloatArray:
        """Return the parameters after `step` updates, shape (n_parameters,)."""
        (parameters,) = self.parameters_between(step, step)
        return np.asarray(parameters)

    def parameters_between(self, first: int, last: int) -> FloatArray:
        """Return the parameters at every step of a window, exactly as the run had them.

        Returns
        -------
        ndarray, shape (last - first + 1, n_parameters)

        Raises
        ------
        TypeError, ValueError
            If the window is not within 0 and `last_step`, or has more than 20 million values.
        """
        self._check_window(first, last, self.config.n_parameters)
        return np.concatenate([path for _, path in self._stretches(first, last)])

    def row_errors_between(self, first: int, last: int) -> FloatArray:
        """Return the loss of every row at every step of a window, (last - first + 1, n_rows)."""
        self._check_window(first, last, len(self.config.rows))
        stretches = self._stretches(first, last)
        return np.concatenate([snapshots.row_errors(self.config, path) for _, path in stretches])

    def cumulative_errors_between(self, first: int, last: int) -> FloatArray:
        """Return the summed loss at every step of a window, shape (last - first + 1,)."""
        self._check_window(first, last, 1)
        stretches = self._stretches(first, last)
        return np.concatenate(
            [snapshots.row_errors(self.config, path).sum(axis=1) for _, path in stretches]
        )

    def picks(self, first: int, last: int) -> npt.NDArray[np.int64]:
        """Return the rows that led from step `first` to step `last`, shape (last - first,)."""
        self._check_window(first, last, 1)
        return self.picked_rows[first:last].astype(np.int64)

    def network_at(self, step: int) -> Network:
        """Return the network after `step` updates."""
        return draws.start(self.config).with_parameters(self.parameters_at(step))

    def learning_rate_at(self, step: int) -> float:
        """Return the rate of the update that leads from `step` to the next."""
        return self.config.learning_rate_at(step)

    def _check_window(self, first: int, last: int, values_per_step: int) -> None:
        first, last = integer(first, "first step", 0), integer(last, "last step", 0)
        if last < first:
            raise ValueError(
                f"the last step must not come before the first, {last} before {first}."
            )
        if last > self.last_step:
            why = "" if self.diverged_at is None else f", because it diverged at {self.diverged_at}"
            raise ValueError(f"this run has the steps 0 to {self.last_step}{why}; not {last}.")
        if (last - first + 1) * values_per_step > _ANSWER_VALUES:
            most = _ANSWER_VALUES // values_per_step
            raise ValueError(
                f"a window must have at most {most} steps here, not {last - first + 1}."
            )

    def _stretches(self, first: int, last: int) -> Iterator[tuple[int, FloatArray]]:
        """Walk the window again from the record before it; yield (step, parameters from there)."""
        before = int(np.searchsorted(self.recorded_steps, first, side="right")) - 1
        step, parameters = int(self.recorded_steps[before]), self.parameters[before]
        if step == first:
            yield first, parameters[np.newaxis]
        walked = _walk(self.config, stepper(self.config), parameters, self.picked_rows, step, last)
        for step, path in walked:
            if step + len(path) > first:
                yield max(step, first), path[max(0, first - step) :]


def record(config: RunConfig) -> Run:
    """Train, and return the record.

    Every `record_every` updates one moment is kept. When there are too many, every second one is
    dropped and the distance doubled. A run that leaves the range of float64 ends there, with
    `diverged_at`; saturation does not end it.

    Raises
    ------
    TypeError
        If `config` is no RunConfig.
    """
    instance(config, "config", RunConfig)
    parameters, picked_rows = draws.start(config).parameters(), draws.picks(config)
    most = max(2, min(MOST_RECORDED, _RECORD_VALUES // (len(parameters) + len(config.rows))))
    stride, steps, kept = config.record_every, [0], [parameters]
    last_step, diverged_at = 0, None
    for step, path in _walk(config, stepper(config), parameters, picked_rows, 0, config.steps):
        n_finite = _count_finite(config, path)
        for index in range(-step % stride, n_finite, stride):
            steps.append(step + index)
            kept.append(path[index].copy())
        while len(steps) > most:
            stride, steps, kept = 2 * stride, steps[::2], kept[::2]
        if n_finite:
            last_step, parameters = step + n_finite - 1, path[n_finite - 1].copy()
        if n_finite < len(path):
            diverged_at = step + n_finite
            break
    if steps[-1] != last_step:
        steps.append(last_step)
        kept.append(parameters)
    row_errors = snapshots.row_errors(config, np.array(kept))
    return Run(
        config=config,
        recorded_steps=np.array(steps),
        parameters=np.array(kept),
        row_errors=row_errors,
        cumulative_errors=row_errors.sum(axis=1),
        gradient_sizes=snapshots.gradient_sizes(config, np.array(kept)),
        last_step=last_step,
        diverged_at=diverged_at,
        picked_rows=picked_rows,
    )


def _walk(
    config: RunConfig,
    walk: Stepper,
    parameters: FloatArray,
    picked_rows: RowNumbers,
    first: int,
    last: int,
) -> Iterator[tuple[int, FloatArray]]:
    """Update from step `first` to `last`; yield (step, parameters from there on) in stretches."""
    length = max(1, _STRETCH_VALUES // len(parameters))
    changes = [step for step, _ in config.rate_changes if first < step < last]
    for end in [*changes, last]:
        while first < end:
            stop = min(end, first + length)
            path = walk(parameters, picked_rows[first:stop], config.learning_rate_at(first))
            yield first + 1, path
            first, parameters = stop, path[-1]


def _count_finite(config: RunConfig, path: FloatArray) -> int:
    """Return how many steps there are before the first that is not finite."""
    if np.abs(path).max() <= _HARMLESS:
        return len(path)
    with np.errstate(over="ignore"):
        errors = snapshots.row_errors(config, path).sum(axis=1)
    finite = np.isfinite(errors) & np.isfinite(path).all(axis=1)
    return len(path) if finite.all() else int(finite.argmin())
