"""The error bowl of a regression over its two weights, and all that moves while a run is played."""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.descent import Descent, in_scale
from nnviz.chapters.linear_regression.figures.squares import PLANE, SQUARE, TICK, Squares
from nnviz.chapters.linear_regression.words import short_names
from nnviz.chart import theme
from nnviz.chart.network_tracks import SurfaceTrack, error_form
from nnviz.chart.tracks import (
    DotTrack,
    LineTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    by_parameters,
)
from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.surface_axes import two_parameters

CELLS: Final = 64
BANDS: Final = 12
_FARTHEST_WAY: Final = 2.0  # of the way from start to answer: what goes farther leaves the picture
_ROOM: Final = 1.2

SINGLES: Final = 200
"""The first updates are shown one by one; they are the ones that a person steps through."""

_COARSE: Final = 250  # steps of the whole run
_FARTHEST: Final = 1e30  # float32 of the browser ends at 3e38, and its lines before that


def lowest(run: Descent) -> FloatArray:
    """Return the least squares solution in the network's own scale, shape (3,)."""
    return in_scale(run.plan, run.answer.parameters)


def bowl_plane(run: Descent) -> Plane:
    """Return what is seen of the weights: a square with start, answer and the way between them.

    As many units across as upright, so that a round bowl is round and a step goes straight down.
    """
    answer, way = lowest(run)[:2], run.parameters[:, :2]
    with np.errstate(all="ignore"):
        distances = np.sqrt(np.square(way - answer).sum(axis=1))
    near = way[distances <= _FARTHEST_WAY * max(float(distances[0]), 1e-12)]
    places = np.vstack([answer, way[:1], near])
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    half = _ROOM * float(np.abs(places - middle).max())
    # Where the run begins at its answer, a bowl is seen all the same.
    smallest = 1e-3 * max(1e-6, float(np.abs(answer).max()))
    half = half if half > smallest else max(1e-6, float(np.abs(answer).max()))
    (x, y) = middle.tolist()
    return Plane(x - half, x + half, y - half, y + half, CELLS)


def bowl_errors(run: Descent, biases: npt.ArrayLike, plane: Plane) -> FloatArray:
    """Return the mean squared error over the weights, above its lowest value.

    It is a quadratic: half of the distance from the answer, twice multiplied with the Hessian.
    Biases, shape (n,), and errors, shape (n, cells, cells), are in the network's own scale.
    """
    curved = run.curvature
    hessian = curved.directions.T @ (curved.values[:, np.newaxis] * curved.directions)
    answer = lowest(run)
    w1, w2 = np.meshgrid(plane.x - answer[0], plane.y - answer[1])
    b = (np.asarray(biases, dtype=np.float64) - answer[2])[:, np.newaxis, np.newaxis]
    with np.errstate(all="ignore"):
        flat = hessian[0, 0] * w1 * w1 + 2 * hessian[0, 1] * w1 * w2 + hessian[1, 1] * w2 * w2
        slanted = 2 * b * (hessian[0, 2] * w1 + hessian[1, 2] * w2)
        return np.asarray(np.maximum((flat + slanted + hessian[2, 2] * b * b) / 2, 0.0))


def bowl_shades(run: Descent, plane: Plane) -> FloatArray:
    """Return the summed errors of all rows at which one of 12 bands ends, and their colours.

    By their roots, so that the bands of a bowl are equally wide. The highest error at the first
    bias is where the last one ends. As `SurfaceTrack` asks for it: (error, colour), each end twice.
    """
    top = float(bowl_errors(run, run.parameters[:1, 2], plane)[0].max()) or 1.0
    least = float(evaluation.row_errors(run.plan, lowest(run)[np.newaxis]).mean())
    ends = least + top * np.square(np.arange(1, BANDS) / BANDS)
    errors = np.concatenate([[least], np.repeat(ends, 2)])
    colours = np.concatenate([[0.0], np.repeat(np.arange(BANDS) / (BANDS - 1), 2)[1:-1]])
    return np.column_stack([run.plan.sample.n_rows * errors, colours])


def descent_tracks(run: Descent, squares: Squares, *, bowl: bool = True) -> Tracks:
    """Return the marks that move while a run is played, with or without the bowl."""
    last = run.last_step
    steps = np.arange(last + 1, dtype=float)
    way: Any = {"values": _drawn(run.parameters), "axes": "x2y2"}
    way["made"] = by_parameters(np.zeros(3), np.eye(3)[:2])
    course = np.column_stack([steps, log_errors(run.errors)])
    names = short_names(run.plan.sample)
    tracks = _squares(run, squares)
    if bowl:
        trail = TrailTrack(width=2.5, **way), DotTrack(size=7, colour=theme.ORANGE, **way)
        tracks = [_ground(run), *tracks, *trail]
    tracks += [
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


def _ground(run: Descent) -> SurfaceTrack:
    return SurfaceTrack(
        values=_drawn(run.parameters),
        rows=error_form(run.plan),
        surface=two_parameters(run.plan, 0, 1),
        shades=bowl_shades(run, bowl_plane(run)),
        stops=theme.SEQUENTIAL,
        axes="x2y2",
    )


def _squares(run: Descent, squares: Squares) -> list[Track]:
    tracks: list[Track] = []
    half = TICK * (squares.x_range[1] - squares.x_range[0])
    coarse = max(1, -(-run.last_step // _COARSE))
    single = ((1, min(SINGLES, run.last_step)),) if coarse > 1 else ()
    for stride, until in ((coarse, None), *single):
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
                values=values, colour=colour, width=width, slot=slot, stride=stride, until=until
            )
            for values, colour, width, slot in (
                (outlines, SQUARE, 1.4, "squares"),
                (squares.line(in_units), PLANE, 2.5, "line"),
                (said.reshape(len(said), -1, 2), PLANE, 3.0, "said"),
            )
        ]
    return tracks
