"""Draw gradient descent on a plane: its squares, its way down the error bowl, its error curve."""

from html import escape
from typing import Any, Final

import numpy as np

from nnviz.chapters.linear_regression.descent import Descent
from nnviz.chapters.linear_regression.figures.squares import (
    ANSWER,
    Squares,
    coloured,
    cut,
    prices,
    squares_axes,
    squares_legend,
)
from nnviz.chapters.linear_regression.figures.tracks import bowl_plane, log_errors, lowest
from nnviz.chapters.linear_regression.units import column, squared_unit
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.study_marks import legend
from nnviz.chart.tracks import ReadoutTrack, Tracks
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits

_HEIGHT: Final = 400
_SQUARES, _BOWL, _CURVE = (0.0, 0.37), (0.45, 0.72), (0.79, 1.0)
_MOST_DECADES: Final = 12.0  # of the axis of a run that diverges


def descent_picture(
    run: Descent, squares: Squares, *, bowl: bool = True, least: bool = True
) -> Picture:
    """Draw the picture of a run of gradient descent; `descent_tracks` moves over it.

    ``bowl`` draws the errors over both weights, ``least`` the answer of least squares.
    """
    floor = float(log_errors(np.array([run.answer.error]))[0])
    traces = [prices(squares)]
    if least:
        traces.insert(0, cut(squares.line(run.answer.parameters), answer=True))
    if bowl:
        traces.append(_mark(run.parameters[0], "circle-open", theme.INK, "start"))
    if bowl and least:
        traces.append(_mark(lowest(run), "diamond", ANSWER, "least squares"))
    traces.append(_floor(run, floor) if least else plot.empty("3"))
    low, high = _decades(run, floor)
    plane = bowl_plane(run)
    scaled = " (standardised)" if run.plan.standardiser is not None else ""
    names = [f"weight of {escape(column(run.plan.sample, k).noun)}{scaled}" for k in (0, 1)]
    of_squares, of_curve = (_SQUARES, _CURVE) if bowl else ((0.0, 0.58), (0.68, 1.0))
    square = {"constrain": "domain", "zeroline": False, "showgrid": False}
    layout = theme.layout(
        _HEIGHT,
        margin={"l": 62, "r": 8, "t": 48, "b": 46},
        uirevision=f"{squares.feature} {run.plan!r}",
        **squares_axes(squares, of_squares),
        **theme.panel(
            "2",
            (_BOWL, (0, 1)),
            theme.axis(names[0], range=[plane.x_low, plane.x_high], **square),
            theme.axis(
                names[1], range=[plane.y_low, plane.y_high], scaleanchor="x2",
                constraintoward="top", **square,
            ),
        ),
        **theme.panel(
            "3",
            (of_curve, (0, 1)),
            theme.axis("update", range=[0, 1.03 * max(1, run.last_step)]),
            theme.axis("", range=[low, high], **_powers(low, high)),
        ),
    )  # fmt: skip
    # Without the bowl there is room for larger legends.
    size: dict[str, Any] = {} if bowl else {"font": {"size": 12}}
    notes = [
        legend(squares_legend(squares, answer=least), "xy", **size),
        legend(
            [
                f"{coloured(theme.ORANGE, '●')} weights  <b>──</b> their way  <b>○</b> start  "
                f"{coloured(ANSWER, '◆')} least squares",
                "ground: the error at this bias, clear is low",
            ],
            "x2y2",
        ),
        legend(
            ["<b>mean squared error</b>", f"{escape(squared_unit(run.plan.sample))}, log scale",
             f"{coloured(ANSWER, '– –')} least squares: {digits(run.answer.error)}" * least],
            "x3y3",
            **size,
        ),
    ]  # fmt: skip
    if not bowl:
        layout["xaxis2"]["visible"] = layout["yaxis2"]["visible"] = False
        del notes[1]
    layout["annotations"] = notes
    ends = (0.72, 0.17) if bowl else (0.5, 0.32)  # of the squares below, of the curve above
    narrow = {
        "height": 1120 if bowl else 720,
        "margin": {"l": 62, "r": 8, "t": 46, "b": 44},
        **theme.moved("", ((0, 1), (ends[0], 1))),
        **theme.moved("2", ((0, 1), (0.3, 0.61))),
        **theme.moved("3", ((0, 1), (0, ends[1]))),
        "annotations": notes,
    }
    # The others travel in a pack; this one says how far the clock goes.
    clock = Tracks((ReadoutTrack(values=run.errors, label="mean squared error"),), run.last_step)
    return Picture(plot.figure(traces, layout), narrow, clock)


def _mark(place: FloatArray, symbol: str, colour: str, name: str) -> plot.Trace:
    return plot.scatter(
        x=[float(place[0])],
        y=[float(place[1])],
        mode="markers",
        marker={"symbol": symbol, "size": 12, "color": colour,
                "line": {"color": theme.INK, "width": 1.5}},
        name=name,
        hovertemplate=f"{name}<br>%{{x:.4g}}, %{{y:.4g}}<extra></extra>",
        **plot.on("2"),
    )  # fmt: skip


def _floor(run: Descent, floor: float) -> plot.Trace:
    return plot.scatter(
        x=[0, max(1, run.last_step)],
        y=[floor, floor],
        mode="lines",
        line={"color": ANSWER, "width": 2, "dash": "dash"},
        hovertemplate=f"least squares: {digits(run.answer.error)}<extra></extra>",
        name="least squares",
        **plot.on("3"),
    )


def _decades(run: Descent, floor: float) -> tuple[float, float]:
    """Return the ends of the axis of errors, as powers of ten."""
    course = log_errors(run.errors)
    course = course[np.isfinite(course)]
    ends = [*course.tolist(), *([floor] if np.isfinite(floor) else [])]
    low, high = min(ends, default=0.0), max(ends, default=1.0)
    if len(course):
        # A run that diverges is seen where it leaves, and not as one steep line to 10 to the 300.
        high = min(high, max(float(course[0]), floor) + _MOST_DECADES)
    low = max(low, high - 2 * _MOST_DECADES)
    room = max(0.06 * (high - low), 0.02)
    return low - room, high + room


def _powers(low: float, high: float) -> dict[str, Any]:
    """Return ticks that say the errors and not their powers of ten."""
    wide = high - low
    if wide > 3:
        places = np.arange(np.ceil(low), high, max(1.0, np.ceil(wide / 6))).tolist()
    else:
        leading = (1, 2, 5) if wide > 1.2 else (1, 1.5, 2, 3, 4, 5, 6, 8)
        decades = range(int(np.floor(low)), int(np.ceil(high)) + 1)
        places = [float(np.log10(m) + d) for d in decades for m in leading]
        places = [place for place in places if low <= place <= high]
    return {"tickvals": places, "ticktext": [digits(10.0**place, 2) for place in places]}
