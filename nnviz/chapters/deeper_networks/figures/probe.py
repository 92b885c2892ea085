"""The point of the plane that a person asked about, and the network's answer there."""

from typing import Any

import numpy as np

from nnviz.chapters.deeper_networks.history_view import ViewPiece
from nnviz.chart.theme import INK
from nnviz.chart.tracks import DotTrack, ReadoutTrack, Track, Tracks
from nnviz.training import evaluation


def probe_tracks(
    piece: ViewPiece, point: tuple[float, float], *, until: int | None, last: int
) -> Tracks:
    """Return a ring at the point, and what the network answers there at every step.

    Parameters
    ----------
    piece : ViewPiece
    point : (float, float)
        In the units of the plane.
    until, last : int
        As in `deep_tracks`.
    """
    plan = piece.plan
    answers = evaluation.outputs(plan, piece.parameters, plan.inputs([point]))
    when: Any = {"start": piece.first, "stride": piece.stride, "until": until}
    ring = DotTrack(
        values=np.array([point]), start=piece.first, until=until, stride=10**9, slot="asked",
        axes="x2y2", colour=INK, size=8, filled=False, width=2.5,
    )  # fmt: skip
    readout: Track
    if not plan.sample.classes:
        readout = ReadoutTrack(
            values=evaluation.predicted_values(plan, answers)[:, 0],
            label="answer at the ring", slot="asked answer", **when,
        )  # fmt: skip
    elif plan.n_outputs == 1:
        readout = ReadoutTrack(
            values=answers[:, 0, 0], label="answer at the ring", slot="asked answer", **when
        )
    else:
        readout = ReadoutTrack(
            values=evaluation.predicted_classes(plan, answers)[:, 0],
            label="class at the ring", names=plan.sample.classes, slot="asked answer", **when,
        )  # fmt: skip
    return Tracks((ring, readout), last)
