"""The sentences under the picture of a deeper network while it plays."""

from itertools import pairwise
from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks import histories
from nnviz.chapters.deeper_networks.words_checkpoint import moments, most_moments
from nnviz.chart import packing
from nnviz.chart.tracks import Tracks, WordsTrack
from nnviz.training.maps.heatmap import Plane
from nnviz.training.record import Record
from nnviz.training.timeline import Timeline

_MOMENTS: Final = 60
# The beginning of a run, where most happens, is told ten times as finely.
_BEGINNING: Final = 0.1


@histories.cached(max_entries=48)
def words_pack(
    timeline: Timeline, plane: Plane, last: int, *, _history: Record
) -> tuple[bytes, str]:
    """Return the sentences of about a hundred moments; the timeline names the history."""
    end = _history.last_step
    most = min(_MOMENTS, max(2, most_moments(_history.plan_at(end)) // 2))
    borders = [0, round(_BEGINNING * end), end] if end >= _MOMENTS else [0, end]
    tracks = []
    for first, until in pairwise(borders):
        stride = max(1, -(-(until - first) // most))
        steps = np.arange(first, until + 1, stride)
        tracks.append(
            WordsTrack(
                values=np.arange(len(steps)),
                start=first,
                stride=stride,
                slot="words",
                texts=moments(_history, steps.tolist()),
            )
        )
    return packing.pack(Tracks(tuple(tracks), last))
