"""Stopping early and L2: losses over the epochs of one run, and over the strengths of L2."""

from typing import Any, Final

import numpy as np

from nnviz.chapters.generalization.early_stop import EarlyStop
from nnviz.chapters.generalization.figures.plane import CLASSES, ROWS, plane_axes, plane_traces
from nnviz.chapters.generalization.prediction_map import PredictionMap
from nnviz.chart import plot, theme
from nnviz.chart import study_marks as marks
from nnviz.chart.network_tracks import GroundTrack, network_form
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import STOPPED, TEST, TRAIN, Look, legend
from nnviz.chart.tracks import (
    DotTrack,
    ReadoutTrack,
    Track,
    Tracks,
    TrailTrack,
    by_steps,
    readable,
)
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, told_apart
from nnviz.training.learning_curve import Learning
from nnviz.training.study_results import Results

_CURVES, _STRENGTHS, _PLANE = (0.0, 0.335), (0.39, 0.665), (0.735, 1.0)
_SIZE: Final = (290.0, 320.0)  # px of the subplot of the strengths, about


def stopping_picture(
    measured: Results,
    run: tuple[int, int],
    learning: Learning,
    stop: EarlyStop,
    prediction: PredictionMap,
    *,
    hide_answer: bool = False,
) -> Picture:
    """Draw one run over its epochs, all runs over the strengths of L2, and the network.

    Parameters
    ----------
    measured : Results
        Results of a study by penalty; runs may be missing.
    run : (int, int)
        Variant and repeat of the run whose epochs are shown; `learning` and `stop` are of it.
    prediction : PredictionMap
        Its rows; the ground moves and is among the tracks.
    hide_answer : bool
        Leave the run out: its curves, its stop, and all that moves.
    """
    train, test = measured.values("train_loss"), measured.values("test_loss")
    names = [name.removeprefix("L2 ") for name in measured.study.names]
    titles, at_best = measured.study.names, measured.band("test_loss", "best")
    top, own_top = highest(measured), 1.06 * _largest(learning.train_loss, learning.test_loss)
    own = [plot.empty("")] if hide_answer else [*_curves(learning), _lowest(stop)]
    traces: list[Any] = [
        *own,
        *marks.middle(TRAIN, measured.band("train_loss"), titles, told_apart, "x2y2"),
        *marks.middle(TEST, measured.band("test_loss"), titles, told_apart, "x2y2"),
        marks.middle(STOPPED, at_best, titles, told_apart, "x2y2")[1],
        marks.dots(TRAIN, train, _texts(measured, train, TRAIN), "x2y2"),
        marks.dots(TEST, test, _texts(measured, test, TEST), "x2y2"),
        marks.ring(TRAIN, train, run, "x2y2"),
        marks.ring(TEST, test, run, "x2y2"),
        *plane_traces(prediction, "3", rows_only=True),
    ]
    figure = plot.figure(
        traces,
        theme.layout(
            400,
            margin={"l": 46, "r": 8, "t": 62, "b": 54},
            xaxis=theme.axis("epoch", range=[0, learning.epochs], domain=_CURVES),
            yaxis=theme.axis("loss", range=[-0.02 * own_top, own_top]),
            xaxis2=theme.axis(
                "",
                domain=_STRENGTHS,
                range=[-0.6, len(names) - 0.4],
                tickvals=list(range(len(names))),
                ticktext=names,
                tickangle=-50,
                tickfont={"size": 11},
                zeroline=False,
                anchor="y2",
            ),
            yaxis2=theme.axis("", range=[-0.02 * top, top], anchor="x2"),
            **plane_axes(prediction.plane, "3", domain=_PLANE),
            shapes=[] if hide_answer else _patience_line(stop),
        ),
    )
    notes = [
        legend([] if hide_answer else _curve_legend(stop), "xy"),
        legend(
            [
                "by <b>strength of L2</b>: medians, ▒ the middle half",
                f'<span style="color:{STOPPED.colour}"><b>◇···</b></span> test, if stopped at the '
                "lowest",
                "small: each run at its end  <b>◯</b> the one drawn",
            ],
            "x2y2",
        ),
        legend(["the network at the epoch shown", ROWS, f"ground and rows: {CLASSES}"], "x3y3"),
    ]
    figure["layout"]["annotations"] = notes
    narrow: dict[str, Any] = {
        "height": 1180,
        "margin": {"l": 48, "r": 8, "t": 62, "b": 44},
        **theme.moved("", ((0, 1), (0.74, 1))),
        **theme.moved("2", ((0, 1), (0.38, 0.62))),
        **theme.moved("3", ((0, 1), (0, 0.24))),
        "annotations": notes,
    }
    # One track that says how far the clock goes; the others travel packed.
    clock = ReadoutTrack(values=learning.test_loss, label="test loss")
    return Picture(figure, narrow, None if hide_answer else Tracks((clock,), learning.last_epoch))


def one_run_picture(learning: Learning, prediction: PredictionMap, *, ahead: bool) -> Picture:
    """Draw one run alone: its two losses as they grow with the clock, and the network.

    `ahead`: whether the losses of all epochs are seen from the beginning.
    """
    top = 1.06 * _largest(learning.train_loss, learning.test_loss)
    curves = _curves(learning) if ahead else [plot.empty("")]
    figure = plot.figure(
        [*curves, *plane_traces(prediction, "3", rows_only=True)],
        theme.layout(
            440,
            margin={"l": 52, "r": 8, "t": 62, "b": 48},
            xaxis=theme.axis("epoch", range=[0, learning.epochs], domain=[0, 0.46]),
            yaxis=theme.axis("error", range=[-0.02 * top, top]),
            **plane_axes(prediction.plane, "3", domain=[0.56, 1]),
        ),
    )
    figure["layout"]["annotations"] = [
        legend([f"{marks.named(TRAIN)}   {marks.named(TEST)}"], "xy", font={"size": 14}),
        legend([ROWS, CLASSES], "x3y3", font={"size": 13}),
    ]
    narrow: dict[str, Any] = {
        "height": 700,
        "margin": {"l": 48, "r": 8, "t": 40, "b": 44},
        **theme.moved("", ((0, 1), (0.62, 1))),
        **theme.moved("3", ((0, 1), (0, 0.46))),
    }
    clock = ReadoutTrack(values=learning.test_loss, label="test error")
    return Picture(figure, narrow, Tracks((clock,), learning.last_epoch))


def stopping_tracks(learning: Learning, parameters: FloatArray, *, measure: str = "loss") -> Tracks:
    """Return what moves with the epochs of one run: its losses, and the ground of its outputs.

    `parameters`, those after every epoch, has the shape (last_epoch + 1, n_parameters). `measure`:
    what a reader of this page calls the loss.
    """
    network, split = network_form(learning.plan), learning.plan.split
    tracks: list[Track] = [
        GroundTrack(values=parameters, network=network, stops=theme.DIVERGING, axes="x3y3")
    ]
    for look, loss, error, n_rows in (
        (TRAIN, learning.train_loss, learning.train_error, len(split.train)),
        (TEST, learning.test_loss, learning.test_error, len(split.test)),
    ):
        curve: Any = {"values": readable(loss), "made": by_steps(), "colour": look.colour}
        tracks += [
            TrailTrack(width=2.5, dash=look.dash, **curve),
            DotTrack(size=6, **curve),
            ReadoutTrack(values=loss, label=f"{measure} of the {look.name}"),
            ReadoutTrack(values=np.round(error * n_rows), label="wrong", after=f" of {n_rows}"),
        ]
    return Tracks(tuple(tracks), learning.last_epoch)


def highest(measured: Results) -> float:
    """Return the upper end of the axis of all runs' losses: no mark lies above it."""
    return 1.06 * (_largest(measured.values("train_loss"), measured.values("test_loss")) or 1.0)


def strength_at(measured: Results, x: float, y: float) -> tuple[int, int] | None:
    """Return variant and repeat of the dot that is nearest to a click, or None far from all."""
    shown = [(TRAIN, measured.values("train_loss")), (TEST, measured.values("test_loss"))]
    size = len(measured.study.variants), highest(measured)
    return marks.nearest(shown, (x, y), size, _SIZE)


def _largest(*values: FloatArray) -> float:
    return max(float(v[np.isfinite(v)].max(initial=0.0)) for v in values)


def _curves(learning: Learning) -> list[plot.Trace]:
    """Return the losses of both kinds of rows over the epochs."""
    return [
        plot.scatter(
            x=np.arange(len(loss)),
            y=np.asarray(loss, dtype=np.float32),
            mode="lines",
            line={"color": look.colour, "dash": look.dash, "width": 2.5},
            name=look.name,
            hovertemplate=f"epoch %{{x}}<br>loss of the {look.name} %{{y:.4g}}<extra></extra>",
        )
        for look, loss in ((TRAIN, learning.train_loss), (TEST, learning.test_loss))
    ]


def _lowest(stop: EarlyStop) -> plot.Trace:
    low = stop.lowest
    return plot.scatter(
        x=[low.epoch],
        y=[low.test_loss],
        mode="markers",
        marker={"symbol": "diamond", "size": 13, "color": STOPPED.colour,
                "line": {"color": theme.INK, "width": 1.5}},
        name="lowest",
        hovertemplate="epoch %{x}: the test loss is at its lowest, %{y:.4g}<extra></extra>",
    )  # fmt: skip


def _patience_line(stop: EarlyStop) -> list[dict[str, Any]]:
    """Return a vertical line where patience ends, if it does."""
    if stop.stop is None:
        return []
    ends = {"x0": stop.stop.epoch, "x1": stop.stop.epoch, "y0": 0, "y1": 1}
    look = {"color": theme.INK, "width": 2, "dash": "dashdot"}
    return [{"type": "line", "xref": "x", "yref": "y domain", **ends, "line": look}]


def _curve_legend(stop: EarlyStop) -> list[str]:
    patience = "patience does not end"
    if stop.stop is not None:
        patience = f"<b>–·–</b> patience ends, epoch {stop.stop.epoch}"
    return [
        f"{marks.named(TRAIN)}   {marks.named(TEST)}",
        f'<span style="color:{STOPPED.colour}"><b>◆</b></span> lowest test loss, '
        f"{digits(stop.lowest.test_loss, 3)}, at epoch {stop.lowest.epoch}",
        f"{patience}   large ● now",
    ]


def _texts(measured: Results, values: FloatArray, look: Look) -> list[list[str]]:
    return [
        [
            f"{measured.study.names[i]}, seed {each.plan.seed}<br>loss of the {look.name} at the "
            f"end {digits(values[i, k])}<br>click: open this run"
            if each is not None
            else ""
            for k, each in enumerate(row)
        ]
        for i, row in enumerate(measured.learnings)
    ]
