"""The record of a training: what a timeline makes of a network, and every step of it again."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, instance, integer
from nnviz.nn.network import Network
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.recording import (
    all_finite,
    early_stop,
    in_common,
    last_finite,
    recorded,
    start_of,
)
from nnviz.training.row_order import RowNumbers
from nnviz.training.scores import Scores, scores
from nnviz.training.segment import Segment
from nnviz.training.timeline import Stage, Timeline

__all__ = ["Record", "Segment", "Timeline", "brief_record", "record"]

# What is asked for at once, in float64 values.
_MOST_VALUES: Final = 20_000_000

BRIEF: Final = 10_000_000
"""Parameters that a training changes in some tenths of a second, each row of a batch counted."""


@dataclass(frozen=True, eq=False)
class Record:
    """The record of a timeline. Step k is the state after k updates; step 0 the start.

    Attributes
    ----------
    timeline : Timeline
    segments : tuple of Segment
        One for each stage that was reached and changes something.
    last_step : int
        The last one with finite parameters and a finite training loss.
    diverged_at : int or None
        The step after it, if the run left the range of float64 there.
    stopped_at : int or None
        The last step, if early stopping ended the run there.
    """

    timeline: Timeline
    segments: tuple[Segment, ...]
    last_step: int
    diverged_at: int | None = None
    stopped_at: int | None = None

    @property
    def first_step(self) -> int:
        """Its first step: 0, but of a part of a record."""
        return self.segments[0].first

    @property
    def plan(self) -> Plan:
        """The plan of its last segment."""
        return self.segments[-1].plan

    @property
    def starts_at_random(self) -> bool:
        """Whether its first parameters are those that its plan draws."""
        segment = self.segments[0]
        return np.array_equal(segment.parameters[0], segment.plan.start)

    def segment_at(self, step: int) -> Segment:
        """Return the segment of a step; at a step where something was changed, the new one."""
        step = integer(step, "step", self.first_step, self.last_step)
        return [segment for segment in self.segments if segment.first <= step][-1]

    def plan_at(self, step: int) -> Plan:
        """Return the plan by which the update after a step is made."""
        return self.segment_at(step).plan

    def epoch_at(self, step: int) -> float:
        """Return how many epochs have been finished at a step, with the part of this one."""
        return self.segment_at(step).updates.epoch_at(step)

    def learning_rate_at(self, step: int) -> float:
        """Return the rate of the update that leads from a step to the next."""
        return float(self.segment_at(step).updates.rates(step, step + 1)[0])

    def parameters_at(self, step: int) -> FloatArray:
        """Return the parameters at a step, shape (n_parameters,)."""
        return self.segment_at(step).parameters_at(step)

    def scores_at(self, step: int) -> Scores:
        """Return how well the network does at a step, in arrays of shape (1,)."""
        return scores(self.plan_at(step), self.parameters_at(step)[np.newaxis])

    def network_at(self, step: int) -> Network:
        """Return the network at a step."""
        return self.plan_at(step).network(self.parameters_at(step))

    def parameters_between(self, first: int, last: int) -> FloatArray:
        """Return the parameters at every step of a window; see `parameters_every`."""
        return self.parameters_every(1, first, last)

    def parameters_every(self, stride: int, first: int, last: int) -> FloatArray:
        """Return the parameters at steps ``first``, ``first + stride`` ... up to ``last``.

        The result has the shape ((last - first) // stride + 1, n_parameters). Raises ValueError if
        it has more than 20 million values, or the number of parameters changes in it.
        """
        stride = integer(stride, "stride", 1)
        self._check_window(first, last)
        self._check_size((last - first) // stride + 1, self.plan_at(first).n_parameters)
        first_path, *more = [path for _, path in self._parts(stride, first, last)]
        return np.concatenate([first_path, *more]) if more else first_path

    def row_errors_between(self, first: int, last: int) -> FloatArray:
        """Return the loss of every training row at every step, (last - first + 1, n_rows)."""
        self._check_window(first, last)
        self._check_size(last - first + 1, len(self.plan_at(first).split.train))
        parts = self._parts(1, first, last)
        return np.concatenate([evaluation.row_errors(plan, path) for plan, path in parts])

    def cumulative_errors_between(self, first: int, last: int) -> FloatArray:
        """Return the sum of the losses of the training rows at every step, (last - first + 1,)."""
        self._check_window(first, last)
        self._check_size(last - first + 1, 1)
        return np.concatenate(
            [
                evaluation.row_errors(plan, path[block]).sum(axis=1)
                for plan, path in self._parts(1, first, last)
                for block in evaluation.blocks(plan, len(path), len(plan.train_inputs))
            ]
        )

    def picks(self, first: int, last: int) -> RowNumbers:
        """Return the training rows that led from step `first` to step `last`, one after the other.

        With one row an update, that of the update after step k stands at index k - first.
        """
        self._check_window(first, last)
        found = [
            segment.updates.batches(max(first, segment.first), min(last, segment.last))[0]
            for segment in self.segments
            if max(first, segment.first) < min(last, segment.last)
        ]
        return np.concatenate([np.empty(0, dtype=np.int32), *found])

    @cached_property
    def recorded_steps(self) -> npt.NDArray[np.int64]:
        """The steps of its checkpoints, shape (n_recorded,), each once."""
        return np.concatenate([s.recorded_steps[kept] for s, kept in self._checkpoints()])

    @cached_property
    def parameters(self) -> FloatArray:
        """The parameters at the checkpoints, shape (n_recorded, n_parameters)."""
        return _frozen(np.concatenate([s.parameters[kept] for s, kept in self._checkpoints()]))

    @cached_property
    def row_errors(self) -> FloatArray:
        """The loss of every training row at the checkpoints, shape (n_recorded, n_rows)."""
        return _frozen(evaluation.row_errors(self.plan, self.parameters))

    @cached_property
    def cumulative_errors(self) -> FloatArray:
        """Its sum over the rows, shape (n_recorded,)."""
        return _frozen(self.row_errors.sum(axis=1))

    @cached_property
    def gradient_sizes(self) -> FloatArray:
        """The length of the gradient of that sum, shape (n_recorded,); inf beyond float64."""
        return _frozen(evaluation.gradient_sizes(self.plan, self.parameters))

    def run_at(self, step: int) -> "Record":
        """Return the part around a step in which nothing but the learning rate is changed."""
        step = integer(step, "step", self.first_step, self.last_step)
        return [run for run in self.runs if run.first_step <= step][-1]

    @cached_property
    def runs(self) -> tuple["Record", ...]:
        """Its parts, in each of which nothing but the learning rate is changed."""
        begins = [k for k, segment in enumerate(self.segments) if k == 0 or not segment.goes_on]
        if len(begins) == 1:
            return (self,)
        *others, last = (
            self.segments[begin:end] for begin, end in pairwise([*begins, len(self.segments)])
        )
        return (
            *(Record(self.timeline, segments, segments[-1].last) for segments in others),
            Record(self.timeline, last, self.last_step, self.diverged_at, self.stopped_at),
        )

    def _checkpoints(self) -> Iterator[tuple[Segment, npt.NDArray[np.bool_]]]:
        """Yield each segment with which of its checkpoints lie on the grid, or end the record."""
        for segment, after in zip(self.segments, (*self.segments[1:], None), strict=True):
            steps = segment.recorded_steps
            kept = (steps - segment.origin) % segment.stride == 0
            if after is None:
                kept |= steps == self.last_step
            else:
                kept &= steps < after.first
            yield segment, kept

    def _parts(self, stride: int, first: int, last: int) -> Iterator[tuple[Plan, FloatArray]]:
        """Yield plan and parameters at the steps of a window, segment by segment."""
        at = first
        for segment, after in zip(self.segments, (*self.segments[1:], None), strict=True):
            end = min(last, self.last_step if after is None else after.first - 1)
            if at <= end:
                yield segment.plan, segment.parameters_every(stride, at, end)
                at += ((end - at) // stride + 1) * stride

    def _check_window(self, first: int, last: int) -> None:
        begin = self.first_step
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

    @staticmethod
    def _check_size(n_steps: int, values_per_step: int) -> None:
        if n_steps * values_per_step > _MOST_VALUES:
            most = _MOST_VALUES // values_per_step
            raise ValueError(f"a window must have at most {most} steps here, not {n_steps}.")


def record(
    timeline: Timeline, known: Record | None = None, shown_every: int = 0, until: int | None = None
) -> Record:
    """Train, and return the record.

    At most about 1,000 checkpoints are kept, with the state of the optimizer; every step in
    between is repeated exactly from the checkpoint before it. A run that leaves the range of
    float64 ends there, with `diverged_at`; saturation does not end it.

    Parameters
    ----------
    known : Record, optional
        Of a line that this one leaves, or of its beginning: what both have in common is not
        trained again.
    shown_every : int
        The parameters of every so many updates of each run are kept as well, from its first step
        on, so that nothing is trained again to show them; 0 keeps none.
    until : int, optional
        The step to stop at, if not all is needed: 1 to that at which the timeline ends.
    """
    instance(timeline, "timeline", Timeline)
    steps = timeline.steps if until is None else integer(until, "until", 1, timeline.steps)
    reached = [stage for stage in _reached(timeline) if stage.step < steps]
    ends = [*(stage.step for stage in reached[1:]), steps]
    segments: list[Segment] = []
    stopped_at = diverged_at = None
    for stage, end in zip(reached, ends, strict=True):
        start = start_of(timeline, stage, segments[-1] if segments else None, shown_every)
        if segments and not all_finite(start.plan, start.parameters[np.newaxis]).all():
            diverged_at = stage.step + 1
            break
        if segments and segments[-1].first == segments[-1].last:
            segments.pop()  # replaced before an update was made by it
        stop = early_stop(start, end)
        last = end if stop is None else stop
        there = known.segments if known else ()
        segment, harmless = in_common(start, last, there), True
        if segment is None:
            segment, harmless = recorded(start, last, there)
        if not harmless:
            finite = last_finite(start, segment.last)
            if finite < segment.last:
                diverged_at, stop = finite + 1, None
                if timeline.record_every and finite > start.step:
                    # Checkpoints as often as in a run that was planned to end here.
                    ended = record(replace(timeline, steps=finite))
                    return replace(ended, timeline=timeline, diverged_at=diverged_at)
                segment, _ = recorded(start, finite)
        segments.append(segment)
        stopped_at = stop
        if diverged_at is not None or stopped_at is not None:
            break
    return Record(timeline, tuple(segments), segments[-1].last, diverged_at, stopped_at)


@lru_cache(maxsize=16)
def brief_record(timeline: Timeline) -> Record:
    """Return the record of a timeline whose training nobody waits for; the newest ones are kept.

    Raises ValueError if it may change more than `BRIEF` parameters.
    """
    plans = [stage.plan for stage in timeline.stages]
    work = timeline.steps * max(plan.batch_size * plan.n_parameters for plan in plans)
    if work > BRIEF:
        raise ValueError(f"this training changes up to {work:,} parameters, more than {BRIEF:,}.")
    return record(timeline)


def _reached(timeline: Timeline) -> list[Stage]:
    """Return the stages that are reached, without those that change nothing."""
    reached: list[Stage] = []
    for stage in timeline.stages:
        new = not reached or stage.by_hand or stage.plan != reached[-1].plan
        if new and stage.step < timeline.steps:
            reached.append(stage)
    return reached


def _frozen(array: FloatArray) -> FloatArray:
    array.flags.writeable = False
    return array
