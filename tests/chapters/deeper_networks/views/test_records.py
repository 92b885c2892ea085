"""Parts of a long history."""

from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.chapters.deeper_networks.views.records import beginning, part_lengths
from nnviz.training.timeline import Timeline


def test_parts_grow_and_end_with_the_whole():
    for steps in [1, 199, 200, 5_000, 1_000_000]:
        for rows in [10, 5_000]:
            plan = Settings(rows=rows, batch=50_000, hidden=((8, "tanh"),) * 6).plan(None)
            timeline = Timeline.of(plan, steps)
            parts = part_lengths(timeline)
            assert parts[-1] == steps
            assert list(parts) == sorted(set(parts))
            # All of them together are little more than the last one.
            assert sum(parts) < 2.4 * steps
            assert beginning(timeline, 10**7) == timeline
