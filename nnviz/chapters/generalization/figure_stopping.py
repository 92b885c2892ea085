"""Stopping early and L2: losses over the epochs of one run, and over the strengths of L2."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.generalization.early_stop import EarlyStop
from nnviz.chapters.generalization.figure_plane import LEGEND, plane_axes, plane_traces
from nnviz.chapters.generalization.prediction_map import OnThePlane
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import (
    STOPPED,
    TEST,
    TRAIN,
    Look,
    dots,
    legend,
    middle,
    named,
    nearest,
    ring,
)
from nnviz.chart.tracks import ReadoutTrack, Tracks
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits
from nnviz.training.learning_curve import Learning
from nnviz.training.study_results import Results

_CURVES, _STRENGTHS, _PLANE = (0.0, 0.335), (0.39, 0.665), (0.735, 1.0)
_ROOM: Final = (290.0, 320.0)  # px of the subplot of the strengths, about


def stopping_picture(
    come: Results,
    run: tuple[int, int],
    learning: Learning,
    stop: EarlyStop,
    seen: OnThePlane,
    *,
    secret: bool = False,
) -> Picture:
    """Draw one run over its epochs, all runs over the strengths of L2, and the network.

    Parameters
    ----------
    come : Results
        Of a study by penalty; runs may be missing.
    run : (int, int)
        Variant and repeat of the run whose epochs are shown.
    learning : Learning
        That run.
    stop : EarlyStop
        Of that run.
    seen : OnThePlane
        Its rows; the ground moves, and is among the tracks.
    secret : bool
        Leave the run out: its curves, its stop, and all that moves.
    """
    train, test = come.values("train_loss"), come.values("test_loss")
    names = [name if name == "no L2" else name.replace("L2 ", "") for name in come.study.names]
    titles = list(come.study.names)
    top, own_top = highest(come), 1.06 * _largest(learning.train_loss, learning.test_loss)
    own = [go.Scatter(x=[None], y=[None], hoverinfo="skip")] if secret else [
        _curve(TRAIN, learning.train_loss, "epoch %{x}<br>loss of the training rows %{y:.4g}"),
        _curve(TEST, learning.test_loss, "epoch %{x}<br>loss of the test rows %{y:.4g}"),
        _mark(stop),
    ]  # fmt: skip
    traces: list[Any] = [
        *own,
        *middle(TRAIN, come.band("train_loss"), titles, "loss %{y:.4g}", "x2y2"),
        *middle(TEST, come.band("test_loss"), titles, "loss %{y:.4g}", "x2y2"),
        middle(STOPPED, come.band("test_loss", "best"), titles, "loss %{y:.4g}", "x2y2")[1],
        dots(TRAIN, train, _texts(come, train, TRAIN), "x2y2"),
        dots(TEST, test, _texts(come, test, TEST), "x2y2"),
        ring(TRAIN, train, run, "x2y2"),
        ring(TEST, test, run, "x2y2"),
        *plane_traces(seen, "x3y3", moving=True),
    ]
    x3, y3 = plane_axes(seen.plane, "3")
    figure = go.Figure(
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
            xaxis3={**x3, "domain": _PLANE},
            yaxis3={**y3, "title": {"text": ""}},
            shapes=[] if secret else _lines(stop),
        ),
    )
    notes = [
        legend([] if secret else _curve_legend(stop), "xy"),
        legend(
            [
                "at the end, by <b>strength of L2</b>: medians, ▒ middle half",
                f'<span style="color:{STOPPED.colour}"><b>◇···</b></span> test, if stopped at the '
                "lowest",
                "small: each run  <b>◯</b> the one on the left",
            ],
            "x2y2",
        ),
        legend(
            [
                "the network at the epoch shown",
                LEGEND[0].split("  <b>×")[0],
                LEGEND[1].split(";")[0],
            ],
            "x3y3",
        ),
    ]
    figure.layout.annotations = notes
    tracks = None if secret else Tracks((_readout(learning),), learning.last_epoch)
    return Picture(figure, _narrow(notes), tracks)


def highest(come: Results) -> float:
    """Return the upper end of the axis of all runs' losses: no mark lies above it."""
    return 1.06 * (_largest(come.values("train_loss"), come.values("test_loss")) or 1.0)


def strength_at(come: Results, x: float, y: float) -> tuple[int, int] | None:
    """Return variant and repeat of the dot that is nearest to a click, or None far from all."""
    shown = [(TRAIN, come.values("train_loss")), (TEST, come.values("test_loss"))]
    size = len(come.study.variants), highest(come)
    return nearest(shown, (x, y), size, _ROOM)


def _largest(*values: FloatArray) -> float:
    return max(float(v[np.isfinite(v)].max(initial=0.0)) for v in values)


def _curve(look: Look, loss: FloatArray, hover: str) -> go.Scatter:
    return go.Scatter(
        x=np.arange(len(loss)),
        y=np.asarray(loss, dtype=np.float32),
        mode="lines",
        line={"color": look.colour, "dash": look.dash, "width": 2.5},
        name=look.name,
        hovertemplate=f"{hover}<extra></extra>",
    )


def _mark(stop: EarlyStop) -> go.Scatter:
    low = stop.lowest
    return go.Scatter(
        x=[low.epoch],
        y=[low.test_loss],
        mode="markers",
        marker={"symbol": "diamond", "size": 13, "color": STOPPED.colour,
                "line": {"color": theme.INK, "width": 1.5}},
        name="lowest",
        hovertemplate="epoch %{x}: the test loss is at its lowest, %{y:.4g}<extra></extra>",
    )  # fmt: skip


def _lines(stop: EarlyStop) -> list[dict[str, Any]]:
    """Return a line across the curves where patience ends, if it does."""
    if stop.stop is None:
        return []
    return [
        {
            "type": "line",
            "xref": "x",
            "yref": "y domain",
            "x0": stop.stop.epoch,
            "x1": stop.stop.epoch,
            "y0": 0,
            "y1": 1,
            "line": {"color": theme.INK, "width": 2, "dash": "dashdot"},
        }
    ]


def _curve_legend(stop: EarlyStop) -> list[str]:
    patience = (
        f"<b>–·–</b> patience ends, epoch {stop.stop.epoch}"
        if stop.stop is not None
        else "patience does not end"
    )
    return [
        f"{named(TRAIN)}   {named(TEST)}",
        f'<span style="color:{STOPPED.colour}"><b>◆</b></span> lowest test loss, '
        f"{digits(stop.lowest.test_loss, 3)}, at epoch {stop.lowest.epoch}",
        f"{patience}   large ● the epoch shown",
    ]


def _readout(learning: Learning) -> ReadoutTrack:
    """Return one mark that says how far the clock goes; the others travel in a pack."""
    return ReadoutTrack(values=learning.test_loss, label="test loss")


def _texts(come: Results, values: FloatArray, look: Look) -> list[list[str]]:
    return [
        [
            f"{come.study.names[i]}, seed {each.plan.seed}<br>loss of the {look.name} at the end "
            f"{digits(values[i, k])}<br>click: open this run"
            if each is not None
            else ""
            for k, each in enumerate(row)
        ]
        for i, row in enumerate(come.learnings)
    ]


def _narrow(notes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "height": 1180,
        "margin": {"l": 48, "r": 8, "t": 62, "b": 44},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.74, 1]},
        "xaxis2": {"domain": [0, 1]},
        "yaxis2": {"domain": [0.38, 0.62]},
        "xaxis3": {"domain": [0, 1]},
        "yaxis3": {"domain": [0, 0.24]},
        "annotations": notes,
    }
