"""A step of a run on its error surface: as a map, or as a landscape to turn around."""

import math
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.surfaces import SurfaceScene, ranks
from nnviz.chart import plot, solid, theme
from nnviz.chart.picture import Picture
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

_NARROW: Final = MappingProxyType(
    {"height": 430, "margin": {"l": 46, "r": 4, "t": 62, "b": 44}, "font": {"size": 11}}
)
_DISTANCE: Final = (1.65, 2.0)  # of the eye from the middle of the landscape: wide, narrow
_HEIGHT: Final = 0.95  # of the eye above it, as a part of that distance
_LINES: Final = 1 / 14  # between two lines of equal error on the map, in ranks
_TICKS: Final = (0.0, 0.25, 0.5, 0.75, 1.0)
_COLOURS: Final = ((0, theme.PAPER), (1, theme.PURPLE))


def error_surface_picture(scene: SurfaceScene, *, solid: bool = False, turn: int = 0) -> Picture:
    """Draw the error over two directions of the parameters, with the run's path over it.

    `solid` makes it a landscape in three dimensions instead of a map, seen from `turn` degrees
    around it; the person may turn it further.
    """
    if solid:
        return _landscape(scene, turn)
    traces = [_ground(scene), *_marks(scene)]
    plane, (across, up) = scene.plane, scene.axes.names
    layout = theme.layout(
        460,
        margin={"l": 58, "r": 8, "t": 34, "b": 46},
        showlegend=True,
        xaxis=theme.axis(across, range=[plane.x_low, plane.x_high], zeroline=False),
        yaxis=theme.axis(up, range=[plane.y_low, plane.y_high], zeroline=False),
        **_revision(scene),
    )
    return Picture(plot.figure(traces, layout), _NARROW)


def _landscape(scene: SurfaceScene, turn: int) -> Picture:
    across, up = scene.axes.names
    layout = theme.layout(
        520,
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
        showlegend=True,
        scene={
            "xaxis": solid.axis(across),
            "yaxis": solid.axis(up),
            "zaxis": solid.axis("error"),
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.75},
            "camera": _camera(turn, _DISTANCE[0]),
            # What the person turned by hand is kept until the view is chosen anew.
            "uirevision": f"turn {turn}",
        },
        **_revision(scene),
    )
    traces = [_solid_ground(scene), *_solid_marks(scene)]
    narrow = {
        **_NARROW,
        "margin": {"l": 0, "r": 0, "t": 62, "b": 0},
        "scene": {"camera": _camera(turn, _DISTANCE[1])},
    }
    return Picture(plot.figure(traces, layout), narrow)


def _camera(turn: int, distance: float) -> dict[str, Any]:
    around = math.radians(turn - 125)
    x, y, z = math.cos(around), math.sin(around), _HEIGHT
    eye = {"x": distance * x, "y": distance * y, "z": distance * z}
    return {"eye": eye, "center": {"x": 0, "y": 0, "z": -0.2}}


def _revision(scene: SurfaceScene) -> dict[str, Any]:
    # A zoom is kept while the run goes on, and forgotten with the axes that it was made on.
    return {"uirevision": " ".join(scene.axes.names)}


def _ground(scene: SurfaceScene) -> plot.Trace:
    across, up = scene.axes.names
    shades = ranks(scene.errors)
    return plot.contour(
        x=scene.plane.x, y=scene.plane.y, z=shades, zmin=0, zmax=1, colorscale=_COLOURS,
        text=[[digits(error) for error in line] for line in scene.errors.tolist()],
        contours={"coloring": "heatmap", "start": _LINES, "end": 1 - _LINES, "size": _LINES},
        line={"width": 0.7, "color": theme.GREY},
        colorbar={
            "title": {"text": "error,<br>by rank", "font": {"size": 12}},
            **_told_shades(shades, scene.errors),
            "thickness": 10, "len": 0.9, "outlinewidth": 1, "outlinecolor": theme.GREY,
            "tickfont": {"color": theme.INK, "size": 11},
        },
        hovertemplate=f"{across} %{{x:.4g}}<br>{up} %{{y:.4g}}<br>error %{{text}}<extra></extra>",
        name="error",
    )  # fmt: skip


def _told_shades(shades: FloatArray, errors: FloatArray) -> dict[str, Any]:
    """Return the ticks of the bar of colours: which error has which shade."""
    nearest = [int(np.abs(shades - shade).argmin()) for shade in _TICKS]
    found = {float(shades.flat[k]): digits(float(errors.flat[k]), 3) for k in nearest}
    return {"tickvals": list(found), "ticktext": list(found.values())}


def _marks(scene: SurfaceScene) -> list[plot.Trace]:
    (x, y), texts = scene.path.T, _hover_texts(scene)
    path = plot.scatter(
        x=x, y=y, line={"color": theme.INK, "width": 2, "simplify": False}, **_path_told(texts)
    )
    points = [
        ("start", scene.path[0], ("circle-open", 12, theme.INK), texts[0]),
        ("lowest point shown", scene.lowest_place, ("diamond", 11, theme.GREEN), _lowest(scene)),
        ("now", scene.place, ("circle", 14, theme.ORANGE), texts[-1]),
    ]
    marks = [
        # The lowest point is often on the border.
        plot.scatter(x=[place[0]], y=[place[1]], **_mark(name, *look, text), cliponaxis=False)
        for name, place, look, text in points
    ]
    return [path, *marks]


def _path_told(texts: list[str]) -> dict[str, Any]:
    """Return what the path of a run is called, on a map and in a landscape."""
    told = {"text": texts, "hovertemplate": "%{text}<extra></extra>"}
    return {"mode": "lines", "name": "its way so far", **told}


def _mark(name: str, symbol: str, size: int, colour: str, text: str) -> dict[str, Any]:
    """Return how one point of it is marked and what is said of it."""
    line = {"color": theme.INK, "width": 2}
    return {
        "mode": "markers",
        "marker": {"symbol": symbol, "size": size, "color": colour, "line": line},
        "name": name, "text": [text], "hovertemplate": "%{text}<extra></extra>",
    }  # fmt: skip


def _solid_ground(scene: SurfaceScene) -> plot.Trace:
    across, up = scene.axes.names
    low, high = float(scene.errors.min()), float(scene.errors.max())
    lines = {"show": True, "color": theme.GREY, "width": 1}
    ends = {"start": low, "end": high, "size": (high - low) / 14} if high > low else {}
    return plot.surface(
        x=scene.plane.x, y=scene.plane.y, z=scene.errors, colorscale=_COLOURS,
        showscale=False,  # the upright axis says it
        # So that a mark behind a hill, and the half of one that is in the ground, can be seen.
        opacity=0.85,
        contours={"z": {**lines, **ends}},
        lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05, "roughness": 0.9},
        hovertemplate=f"{across} %{{x:.4g}}<br>{up} %{{y:.4g}}<br>error %{{z:.4g}}<extra></extra>",
        name="error",
    )  # fmt: skip


def _solid_marks(scene: SurfaceScene) -> list[plot.Trace]:
    (x, y), texts = scene.path.T, _hover_texts(scene)
    # Lifted a little, or the ground would swallow half of every mark, and the line the rest.
    hair = 0.006 * float(np.ptp(scene.errors))
    heights, lift = scene.path_errors + hair, 4 * hair
    line = {"color": theme.INK, "width": 3.5}
    path = plot.scatter3d(x=x, y=y, z=heights, line=line, **_path_told(texts))
    start, now = (x[0], y[0], scene.path_errors[0] + lift), (x[-1], y[-1], scene.error + lift)
    lowest = (*scene.lowest_place, scene.lowest_error + lift)
    points = [
        ("start", start, ("circle-open", 6, theme.INK), texts[0]),
        ("lowest point shown", lowest, ("diamond", 6, theme.GREEN), _lowest(scene)),
        ("now", now, ("circle", 8, theme.ORANGE), texts[-1]),
    ]
    marks = [
        plot.scatter3d(x=[place[0]], y=[place[1]], z=[place[2]], **_mark(name, *look, text))
        for name, place, look, text in points
    ]
    return [path, *marks]


def _hover_texts(scene: SurfaceScene) -> list[str]:
    across, up = scene.axes.names
    rows = zip(scene.path_steps.tolist(), scene.path.tolist(), scene.path_errors, strict=True)
    return [
        f"after update {step:,}<br>{across} {digits(x)}<br>{up} {digits(y)}<br>"
        f"error {digits(float(error))}"
        for step, (x, y), error in rows
    ]


def _lowest(scene: SurfaceScene) -> str:
    (across, up), (x, y) = scene.axes.names, scene.lowest_place
    return (
        f"lowest shown<br>{across} {digits(x)}<br>{up} {digits(y)}<br>"
        f"error {digits(scene.lowest_error)}"
    )
