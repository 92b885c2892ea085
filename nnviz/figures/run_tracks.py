"""The moving marks of a recorded run."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from nnviz.figures import theme
from nnviz.figures.tracks import (
    BarTrack,
    DotTrack,
    LineTrack,
    MapTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    WordsTrack,
)
from nnviz.grids import Plane
from nnviz.run_view import RunView
from nnviz.training import Run

_PATH_POINTS: Final = 2_000


def run_tracks(seen: RunView) -> Tracks:
    """Return the moving marks of a run: maps, path, error so far, bars, boundary and readouts."""
    plane, surface, stride = seen.plane, seen.surface_plane, seen.stride
    config = seen.run.config
    steps = stride * np.arange(len(seen.cumulative_errors), dtype=float)
    every = max(1, len(seen.weights) // _PATH_POINTS)
    curve = np.column_stack([steps, seen.cumulative_errors])
    tracks: list[Track] = [
        MapTrack(
            values=seen.maps,
            stride=seen.map_stride,
            extent=_edges(plane),
            stops=theme.DIVERGING,
        ),
        MapTrack(
            values=seen.surfaces,
            stride=seen.map_stride,
            axes="x3y3",
            extent=_edges(surface),
            stops=theme.SEQUENTIAL,
        ),
        TrailTrack(values=curve, stride=stride, axes="x2y2", width=1.2),
        DotTrack(values=curve, stride=stride, axes="x2y2", size=5),
        # A pen shows no more points of so small a path than this.
        TrailTrack(values=seen.weights[::every], stride=stride * every, axes="x3y3", width=1.2),
        DotTrack(values=seen.weights, stride=stride, axes="x3y3", size=5),
        BarTrack(
            values=seen.row_errors,
            stride=stride,
            axes="x4y4",
            colours=tuple(theme.CLASS_COLOURS[target] for target in config.targets),
        ),
    ]
    if seen.boundary is not None:
        tracks.append(LineTrack(values=seen.boundary, stride=stride, width=3))
    if stride == 1:
        tracks.append(_picked_ring(seen))
    return Tracks((*tracks, *_readouts(seen)), seen.run.last_step)


def probe_tracks(seen: RunView, probe: tuple[float, float]) -> Tracks:
    """Return the answer at one point as a readout: small, because the point often changes."""
    answers = seen.answers(probe)
    readout = ReadoutTrack(values=answers, stride=seen.stride, label="answer at ✕")
    return Tracks((readout,), seen.run.last_step)


def words_tracks(run: Run, sentences: Sequence[str]) -> Tracks:
    """Return the sentences of the recorded steps, to be read while the run plays."""
    stride = int(run.recorded_steps[1]) if len(run.recorded_steps) > 1 else 1
    regular = np.flatnonzero(run.recorded_steps == stride * np.arange(len(sentences)))
    track = WordsTrack(values=regular, stride=stride, texts=tuple(sentences))
    return Tracks((track,), run.last_step)


def _edges(plane: Plane) -> tuple[float, float, float, float]:
    """Return the outer edges of the cells, whose centres are the points of the plane."""
    x = (plane.x_high - plane.x_low) / (plane.n - 1) / 2
    y = (plane.y_high - plane.y_low) / (plane.n - 1) / 2
    return plane.x_low - x, plane.x_high + x, plane.y_low - y, plane.y_high + y


def _picked_ring(seen: RunView) -> DotTrack:
    places = np.vstack([[np.nan, np.nan], np.array(seen.run.config.rows)])
    return DotTrack(values=places[seen.picked], size=13, filled=False, width=3)


def _readouts(seen: RunView) -> list[ReadoutTrack]:
    names = ("", *(row_name(i) for i in range(len(seen.run.config.rows))))
    readouts = [
        ReadoutTrack(values=seen.cumulative_errors, stride=seen.stride, label="cumulative error"),
        ReadoutTrack(values=seen.rows_right, stride=seen.stride, label="rows right"),
    ]
    if seen.stride == 1:
        readouts.append(ReadoutTrack(values=seen.picked, label="just used", names=names))
    return readouts


def row_name(row: int) -> str:
    """Return what people call a row; counted from 0 in, from 1 out."""
    return f"row {row + 1}"
