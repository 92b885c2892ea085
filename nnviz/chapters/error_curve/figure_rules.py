"""Two rows, and where three update rules take the weights on the map of each row's error."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits, listed
from nnviz.training.maps.heatmap import Plane
from nnviz.training.update_rules import RuleResult

WINDOWS: Final = (Plane(-1.0, 2.4, -3.2, 0.2, 81), Plane(-3.4, 0.0, -1.6, 1.8, 81))
"""The weights that the maps of the row and of its negative show."""

NAMES: Final = ("tutorial’s rule", "gradient", "gradient × rate")
COLOURS: Final = (theme.VERMILLION, theme.BLUE, theme.GREEN)
SHORT_NAMES: Final = ("before", "tutorial", "gradient", "× rate")
_DASHES: Final = ("solid", "dash", "dot")
_PATTERNS: Final = ("", "/", ".")

_PIXELS: Final = 80  # of one unit of weight, about

_NARROW: Final = MappingProxyType(
    {
        "height": 600,
        "margin": {"l": 40, "r": 8, "t": 84, "b": 66},
        "font": {"size": 11},
        **theme.moved("", ((0, 0.56), (0.62, 1))),
        **theme.moved("2", ((0.7, 1), (0.62, 1))),
        **theme.moved("3", ((0, 0.56), (0, 0.38))),
        **theme.moved("4", ((0.7, 1), (0, 0.38))),
    }
)


def update_rules_picture(
    rows: Sequence[Sequence[RuleResult]],
    maps: Sequence[NDArray[np.float64]],
    *,
    shown: bool = True,
) -> Picture:
    """Draw for each row its error map with one arrow per rule, and the errors as bars beside it.

    ``rows`` holds the results (tutorial, gradient, gradient times rate) of the row and of its
    negative, ``maps`` their errors, each over its window.
    """
    traces: list[Any] = []
    notes: list[dict[str, Any]] = []
    for i, (results, errors) in enumerate(zip(rows, maps, strict=True)):
        plane, bars = ("", "2") if i == 0 else ("3", "4")
        traces.append(_map(WINDOWS[i], errors, plane))
        if shown:
            for k, result in enumerate(results):
                traces += _arrow(k, result, plane, named=i == 0)
            notes.append(_outcome(results[0], plane))
        traces += [_start(results[0], plane), _bars(results, bars, shown=shown)]
        notes.append(_title(f"row ({listed(results[0].input_vector)}), target 0", plane))
    layout = theme.layout(
        406,
        margin={"l": 46, "r": 8, "t": 54, "b": 72},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.16, "yanchor": "top"},
        annotations=notes,
        **_axes("", "2", 0.0, WINDOWS[0]),
        **_axes("3", "4", 0.53, WINDOWS[1]),
    )
    return Picture(plot.figure(traces, layout), _NARROW)


def _axes(plane: str, bars: str, left: float, window: Plane) -> dict[str, Any]:
    first = theme.axis(
        "weight 1", range=(window.x_low, window.x_high), dtick=1, constrain="domain",
        constraintoward="left",
    )  # fmt: skip
    second = theme.axis(
        "weight 2", range=(window.y_low, window.y_high), dtick=1, constrain="domain",
        scaleanchor=f"x{plane}",
    )  # fmt: skip
    names = theme.axis("", showgrid=False, tickangle=-90)
    errors = theme.axis("error", range=(0, 1.1), dtick=0.5)
    return {
        **theme.panel(plane, ((left, left + 0.28), (0, 1)), first, second),
        **theme.panel(bars, ((left + 0.335, left + 0.47), (0, 1)), names, errors),
    }


def _map(window: Plane, errors: NDArray[np.float64], plane: str) -> plot.Trace:
    shades = len(theme.SEQUENTIAL) - 1
    return plot.contour(
        x=window.x,
        y=window.y,
        z=errors,
        colorscale=[[k / shades, colour] for k, colour in enumerate(theme.SEQUENTIAL)],
        zmin=0,
        zmax=1.2,  # the darkest shade is left out: arrows of every colour stand on this ground
        contours={"start": 0.1, "end": 0.9, "size": 0.1},
        line={"width": 0.6, "color": theme.GREY},
        showscale=False,
        hovertemplate="weight 1 %{x:.3g}, weight 2 %{y:.3g}<br>error %{z:.4g}<extra></extra>",
        **plot.on(plane),
    )


def _arrow(k: int, result: RuleResult, plane: str, *, named: bool) -> list[plot.Trace]:
    """Draw what the rule adds to the weights, and the head of the arrow on top of it."""
    ends = {
        "x": [result.weights_before[0], result.weights_after[0]],
        "y": [result.weights_before[1], result.weights_after[1]],
        **plot.on(plane),
        "legendgroup": result.rule,
        "hovertemplate": f"{NAMES[k]}<br>adds {result.update[0].item()!r}, "
        f"{result.update[1].item()!r}<br>error afterwards {result.error_after!r}<extra></extra>",
    }
    # A head longer than its arrow would stick out at the wrong end.
    head_size = min(16, _PIXELS * float(np.hypot(*result.update)) / 1.5)
    shaft = plot.scatter(
        **ends,
        mode="lines",
        line={"color": COLOURS[k], "width": 4, "dash": _DASHES[k]},
        name=NAMES[k],
        showlegend=named,
    )
    head = plot.scatter(
        **ends,
        mode="markers",
        marker={
            "symbol": "arrow", "angleref": "previous", "size": [0, head_size], "color": COLOURS[k],
            "opacity": 1, "line": {"color": theme.PAPER, "width": 1},
        },
        showlegend=False,
    )  # fmt: skip
    return [shaft, head]


def _start(result: RuleResult, plane: str) -> plot.Trace:
    return plot.scatter(
        x=[result.weights_before[0]],
        y=[result.weights_before[1]],
        mode="markers",
        marker={"color": theme.INK, "size": 10, "line": {"color": theme.PAPER, "width": 1.5}},
        name="weights before",
        showlegend=plane == "",
        hovertemplate="weights before: %{x}, %{y}<extra></extra>",
        **plot.on(plane),
    )


def _bars(results: Sequence[RuleResult], bars: str, *, shown: bool) -> plot.Trace:
    errors: list[float | None] = [results[0].error_before]
    errors += [result.error_after if shown else None for result in results]
    return plot.bar(
        x=SHORT_NAMES,
        y=errors,
        marker={
            "color": [theme.GREY, *COLOURS],
            "pattern": {"shape": ["", *_PATTERNS], "solidity": 0.2},
        },
        text=["" if error is None else digits(error, 3) for error in errors],
        textposition="outside",
        textfont={"size": 11},
        constraintext="none",
        cliponaxis=False,
        customdata=[repr(error) for error in errors],
        hovertemplate="%{x}: %{customdata}<extra></extra>",
        showlegend=False,
        **plot.on(bars),
    )


def _outcome(result: RuleResult, plane: str) -> dict[str, Any]:
    """Write below the arrow's tip whether the rule went up or down the error."""
    change = "rises" if result.error_after > result.error_before else "falls"
    return theme.note(
        f"error {change}",
        *result.weights_after.tolist(),
        xref=f"x{plane}",
        yref=f"y{plane}",
        yshift=-8,
        xanchor="left",
        yanchor="top",
        bgcolor=theme.PAPER,
        font={"color": theme.INK},
    )


def _title(text: str, plane: str) -> dict[str, Any]:
    return theme.note(
        f"<b>{text}</b>",
        0,
        1.0,
        xref=f"x{plane} domain",
        yref=f"y{plane} domain",
        xanchor="left",
        yanchor="bottom",
        font={"color": theme.INK},
    )
