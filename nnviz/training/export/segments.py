"""A timeline up to a step, segment by segment, for a script of it."""

from dataclasses import dataclass

from nnviz.data.sample import Sample
from nnviz.nn.checks import instance, integer
from nnviz.training.plan import Plan
from nnviz.training.segment import Updates
from nnviz.training.timeline import Stage, Timeline

MOST_ROWS_INLINE = 2_000
"""Rows that a script holds itself; where there are more, it reads them from files."""


@dataclass(frozen=True)
class ScriptSegment:
    """The updates from a stage to the next one, or to the step that is asked for."""

    stage: Stage
    last: int  # updates are made from `stage.step` to here; maybe none
    updates: Updates

    @property
    def plan(self) -> Plan:
        """What the updates are made by."""
        return self.stage.plan

    @property
    def first(self) -> int:
        """The step from which updates are made."""
        return self.stage.step


def segments_to(timeline: Timeline, step: int) -> tuple[ScriptSegment, ...]:
    """Return the segments of a timeline up to a step."""
    instance(timeline, "timeline", Timeline)
    step = integer(step, "step", 0, timeline.steps)
    reached = [stage for stage in timeline.stages if stage.step <= min(step, timeline.steps - 1)]
    lasts = [*(stage.step for stage in reached[1:]), step]
    segments: list[ScriptSegment] = []
    updates = Updates(timeline.plan)
    for stage, last in zip(reached, lasts, strict=True):
        updates = updates.continued(stage.plan, stage.step)
        segments.append(ScriptSegment(stage, last, updates))
    return tuple(segments)


def row_files(segments: tuple[ScriptSegment, ...]) -> dict[Sample, str]:
    """Return the name of the file for each sample of a script, empty if it holds them itself."""
    samples = list(dict.fromkeys(segment.plan.sample for segment in segments))
    if sum(sample.n_rows for sample in samples) <= MOST_ROWS_INLINE:
        return {}
    numbers = ["", *(f"_{k}" for k in range(2, len(samples) + 1))]
    return {
        sample: f"nnviz_rows{number}.csv" for sample, number in zip(samples, numbers, strict=True)
    }
