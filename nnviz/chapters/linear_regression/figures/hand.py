"""Draw a plane put by hand: its squared errors over one column, and all of it in 3-D."""

from html import escape
from typing import Final

import numpy as np

from nnviz.chapters.linear_regression.figures.solid import (
    Sheet,
    narrow_scene,
    solid_legend,
    solid_scene,
    solid_traces,
)
from nnviz.chapters.linear_regression.figures.squares import (
    ANSWER,
    FILLED,
    PLANE,
    SQUARE,
    TICK,
    Squares,
    coloured,
    cut,
    prices,
    squares_axes,
    squares_legend,
)
from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.chapters.linear_regression.units import target
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import legend
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray

_HEIGHT: Final = 410
_SQUARES, _SOLID = (0.0, 0.47), (0.52, 1.0)


def hand_picture(sheet: Sheet, squares: Squares, *, turn: int = 0) -> Picture:
    """Draw a plane put by hand, seen from ``turn`` degrees around it."""
    in_units, answer = np.array(sheet.in_units), sheet.answer
    traces = [
        _squares(squares, in_units),
        *_cuts(squares, in_units, None if answer is None else answer.parameters),
        _said(squares, in_units),
        prices(squares),
    ]
    notes = [
        legend(squares_legend(squares, answer=answer is not None), "xy"),
        legend(solid_legend(sheet), "xy", xref="paper", yref="paper", x=_SOLID[0], y=1),
    ]
    figure = plot.figure(
        [*traces, *solid_traces(sheet)],
        theme.layout(
            _HEIGHT,
            margin={"l": 62, "r": 6, "t": 44, "b": 44},
            scene={**solid_scene(sheet, turn), "domain": {"x": _SOLID, "y": [0, 1]}},
            annotations=notes,
            uirevision=f"column {squares.feature} {squares.sample.digest}",
            **squares_axes(squares, _SQUARES),
        ),
    )
    narrow = {
        "height": 760,
        "margin": {"l": 62, "r": 4, "t": 44, "b": 4},
        **theme.moved("", ((0, 1), (0.56, 1))),
        "scene": {**narrow_scene(sheet, turn), "domain": {"x": [0, 1], "y": [0, 0.4]}},
        "annotations": [notes[0], {**notes[1], "x": 0, "y": 0.4}],
    }
    return Picture(figure, narrow)


def line_picture(
    sample: Sample, squares: Squares, weight: float, bias: float, answer: LeastSquares | None
) -> Picture:
    """Draw a line over the first column, its squared errors, and least squares if it is given."""
    in_units = np.array([weight, 0.0, bias])
    noun, least = escape(target(sample).noun), None
    line = f"<b>●</b> {noun}  {coloured(PLANE, '──')} line  {coloured(SQUARE, '□')} squared error"
    if answer is not None:
        least = np.array([float(answer.weights[0]), 0.0, answer.bias])
        line += f"  {coloured(ANSWER, '– –')} least squares"
    layout = theme.layout(
        _HEIGHT,
        margin={"l": 62, "r": 6, "t": 30, "b": 44},
        annotations=[legend([line], "xy", font={"size": 12})],
        uirevision=f"line {sample.digest}",
        **squares_axes(squares, (0, 1)),
    )
    traces = [
        _squares(squares, in_units), *_cuts(squares, in_units, least), prices(squares)
    ]  # fmt: skip
    return Picture(plot.figure(traces, layout), {"height": 380})


def _cuts(squares: Squares, in_units: FloatArray, least: FloatArray | None) -> list[plot.Trace]:
    """Return the plane over the column and, if it is given, that of least squares below it."""
    below = [] if least is None else [cut(squares.line(least), answer=True)]
    return [*below, cut(squares.line(in_units), answer=False)]


def _squares(squares: Squares, in_units: FloatArray) -> plot.Trace:
    outlines = squares.outlines(in_units)
    return plot.scatter(
        x=outlines[:, 0],
        y=outlines[:, 1],
        mode="lines",
        line={"color": SQUARE, "width": 1.2},
        fill="toself",
        fillcolor=FILLED,
        hoverinfo="skip",
        name="squared errors",
    )


def _said(squares: Squares, in_units: FloatArray) -> plot.Trace:
    """Return the plane's prediction for each row, as a short line at its height."""
    half = TICK * (squares.x_range[1] - squares.x_range[0])
    answers = squares.answers(in_units)
    x = np.column_stack([squares.x - half, squares.x + half, np.full(len(answers), np.nan)])
    return plot.scatter(
        x=x.ravel(),
        y=np.repeat(answers, 3),
        mode="lines",
        line={"color": PLANE, "width": 3},
        hoverinfo="skip",
        name="what the plane says",
    )
