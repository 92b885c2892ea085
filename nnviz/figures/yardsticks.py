"""What a run is measured against, as lines across its error curve."""

from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from nnviz.figures import theme
from nnviz.yardsticks import Yardsticks


@dataclass(frozen=True)
class _Line:
    """A yardstick across the error curve, and by how many pixels its label is moved up."""

    value: float
    text: str
    note: str
    colour: str
    dash: str
    shift: int


def _lines(measures: Yardsticks) -> tuple[_Line, _Line]:
    neuron = measures.neuron
    best = f"one neuron at its best: {neuron.error:.5g}"
    if not neuron.attained:
        best += " (approached, never reached)"
    # Below the line where there is room; the wobble of the run is mostly above it.
    shift = -11 if neuron.error > measures.guess / 4 else 11
    guess = f"always answering 0.5: {measures.guess:.5g}"
    return (
        _Line(measures.guess, guess, "No training at all", theme.VERMILLION, "dash", 30),
        _Line(neuron.error, best, neuron.how, theme.GREEN, "dot", shift),
    )


def yardstick_lines(measures: Yardsticks, last: int, *, axes: tuple[str, str]) -> list[go.Scatter]:
    """Return a line for each yardstick from update 0 to ``last``."""
    return [
        go.Scatter(
            x=[0, last],
            y=[line.value, line.value],
            mode="lines",
            line={"color": line.colour, "width": 2, "dash": line.dash},
            hovertemplate=f"{line.text}<br>{line.note}<extra></extra>",
            xaxis=axes[0],
            yaxis=axes[1],
        )
        for line in _lines(measures)
    ]


def yardstick_labels(measures: Yardsticks, *, axes: tuple[str, str]) -> list[dict[str, Any]]:
    """Return the annotations that name the lines, at their right end."""
    return [
        {
            "text": line.text,
            "xref": f"{axes[0]} domain",
            "yref": axes[1],
            "x": 1,
            "y": line.value,
            "yshift": line.shift,
            "xanchor": "right",
            "showarrow": False,
            "bgcolor": theme.PAPER,
            "borderpad": 1,
            "bordercolor": line.colour,
            "font": {"size": 11},
        }
        for line in _lines(measures)
    ]
