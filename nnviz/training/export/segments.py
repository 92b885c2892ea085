"""A timeline up to a step, segment by segment, for a script of it."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.sample import Sample
from nnviz.nn.checks import instance, integer
from nnviz.training.plan import Plan
from nnviz.training.timeline import Stage, Timeline
from nnviz.training.transfer import same_parameters

MOST_ROWS_INLINE = 2_000
"""Rows that a script holds itself; where there are more, it reads them from files."""


@dataclass(frozen=True)
class ScriptSegment:
    """The updates from a stage to the next one, or to the step that is asked for."""

    stage: Stage
    last: int  # updates are made from `stage.step` to here; maybe none
    # order_begin, optimizer_begin: the steps at which the order of the rows and the optimiser
    # began, as in `stretch.Course`
    order_begin: int
    optimizer_begin: int
    epochs_before: float  # epochs that had been finished at `order_begin`

    @property
    def plan(self) -> Plan:
        """What the updates are made by."""
        return self.stage.plan

    @property
    def first(self) -> int:
        """The step from which updates are made."""
        return self.stage.step

    def epoch_at(self, step: int) -> float:
        """Return how many epochs have been finished at a step, with the part of this one."""
        return self.epochs_before + (step - self.order_begin) / self.plan.updates_per_epoch


def segments_to(timeline: Timeline, step: int) -> tuple[ScriptSegment, ...]:
    """Return the segments of a timeline up to a step."""
    instance(timeline, "timeline", Timeline)
    step = integer(step, "step", 0, timeline.steps)
    reached = [stage for stage in timeline.stages if stage.step <= min(step, timeline.steps - 1)]
    lasts = [*(stage.step for stage in reached[1:]), step]
    segments: list[ScriptSegment] = []
    for stage, last in zip(reached, lasts, strict=True):
        if not segments:
            segments.append(ScriptSegment(stage, last, 0, 0, 0.0))
            continue
        before = segments[-1]
        goes_on = _same_batches(before.plan, stage.plan)
        segments.append(
            ScriptSegment(
                stage,
                last,
                before.order_begin if goes_on else stage.step,
                before.optimizer_begin if remembers(before.plan, stage.plan) else stage.step,
                before.epochs_before if goes_on else before.epoch_at(stage.step),
            )
        )
    return tuple(segments)


def remembers(old: Plan, new: Plan) -> bool:
    """Return whether the optimiser goes on with what it remembers."""
    return old.hyperparameters.optimizer == new.hyperparameters.optimizer and same_parameters(
        old, new
    )


def row_files(segments: tuple[ScriptSegment, ...]) -> dict[Sample, str]:
    """Return the name of the file for each sample of a script, empty if it holds them itself."""
    samples = list(dict.fromkeys(segment.plan.sample for segment in segments))
    if sum(sample.n_rows for sample in samples) <= MOST_ROWS_INLINE:
        return {}
    numbers = ["", *(f"_{k}" for k in range(2, len(samples) + 1))]
    return {
        sample: f"nnviz_rows{number}.csv" for sample, number in zip(samples, numbers, strict=True)
    }


def _same_batches(old: Plan, new: Plan) -> bool:
    if new.hyperparameters.order != "epochs":
        return True  # the rows of such updates are counted from step 0
    return (
        old.seed == new.seed
        and old.hyperparameters.order == new.hyperparameters.order
        and old.batch_size == new.batch_size
        and np.array_equal(old.split.train, new.split.train)
    )
