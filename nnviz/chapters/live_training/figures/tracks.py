"""The moving marks of a recorded run."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnviz.chapters.live_training.figures.plane import kind_of_row
from nnviz.chapters.live_training.surfaces import RunSurfaces
from nnviz.chart import theme
from nnviz.chart.network_tracks import (
    BoundaryTrack,
    GroundTrack,
    RowErrorTrack,
    SurfaceTrack,
    error_form,
    network_form,
    undecided,
    within_range,
)
from nnviz.chart.strands import Stroke
from nnviz.chart.tracks import (
    Dash,
    DotTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    WordsTrack,
    by_parameters,
    by_places,
    by_steps,
    readable,
    short_of,
)
from nnviz.training.maps.surface_axes import SurfaceAxes
from nnviz.training.playback import RunView
from nnviz.training.record import Record


def run_tracks(seen: RunView, stroke: Stroke, *, until: int | None = None) -> Tracks:
    """Return the moving marks of a run: ground, error so far, bars, boundary and readouts.

    The stroke is that of the line that the run belongs to; `until` is the last step at which they
    are seen, when another run goes on from there.
    """
    plan, when = seen.run.plan, _when(seen, until)
    tracks: list[Track] = [
        GroundTrack(
            values=seen.parameters, network=network_form(plan), stops=theme.DIVERGING,
            slot="ground", **when,
        ),
        *_error(seen, when, stroke, size=5, dash="solid", slot="error"),
        RowErrorTrack(
            values=seen.parameters, axes="x4y4", rows=error_form(plan), slot="bars", **when,
            colours=tuple(theme.CLASS_COLOURS[int(target)] for target in plan.sample.y),
        ),
        _boundary(seen, when, stroke, width=3, slot="boundary"),
    ]  # fmt: skip
    if seen.stride == 1:
        tracks.append(_picked_ring(seen, when))
    return Tracks((*tracks, *_readouts(seen, when)), seen.last)


def surface_tracks(surfaces: RunSurfaces, stroke: Stroke, *, until: int | None = None) -> Tracks:
    """Return the error surface of a run and its path on it.

    ``until`` is the last step at which they are seen.
    """
    seen = surfaces.seen
    when = _when(seen, until)
    painted = SurfaceTrack(
        values=seen.parameters, axes="x3y3", rows=error_form(seen.run.plan), surface=surfaces.axes,
        shades=readable(surfaces.shades), stops=theme.SEQUENTIAL, **when,
    )  # fmt: skip
    return Tracks((painted, *_path(seen, surfaces.axes, stroke, when, slot="path")), seen.last)


def branch_tracks(seen: RunView, axes: SurfaceAxes | None, stroke: Stroke, *, last: int) -> Tracks:
    """Return a line that is not the one followed: its boundary, its error and its path.

    `seen` begins where it parts from the line that is followed, `last` is the last step of the
    clock, which is that of this line. There are no `axes` if its model has other parameters than
    the surface shows.
    """
    when = _when(seen, None)
    slot = f"boundary {stroke.letter}"
    tracks: list[Track] = [
        *_error(seen, when, stroke, size=4, dash=stroke.dash),
        _boundary(seen, when, stroke, width=2, slot=slot),
    ]
    if axes is not None:
        tracks += _path(seen, axes, stroke, when)
    return Tracks(tuple(tracks), last)


def near_tracks(seen: RunView, axes: SurfaceAxes | None, stroke: Stroke) -> Tracks:
    """Return every update around a step of a long run, in place of its coarse marks."""
    whole = run_tracks(seen, stroke, until=seen.last)
    # A trail of a part would be wrong.
    kept = tuple(track for track in whole.tracks if track.slot)
    if axes is not None:
        kept += _path(seen, axes, stroke, _when(seen, seen.last), slot="path")[1:]
    return Tracks(kept, seen.last)


def near_boundary(seen: RunView, stroke: Stroke) -> Tracks:
    """Return the boundary of a line that is not followed at every update around a step."""
    slot, when = f"boundary {stroke.letter}", _when(seen, seen.last)
    return Tracks((_boundary(seen, when, stroke, width=2, slot=slot),), seen.last)


def joined(*parts: Tracks) -> Tracks:
    """Return the marks of several pictures as one."""
    return Tracks(tuple(track for part in parts for track in part.tracks), parts[0].last)


def probe_tracks(seen: RunView, probe: tuple[float, float], *, until: int | None = None) -> Tracks:
    """Return the answer at one point as a readout: small, because the point often changes."""
    answers = seen.predictions(probe)
    when = _when(seen, until)
    readout = ReadoutTrack(values=short_of(1.0, answers), label="answer at ✕", slot="probe", **when)
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
    # The sentence of the step before it stands until the next one.
    begin = max(0, int(np.searchsorted(steps[regular], first, side="right")) - 1)
    track = WordsTrack(
        values=regular[begin:], start=max(first, int(steps[begin])), stride=stride, until=until,
        texts=tuple(sentences),
    )  # fmt: skip
    return Tracks((track,), run.last_step)


def _when(seen: RunView, until: int | None) -> Any:
    """Return the steps of a view, as its tracks have to be told."""
    return {"start": seen.first, "stride": seen.stride, "until": until}


def _error(
    seen: RunView, when: Any, stroke: Stroke, *, size: float, dash: Dash, slot: str = ""
) -> list[Track]:
    pen: Any = {"values": readable(seen.cumulative_errors), "made": by_steps(), **when}
    pen |= {"axes": "x2y2", "colour": stroke.colour}
    return [TrailTrack(width=stroke.width, dash=dash, **pen), DotTrack(size=size, slot=slot, **pen)]


def _boundary(
    seen: RunView, when: Any, stroke: Stroke, *, width: float, slot: str
) -> BoundaryTrack:
    plan = seen.run.plan
    level = undecided(plan)
    assert level is not None  # a model has one output for two classes
    return BoundaryTrack(
        values=seen.parameters, network=network_form(plan), undecided=level, width=width,
        colour=stroke.colour, dash=stroke.dash, slot=slot, **when,
    )  # fmt: skip


def _path(
    seen: RunView, axes: SurfaceAxes, stroke: Stroke, when: Any, slot: str = ""
) -> tuple[TrailTrack, DotTrack]:
    made = by_parameters(axes.centre, axes.directions)
    line: Any = {"axes": "x3y3", "colour": stroke.colour, "made": made, **when}
    values = within_range(seen.parameters)
    return (
        TrailTrack(values=values, width=stroke.width, dash=stroke.dash, **line),
        DotTrack(values=values, size=5, slot=slot, **line),
    )


def _picked_ring(seen: RunView, when: Any) -> DotTrack:
    made: Any = {"made": by_places(np.asarray(seen.run.plan.sample.X)), **when}
    return DotTrack(values=seen.picked, size=13, filled=False, width=3, slot="ring", **made)


def _readouts(seen: RunView, when: Any) -> list[ReadoutTrack]:
    sample, kind = seen.run.plan.sample, kind_of_row(seen.run.plan.sample)
    names = ("", *(f"{kind} {i}" for i in range(1, sample.n_rows + 1)))
    told: list[tuple[str, Any, dict[str, Any]]] = [
        ("total", seen.cumulative_errors, {"label": "cumulative error"}),
        ("right", seen.rows_right, {"label": f"{kind}s right"}),
    ]
    if seen.stride == 1:
        told.append(("used", seen.picked, {"label": "just used", "names": names}))
    return [ReadoutTrack(values=values, slot=slot, **named, **when) for slot, values, named in told]
