"""The moving marks of a deeper network: units, edges, biases, outputs, losses and numbers."""

from typing import Any

import numpy as np

from nnviz.chapters.deeper_networks.figures.layout import NetworkLayout, network_layout
from nnviz.chapters.deeper_networks.figures.prediction import drawn, prediction_stops
from nnviz.chapters.deeper_networks.items import Bias, Edge, parameter_index
from nnviz.chapters.deeper_networks.record_view import ViewPiece
from nnviz.chart import theme
from nnviz.chart.network_tracks import (
    BiasTrack,
    BoundaryTrack,
    CurveTrack,
    EdgeTrack,
    GroundTrack,
    TilesTrack,
    network_form,
    undecided,
)
from nnviz.chart.strands import Stroke
from nnviz.chart.theme import INK
from nnviz.chart.tracks import (
    DotTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    by_steps,
    readable,
    short_of,
)
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

_WIDEST, _WIDEST_OF_MANY = 8.0, 5.0
_MANY_EDGES = 120
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
    plane: Plane,
    until: int | None,
    last: int,
    is_near: bool = False,
    measure: str = "loss",
) -> Tracks:
    """Return the moving marks of a piece of the line that is followed.

    Parameters
    ----------
    shown : Plan
        The plan of the still figure; of a piece with another network only outputs, losses and
        numbers are drawn.
    plane : Plane
        The part of the plane that the maps of the units show.
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
    when: Any = {"start": piece.first, "stride": piece.stride, "until": until}
    form: Any = {"values": piece.parameters, "network": network_form(piece.plan), **when}
    tracks: list[Track] = []
    if same_network(piece.plan, shown):
        tracks += _network(piece, network_layout(piece.plan.sizes), plane, form, when)
    tracks += _prediction(piece.plan, form)
    tracks += _curves(piece, stroke, when, with_trails=not is_near)
    return Tracks((*tracks, *_readouts(piece, when, measure)), last)


def branch_tracks(piece: ViewPiece, stroke: Stroke, *, last: int) -> Tracks:
    """Return the growing training loss of a piece of a line that is not followed."""
    curve = readable(piece.scores.train_loss)
    when: Any = {"start": piece.first, "stride": piece.stride, "axes": "x3y3"}
    pen: Any = {"colour": stroke.colour, "dash": stroke.dash, "made": by_steps()}
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

    It travels by itself, for it is small and the choice often changes. `name` is its `item_name`,
    `until` and `last` are as in `network_tracks`.
    """
    values = piece.parameters[:, parameter_index(item, piece.plan.sizes)]
    readout = ReadoutTrack(
        values=values, label=name, slot="item", start=piece.first, stride=piece.stride, until=until
    )
    return Tracks((readout,), last)


def _network(
    piece: ViewPiece, layout: NetworkLayout, plane: Plane, form: Any, when: Any
) -> list[Track]:
    weights, biases = (
        tuple(parameter_index(item, piece.plan.sizes) for item in each)
        for each in (layout.edges, layout.biases)
    )
    signed: Any = {
        "values": piece.parameters, "below": theme.NEGATIVE, "above": theme.ABOVE, **when,
    }  # fmt: skip
    many = len(weights) > _MANY_EDGES
    return [
        TilesTrack(
            plane=plane,
            boxes=tuple(layout.tile(unit) for unit in layout.units),
            stops=theme.DIVERGING,
            slot="units",
            **form,
        ),
        EdgeTrack(
            places=tuple(_rounded(layout.ends(edge)) for edge in layout.edges),
            which=weights,
            widest=_WIDEST_OF_MANY if many else _WIDEST,
            slot="edges",
            **signed,
        ),
        BiasTrack(
            places=tuple(_rounded(layout.mark(bias)) for bias in layout.biases),
            which=biases,
            slot="biases",
            **signed,
        ),
    ]


def _prediction(plan: Plan, form: Any) -> list[Track]:
    tracks: list[Track] = [
        GroundTrack(stops=prediction_stops(plan), slot="answer", axes="x2y2", **form)
    ]
    level = undecided(plan)
    if plan.sample.is_curve:
        mean, scale = plan.target_scale
        rows = drawn(plan.split.train)
        rows = rows[:: -(-len(rows) // _MOST_RESIDUALS)]
        at = tuple(zip(plan.sample.X[rows, 0].tolist(), plan.sample.y[rows].tolist(), strict=True))
        curve: Any = {"mean": mean, "scale": scale, "axes": "x2y2", **form}
        tracks += [
            CurveTrack(rows=at, width=1, colour=theme.GREY, slot="residuals", **curve),
            CurveTrack(width=2, slot="boundary", **curve),
        ]
    elif level is not None:
        line = BoundaryTrack(undecided=level, width=1.5, slot="boundary", axes="x2y2", **form)
        tracks.append(line)
    return tracks


def _rounded(numbers: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(round(float(number), 2) for number in numbers)


def _curves(piece: ViewPiece, stroke: Stroke, when: Any, *, with_trails: bool) -> list[Track]:
    tracks: list[Track] = []
    pen: Any = {"axes": "x3y3", "colour": stroke.colour, "made": by_steps(), **when}
    for name, loss, width, dash in (
        ("training", piece.scores.train_loss, stroke.width, stroke.dash),
        ("test", piece.scores.test_loss, 1.2, "dot"),
    ):
        if not np.isfinite(loss).any():
            continue
        curve, filled = readable(loss), name == "training"
        if with_trails:
            tracks.append(TrailTrack(values=curve, width=width, dash=dash, **pen))
        tracks.append(DotTrack(values=curve, size=5, filled=filled, slot=f"{name} dot", **pen))
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
        ReadoutTrack(values=values, label=label, slot=label, **when)
        for label, values in (*losses, *goodness)
        if not np.isnan(values).all()
    ]


def probe_tracks(
    piece: ViewPiece, point: tuple[float, float], *, until: int | None, last: int
) -> Tracks:
    """Return a ring at a point, in the units of the plane, and the output there at every step.

    `until` and `last` are as in `network_tracks`.
    """
    plan = piece.plan
    answers = evaluation.outputs(plan, piece.parameters, plan.inputs([point]))
    when: Any = {"start": piece.first, "stride": piece.stride, "until": until}
    ring = DotTrack(
        values=np.array([point]), start=piece.first, until=until, stride=10**9, slot="asked",
        axes="x2y2", colour=INK, size=8, filled=False, width=2.5,
    )  # fmt: skip
    said: Any = {"label": "answer at the ring", "slot": "asked answer"}
    if not plan.sample.classes:
        said["values"] = evaluation.predicted_values(plan, answers)[:, 0]
    elif plan.n_outputs == 1:
        said["values"] = short_of(1.0, answers[:, 0, 0])
    else:
        said["values"] = evaluation.predicted_classes(plan, answers)[:, 0]
        said |= {"label": "class at the ring", "names": plan.sample.classes}
    return Tracks((ring, ReadoutTrack(**said, **when)), last)
