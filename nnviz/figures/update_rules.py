"""Two rows, and where three update rules take the weights on the map of each row's error."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

from nnviz.figures import theme
from nnviz.figures.picture import Picture
from nnviz.sentences.digits import digits
from nnviz.update_rules import RuleResult

REACH: Final = 4.0
"""The maps show both weights from minus this to this."""

NAMES: Final = ("tutorial’s rule", "gradient", "gradient × rate")
COLOURS: Final = (theme.VERMILLION, theme.BLUE, theme.GREEN)
_DASHES: Final = ("solid", "dash", "dot")
_PATTERNS: Final = ("", "/", ".")

_NARROW: Final = {
    "height": 560,
    "margin": {"l": 40, "r": 8, "t": 64, "b": 40},
    "font": {"size": 11},
    "xaxis": {"domain": [0, 0.56]},
    "yaxis": {"domain": [0.57, 1]},
    "xaxis2": {"domain": [0.7, 1]},
    "yaxis2": {"domain": [0.57, 1]},
    "xaxis3": {"domain": [0, 0.56]},
    "yaxis3": {"domain": [0, 0.43]},
    "xaxis4": {"domain": [0.7, 1]},
    "yaxis4": {"domain": [0, 0.43]},
}


def update_rules_picture(
    rows: Sequence[Sequence[RuleResult]],
    grid: NDArray[np.float64],
    maps: Sequence[NDArray[np.float64]],
    *,
    shown: bool = True,
) -> Picture:
    """Draw for each row its error map with one arrow per rule, and the errors as bars beside it.

    Parameters
    ----------
    rows : sequence of (tutorial, gradient, gradient times rate) results
        Of the row and of its negative.
    grid : ndarray, shape (n,)
        The weights that the maps are drawn for, on both axes.
    maps : sequence of ndarray, each of shape (n, n)
        The error of the row, and of its negative.
    shown : bool
        Whether the arrows and the errors after the update may be seen.
    """
    traces: list[Any] = []
    titles: list[dict[str, Any]] = []
    for i, (results, errors) in enumerate(zip(rows, maps, strict=True)):
        plane, bars = ("", "2") if i == 0 else ("3", "4")
        traces.append(_map(grid, errors, plane))
        if shown:
            traces += [_arrow(k, result, plane, named=i == 0) for k, result in enumerate(results)]
        traces += [_start(results[0], plane), _bars(results, bars, shown=shown)]
        row = ", ".join(digits(float(v)) for v in results[0].input_vector)
        titles.append(_title(f"row ({row}), target 0", plane))
    layout = theme.layout(
        380,
        margin={"l": 46, "r": 8, "t": 54, "b": 44},
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.16, "yanchor": "top"},
        annotations=titles,
        **_axes("", "2", 0.0),
        **_axes("3", "4", 0.54),
    )
    return Picture(go.Figure(traces, layout), _NARROW)


def _axes(plane: str, bars: str, left: float) -> dict[str, Any]:
    reach = (-REACH, REACH)
    return {
        f"xaxis{plane}": theme.axis(
            "weight 1", range=reach, domain=[left, left + 0.27], anchor=f"y{plane}", dtick=2,
            constrain="domain",
        ),
        f"yaxis{plane}": theme.axis(
            "weight 2", range=reach, anchor=f"x{plane}", scaleanchor=f"x{plane}", dtick=2,
            constrain="domain",
        ),
        f"xaxis{bars}": theme.axis(
            "", domain=[left + 0.32, left + 0.46], anchor=f"y{bars}", showgrid=False, tickangle=-90
        ),
        f"yaxis{bars}": theme.axis("error", range=(0, 1.1), anchor=f"x{bars}"),
    }  # fmt: skip


def _map(grid: NDArray[np.float64], errors: NDArray[np.float64], plane: str) -> go.Contour:
    shades = len(theme.SEQUENTIAL) - 1
    return go.Contour(
        x=grid,
        y=grid,
        z=errors,
        colorscale=[[k / shades, colour] for k, colour in enumerate(theme.SEQUENTIAL)],
        contours={"start": 0.1, "end": 0.9, "size": 0.1, "showlabels": False},
        line={"width": 0.6, "color": theme.GREY},
        showscale=False,
        hovertemplate="weight 1 %{x:.3g}, weight 2 %{y:.3g}<br>error %{z:.4g}<extra></extra>",
        xaxis=f"x{plane}",
        yaxis=f"y{plane}",
    )


def _arrow(k: int, result: RuleResult, plane: str, *, named: bool) -> go.Scatter:
    """Draw what the rule adds to the weights; a pale edge keeps it visible on dark ground."""
    return go.Scatter(
        x=[result.weights_before[0], result.weights_after[0]],
        y=[result.weights_before[1], result.weights_after[1]],
        mode="lines+markers",
        line={"color": COLOURS[k], "width": 4 - 0.5 * k, "dash": _DASHES[k]},
        marker={
            "symbol": "arrow", "angleref": "previous", "size": [0, 16], "color": COLOURS[k],
            "line": {"color": theme.PAPER, "width": 1},
        },
        name=NAMES[k],
        legendgroup=result.rule,
        showlegend=named,
        hovertemplate=f"{NAMES[k]}<br>adds {result.update[0].item()!r}, {result.update[1].item()!r}"
        f"<br>error afterwards {result.error_after!r}<extra></extra>",
        xaxis=f"x{plane}",
        yaxis=f"y{plane}",
    )  # fmt: skip


def _start(result: RuleResult, plane: str) -> go.Scatter:
    return go.Scatter(
        x=[result.weights_before[0]],
        y=[result.weights_before[1]],
        mode="markers",
        marker={"color": theme.INK, "size": 11, "line": {"color": theme.PAPER, "width": 1.5}},
        name="weights before",
        showlegend=plane == "",
        hovertemplate="weights before: %{x}, %{y}<extra></extra>",
        xaxis=f"x{plane}",
        yaxis=f"y{plane}",
    )


def _bars(results: Sequence[RuleResult], bars: str, *, shown: bool) -> go.Bar:
    errors = [results[0].error_before]
    names = ["before"]
    if shown:
        errors += [result.error_after for result in results]
        names += [*NAMES]
    return go.Bar(
        x=names,
        y=errors,
        marker={
            "color": [theme.GREY, *COLOURS][: len(names)],
            "pattern": {"shape": ["", *_PATTERNS][: len(names)], "solidity": 0.2},
        },
        text=[digits(error, 3) for error in errors],
        textposition="outside",
        cliponaxis=False,
        customdata=[repr(error) for error in errors],
        hovertemplate="%{x}: %{customdata}<extra></extra>",
        showlegend=False,
        xaxis=f"x{bars}",
        yaxis=f"y{bars}",
    )


def _title(text: str, plane: str) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "xref": f"x{plane} domain",
        "yref": f"y{plane} domain",
        "x": 0,
        "y": 1.0,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"color": theme.INK},
    }
