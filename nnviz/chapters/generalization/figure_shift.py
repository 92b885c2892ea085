"""The world moves: a network, the test rows wherever they have gone, and what is still right."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.generalization.distribution_shift import HOME, AlongTheWay, World
from nnviz.chapters.generalization.figure_plane import LEGEND, plane_axes, plane_traces
from nnviz.chapters.generalization.prediction_map import OnThePlane
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import TEST, legend

_PLANE, _WAY = (0.0, 0.53), (0.62, 1.0)
_FIRST: Final = "dot"
SNAP: Final = 0.05
"""What the place of the world is rounded to."""

FARTHEST: Final = 7.2
"""How far the curve of accuracy goes: no world is moved farther."""


def shift_picture(seen: OnThePlane, world: World, *, secret: bool = False) -> Picture:
    """Draw the moved rows over the network, and accuracy against how far they have moved.

    Parameters
    ----------
    seen : OnThePlane
        The network of now, with the test rows where they are now.
    world : World
    secret : bool
        Leave out what is right elsewhere on the way.
    """
    now = world.way(FARTHEST)
    first = None if secret or world.learned_at == HOME else world.first_way(FARTHEST)
    accuracy = world.n_right() / world.n_rows
    x1, y1 = plane_axes(seen.plane, "")
    traces: list[Any] = [*plane_traces(seen, "xy")]
    if not secret:
        traces.append(_line(now, "this network", 3, TEST.dash))
    if first is not None:
        traces.append(_line(first, "the network that learned at home", 2, _FIRST))
    traces += [_here(world.by, accuracy), *_way_from_home(middle(world), world.by)]
    figure = go.Figure(
        traces,
        theme.layout(
            490,
            margin={"l": 46, "r": 8, "t": 44, "b": 44},
            xaxis={**x1, "domain": _PLANE, "anchor": "y"},
            yaxis={**y1, "anchor": "x"},
            xaxis2=theme.axis(
                "distance from home, the way it is now",
                domain=_WAY,
                range=[0, float(now.distances[-1])],
                anchor="y2",
            ),
            yaxis2=theme.axis(
                "test rows right", range=[-0.03, 1.05], tickformat=".0%", anchor="x2"
            ),
        ),
    )
    of_plane = [f"{LEGEND[0]}  <b>◇···</b> the way from home", LEGEND[1]]
    notes = [legend(of_plane, "xy"), legend(_way_legend(first is not None), "x2y2")]
    figure.layout.annotations = notes
    narrow = {
        "height": 760,
        "margin": {"l": 48, "r": 8, "t": 58, "b": 44},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.46, 1]},
        "xaxis2": {"domain": [0, 1]},
        "yaxis2": {"domain": [0, 0.3]},
        "annotations": [
            legend([LEGEND[0], "<b>◇···</b> the way from home", LEGEND[1]], "xy"),
            notes[1],
        ],
    }
    return Picture(figure, narrow)


def middle(world: World) -> tuple[float, float]:
    """Return the middle of the test rows at home, where a handle can stand."""
    x, y = (np.round(world.rows(HOME).X[:, :2].mean(axis=0) / SNAP) * SNAP).tolist()
    return x, y


def _way_from_home(home: tuple[float, float], by: tuple[float, float]) -> list[go.Scatter]:
    way = go.Scatter(
        x=[home[0], home[0] + by[0]],
        y=[home[1], home[1] + by[1]],
        mode="lines",
        line={"color": theme.INK, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        name="the way from home",
    )
    begin = go.Scatter(
        x=[home[0]],
        y=[home[1]],
        mode="markers",
        marker={
            "symbol": "diamond", "size": 12, "color": theme.PAPER,
            "line": {"color": theme.INK, "width": 2},
        },
        hovertemplate="home: the middle of the test rows before the world moved<extra></extra>",
        name="home",
    )  # fmt: skip
    return [way, begin]


def _line(way: AlongTheWay, name: str, width: float, dash: str) -> go.Scatter:
    colour = TEST.colour if dash == TEST.dash else theme.GREY
    return go.Scatter(
        x=way.distances,
        y=way.accuracy,
        mode="lines",
        line={"color": colour, "width": width, "dash": dash},
        name=name,
        hovertemplate=f"{name}<br>%{{x:.2f}} from home: %{{y:.1%}} right<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )


def _here(moved_by: tuple[float, float], accuracy: float) -> go.Scatter:
    return go.Scatter(
        x=[float(np.hypot(*moved_by))],
        y=[accuracy],
        mode="markers",
        marker={
            "symbol": "square",
            "size": 13,
            "color": TEST.colour,
            "line": {"color": theme.INK, "width": 2},
        },
        name="now",
        hovertemplate="now: %{x:.2f} from home, %{y:.1%} of the test rows right<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )


def _way_legend(two: bool) -> list[str]:
    mark = f'<span style="color:{TEST.colour}"><b>■</b></span> now'
    line = f'<span style="color:{TEST.colour}"><b>– –</b></span> this network'
    home = f'<span style="color:{theme.GREY}"><b>···</b></span> the one that learned at home'
    return [f"{mark}   {line}", home] if two else [f"{mark}   {line}"]
