"""The history of a training: what a timeline makes of a network, and every step of it again."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, instance, integer
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.plan_transfer import carried, same_parameters
from nnviz.training.segment import Course, Segment
from nnviz.training.timeline import Stage, Timeline

__all__ = ["Record", "Segment", "Timeline", "record"]

MOST_RECORDED = 1_000
# Of a whole record, in float64 values: 4 MB.
_RECORD_VALUES = 500_000


@dataclass(frozen=True, eq=False)
class Record:
    """The record of a timeline. Step k is the moment after k updates; step 0 the start.

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
    diverged_at: int | None
    stopped_at: int | None

    def segment_at(self, step: int) -> Segment:
        """Return the segment of a step; at a step where something was changed, the new one."""
        step = integer(step, "step", 0, self.last_step)
        return [segment for segment in self.segments if segment.first <= step][-1]

    def plan_at(self, step: int) -> Plan:
        """Return the plan by which the update after a step is made."""
        return self.segment_at(step).plan

    def parameters_at(self, step: int) -> FloatArray:
        """Return the parameters at a step, shape (n_parameters,)."""
        return self.segment_at(step).parameters_at(step)

    def parameters_every(self, stride: int, first: int, last: int) -> FloatArray:
        """Return the parameters every ``stride`` steps, within the segment of the first one."""
        return self.segment_at(first).parameters_every(stride, first, last)

    def epoch_at(self, step: int) -> float:
        """Return how many epochs have been finished at a step, with the part of this one."""
        return self.segment_at(step).course.epoch_at(step)


def record(timeline: Timeline) -> Record:
    """Train, and return the record.

    At most about 1,000 moments are kept, with what the optimiser remembered there; every step in
    between is repeated exactly from the moment before it. A run that leaves the range of float64
    ends there, with `diverged_at`.

    Raises
    ------
    TypeError
        If `timeline` is no Timeline.
    """
    instance(timeline, "timeline", Timeline)
    reached = _reached(timeline)
    ends = [*(stage.step for stage in reached[1:]), timeline.steps]
    segments: list[Segment] = []
    stopped_at = diverged_at = None
    for stage, end in zip(reached, ends, strict=True):
        course, parameters, memory = _begin(stage, segments[-1] if segments else None)
        if segments and not _finite(course.plan, parameters[np.newaxis]).all():
            diverged_at = stage.step + 1
            break
        stop = _early_stop(course, parameters, memory, stage.step, end)
        last = end if stop is None else stop
        stride = _stride(timeline, course.plan)
        segment, harmless = _recorded(course, parameters, memory, stage.step, last, stride)
        if not harmless:
            finite = _last_finite(course, parameters, memory, stage.step, last)
            if finite < last:
                diverged_at = finite + 1
                segment, _ = _recorded(course, parameters, memory, stage.step, finite, stride)
        segments.append(segment)
        if diverged_at is not None:
            break
        if stop is not None:
            stopped_at = stop
            break
    return Record(timeline, tuple(segments), segments[-1].last, diverged_at, stopped_at)


def _reached(timeline: Timeline) -> list[Stage]:
    """Return the stages that are reached, without those that change nothing."""
    reached: list[Stage] = []
    for stage in timeline.stages:
        new = not reached or stage.by_hand or stage.plan != reached[-1].plan
        if new and stage.step < timeline.steps:
            reached.append(stage)
    return reached


def _begin(stage: Stage, before: Segment | None) -> tuple[Course, FloatArray, FloatArray]:
    """Return where the segment of a stage starts from."""
    plan = stage.plan
    if before is None:
        course, parameters = Course(plan), np.array(plan.start)
        memory = course.nothing_remembered()
    else:
        old = before.plan
        parameters = np.array(carried(old, before.parameters[-1], plan))
        goes_on = _same_rows(old, plan)
        same_memory = (
            old.hyperparameters.optimizer == plan.hyperparameters.optimizer
            and same_parameters(old, plan)
        )
        course = Course(
            plan,
            before.course.order_begin if goes_on else stage.step,
            before.course.optimizer_begin if same_memory else stage.step,
            before.course.epochs_before if goes_on else before.course.epoch_at(stage.step),
        )
        memory = before.memories[-1] if same_memory else course.nothing_remembered()
    for index, value in stage.by_hand:
        parameters[index] = value
    return course, parameters, memory


def _same_rows(old: Plan, new: Plan) -> bool:
    """Return whether two plans go through the same rows in the same batches."""
    return (
        old.seed == new.seed
        and old.batch_size == new.batch_size
        and np.array_equal(old.split.train, new.split.train)
    )


def _stride(timeline: Timeline, plan: Plan) -> int:
    """Return the distance of the moments that are kept."""
    most = max(10, min(MOST_RECORDED, _RECORD_VALUES // (3 * plan.n_parameters)))
    return -(-timeline.steps // most)


def _recorded(
    course: Course, parameters: FloatArray, memory: FloatArray, first: int, last: int, stride: int
) -> tuple[Segment, bool]:
    """Walk a segment and keep moments of it; return as well whether all of it was harmless."""
    steps, path, memories = [np.array([first])], [parameters[np.newaxis]], [memory[np.newaxis]]
    harmless = True
    for passage in course.walk(parameters, memory, first, last, stride):
        harmless = harmless and passage.harmless
        steps.append(passage.steps)
        path.append(passage.path)
        memories.append(passage.memories)
        parameters, memory, end = passage.parameters, passage.memory, passage.end
        if end == last and (last - first) % stride:
            steps.append(np.array([last]))
            path.append(parameters[np.newaxis])
            memories.append(memory[np.newaxis])
    return (
        Segment(
            course,
            first,
            last,
            np.concatenate(steps),
            np.concatenate(path),
            np.concatenate(memories),
        ),
        harmless,
    )


def _last_finite(
    course: Course, parameters: FloatArray, memory: FloatArray, first: int, last: int
) -> int:
    """Return the last step with finite parameters and a finite training loss."""
    plan = course.plan
    for passage in course.walk(parameters, memory, first, last):
        if passage.harmless:
            continue
        finite = _finite(plan, passage.path)
        if not finite.all():
            return int(passage.steps[finite.argmin()]) - 1
    return last


def _finite(plan: Plan, path: FloatArray) -> npt.NDArray[np.bool_]:
    """Return at which moments the parameters and the training loss are finite."""
    answers = evaluation.outputs(plan, path, plan.train_inputs)
    with np.errstate(all="ignore"):
        losses = evaluation.losses(plan, answers, plan.train_targets).sum(axis=-1)
    return np.asarray(np.isfinite(losses) & np.isfinite(path).all(axis=1))


def _early_stop(
    course: Course, parameters: FloatArray, memory: FloatArray, first: int, last: int
) -> int | None:
    """Return the step at which patience ends, or None."""
    plan = course.plan
    patience, per_epoch = plan.hyperparameters.patience, plan.updates_per_epoch
    if not patience or not len(plan.split.test):
        return None
    # The first whole epoch after the beginning.
    boundary = first + (-(first - course.order_begin)) % per_epoch
    lowest, since = np.inf, 0
    if boundary > first:
        if boundary > last:
            return None
        *_, passage = course.walk(parameters, memory, first, boundary, boundary - first)
        parameters, memory = passage.parameters, passage.memory
    for passage in course.walk(parameters, memory, boundary, last, per_epoch):
        answers = evaluation.outputs(plan, passage.path, plan.test_inputs)
        with np.errstate(all="ignore"):
            losses = evaluation.losses(plan, answers, plan.test_targets).mean(axis=-1)
        for step, loss in zip(passage.steps.tolist(), losses.tolist(), strict=True):
            if loss < lowest:
                lowest, since = loss, 0
            else:
                since += 1
                if since >= patience:
                    return int(step)
    return None
