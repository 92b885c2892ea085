"""The rows on the plane, over what one network predicts there."""

from typing import Any, Final

import numpy as np

from nnviz.chapters.generalization.prediction_map import PredictionMap
from nnviz.chart import plot, theme
from nnviz.data.sample import Sample
from nnviz.training.maps.heatmap import Plane

ROWS: Final = "<b>●■</b> training row  <b>○□</b> test row"
WRONG: Final = "<b>×</b> wrong"
CLASSES: Final = (
    f'<span style="color:{theme.ORANGE}"><b>●</b></span> class 0, '
    f'<span style="color:{theme.BLUE}"><b>■</b></span> class 1'
)
LEGEND: Final = (f"{ROWS}  {WRONG}", f"ground and rows: {CLASSES}; line: undecided")


def plane_traces(prediction: PredictionMap, number: str, *, rows_only: bool = False) -> list[Any]:
    """Return the outputs as a heatmap, the boundary, and all rows, in a subplot such as "2".

    `rows_only` leaves out the outputs and which rows are right: they are drawn by a clock, or
    hidden.
    """
    on = plot.on(number)
    # Kept apart from a ground of their own colour.
    halos = [
        _halo(prediction.train, 13, "below the training rows", on),
        _halo(prediction.test, 15, "below the test rows", on),
    ]
    train, test = prediction.train, prediction.test
    if rows_only:
        return [*halos, *_rows("training", train, None, on), *_rows("test", test, None, on)]
    return [
        *_ground(prediction, on),
        *halos,
        *_rows("training", train, prediction.train_correct, on),
        *_rows("test", test, prediction.test_correct, on),
        _wrong(prediction, on),
    ]


def plane_axes(plane: Plane, number: str, **across: Any) -> dict[str, Any]:
    """Return both axes of a subplot that shows a plane, for a layout.

    `number`: as in "2". `across`: more properties of the axis of x1.
    """
    x = theme.axis(
        "x1", range=[plane.x_low, plane.x_high], anchor=f"y{number}", zeroline=False, **across
    )
    y = theme.axis("x2", range=[plane.y_low, plane.y_high], anchor=f"x{number}", zeroline=False)
    return {f"xaxis{number}": x, f"yaxis{number}": y}


def _ground(prediction: PredictionMap, on: dict[str, str]) -> list[Any]:
    """Return the outputs as colours, and the line where they are one half."""
    here: dict[str, Any] = {
        "x": prediction.plane.x,
        "y": prediction.plane.y,
        "z": np.asarray(prediction.outputs / 255, dtype=np.float32),
        "showscale": False,
        **on,
    }
    colours = plot.heatmap(
        zmin=0,
        zmax=1,
        colorscale=[[k / 2, colour] for k, colour in enumerate(theme.DIVERGING)],
        opacity=0.75,
        zsmooth="best",  # no cells: a network answers at every point
        name="what the network answers",
        hovertemplate="x1 %{x:.2f}, x2 %{y:.2f}<br>answer %{z:.2f}<extra></extra>",
        **here,
    )
    boundary = plot.contour(
        contours={"coloring": "none", "start": 0.5, "end": 0.5, "size": 1},
        line={"color": theme.INK, "width": 2},
        hoverinfo="skip",
        name="undecided",
        **here,
    )
    return [colours, boundary]


def _halo(sample: Sample, size: int, name: str, on: dict[str, str]) -> plot.Trace:
    symbols = [theme.CLASS_SYMBOLS[int(k)] for k in sample.y]
    return plot.scatter(
        x=sample.X[:, 0],
        y=sample.X[:, 1],
        mode="markers",
        marker={"symbol": symbols, "size": size, "color": theme.PAPER},
        hoverinfo="skip",
        name=name,
        **on,
    )


def _rows(part: str, sample: Sample, correct: Any, on: dict[str, str]) -> list[plot.Trace]:
    filled = part == "training"
    verdict = "" if correct is None else "<br>the network is %{text}"
    traces = []
    for k, colour in enumerate(theme.CLASS_COLOURS):
        own = np.flatnonzero(sample.y == k)
        traces.append(
            plot.scatter(
                x=sample.X[own, 0],
                y=sample.X[own, 1],
                mode="markers",
                marker={
                    "symbol": theme.CLASS_SYMBOLS[k],
                    "size": 9,
                    "color": colour if filled else theme.PAPER,
                    "line": {"color": theme.INK if filled else colour, "width": 1 if filled else 3},
                },
                text=None if correct is None else ["right" if correct[i] else "wrong" for i in own],
                hovertemplate=f"{part} row of class {k}<br>x1 %{{x:.2f}}, x2 %{{y:.2f}}"
                f"{verdict}<extra></extra>",
                name=f"{part} rows of class {k}",
                **on,
            )
        )
    return traces


def _wrong(prediction: PredictionMap, on: dict[str, str]) -> plot.Trace:
    train, test = prediction.train, prediction.test
    X = np.concatenate([train.X[~prediction.train_correct], test.X[~prediction.test_correct]])
    return plot.scatter(
        x=X[:, 0],
        y=X[:, 1],
        mode="markers",
        marker={"symbol": "x-thin", "size": 13, "line": {"color": theme.INK, "width": 2.5}},
        hoverinfo="skip",
        name="wrong",
        **on,
    )
