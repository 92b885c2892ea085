"""The plane with the input and two weight vectors, and their products as signed bars."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.vector_similarity.vectors import Comparison
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits, without_dust

X_RANGE: Final = (-3.2, 3.2)
Y_RANGE: Final = (-2.0, 2.0)
"""What the plane shows, and so where the arrows can be dragged."""

COLOURS: Final = MappingProxyType(
    {
        "input_vector": theme.INK,
        "weights_1": theme.VERMILLION,
        "weights_2": theme.GREEN,
    }
)

_NARROW: Final = MappingProxyType(
    {
        "height": 640,
        "margin": {"l": 40, "r": 8},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.44, 1]},
        "xaxis2": {"domain": [0, 1]},
        "yaxis2": {"domain": [0, 0.32]},
        "annotations": [],
    }
)


def similarity_picture(first: Comparison, second: Comparison) -> Picture:
    """Draw shadows and angles of both comparisons in the plane; the arrows are handles.

    Parameters
    ----------
    first, second : Comparison
        Of the same input vector with weights_1 and with weights_2.
    """
    traces: list[Any] = []
    bars: list[go.Bar] = []
    for name, comparison in (("weights_1", first), ("weights_2", second)):
        radius = 0.55 if name == "weights_1" else 0.8
        traces += _shadow(comparison, COLOURS[name], name)
        traces += _angle(comparison, COLOURS[name], name, radius)
        bars.append(_bars(comparison, COLOURS[name], name))
    layout = theme.layout(
        430,
        xaxis=theme.axis("first coordinate", range=X_RANGE, domain=[0, 0.61]),
        yaxis=theme.axis("second coordinate", range=Y_RANGE, scaleanchor="x", domain=[0, 1]),
        xaxis2=theme.axis("", anchor="y2", domain=[0.68, 1]),
        yaxis2=theme.axis(
            "", anchor="x2", zeroline=True, zerolinewidth=2, range=_bar_range(first, second)
        ),
        barmode="group",
        bargap=0.05,
        legend={"orientation": "h", "y": 1.02, "x": 1, "xanchor": "right", "yanchor": "bottom"},
        showlegend=True,
    )
    return Picture(go.Figure([*traces, *bars], layout), _NARROW)


def _shadow(comparison: Comparison, colour: str, name: str) -> list[go.Scatter]:
    """Draw how far the input reaches along the weights, and the line that drops it there."""
    foot = comparison.projection
    if foot is None:
        return []
    tip = comparison.input_vector
    return [
        go.Scatter(
            x=[0, foot[0]],
            y=[0, foot[1]],
            mode="lines",
            line={"color": colour, "width": 11},
            opacity=0.28,
            hovertemplate=f"shadow of the input on {name}: {comparison.scalar_projection!r}"
            "<extra></extra>",
            showlegend=False,
        ),
        go.Scatter(
            x=[tip[0], foot[0]],
            y=[tip[1], foot[1]],
            mode="lines",
            line={"color": colour, "width": 1.5, "dash": "dot"},
            hoverinfo="skip",
            showlegend=False,
        ),
    ]


def _angle(comparison: Comparison, colour: str, name: str, radius: float) -> list[go.Scatter]:
    """Draw the arc between the two arrows, the short way round."""
    start, end = comparison.weights_heading, comparison.input_heading
    if start is None or end is None:
        return []
    turn = (end - start + 180) % 360 - 180
    turns = np.radians(start + np.linspace(0, turn, 40))
    return [
        go.Scatter(
            x=radius * np.cos(turns),
            y=radius * np.sin(turns),
            mode="lines",
            line={"color": colour, "width": 2},
            hovertemplate=f"angle to {name}: {comparison.angle!r}°<extra></extra>",
            showlegend=False,
        )
    ]


def _bars(comparison: Comparison, colour: str, name: str) -> go.Bar:
    values = [*(float(p) for p in comparison.products), comparison.dot]
    size = comparison.input_length * comparison.weights_length
    return go.Bar(
        x=["first<br>product", "second<br>product", "sum: the<br>dot product"],
        y=values,
        name=name,
        marker={
            "color": colour,
            # The two are told apart without colour as well.
            "pattern": {"shape": "/" if name == "weights_2" else "", "solidity": 0.25},
        },
        text=[digits(without_dust(value, size), 5) for value in values],
        textposition="outside",
        # Plotly would shrink a label that is wider than its bar, and only that one.
        textfont={"size": 11, "color": theme.INK},
        constraintext="none",
        textangle=0,
        cliponaxis=False,
        hovertemplate="%{customdata}<extra>" + name + "</extra>",
        customdata=[repr(value) for value in values],
        xaxis="x2",
        yaxis="y2",
    )


def _bar_range(first: Comparison, second: Comparison) -> list[float]:
    """Return a range that holds still while the bars move within it."""
    values = [*first.products, first.dot, *second.products, second.dot, 0.0]
    step = 5.0
    low = step * np.floor(min(values) * 1.1 / step) if min(values) < 0 else 0.0
    return [float(low), float(max(step, step * np.ceil(max(values) * 1.1 / step)))]
