"""A training run and its record: what was noted down, and every step in between, recomputed."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, freeze, instance, integer
from nnviz.nn.network import Network
from nnviz.training import evaluation, initial_state
from nnviz.training.kernels.choices import HARMLESS
from nnviz.training.replay import Way
from nnviz.training.row_order import RowNumbers
from nnviz.training.run_config import Begin, RunConfig

__all__ = ["Begin", "Run", "RunConfig", "record"]

MOST_RECORDED = 1_000
# Bounds, in float64 values: of a record (4 MB), of an answer.
_RECORD_VALUES = 500_000
_ANSWER_VALUES = 20_000_000


@dataclass(frozen=True, eq=False)
class Run:
    """The record of a training run. Step k is the moment after k updates; step 0 the start.

    A branch has the steps from `config.first_step` on.

    Attributes
    ----------
    config : RunConfig
    recorded_steps : ndarray of int, shape (n_recorded,)
        Evenly spaced from the first step, at most about 1,000, and the last step.
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

    def parameters_every(self, stride: int, first: int, last: int) -> FloatArray:
        """Return the parameters at steps ``first``, ``first + stride`` ... up to ``last``.

        Returns
        -------
        ndarray, shape ((last - first) // stride + 1, n_parameters)

        Raises
        ------
        TypeError, ValueError
            As `parameters_between`.
        """
        stride = integer(stride, "stride", 1)
        self._check_window(first, last, 0)
        self._check_window(first, first + (last - first) // stride, self.config.n_parameters)
        return np.concatenate([path for _, path in self._stretches(first, last, stride)])

    def row_errors_between(self, first: int, last: int) -> FloatArray:
        """Return the loss of every row at every step of a window, (last - first + 1, n_rows)."""
        self._check_window(first, last, len(self.config.rows))
        stretches = self._stretches(first, last)
        return np.concatenate([evaluation.row_errors(self.config, path) for _, path in stretches])

    def cumulative_errors_between(self, first: int, last: int) -> FloatArray:
        """Return the summed loss at every step of a window, shape (last - first + 1,)."""
        self._check_window(first, last, 1)
        stretches = self._stretches(first, last)
        return np.concatenate(
            [evaluation.row_errors(self.config, path).sum(axis=1) for _, path in stretches]
        )

    def picks(self, first: int, last: int) -> npt.NDArray[np.int64]:
        """Return the rows that led from step `first` to step `last`, shape (last - first,)."""
        self._check_window(first, last, 1)
        return self.picked_rows[first:last].astype(np.int64)

    def network_at(self, step: int) -> Network:
        """Return the network after `step` updates."""
        return initial_state.start(self.config).with_parameters(self.parameters_at(step))

    def learning_rate_at(self, step: int) -> float:
        """Return the rate of the update that leads from `step` to the next."""
        return self.config.learning_rate_at(step)

    def _check_window(self, first: int, last: int, values_per_step: int) -> None:
        begin = self.config.first_step
        first, last = integer(first, "first step", 0), integer(last, "last step", 0)
        if first < begin:
            raise ValueError(f"this run begins at step {begin}, so it has no step {first}.")
        if last < first:
            raise ValueError(
                f"the last step must not come before the first, {last} before {first}."
            )
        if last > self.last_step:
            why = "" if self.diverged_at is None else f", because it diverged at {self.diverged_at}"
            raise ValueError(
                f"this run has the steps {begin} to {self.last_step}{why}; not {last}."
            )
        if (last - first + 1) * values_per_step > _ANSWER_VALUES:
            most = _ANSWER_VALUES // values_per_step
            raise ValueError(
                f"a window must have at most {most} steps here, not {last - first + 1}."
            )

    def _stretches(
        self, first: int, last: int, stride: int = 1
    ) -> Iterator[tuple[int, FloatArray]]:
        """Walk the window again from the record before it.

        Yields (step, parameters at that step and every ``stride`` steps on).
        """
        before = int(np.searchsorted(self.recorded_steps, first, side="right")) - 1
        step, parameters = int(self.recorded_steps[before]), self.parameters[before]
        way = Way(self.config, self.picked_rows)
        if step < first:
            for _, path in way.walk(parameters, step, first, every=first - step):
                parameters = path[-1]
        yield first, parameters[np.newaxis]
        yield from way.walk(parameters, first, last, every=stride)


def record(config: RunConfig) -> Run:
    """Train, and return the record.

    Every `record_every` updates one moment is kept, every two times or four times as many and so
    on where there would be too many. A run that leaves the range of float64 ends there, with
    `diverged_at`; saturation does not end it.

    Raises
    ------
    TypeError
        If `config` is no RunConfig.
    """
    instance(config, "config", RunConfig)
    parameters, picked_rows = initial_state.start(config).parameters(), initial_state.picks(config)
    first, way = config.first_step, Way(config, picked_rows)
    stride = _stride(config, config.steps)
    kept = [parameters[np.newaxis]]
    kept += [path for _, path in way.walk(parameters, first, config.steps, stride)]
    last_step, diverged_at = config.steps, None
    if not way.harmless:
        last_step = _last_finite(config, way, parameters)
        if last_step < config.steps:
            diverged_at, stride = last_step + 1, _stride(config, last_step)
            walked = way.walk(parameters, first, last_step, stride)
            kept = [parameters[np.newaxis], *(path for _, path in walked)]
    moments = np.concatenate(kept)
    steps = first + stride * np.arange(len(moments))
    if steps[-1] != last_step:
        rest = way.walk(moments[-1], int(steps[-1]), last_step, last_step - int(steps[-1]))
        moments = np.concatenate([moments, *(path for _, path in rest)])
        steps = np.append(steps, last_step)
    row_errors = evaluation.row_errors(config, moments)
    return Run(
        config=config,
        recorded_steps=steps,
        parameters=moments,
        row_errors=row_errors,
        cumulative_errors=row_errors.sum(axis=1),
        gradient_sizes=evaluation.gradient_sizes(config, moments),
        last_step=last_step,
        diverged_at=diverged_at,
        picked_rows=picked_rows,
    )


def _stride(config: RunConfig, last_step: int) -> int:
    """Return the distance of the moments that are kept."""
    values = config.n_parameters + len(config.rows)
    most = max(2, min(MOST_RECORDED, _RECORD_VALUES // values))
    stride = config.record_every
    while (last_step - config.first_step) // stride + 1 > most:
        stride *= 2
    return stride


def _last_finite(config: RunConfig, way: Way, parameters: FloatArray) -> int:
    """Return the last step with finite parameters and a finite cumulative error."""
    for step, path in way.walk(parameters, config.first_step, config.steps):
        if np.abs(path).max() <= HARMLESS:
            continue
        with np.errstate(over="ignore"):
            errors = evaluation.row_errors(config, path).sum(axis=1)
        finite = np.isfinite(errors) & np.isfinite(path).all(axis=1)
        if not finite.all():
            return step + int(finite.argmin()) - 1
    return config.steps
