"""Records of trainings and their views, computed once for everybody, the long ones in parts.

The first part of a long record is there at once; the others arrive while it plays.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from nnviz.chapters.deeper_networks.losses import LossCurve, loss_curve
from nnviz.chapters.deeper_networks.record_view import RecordView, ViewPiece, near, view
from nnviz.site.background import Background
from nnviz.site.caching import cached
from nnviz.training.record import Record, record
from nnviz.training.timeline import Timeline

# Rows times parameters of the first part: about a twentieth of a second.
_FIRST: Final = 15_000_000
# Each part is so many times as long as the one before, so that all of them together take little
# longer than the last one alone.
_GROWTH, _GROWTH_OF_MANY_ROWS = 4, 64
_FEW: Final = 6_000  # rows times units of which the full view is there at once
_MANY: Final = 300_000  # rows times units: a view of these takes longer than the training


def part_lengths(timeline: Timeline) -> tuple[int, ...]:
    """Return the numbers of updates after which a record is shown; the last one is all of them."""
    cost = max(stage.plan.batch_size * stage.plan.n_parameters for stage in timeline.stages)
    length = max(1, min(_FIRST // cost, timeline.steps))
    growth = _GROWTH_OF_MANY_ROWS if has_many_rows(timeline) else _GROWTH
    lengths = []
    while length < timeline.steps:
        lengths.append(length)
        length *= growth
    return (*lengths, timeline.steps)


def has_many_rows(timeline: Timeline) -> bool:
    """Return whether looking at a checkpoint takes long, so that a first picture shows few."""
    plans = [stage.plan for stage in timeline.stages]
    return max(plan.sample.n_rows * sum(plan.sizes) for plan in plans) > _MANY


def beginning(timeline: Timeline, steps: int) -> Timeline:
    """Return the timeline cut after a number of updates."""
    return replace(timeline, steps=min(steps, timeline.steps))


@cached(Timeline)
def recorded(timeline: Timeline, _known: Record | None = None) -> Record:
    """Return the record of a timeline; what is known of it already is not trained again."""
    return record(timeline, _known)


@cached(Timeline)
def losses_of(timeline: Timeline, *, _record: Record) -> LossCurve:
    """Return the losses of a record, which its timeline names."""
    return loss_curve(_record)


@cached(Timeline)
def quick_view(timeline: Timeline) -> RecordView:
    """Return a coarse view of the first part of a record, until more of it is there."""
    first = beginning(timeline, part_lengths(timeline)[0])
    return view(recorded(first), quick=True)


@cached(Timeline)
def near_view(timeline: Timeline, step: int, reach: int) -> ViewPiece:
    """Return every update around a step."""
    return near(recorded(timeline), step, reach=reach)


def _views(timeline: Timeline) -> Iterator[RecordView]:
    known = None
    for steps in part_lengths(timeline):
        known = recorded(beginning(timeline, steps), known)
        yield view(known)


def at_once(timeline: Timeline) -> bool:
    """Return whether a whole record and its full view take no longer than a coarse one."""
    plans = [stage.plan for stage in timeline.stages]
    activations = max(plan.sample.n_rows * sum(plan.sizes) for plan in plans)
    return len(part_lengths(timeline)) == 1 and activations <= _FEW


VIEWS: Final = Background(_views, kept=24, latest_only=True, threads=12)
"""The full view of a timeline, part after part."""
