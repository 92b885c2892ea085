"""Distribution shift: the moved test rows over a network, and the accuracy against distance."""

from typing import Any, Final

import numpy as np

from nnviz.chapters.generalization.distribution_shift import (
    HOME,
    AccuracyCurve,
    DistributionShift,
)
from nnviz.chapters.generalization.figures.plane import LEGEND, plane_axes, plane_traces
from nnviz.chapters.generalization.prediction_map import PredictionMap
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import TEST, legend
from nnviz.text.digits import percent

_PLANE, _CURVE = (0.0, 0.53), (0.62, 1.0)

SNAP: Final = 0.05
"""Shifts are rounded to multiples of this."""

FARTHEST: Final = 7.2
"""Last distance of the curve of the accuracy: no shift is larger."""


def shift_picture(
    prediction: PredictionMap,
    shift: DistributionShift,
    *,
    hide_answer: bool = False,
    curve: bool = True,
) -> Picture:
    """Draw the moved rows over the network, and its accuracy against the distance from home.

    Parameters
    ----------
    prediction : PredictionMap
        The present network, with the test rows at the present shift.
    hide_answer : bool
        Leave out the accuracy at other distances.
    curve : bool
        Whether there is a curve of the accuracy at all; without it the plane has all the room.
    """
    traces = plane_traces(prediction, "")
    if not curve:
        return _plane_alone(traces, prediction, shift)
    two = not hide_answer and shift.learned_at != HOME
    if not hide_answer:
        here = shift.curve(FARTHEST)
        traces.append(_curve(here, "this network", color=TEST.colour, width=3, dash=TEST.dash))
    if two:
        home, name = shift.home_curve(FARTHEST), "the network that learned at home"
        traces.append(_curve(home, name, color=theme.GREY, width=2, dash="dot"))
    traces += [_present(shift), *_from_home(centre_of_test_rows(shift), shift.by)]
    figure = plot.figure(
        traces,
        theme.layout(
            490,
            margin={"l": 46, "r": 8, "t": 44, "b": 44},
            **plane_axes(prediction.plane, "", domain=_PLANE),
            xaxis2=theme.axis(
                "distance from home, the way it is now",
                domain=_CURVE,
                range=[0, FARTHEST],
                anchor="y2",
            ),
            yaxis2=theme.axis("test rows right", range=[-0.03, 1.05], tickformat="~%", anchor="x2"),
        ),
    )
    from_home = "<b>◇···</b> the way from home"
    of_curve = legend(_curve_legend(two), "x2y2")
    figure["layout"]["annotations"] = [
        legend([f"{LEGEND[0]}  {from_home}", LEGEND[1]], "xy"),
        of_curve,
    ]
    narrow = {
        "height": 760,
        "margin": {"l": 48, "r": 8, "t": 76, "b": 44},
        **theme.moved("", ((0, 1), (0.46, 1))),
        **theme.moved("2", ((0, 1), (0, 0.3))),
        "annotations": [legend([LEGEND[0], from_home, *LEGEND[1].split("; ")], "xy"), of_curve],
    }
    return Picture(figure, narrow)


def _plane_alone(traces: list[Any], prediction: PredictionMap, shift: DistributionShift) -> Picture:
    right = shift.n_correct()
    share = percent(right / shift.n_rows)[0]
    figure = plot.figure(
        [*traces, *_from_home(centre_of_test_rows(shift), shift.by)],
        theme.layout(
            490,
            margin={"l": 46, "r": 8, "t": 78, "b": 44},
            **plane_axes(prediction.plane, ""),
        ),
    )
    figure["layout"]["annotations"] = [
        legend([f"<b>{right} of {shift.n_rows} right: {share}</b>"], "xy",
               font={"size": 22}, yshift=24),
        legend([LEGEND[0]], "xy", font={"size": 14}),
    ]  # fmt: skip
    return Picture(figure, {"height": 480})


def centre_of_test_rows(shift: DistributionShift) -> tuple[float, float]:
    """Return the mean of the test rows at home, rounded, where a handle can stand."""
    x, y = (np.round(shift.test_at(HOME).X[:, :2].mean(axis=0) / SNAP) * SNAP).tolist()
    return x, y


def _from_home(home: tuple[float, float], by: tuple[float, float]) -> list[plot.Trace]:
    line = plot.scatter(
        x=[home[0], home[0] + by[0]],
        y=[home[1], home[1] + by[1]],
        mode="lines",
        line={"color": theme.INK, "width": 2, "dash": "dot"},
        hoverinfo="skip",
        name="the way from home",
    )
    start = plot.scatter(
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
    return [line, start]


def _curve(curve: AccuracyCurve, name: str, **line: Any) -> plot.Trace:
    return plot.scatter(
        x=curve.distances,
        y=curve.accuracy,
        mode="lines",
        line=line,
        name=name,
        hovertemplate=f"{name}<br>%{{x:.2f}} from home: %{{text}} right<extra></extra>",
        text=percent(*curve.accuracy.tolist(), decimals=1),
        **plot.on("2"),
    )


def _present(shift: DistributionShift) -> plot.Trace:
    right = shift.n_correct() / shift.n_rows
    return plot.scatter(
        x=[float(np.hypot(*shift.by))],
        y=[right],
        text=percent(right, decimals=1),
        mode="markers",
        marker={
            "symbol": "square", "size": 13, "color": TEST.colour,
            "line": {"color": theme.INK, "width": 2},
        },
        name="now",
        hovertemplate="now: %{x:.2f} from home, %{text} of the test rows right<extra></extra>",
        **plot.on("2"),
    )  # fmt: skip


def _curve_legend(two: bool) -> list[str]:
    mark = f'<span style="color:{TEST.colour}"><b>■</b></span> now'
    line = f'<span style="color:{TEST.colour}"><b>– –</b></span> this network'
    home = f'<span style="color:{theme.GREY}"><b>···</b></span> the one that learned at home'
    return [f"{mark}   {line}", home] if two else [f"{mark}   {line}"]
