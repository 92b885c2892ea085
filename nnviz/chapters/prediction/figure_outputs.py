"""What a stack of layers and its folded layer put out, row by row on one axis."""

import math
from typing import Any, Final

import plotly.graph_objects as go

from nnviz.chapters.prediction.linear_collapse import FoldComparison
from nnviz.chapters.prediction.words_collapse import row_name
from nnviz.chart import theme
from nnviz.text.digits import digits

_STEP: Final = 2  # the axis of unlimited outputs grows by so much at a time


def outputs(comparison: FoldComparison, n_layers: int, *, shown: bool) -> list[go.Scatter]:
    """Draw a circle per row for the stack, a square for the folded layer, a line between them.

    Parameters
    ----------
    comparison : FoldComparison
    n_layers : int
        Of the stack.
    shown : bool
        Whether the outputs of the folded layer may be seen.
    """
    circle = {"symbol": "circle-open", "size": 15, "color": theme.INK, "line": {"width": 2}}
    square = {"symbol": "square", "size": 8, "color": theme.VERMILLION}
    stack = _marks(comparison, comparison.stacked.tolist(), f"stack of {n_layers} layers", circle)
    if not shown:
        return [stack]
    return [
        _lines(comparison),
        stack,
        _marks(comparison, comparison.folded.tolist(), "folded into one", square),
    ]


def output_axes(comparison: FoldComparison, activation: str) -> dict[str, Any]:
    """Return axes that hold still while the outputs move within them."""
    n = len(comparison.X)
    title = "output" if activation == "linear" else f"output, after the last {activation}"
    return {
        # Not to be zoomed: another activation at the end is another axis.
        "xaxis": theme.axis(
            title, range=_range(comparison, activation), zeroline=False, fixedrange=True
        ),
        "yaxis": theme.axis(
            "",
            range=(n + 0.6, 0.4),
            tickvals=list(range(1, n + 1)),
            ticktext=[f"{i + 1}: {row_name(comparison, i)}" for i in range(n)],
            zeroline=False,
            fixedrange=True,
        ),
    }


def worst_note(comparison: FoldComparison, activation: str) -> dict[str, Any]:
    """Write beside the row with the largest difference how large it is, where there is room."""
    row = comparison.worst
    ends = sorted((float(comparison.stacked[row]), float(comparison.folded[row])))
    low, high = _range(comparison, activation)
    on_the_left = ends[0] - low > high - ends[1]
    return {
        "text": f"{digits(comparison.worst_difference)} apart",
        "xref": "x",
        "yref": "y",
        "x": ends[0] if on_the_left else ends[1],
        "y": row + 1,
        "xanchor": "right" if on_the_left else "left",
        "xshift": -12 if on_the_left else 12,
        "showarrow": False,
        "bgcolor": theme.PAPER,
        "font": {"color": theme.INK, "size": 12},
    }


def _marks(
    comparison: FoldComparison, values: list[float], name: str, marker: dict[str, Any]
) -> go.Scatter:
    rows = range(1, len(values) + 1)
    return go.Scatter(
        x=values,
        y=list(rows),
        mode="markers",
        marker={"opacity": 1, **marker},
        name=name,
        customdata=[
            f"row {i}, {row_name(comparison, i - 1)}: {value!r}"
            for i, value in zip(rows, values, strict=True)
        ],
        hovertemplate=f"%{{customdata}}<extra>{name}</extra>",
        cliponaxis=False,
    )


def _lines(comparison: FoldComparison) -> go.Scatter:
    """Join what belongs to the same row."""
    x: list[float | None] = []
    y: list[float | None] = []
    for i, ends in enumerate(zip(comparison.stacked, comparison.folded, strict=True), 1):
        x += [*map(float, ends), None]
        y += [i, i, None]
    return go.Scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": theme.GREY, "width": 3},
        hoverinfo="skip",
        showlegend=False,
    )


def _range(comparison: FoldComparison, activation: str) -> tuple[float, float]:
    if activation == "sigmoid":
        return (-0.04, 1.04)
    values = [*comparison.stacked.tolist(), *comparison.folded.tolist()]
    low = min(-_STEP, _STEP * math.floor(min(values) / _STEP))
    high = max(_STEP, _STEP * math.ceil(max(values) / _STEP))
    edge = 0.03 * (high - low)
    return (low - edge, high + edge)
