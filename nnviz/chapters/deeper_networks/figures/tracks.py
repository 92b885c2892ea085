"""The moving marks of a deeper network: maps, edges, biases, outputs, losses and numbers."""

from typing import Any

import numpy as np
import numpy.typing as npt

from nnviz.chapters.deeper_networks.figures.layout import NetworkLayout, network_layout
from nnviz.chapters.deeper_networks.figures.prediction import (
    drawn,
    prediction_bytes,
    prediction_stops,
)
from nnviz.chapters.deeper_networks.items import Bias, Edge, parameter_index
from nnviz.chapters.deeper_networks.record_view import ViewPiece
from nnviz.chart import theme
from nnviz.chart.network_tracks import BiasTrack, EdgeTrack, TilesTrack, weight_bytes
from nnviz.chart.strands import Stroke
from nnviz.chart.theme import INK
from nnviz.chart.tracks import (
    DotTrack,
    LineTrack,
    MapTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    short_of,
)
from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.maps.boundaries import traced_boundaries
from nnviz.training.maps.heatmap import Plane, boundary_segments
from nnviz.training.plan import Plan

_WIDEST, _WIDEST_OF_MANY = 8.0, 5.0
_MANY_EDGES = 120
_CURVE_POINTS = 100
_MOST_RESIDUALS = 100


def same_network(plan: Plan, other: Plan) -> bool:
    """Return whether two plans are drawn as the same network: same inputs, same units."""
    same_inputs = plan.architecture.inputs == other.architecture.inputs
    return plan.sizes == other.sizes and same_inputs


def network_tracks(
    piece: ViewPiece,
    stroke: Stroke,
    *,
    shown: Plan,
    until: int | None,
    last: int,
    is_near: bool = False,
    measure: str = "loss",
) -> Tracks:
    """Return the moving marks of a piece of the line that is followed.

    Parameters
    ----------
    stroke : Stroke
        The stroke of the line.
    shown : Plan
        The plan of the still figure; of a piece with another network only outputs, losses and
        numbers are drawn.
    until : int or None
        The last step at which the piece is shown; None for the last piece.
    last : int
        The last step of the clock.
    is_near : bool
        Whether these are single updates around the present step, drawn in place of coarser ones:
        growing curves are left out.
    measure : str
        What a reader of this page calls the loss.
    """
    when: Any = {"start": piece.first, "until": until}
    tracks: list[Track] = []
    if same_network(piece.plan, shown):
        tracks += _network(piece, network_layout(piece.plan.sizes), when)
    tracks += _prediction(piece, when)
    tracks += _curves(piece, stroke, when, with_trails=not is_near)
    return Tracks((*tracks, *_readouts(piece, when, measure)), last)


def branch_tracks(piece: ViewPiece, stroke: Stroke, *, last: int) -> Tracks:
    """Return the growing training loss of a piece of a line that is not followed.

    Parameters
    ----------
    last : int
        The last step of the clock.
    """
    curve = np.column_stack([piece.steps.astype(float), piece.scores.train_loss])
    when: Any = {"start": piece.first, "stride": piece.stride, "axes": "x3y3"}
    pen: Any = {"colour": stroke.colour, "dash": stroke.dash}
    return Tracks(
        (
            TrailTrack(values=curve, width=stroke.width, **pen, **when),
            DotTrack(values=curve, size=4, slot=f"dot {stroke.letter}", **pen, **when),
        ),
        last,
    )


def item_tracks(
    piece: ViewPiece, item: Edge | Bias, name: str, *, until: int | None, last: int
) -> Tracks:
    """Return the value of a weight or bias as a readout.

    It travels by itself, for it is small and the choice often changes.

    Parameters
    ----------
    name : str
        As `items.item_name` returns it.
    until, last : int
        As in `network_tracks`.
    """
    values = piece.parameters[:, parameter_index(item, piece.plan.sizes)]
    readout = ReadoutTrack(
        values=values,
        label=name,
        slot="item",
        start=piece.first,
        stride=piece.stride,
        until=until,
    )
    return Tracks((readout,), last)


def _network(piece: ViewPiece, layout: NetworkLayout, when: Any) -> list[Track]:
    weights, biases = (
        [parameter_index(item, piece.plan.sizes) for item in each]
        for each in (layout.edges, layout.biases)
    )
    signed = weight_bytes(piece.parameters)
    colours: Any = {"below": theme.NEGATIVE, "above": theme.ABOVE, "stride": piece.stride}
    many = len(weights) > _MANY_EDGES
    return [
        TilesTrack(
            values=piece.unit_maps,
            boxes=tuple(layout.tile(unit) for unit in layout.units),
            stops=theme.DIVERGING,
            slot="units",
            stride=piece.map_stride,
            **when,
        ),
        EdgeTrack(
            values=signed[:, weights],
            places=tuple(_rounded(layout.ends(edge)) for edge in layout.edges),
            widest=_WIDEST_OF_MANY if many else _WIDEST,
            slot="edges",
            **colours,
            **when,
        ),
        BiasTrack(
            values=signed[:, biases],
            places=tuple(_rounded(layout.mark(bias)) for bias in layout.biases),
            slot="biases",
            **colours,
            **when,
        ),
    ]


def _prediction(piece: ViewPiece, when: Any) -> list[Track]:
    on_the_plane: Any = {"axes": "x2y2", "stride": piece.map_stride, **when}
    painted = MapTrack(
        values=prediction_bytes(piece.plan, piece.prediction_maps),
        extent=_edges_of(piece.plane),
        stops=prediction_stops(piece.plan),
        slot="answer",
        **on_the_plane,
    )
    if piece.plan.sample.is_curve:
        return [painted, *_curve(piece, on_the_plane)]
    lines = class_boundary(piece.plan, piece.prediction_maps, piece.plane)
    if lines is not None and piece.plan.sample.X.shape[1] == 2:
        # A straight line is drawn as one: traced through bytes, a flat slope has steps.
        straight = boundary_segments(_at_maps(piece), piece.plane, piece.plan)
        lines = lines if straight is None else straight
    if lines is None:
        return [painted]
    return [painted, LineTrack(values=lines, width=1.5, slot="boundary", **on_the_plane)]


def _curve(piece: ViewPiece, on_the_plane: Any) -> list[Track]:
    """Return the predictions over the only input as a curve, and each row's residual below it."""
    plan, plane = piece.plan, piece.plane
    rows = drawn(plan.split.train)
    rows = rows[:: -(-len(rows) // _MOST_RESIDUALS)]
    x = np.linspace(plane.x_low, plane.x_high, _CURVE_POINTS)
    at = np.concatenate([x, plan.sample.X[rows, 0]])
    n_maps = len(piece.prediction_maps)
    found = evaluation.outputs(plan, _at_maps(piece), plan.inputs(at[:, np.newaxis]))
    values = evaluation.predicted_values(plan, found)
    curve = np.stack([np.broadcast_to(x, (n_maps, len(x))), values[:, : len(x)]], axis=-1)
    ends = np.full((n_maps, len(rows), 3, 2), np.nan)
    ends[:, :, :2, 0] = plan.sample.X[rows]
    ends[:, :, 0, 1] = plan.sample.y[rows]
    ends[:, :, 1, 1] = values[:, len(x) :]
    residuals = ends.reshape(n_maps, -1, 2)
    return [
        LineTrack(values=residuals, width=1, colour=theme.GREY, slot="residuals", **on_the_plane),
        LineTrack(values=curve, width=2, slot="boundary", **on_the_plane),
    ]


def _at_maps(piece: ViewPiece) -> FloatArray:
    """Return the parameters at the checkpoints that have maps."""
    every = max(1, piece.map_stride // piece.stride)
    return piece.parameters[::every][: len(piece.prediction_maps)]


def _rounded(numbers: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(float(number), 2) for number in numbers)


def _curves(piece: ViewPiece, stroke: Stroke, when: Any, *, with_trails: bool) -> list[Track]:
    tracks: list[Track] = []
    losses = (("training", piece.scores.train_loss), ("test", piece.scores.test_loss))
    for name, loss in losses:
        if not np.isfinite(loss).any():
            continue
        of_training = name == "training"
        curve = np.column_stack([piece.steps.astype(float), loss])
        pen: Any = {"axes": "x3y3", "colour": stroke.colour, "stride": piece.stride, **when}
        if with_trails:
            dash = stroke.dash if of_training else "dot"
            tracks.append(
                TrailTrack(
                    values=curve, width=stroke.width if of_training else 1.2, dash=dash, **pen
                )
            )
        tracks.append(DotTrack(values=curve, size=5, filled=of_training, slot=f"{name} dot", **pen))
    return tracks


def _readouts(piece: ViewPiece, when: Any, measure: str) -> list[ReadoutTrack]:
    scores, classes = piece.scores, piece.plan.sample.classes
    percent = 100.0 if classes else 1.0
    losses = (f"training {measure}", scores.train_loss), (f"test {measure}", scores.test_loss)
    goodness = (
        (f"{which} {'rows right, %' if classes else 'R²'}", short_of(percent, percent * values))
        for which, values in (("training", scores.train_accuracy), ("test", scores.test_accuracy))
    )
    return [
        ReadoutTrack(values=values, label=label, slot=label, stride=piece.stride, **when)
        for label, values in (*losses, *goodness)
        if not np.isnan(values).all()
    ]


def _edges_of(plane: Plane) -> tuple[float, float, float, float]:
    """Return the outer edges of the cells, whose centres are the points of the plane."""
    x = (plane.x_high - plane.x_low) / (plane.n - 1) / 2
    y = (plane.y_high - plane.y_low) / (plane.n - 1) / 2
    return plane.x_low - x, plane.x_high + x, plane.y_low - y, plane.y_high + y


def probe_tracks(
    piece: ViewPiece, point: tuple[float, float], *, until: int | None, last: int
) -> Tracks:
    """Return a ring at a point, and the output of the network there at every step.

    Parameters
    ----------
    point : (float, float)
        In the units of the plane.
    until, last : int
        As in `network_tracks`.
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
            values=short_of(1.0, answers[:, 0, 0]),
            label="answer at the ring",
            slot="asked answer",
            **when,
        )
    else:
        readout = ReadoutTrack(
            values=evaluation.predicted_classes(plan, answers)[:, 0],
            label="class at the ring", names=plan.sample.classes, slot="asked answer", **when,
        )  # fmt: skip
    return Tracks((ring, readout), last)


_HIGHEST = 255.0  # the byte that stands for an output of 1


def class_boundary(plan: Plan, maps: npt.NDArray[np.uint8], plane: Plane) -> FloatArray | None:
    """Return the boundary between two classes on each map, to within a cell; None without one.

    The result has the shape (n_maps, n_points, 2), or None: as `boundaries.traced_boundaries`
    returns it.

    Parameters
    ----------
    plan : Plan
        There is a boundary with two classes and one output only.
    maps : ndarray of uint8, shape (n_maps, n, n)
        As `network_maps.answer_maps` makes them.
    plane : Plane
        The plane of the maps.
    """
    if plan.n_outputs > 1 or not plan.sample.classes:
        return None
    return traced_boundaries(maps / _HIGHEST, plane)
