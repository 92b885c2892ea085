"""What moves with the updates of gradient descent: squares, plane, weights, error."""

from typing import Final

import numpy as np

from nnviz.chapters.linear_regression.bowl import bowl_maps, bowl_plane
from nnviz.chapters.linear_regression.descent import Descent
from nnviz.chapters.linear_regression.figure_marks import PLANE, SQUARE, TICK
from nnviz.chapters.linear_regression.squares import Squares
from nnviz.chapters.linear_regression.words import short_names
from nnviz.chart import theme
from nnviz.chart.tracks import (
    DotTrack,
    LineTrack,
    MapTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
)
from nnviz.nn.checks import FloatArray

SINGLES: Final = 200
"""The first updates are shown one by one; they are the ones that a person steps through."""
_COARSE: Final = 250  # moments of the whole run
_MAPS: Final = (40, 60)  # the same for the ground of the bowl
_FARTHEST: Final = 1e30  # float32 of the browser ends at 3e38, and its lines before that


def descent_tracks(run: Descent, squares: Squares) -> Tracks:
    """Return what moves.

    Parameters
    ----------
    run : Descent
    squares : Squares
        Of the same sample.
    """
    last = run.last_step
    steps = np.arange(last + 1, dtype=float)
    way = _drawn(run.parameters[:, :2])
    course = np.column_stack([steps, log_errors(run.errors)])
    names = short_names(run.plan.sample)
    tracks: list[Track] = [
        *_ground(run),
        *_squares(run, squares),
        TrailTrack(values=way, width=2.5, axes="x2y2"),
        DotTrack(values=way, size=7, colour=theme.ORANGE, axes="x2y2"),
        TrailTrack(values=course, width=2.5, axes="x3y3"),
        DotTrack(values=course, size=6, colour=theme.ORANGE, axes="x3y3"),
        *(ReadoutTrack(values=run.in_units[:, k], label=name) for k, name in enumerate(names)),
        ReadoutTrack(values=run.errors, label="mean squared error"),
    ]
    return Tracks(tuple(tracks), last)


def log_errors(errors: FloatArray) -> FloatArray:
    """Return the powers of ten of errors; the axis says so. An error of 0 has none."""
    with np.errstate(all="ignore"):
        return np.asarray(np.where(errors > 0, np.log10(errors), np.nan))


def _drawn(values: FloatArray) -> FloatArray:
    return np.clip(np.nan_to_num(values, nan=_FARTHEST), -_FARTHEST, _FARTHEST)


def _pieces(last: int, singles: int, coarse: int) -> list[tuple[int, int | None]]:
    """Return strides and where each ends: coarse for the whole run, single at its beginning."""
    stride = max(1, -(-last // coarse))
    pieces: list[tuple[int, int | None]] = [(stride, None)]
    if stride > 1:
        pieces.append((1, min(singles, last)))
    return pieces


def _ground(run: Descent) -> list[Track]:
    plane = bowl_plane(run)
    half = (plane.x_high - plane.x_low) / (plane.n - 1) / 2
    extent = (
        plane.x_low - half, plane.x_high + half, plane.y_low - half, plane.y_high + half
    )  # fmt: skip
    tracks: list[Track] = []
    for stride, until in _pieces(run.last_step, *_MAPS):
        biases = run.parameters[: None if until is None else until + 1 : stride, 2]
        tracks.append(
            MapTrack(
                values=bowl_maps(run, biases, plane),
                extent=extent,
                stops=theme.SEQUENTIAL,
                stride=stride,
                until=until,
                slot="bowl",
                axes="x2y2",
            )
        )
    return tracks


def _squares(run: Descent, squares: Squares) -> list[Track]:
    tracks: list[Track] = []
    half = TICK * (squares.x_range[1] - squares.x_range[0])
    for stride, until in _pieces(run.last_step, SINGLES, _COARSE):
        in_units = _drawn(run.in_units[: None if until is None else until + 1 : stride])
        outlines = squares.outlines(in_units)
        answers = squares.answers(in_units)
        x = np.stack(
            [np.broadcast_to(squares.x + side, answers.shape) for side in (-half, half)], axis=-1
        )
        said = np.stack([x, np.repeat(answers[..., np.newaxis], 2, axis=-1)], axis=-1)
        said = np.concatenate([said, np.full((*said.shape[:2], 1, 2), np.nan)], axis=2)
        tracks += [
            LineTrack(
                values=values,
                colour=colour,
                width=width,
                slot=slot,
                stride=stride,
                until=until,
            )
            for values, colour, width, slot in (
                (outlines, SQUARE, 1.4, "squares"),
                (squares.line(in_units), PLANE, 2.5, "line"),
                (said.reshape(len(said), -1, 2), PLANE, 3.0, "said"),
            )
        ]
    return tracks
