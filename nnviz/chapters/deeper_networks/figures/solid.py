"""The outputs over the plane as a surface to turn around, with the training rows over it."""

import math
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chart import plot, solid, theme
from nnviz.chart.picture import Picture
from nnviz.data.sample import evenly_chosen
from nnviz.nn.checks import FloatArray, Frozen
from nnviz.text.digits import digits
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

MOST_ROWS = 300


@dataclass(frozen=True, eq=False)
class Surface(Frozen):
    """The outputs of a network over the plane at one step, as heights."""

    plan: Plan
    plane: Plane
    # (n_sheets, n, n): the output for each class if there are more than two, that for the second of
    # two classes, or the prediction of a regression in the unit of the target
    heights: FloatArray
    rows: npt.NDArray[np.int64]  # (n_rows,): training rows, at most 300 of them, evenly chosen
    # (n_rows,): the height at which each row should be: 1 for its own class, otherwise 0; or its
    # target
    targets: FloatArray
    # (n_rows,): the height of the sheet at each row: of several classes, that of its own class
    outputs: FloatArray

    @property
    def farthest(self) -> int:
        """Index in `rows` of the row whose output is farthest from its target."""
        return int(np.abs(self.targets - self.outputs).argmax())


def surface(plan: Plan, parameters: FloatArray, plane: Plane) -> Surface:
    """Return the outputs of a network over the plane at one step.

    `parameters` has the shape (n_parameters,).
    """
    answers = _heights(plan, parameters, plan.inputs(plane.points()))
    rows = plan.split.train[evenly_chosen(len(plan.split.train), MOST_ROWS)]
    over = _heights(plan, parameters, plan.inputs(plan.sample.X[rows]))
    y = plan.sample.y[rows]
    if plan.n_outputs > 1:
        own = over[np.arange(len(rows)), y.astype(np.int64)]
        y = np.ones(len(rows))
    else:
        own = over[:, 0]
    heights = np.ascontiguousarray(answers.T).reshape(-1, plane.n, plane.n)
    return Surface(plan, plane, heights, rows, y, own)


def _heights(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return outputs on the scale of the targets, shape (n_points, n_sheets)."""
    answers = evaluation.outputs(plan, parameters[np.newaxis], inputs)[0]
    if not plan.sample.classes:
        return evaluation.predicted_values(plan, answers)[:, np.newaxis]
    low, high = plan.target_levels
    return np.asarray((answers - low) / (high - low))


_HEIGHT: Final = 470
_DISTANCE: Final = (1.7, 2.05)  # of the eye: wide, narrow
_SYMBOLS: Final = (
    *("circle", "square", "diamond", "cross", "x"),
    *("circle-open", "square-open", "diamond-open", "cross", "x"),
)


def surface_picture(scene: Surface, *, turn: int = 0) -> Picture:
    """Draw the surface, with a line from every row to it.

    `turn`: the direction of the view, in degrees around the vertical axis.
    """
    sample = scene.plan.sample
    layout = theme.layout(
        _HEIGHT,
        margin={"l": 0, "r": 0, "t": 30, "b": 0},
        showlegend=True,
        scene={
            "xaxis": solid.axis(escape(sample.columns[0])),
            "yaxis": solid.axis(escape(sample.plane_names[1])),
            "zaxis": solid.axis("answer"),
            "aspectmode": "manual",
            "aspectratio": {"x": 1.15, "y": 1.15, "z": 0.7},
            "camera": _camera(turn, _DISTANCE[0]),
            "uirevision": f"turn {turn}",
        },
        uirevision="kept",
    )
    misses = solid.upright_lines(
        sample.plane[scene.rows],
        (scene.targets, scene.outputs),
        {"color": theme.GREY, "width": 2},
        "how far off it is",
    )
    narrow = {"height": 430, "scene": {"camera": _camera(turn, _DISTANCE[1])}}
    traces = [*_sheets(scene), misses, _farthest(scene), *_rows(scene)]
    return Picture(plot.figure(traces, layout), narrow)


def _camera(turn: int, distance: float) -> dict[str, Any]:
    around = math.radians(turn - 125)
    eye = {"x": distance * math.cos(around), "y": distance * math.sin(around), "z": distance * 0.7}
    return {"eye": eye, "center": {"x": 0, "y": 0, "z": -0.15}}


def _sheets(scene: Surface) -> list[plot.Trace]:
    several = len(scene.heights) > 1
    names = scene.plan.sample.classes
    ends = {"cmin": 0.0, "cmax": 1.0} if names else {}
    sheets = []
    for k, heights in enumerate(scene.heights):
        colours = [theme.SEVERAL_COLOURS[k]] * 2 if several else theme.DIVERGING
        places = np.linspace(0.0, 1.0, len(colours)).tolist()
        sheets.append(
            plot.surface(
                x=scene.plane.x,
                y=scene.plane.y,
                z=heights,
                colorscale=[list(stop) for stop in zip(places, colours, strict=True)],
                showscale=False,
                opacity=0.6 if several else 0.7,
                contours={"z": {"show": not several, "color": theme.GREY, "width": 1}},
                lighting={"ambient": 0.75, "diffuse": 0.5, "specular": 0.05, "roughness": 0.9},
                name=f"share of {escape(names[k])}" if several else "answer",
                showlegend=several,
                hovertemplate="answer %{z:.4g}<extra></extra>",
                **ends,
            )
        )
    return sheets


def _farthest(scene: Surface) -> plot.Trace:
    worst = scene.farthest
    x, y = scene.plan.sample.plane[scene.rows[worst]].tolist()
    return plot.scatter3d(
        x=[x, x],
        y=[y, y],
        z=[float(scene.targets[worst]), float(scene.outputs[worst])],
        mode="lines+markers",
        line={"color": theme.INK, "width": 7},
        marker={"symbol": "circle-open", "size": [11, 0.1], "color": theme.INK},
        name=f"farthest off: row {scene.rows[worst] + 1}",
        hoverinfo="skip",
    )


def _rows(scene: Surface) -> list[plot.Trace]:
    sample = scene.plan.sample
    line = {"color": theme.INK, "width": 1}
    marks = []
    for k in range(max(1, sample.n_classes)):
        own = (sample.y[scene.rows] == k) if sample.classes else slice(None)
        rows, targets, answers = scene.rows[own], scene.targets[own], scene.outputs[own]
        colour = theme.SEVERAL_COLOURS[k] if sample.classes else theme.INK
        marks.append(
            plot.scatter3d(
                x=sample.X[rows, 0],
                y=sample.X[rows, 1],
                z=targets,
                mode="markers",
                marker={"symbol": _SYMBOLS[k], "size": 4, "color": colour, "line": line},
                name=f"rows of {escape(sample.classes[k])}" if sample.classes else "training rows",
                text=[
                    f"row {row + 1}: should be {digits(float(t))}, is {digits(float(a))}"
                    for row, t, a in zip(rows.tolist(), targets, answers, strict=True)
                ],
                hovertemplate="%{text}<extra></extra>",
            )
        )
    return marks
