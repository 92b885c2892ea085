"""Everything about a run that a picture shows, at every step it can show."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training import evaluation
from nnviz.training.record import Record

MOST_STEPS: Final = 20_000
"""Of a view that shows every update."""

_CURVE_PARTS: Final = 500
_CURVE_VALUES: Final = 20_000_000
"""Activations that may be worked out so that a curve misses no spike: a fifth of a second."""


@dataclass(frozen=True, eq=False)
class RunView(Frozen):
    """A run at steps ``first``, ``first + stride`` ..."""

    run: Record
    # first, last: the window of the run that is shown
    first: int
    last: int
    stride: int  # updates between two entries
    cumulative_errors: FloatArray  # (n,): the errors of all rows together
    rows_right: npt.NDArray[np.int64]  # (n,): rows on the right side of 0.5
    # (n,): the row whose update led to this step, counted from 1; 0 where there is none to name
    picked: npt.NDArray[np.int64]
    parameters: FloatArray  # (n, n_parameters): in the order of `Network.parameters`

    @cached_property
    def curve(self) -> FloatArray:
        """Steps and cumulative errors of the whole window, shape (n_points, 2).

        Of every part that one pixel stands for they are the lowest and the highest, so that no
        spike is lost.
        """
        units = self.run.plan.sample.n_rows * sum(self.run.plan.sizes[1:])
        # Most runs are replayed in a blink, so even a quick picture can be true to every update.
        if self.stride > 1 and (self.last - self.first + 1) * units <= _CURVE_VALUES:
            return _extremes(
                self.first, 1, self.run.cumulative_errors_between(self.first, self.last)
            )
        return self.coarse_curve

    @property
    def coarse_curve(self) -> FloatArray:
        """The same of the steps that are shown, for a picture that will be replaced."""
        return _extremes(self.first, self.stride, self.cumulative_errors)

    def predictions(self, point: tuple[float, float]) -> FloatArray:
        """Return the prediction at a point of the plane at every step, shape (n,)."""
        plan = self.run.plan
        return evaluation.predictions(plan, self.parameters, plan.inputs([point]))[:, 0]


def view(
    run: Record, *, stride: int = 1, first: int | None = None, last: int | None = None
) -> RunView:
    """Return what is to be seen of a run from step `first` to `last`, by default of all of it.

    A stride of 1 shows every update, of at most `MOST_STEPS`; a larger one is quicker, for a
    picture that will be replaced at once or for a long run.
    """
    plan = run.plan
    first = run.first_step if first is None else first
    last = run.last_step if last is None else last
    parameters = run.parameters_every(stride, first, last)
    errors, right = np.empty(len(parameters)), np.empty(len(parameters), dtype=np.int64)
    for block in evaluation.blocks(plan, len(parameters), len(plan.train_inputs)):
        z, predicted = evaluation.forward(plan, parameters[block], plan.train_inputs)[-1]
        errors[block] = evaluation.losses(plan, z, predicted, plan.train_targets).sum(axis=1)
        right[block] = ((predicted[:, :, 0] >= 0.5) == (plan.sample.y == 1)).sum(axis=1)
    picked = np.zeros(len(parameters), dtype=np.int64)
    if stride == 1:
        picked[1:] = run.picks(first, last) + 1
        if first > run.first_step:
            picked[0] = run.picks(first - 1, first)[0] + 1
    return RunView(run, first, last, stride, errors, right, picked, parameters)


def stride_of(last_step: int) -> int:
    """Return after how many updates a run of this length is shown: 1 up to `MOST_STEPS`."""
    return 1 if last_step <= MOST_STEPS else -(-last_step // (MOST_STEPS // 2))


def _extremes(first: int, stride: int, errors: FloatArray) -> FloatArray:
    points = np.column_stack([first + stride * np.arange(len(errors), dtype=float), errors])
    length = max(1, math.ceil(len(points) / _CURVE_PARTS))
    begins = np.arange(0, len(points), length)
    # Parts of equal length at once, and what is left of the last one.
    n_whole = len(points) // length
    whole, rest = np.split(errors, [n_whole * length])
    whole = whole.reshape(n_whole, length)
    kept = [np.array([0, len(points) - 1])]
    for extreme in (np.argmin, np.argmax):
        kept.append(begins[:n_whole] + extreme(whole, axis=1))
        if len(rest):
            kept.append(begins[-1:] + extreme(rest))
    return np.asarray(points[np.unique(np.concatenate(kept))])
