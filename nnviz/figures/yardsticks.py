"""What a run is measured against, as lines across its error curve."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

from nnviz.figures import theme
from nnviz.yardsticks import Yardsticks

_STROKES: Final = MappingProxyType({"dash": "– –", "dot": "···"})


@dataclass(frozen=True)
class _Line:
    """A yardstick across the error curve."""

    value: float
    text: str
    note: str
    colour: str
    dash: str


def _lines(measures: Yardsticks) -> tuple[_Line, _Line]:
    neuron = measures.neuron
    sign = "" if neuron.attained else "→ "
    best = f"best of one neuron: {sign}{neuron.error:.5g}"
    guess = f"always 0.5: {measures.guess:.5g}"
    return (
        _Line(
            measures.guess, guess, "to every row, without any training", theme.VERMILLION, "dash"
        ),
        _Line(neuron.error, best, neuron.how, theme.GREEN, "dot"),
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


def yardstick_legend(measures: Yardsticks, *, axes: tuple[str, str]) -> dict[str, Any]:
    """Return the annotation that names the lines, above the curve, which it must not cover."""
    named = (
        f'<span style="color:{line.colour}"><b>{_STROKES[line.dash]}</b></span> {line.text}'
        for line in _lines(measures)
    )
    return {
        "text": "   ".join(named),
        "hovertext": "<br>".join(f"{line.text}: {line.note}" for line in _lines(measures)),
        "xref": f"{axes[0]} domain",
        "yref": f"{axes[1]} domain",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 11},
    }
