"""The rows on the plane, over what one network answers there."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.generalization.prediction_map import OnThePlane
from nnviz.chart import theme
from nnviz.training.maps.heatmap import Plane

LEGEND: Final = (
    "<b>●■</b> training row  <b>○□</b> test row  <b>×</b> wrong",
    f'ground and rows: <span style="color:{theme.ORANGE}"><b>●</b></span> class 0, '
    f'<span style="color:{theme.BLUE}"><b>■</b></span> class 1; line: undecided',
)


def plane_traces(seen: OnThePlane, axes: str, *, moving: bool = False) -> list[Any]:
    """Return the answers as a ground, the line where they are undecided, and all rows.

    Parameters
    ----------
    seen : OnThePlane
    axes : str
        The subplot, as in "x2y2".
    moving : bool
        Whether ground and verdicts are not to be drawn here: they change with a clock, or are
        not to be known yet.
    """
    x, y = axes.replace("y", " y").split()
    on = {"xaxis": x, "yaxis": y}
    rows = [*_rows(seen, on, "training", moving), *_rows(seen, on, "test", moving)]
    halo = _halo(seen, on)
    if moving:
        return [halo, *rows]
    return [_ground(seen, on), _undecided(seen, on), halo, *rows, _wrong(seen, on)]


def plane_axes(plane: Plane, number: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both axes of a subplot that shows a plane; ``number`` as in "2"."""
    x = theme.axis("x1", range=[plane.x_low, plane.x_high], anchor=f"y{number}", zeroline=False)
    y = theme.axis("x2", range=[plane.y_low, plane.y_high], anchor=f"x{number}", zeroline=False)
    return x, y


def _ground(seen: OnThePlane, on: dict[str, str]) -> go.Heatmap:
    return go.Heatmap(
        x=seen.plane.x,
        y=seen.plane.y,
        z=np.asarray(seen.answers / 255, dtype=np.float32),
        zmin=0,
        zmax=1,
        colorscale=[[0, theme.DIVERGING[0]], [0.5, theme.DIVERGING[1]], [1, theme.DIVERGING[2]]],
        showscale=False,
        opacity=0.75,
        name="what the network answers",
        hovertemplate="x1 %{x:.2f}, x2 %{y:.2f}<br>answer %{z:.2f}<extra></extra>",
        **on,
    )


def _undecided(seen: OnThePlane, on: dict[str, str]) -> go.Contour:
    return go.Contour(
        x=seen.plane.x,
        y=seen.plane.y,
        z=np.asarray(seen.answers / 255, dtype=np.float32),
        contours={"coloring": "none", "start": 0.5, "end": 0.5, "size": 1},
        line={"color": theme.INK, "width": 2},
        showscale=False,
        hoverinfo="skip",
        name="undecided",
        **on,
    )


def _rows(seen: OnThePlane, on: dict[str, str], part: str, moving: bool) -> list[go.Scatter]:
    sample, rights = (
        (seen.train, seen.train_right) if part == "training" else (seen.test, seen.test_right)
    )
    verdict = "" if moving else "<br>the network is %{text}"
    traces = []
    for k, (colour, symbol) in enumerate(
        zip(theme.CLASS_COLOURS, theme.CLASS_SYMBOLS, strict=True)
    ):
        own = np.flatnonzero(sample.y == k)
        filled = part == "training"
        traces.append(
            go.Scatter(
                x=sample.X[own, 0],
                y=sample.X[own, 1],
                mode="markers",
                marker={
                    "symbol": symbol,
                    "size": 9,
                    "color": colour if filled else theme.PAPER,
                    "line": {"color": theme.INK if filled else colour, "width": 1 if filled else 3},
                },
                text=["right" if rights[i] else "wrong" for i in own],
                hovertemplate=f"{part} row of class {k}<br>x1 %{{x:.2f}}, x2 %{{y:.2f}}"
                f"{verdict}<extra></extra>",
                name=f"{part} rows of class {k}",
                **on,
            )
        )
    return traces


def _halo(seen: OnThePlane, on: dict[str, str]) -> go.Scatter:
    """Return what keeps the rings of test rows apart from a ground of their own colour."""
    return go.Scatter(
        x=seen.test.X[:, 0],
        y=seen.test.X[:, 1],
        mode="markers",
        marker={
            "symbol": [theme.CLASS_SYMBOLS[int(k)] for k in seen.test.y],
            "size": 15,
            "color": theme.PAPER,
        },
        hoverinfo="skip",
        name="below the test rows",
        **on,
    )


def _wrong(seen: OnThePlane, on: dict[str, str]) -> go.Scatter:
    X = np.concatenate([seen.train.X[~seen.train_right], seen.test.X[~seen.test_right]])
    return go.Scatter(
        x=X[:, 0],
        y=X[:, 1],
        mode="markers",
        marker={"symbol": "x-thin", "size": 13, "line": {"color": theme.INK, "width": 2.5}},
        hoverinfo="skip",
        name="wrong",
        **on,
    )
