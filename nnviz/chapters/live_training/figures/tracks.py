"""The moving marks of a recorded run."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.figures.plane import kind_of_row
from nnviz.chapters.live_training.surfaces import RunSurfaces
from nnviz.chart import theme
from nnviz.chart.strands import Stroke
from nnviz.chart.tracks import (
    BarTrack,
    DotTrack,
    LineTrack,
    MapTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    WordsTrack,
    short_of,
)
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray
from nnviz.training.maps.heatmap import Plane
from nnviz.training.playback import RunView
from nnviz.training.record import Record

_PATH_POINTS: Final = 2_000


def run_tracks(seen: RunView, stroke: Stroke, *, until: int | None = None) -> Tracks:
    """Return the moving marks of a run: map, error so far, bars, boundary and readouts.

    Parameters
    ----------
    stroke : Stroke
        Of the line that the run belongs to.
    until : int, optional
        The last step at which they are seen, when another run goes on from there.
    """
    plan, when = seen.run.plan, _When(seen, until)
    curve = _curve(seen)
    tracks: list[Track] = [
        MapTrack(
            values=seen.maps,
            extent=_edges(seen.plane),
            stops=theme.DIVERGING,
            slot="ground",
            **when.every(seen.map_stride),
        ),
        TrailTrack(
            values=curve,
            axes="x2y2",
            width=stroke.width,
            colour=stroke.colour,
            **when.every(seen.stride),
        ),
        DotTrack(values=curve, axes="x2y2", size=5, colour=stroke.colour, slot="error", **when.all),
        BarTrack(
            values=seen.row_errors,
            axes="x4y4",
            colours=tuple(theme.CLASS_COLOURS[int(target)] for target in plan.sample.y),
            slot="bars",
            **when.all,
        ),
        LineTrack(
            values=seen.boundary,
            width=3,
            colour=stroke.colour,
            dash=stroke.dash,
            slot="boundary",
            **when.every(seen.map_stride),
        ),
    ]
    if seen.stride == 1:
        tracks.append(_picked_ring(seen, when))
    return Tracks((*tracks, *_readouts(seen, when)), seen.last)


def surface_tracks(
    surfaces: RunSurfaces, path: FloatArray, stroke: Stroke, *, until: int | None = None
) -> Tracks:
    """Return the error surface of a run and its path on it.

    Parameters
    ----------
    path : ndarray, shape (n_steps, 2)
        Where the run is on the two axes, at every step of the view.
    until : int, optional
        The last step at which they are seen.
    """
    seen, when = surfaces.seen, _When(surfaces.seen, until)
    painted = MapTrack(
        values=surfaces.surfaces,
        axes="x3y3",
        extent=_edges(surfaces.plane),
        stops=theme.SEQUENTIAL,
        **when.every(seen.map_stride),
    )
    return Tracks((painted, *_path(seen, path, stroke, when, slot="path")), seen.last)


def branch_tracks(seen: RunView, path: FloatArray | None, stroke: Stroke, *, last: int) -> Tracks:
    """Return a line that is not the one followed: its boundary, its error and its path.

    Parameters
    ----------
    seen : RunView
        From the step on at which it parts from the line that is followed.
    path : ndarray, shape (n_steps, 2), or None
        None if its model has other parameters than the surface shows.
    last : int
        The last step of the clock, which is that of the line that is followed.
    """
    when, curve, line = _When(seen, None), _curve(seen), stroke.colour
    tracks: list[Track] = [
        TrailTrack(
            values=curve,
            axes="x2y2",
            width=stroke.width,
            colour=line,
            dash=stroke.dash,
            **when.every(seen.stride),
        ),
        DotTrack(values=curve, axes="x2y2", size=4, colour=line, **when.all),
        LineTrack(
            values=seen.boundary,
            width=2,
            colour=line,
            dash=stroke.dash,
            slot=f"boundary {stroke.letter}",
            **when.every(seen.map_stride),
        ),
    ]
    if path is not None:
        tracks += _path(seen, path, stroke, when)
    return Tracks(tuple(tracks), last)


def near_tracks(seen: RunView, path: FloatArray | None, stroke: Stroke) -> Tracks:
    """Return every update around a moment of a long run, in place of its coarse marks."""
    whole = run_tracks(seen, stroke, until=seen.last)
    # Ground and line keep the steps of the whole run, and a trail of a part would be wrong.
    unwanted = ("", "ground", "boundary")
    kept = tuple(track for track in whole.tracks if track.slot not in unwanted)
    if path is not None:
        kept += _path(seen, path, stroke, _When(seen, seen.last), slot="path")[1:]
    return Tracks(kept, seen.last)


def present_tracks(seen: RunView, stroke: Stroke, *, until: int, ground: bool) -> Tracks:
    """Return the boundary of one step, and its ground, from there until the next one with a map.

    So ground and line are those of the very step at which the person has come to rest; and
    wherever the clock stands, both are of the same step.

    Parameters
    ----------
    seen : RunView
        Of a single step.
    until : int
        The last step at which they are seen.
    ground : bool
        Whether this is the line that is followed, which has the ground.
    """
    if ground:
        marks = run_tracks(seen, stroke, until=until).tracks
    else:
        drawn = branch_tracks(seen, None, stroke, last=until).tracks
        marks = tuple(replace(track, until=until) for track in drawn)
    wanted = ("ground", "boundary", f"boundary {stroke.letter}")
    return Tracks(tuple(track for track in marks if track.slot in wanted), until)


def joined(*parts: Tracks) -> Tracks:
    """Return the marks of several pictures as one."""
    return Tracks(tuple(track for part in parts for track in part.tracks), parts[0].last)


def probe_tracks(seen: RunView, probe: tuple[float, float], *, until: int | None = None) -> Tracks:
    """Return the answer at one point as a readout: small, because the point often changes."""
    answers = seen.answers(probe)
    when = _When(seen, until)
    readout = ReadoutTrack(
        values=short_of(1.0, answers), label="answer at ✕", slot="probe", **when.all
    )
    return Tracks((readout,), seen.last)


def words_tracks(
    run: Record, sentences: Sequence[str], *, first: int = 0, until: int | None = None
) -> Tracks:
    """Return the sentences of the recorded steps, to be read while the run plays.

    ``first`` is the step from which on they are read, when another run led there.
    """
    steps = run.recorded_steps
    stride = int(steps[1] - steps[0]) if len(steps) > 1 else 1
    regular = np.flatnonzero(steps == steps[0] + stride * np.arange(len(sentences)))
    # The sentence of the moment before it stands until the next one.
    begin = max(0, int(np.searchsorted(steps[regular], first, side="right")) - 1)
    track = WordsTrack(
        values=regular[begin:],
        start=max(first, int(steps[begin])),
        stride=stride,
        until=until,
        texts=tuple(sentences),
    )
    return Tracks((track,), run.last_step)


class _When:
    """The steps of a view, as its tracks have to be told."""

    def __init__(self, seen: RunView, until: int | None) -> None:
        self._seen, self._until = seen, until

    @property
    def all(self) -> Any:
        """Every step of the view."""
        return self.every(self._seen.stride)

    def every(self, stride: int) -> Any:
        """Every so many updates."""
        return {"start": self._seen.first, "stride": stride, "until": self._until}


def _curve(seen: RunView) -> FloatArray:
    steps = seen.first + seen.stride * np.arange(len(seen.cumulative_errors), dtype=float)
    return np.column_stack([steps, seen.cumulative_errors])


def _path(
    seen: RunView, path: FloatArray, stroke: Stroke, when: _When, slot: str = ""
) -> tuple[TrailTrack, DotTrack]:
    # A pen shows no more points of so small a path than this.
    every = max(1, len(path) // _PATH_POINTS)
    line: Any = {"axes": "x3y3", "colour": stroke.colour}
    return (
        TrailTrack(
            values=path[::every],
            width=stroke.width,
            dash=stroke.dash,
            **line,
            **when.every(seen.stride * every),
        ),
        DotTrack(values=path, size=5, slot=slot, **line, **when.all),
    )


def _edges(plane: Plane) -> tuple[float, float, float, float]:
    """Return the outer edges of the cells, whose centres are the points of the plane."""
    x = (plane.x_high - plane.x_low) / (plane.n - 1) / 2
    y = (plane.y_high - plane.y_low) / (plane.n - 1) / 2
    return plane.x_low - x, plane.x_high + x, plane.y_low - y, plane.y_high + y


def _picked_ring(seen: RunView, when: _When) -> DotTrack:
    places = np.vstack([[np.nan, np.nan], np.array(seen.run.plan.sample.X)])
    return DotTrack(
        values=places[seen.picked], size=13, filled=False, width=3, slot="ring", **when.all
    )


def _readouts(seen: RunView, when: _When) -> list[ReadoutTrack]:
    sample = seen.run.plan.sample
    names = ("", *(row_name(i, sample) for i in range(sample.n_rows)))
    readouts = [
        ReadoutTrack(
            values=seen.cumulative_errors, label="cumulative error", slot="total", **when.all
        ),
        ReadoutTrack(
            values=seen.rows_right, label=f"{kind_of_row(sample)}s right", slot="right", **when.all
        ),
    ]
    if seen.stride == 1:
        readouts.append(
            ReadoutTrack(
                values=seen.picked, label="just used", names=names, slot="used", **when.all
            )
        )
    return readouts


def row_name(row: int, sample: Sample) -> str:
    """Return what people call a row; counted from 0 in, from 1 out."""
    return f"{kind_of_row(sample)} {row + 1}"
