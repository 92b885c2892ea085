"""Draw a plane over two columns in three dimensions: the rows, and how far off the plane is."""

import math
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Annotated, Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.figures.squares import ANSWER, PLANE, SQUARE, coloured
from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.chapters.linear_regression.units import Quantity
from nnviz.chart import plot, solid, theme
from nnviz.chart.picture import Picture
from nnviz.data.sample import Sample, evenly_chosen
from nnviz.nn.checks import Check, Checked, FloatArray, numbers
from nnviz.text.digits import digits

MOST_ROWS: Final = 200
_EDGE_ROOM: Final = 0.05

_HEIGHT: Final = 470
_DISTANCE: Final = (2.0, 2.45)  # of the eye: wide, narrow
_ASIDE: Final = 0.22  # on a narrow screen, where the title on the left would be cut off
_AXES: Final = ("xaxis", "yaxis", "zaxis")


@dataclass(frozen=True)
class Sheet(Checked):
    """A plane and its predictions for the rows."""

    sample: Sample
    # both weights and the bias
    in_units: Annotated[tuple[float, float, float], Check(numbers, n=3)]
    answer: LeastSquares | None = None  # the plane of least squares, if it is to be seen as well

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """Rows that are drawn: all, or 200 of them evenly chosen."""
        return evenly_chosen(self.sample.n_rows, MOST_ROWS)

    @cached_property
    def answers(self) -> FloatArray:
        """The height of the plane over every row that is drawn."""
        w1, w2, b = self.in_units
        return np.asarray(self.sample.X[self.rows, :2] @ [w1, w2] + b)

    @cached_property
    def edges(self) -> tuple[FloatArray, FloatArray]:
        """How far the plane is drawn along both columns: two values each."""
        ends = []
        for values in self.sample.X[:, :2].T:
            low, high = float(values.min()), float(values.max())
            room = _EDGE_ROOM * (high - low) or 0.5
            ends.append(np.array([low - room, high + room]))
        return ends[0], ends[1]

    def heights(self, weights: npt.ArrayLike, bias: float) -> FloatArray:
        """Return the heights of a plane at its corners, shape (2, 2), row 0 at the lowest x2."""
        (w1, w2), (x1, x2) = np.asarray(weights, dtype=np.float64), self.edges
        return np.asarray(w1 * x1[np.newaxis, :] + w2 * x2[:, np.newaxis] + bias)

    @property
    def corners(self) -> FloatArray:
        """The heights of the plane itself."""
        w1, w2, b = self.in_units
        return self.heights((w1, w2), b)


def solid_picture(sheet: Sheet, *, turn: int = 0) -> Picture:
    """Draw the plane alone in 3-D, seen from ``turn`` degrees around it."""
    layout = theme.layout(
        _HEIGHT,
        margin={"l": 0, "r": 0, "t": 34, "b": 0},
        scene=solid_scene(sheet, turn),
        annotations=[theme.panel_title("<br>".join(solid_legend(sheet)), 0, 1, font={"size": 11})],
    )
    narrow = {"height": 430, "scene": narrow_scene(sheet, turn)}
    return Picture(plot.figure(solid_traces(sheet), layout), narrow)


def solid_legend(sheet: Sheet) -> list[str]:
    """Return what the marks mean, in lines."""
    lines = [
        f"<b>●</b> a row  {coloured(PLANE, '▰')} the plane  "
        f"{coloured(SQUARE, '│')} how far off the plane is"
    ]
    if sheet.answer is not None:
        lines.append(f"{coloured(ANSWER, '▱')} the edge of the plane of least squares")
    return lines


def solid_scene(sheet: Sheet, turn: int) -> dict[str, Any]:
    """Return axes and camera."""
    names = (*sheet.sample.columns[:2], sheet.sample.target)
    axes = [solid.axis(escape(name), 12, tickfont={"size": 11}) for name in names]
    return {
        **dict(zip(_AXES, axes, strict=True)),
        "aspectmode": "manual",
        "aspectratio": {"x": 1.1, "y": 1.1, "z": 0.8},
        "camera": _camera(turn, _DISTANCE[0]),
        # What the person turned by hand is kept until the view is chosen anew.
        "uirevision": f"turn {turn}",
    }


def narrow_scene(sheet: Sheet, turn: int) -> dict[str, Any]:
    """Return what is different on a narrow screen: farther away, and nouns without their units."""
    names = (*sheet.sample.columns[:2], sheet.sample.target)
    titles = [{"title": {"text": escape(Quantity.of(name).noun)}} for name in names]
    axes = dict(zip(_AXES, titles, strict=True))
    return {"camera": _camera(turn, _DISTANCE[1], _ASIDE), **axes}


def _camera(turn: int, distance: float, aside: float = 0.0) -> dict[str, Any]:
    """Return from where the plane is seen; ``aside`` moves it to the right of the picture."""
    around = math.radians(turn - 125)
    x, y = aside * math.sin(around), -aside * math.cos(around)
    eye = {
        "x": distance * math.cos(around) + x,
        "y": distance * math.sin(around) + y,
        "z": distance * 0.4,
    }
    return {"eye": eye, "center": {"x": x, "y": y, "z": -0.08}}


def solid_traces(sheet: Sheet) -> list[Any]:
    """Return the plane, a line from every row to it, the rows, and the edge of least squares."""
    return [_plane(sheet), _misses(sheet), _rows(sheet), _edge(sheet)]


def _plane(sheet: Sheet) -> plot.Trace:
    x1, x2 = sheet.edges
    return plot.surface(
        x=x1,
        y=x2,
        z=sheet.corners,
        colorscale=[[0, theme.SKY], [1, theme.SKY]],
        showscale=False,
        opacity=0.55,
        lighting={"ambient": 1.0, "diffuse": 0.0, "specular": 0.0},
        name="the plane",
        hoverinfo="skip",
    )


def _misses(sheet: Sheet) -> plot.Trace:
    sample, rows = sheet.sample, sheet.rows
    ends = (sample.y[rows], sheet.answers)
    line = {"color": SQUARE, "width": 5}
    return solid.upright_lines(sample.X[rows, :2], ends, line, "how far off")


def _rows(sheet: Sheet) -> plot.Trace:
    rows = sheet.rows
    y = sheet.sample.y[rows]
    return plot.scatter3d(
        x=sheet.sample.X[rows, 0],
        y=sheet.sample.X[rows, 1],
        z=y,
        mode="markers",
        marker={"size": 4, "color": theme.INK},
        name="rows",
        text=[
            f"row {row + 1}: {digits(price)}, the plane says {digits(answer)}"
            for row, price, answer in zip(
                rows.tolist(), y.tolist(), sheet.answers.tolist(), strict=True
            )
        ],
        hovertemplate="%{text}<extra></extra>",
    )


def _edge(sheet: Sheet) -> plot.Trace:
    # Always there, so that each trace keeps its place when the answer is switched on.
    if sheet.answer is None:
        return plot.scatter3d(x=[None], y=[None], z=[None], mode="lines", hoverinfo="skip")
    (low, high), (near, far) = (ends.tolist() for ends in sheet.edges)
    heights = sheet.heights(sheet.answer.weights, sheet.answer.bias)
    return plot.scatter3d(
        x=[low, high, high, low, low],
        y=[near, near, far, far, near],
        z=[heights[0, 0], heights[0, 1], heights[1, 1], heights[1, 0], heights[0, 0]],
        mode="lines",
        line={"color": ANSWER, "width": 5},
        name="least squares",
        hoverinfo="skip",
    )
