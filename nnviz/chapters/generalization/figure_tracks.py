"""What moves with the epochs of one run: its losses, and what the network answers."""

from typing import Final

import numpy as np

from nnviz.chart import theme
from nnviz.chart.study_marks import TEST, TRAIN
from nnviz.chart.tracks import DotTrack, MapTrack, ReadoutTrack, Track, Tracks
from nnviz.nn.checks import FloatArray
from nnviz.training.learning_curve import Learning
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import answer_maps

_MAPS: Final = 80


def stopping_tracks(learning: Learning, parameters: FloatArray, plane: Plane) -> Tracks:
    """Return what moves with the epochs of one run.

    Parameters
    ----------
    learning : Learning
    parameters : ndarray, shape (last_epoch + 1, n_parameters)
        After every epoch.
    plane : Plane
    """
    stride = max(1, -(-learning.last_epoch // _MAPS))
    epochs = np.arange(learning.last_epoch + 1, dtype=float)
    x = (plane.x_high - plane.x_low) / (plane.n - 1) / 2
    y = (plane.y_high - plane.y_low) / (plane.n - 1) / 2
    n_train, n_test = len(learning.plan.split.train), len(learning.plan.split.test)
    tracks: list[Track] = [
        MapTrack(
            values=answer_maps(learning.plan, parameters[::stride], plane),
            extent=(plane.x_low - x, plane.x_high + x, plane.y_low - y, plane.y_high + y),
            stops=theme.DIVERGING,
            stride=stride,
            axes="x3y3",
        )
    ]
    for look, loss, error, n_rows in (
        (TRAIN, learning.train_loss, learning.train_error, n_train),
        (TEST, learning.test_loss, learning.test_error, n_test),
    ):
        tracks += [
            DotTrack(values=np.column_stack([epochs, loss]), size=6, colour=look.colour),
            ReadoutTrack(values=loss, label=f"loss of the {look.name}"),
            ReadoutTrack(values=np.round(error * n_rows), label=f"wrong of these {n_rows}"),
        ]
    return Tracks(tuple(tracks), learning.last_epoch)
