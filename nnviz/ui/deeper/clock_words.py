"""The sentences under the picture of a deeper network while it plays."""

from itertools import pairwise
from typing import Final

import numpy as np

from nnviz.figures.tracks import Tracks, WordsTrack
from nnviz.grids import Plane
from nnviz.history import History
from nnviz.sentences.deep_moment import moments, most_moments
from nnviz.timeline import Timeline
from nnviz.ui import frames
from nnviz.ui.deeper import histories

_MOMENTS: Final = 60
# The beginning of a run, where most happens, is told ten times as finely.
_BEGINNING: Final = 0.1


@histories.cached(max_entries=48)
def words_pack(
    timeline: Timeline, plane: Plane, last: int, *, _history: History
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
    return frames.pack(Tracks(tuple(tracks), last))
