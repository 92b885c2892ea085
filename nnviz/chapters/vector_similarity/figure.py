"""The plane with the input and two weight vectors, and their products as signed bars."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.vector_similarity.vectors import X_RANGE, Y_RANGE, Comparison
from nnviz.chapters.vector_similarity.words import arrow_name
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import adding_up, digits
from nnviz.text.names import CODE, Naming

COLOURS: Final = MappingProxyType(
    {"input_vector": theme.INK, "weights_1": theme.VERMILLION, "weights_2": theme.GREEN}
)

_RADII: Final = MappingProxyType({"weights_1": 0.55, "weights_2": 0.8})
"""Radii of the arcs, so that the two do not cover each other."""

_BAR_STEP: Final = 5.0  # the ends of the bars' axis are multiples of it

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


def similarity_picture(
    first: Comparison,
    second: Comparison | None,
    naming: Naming = CODE,
    *,
    bars: bool = True,
    shadows: bool = True,
    angles: bool = True,
) -> Picture:
    """Draw shadows and angles of both comparisons in the plane; the arrows are handles.

    Parameters
    ----------
    first, second : Comparison
        The same input vector compared with weights_1 and, if it is there, with weights_2.
    naming : {"plain", "code"}
        How the arrows are called.
    bars : bool
        Whether the products are shown.
    shadows, angles : bool
        Whether the shadows of the input on the weights, and the arcs of the angles, are shown.
    """
    both = [("weights_1", first)]
    if second is not None:
        both.append(("weights_2", second))
    # Without a trace Plotly would leave out the axes that the arrows stand on.
    traces: list[Any] = [plot.scatter(x=[None], y=[None], hoverinfo="skip", showlegend=False)]
    for name, comparison in both:
        traces += _shadow(name, comparison, naming) if shadows else []
        traces += _arc(name, comparison, naming) if angles else []
    traces += [_bars(name, comparison, naming, shown=bars) for name, comparison in both]
    layout = theme.layout(
        430,
        xaxis=theme.axis("first number (sun)", range=X_RANGE, domain=[0, 0.61]),
        yaxis=theme.axis("second number (water)", range=Y_RANGE, scaleanchor="x", domain=[0, 1]),
        xaxis2=theme.axis("", anchor="y2", domain=[0.68, 1]),
        yaxis2=theme.axis(
            "",
            anchor="x2",
            zeroline=True,
            zerolinewidth=2,
            range=_bar_range([comparison for _, comparison in both]),
        ),
        barmode="group",
        bargap=0.05,
        legend={"orientation": "h", "y": 1.02, "x": 1, "xanchor": "right", "yanchor": "bottom"},
        showlegend=True,
    )
    return Picture(plot.figure(traces, layout), _NARROW)


def _shadow(name: str, comparison: Comparison, naming: Naming) -> list[plot.Trace]:
    """Draw the projection of the input onto the weights, and the perpendicular to it."""
    foot, tip = comparison.projection, comparison.input_vector
    if foot is None:
        return []
    onto = arrow_name(name, naming)
    hover = f"shadow of the input on {onto}: {comparison.scalar_projection!r}<extra></extra>"
    shadow = _line(name, [0, foot[0]], [0, foot[1]], hover, width=11)
    shadow["opacity"] = 0.28
    return [shadow, _line(name, [tip[0], foot[0]], [tip[1], foot[1]], width=1.5, dash="dot")]


def _arc(name: str, comparison: Comparison, naming: Naming) -> list[plot.Trace]:
    """Draw the angle between the two arrows, the short way round."""
    start, end = comparison.weights_heading, comparison.input_heading
    if start is None or end is None:
        return []
    turn = (end - start + 180) % 360 - 180
    radians = np.radians(start + np.linspace(0, turn, 40))
    hover = f"angle to {arrow_name(name, naming)}: {comparison.angle!r}°<extra></extra>"
    x, y = _RADII[name] * np.cos(radians), _RADII[name] * np.sin(radians)
    return [_line(name, x, y, hover, width=2)]


def _line(name: str, x: Any, y: Any, hover: str | None = None, **look: Any) -> plot.Trace:
    """Draw a line in the colour of the weights; without a hover it is not pointed at."""
    return plot.scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": COLOURS[name], **look},
        hovertemplate=hover,
        hoverinfo=None if hover else "skip",
        showlegend=False,
    )


def _bars(name: str, comparison: Comparison, naming: Naming, *, shown: bool) -> plot.Trace:
    products = comparison.products.tolist()
    values = [*products, comparison.dot] if shown else [None] * 3
    labels = [digits(value, adding_up(products, 5)) for value in products]
    labels.append(digits(comparison.score, 5))
    return plot.bar(
        x=["first<br>product", "second<br>product", "sum: the<br>dot product"],
        y=values,
        name=arrow_name(name, naming),
        marker={
            "color": COLOURS[name],
            # The two are told apart without colour as well.
            "pattern": {"shape": "/" if name == "weights_2" else "", "solidity": 0.25},
        },
        text=labels if shown else [],
        textposition="outside",
        # Plotly would shrink a label that is wider than its bar, and only that one.
        textfont={"size": 12, "color": theme.INK},
        constraintext="none",
        textangle=0,
        cliponaxis=False,
        hovertemplate="%{customdata}<extra>" + arrow_name(name, naming) + "</extra>",
        customdata=[repr(value) for value in values],
        xaxis="x2",
        yaxis="y2",
    )


def _bar_range(comparisons: Sequence[Comparison]) -> list[float]:
    """Return a range with room for the labels, which changes in steps only."""
    values = [0.0, *(v for each in comparisons for v in (*each.products, each.dot))]
    low, high = (1.1 * value / _BAR_STEP for value in (min(values), max(values)))
    return [_BAR_STEP * float(np.floor(low)), _BAR_STEP * max(1.0, float(np.ceil(high)))]
