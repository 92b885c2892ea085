"""The one palette: Okabe and Ito's colours, plus names for what the theme decides.

A name of the form ``var(--st-...)`` is a colour of Streamlit's current theme. Plotly's Python side
accepts it as a colour; the chart component resolves it in the browser, in light and dark alike.
"""

from collections.abc import Sequence
from typing import Any, Final

INK: Final = "var(--st-text-color)"
PAPER: Final = "var(--st-background-color)"
PANEL: Final = "var(--st-secondary-background-color)"
OUTSIDE_INK: Final = "#111318"
OUTSIDE_PAPER: Final = "#ffffff"
"""Ink and paper where no theme of Streamlit decides, as in a notebook."""
FAINT: Final = "rgba(128,128,128,0.28)"
GREY: Final = "#8c8c8c"

ORANGE: Final = "#E69F00"
BLUE: Final = "#0072B2"
GREEN: Final = "#009E73"
VERMILLION: Final = "#D55E00"
PURPLE: Final = "#CC79A7"
SKY: Final = "#56B4E9"

NEGATIVE: Final = ORANGE
POSITIVE: Final = BLUE
ABOVE: Final = "var(--st-primary-color)"
"""Blue for thin lines of what is above zero: light enough in the dark, dark enough in the light."""

CLASS_COLOURS: Final = (NEGATIVE, POSITIVE)
CLASS_SYMBOLS: Final = ("circle", "square")
SEVERAL_COLOURS: Final = (
    *CLASS_COLOURS, GREEN, PURPLE, VERMILLION, SKY, "#F0E442", GREY, "#8C510A", "#5E3C99",
)  # fmt: skip
SEVERAL_SYMBOLS: Final = (
    *CLASS_SYMBOLS, "diamond", "triangle-up", "star", "triangle-down", "cross", "x", "hexagon",
    "pentagon",
)  # fmt: skip
"""The marks of up to ten classes; the first two are those of two classes."""

DIVERGING: Final = (ORANGE, PAPER, SKY)
"""Colours of the one diverging scale, for maps behind points: negative, zero, positive."""

SEQUENTIAL: Final = (PAPER, PURPLE)
"""Colours of a scale that starts at zero, such as that of an error: clear is low, purple high."""


Place = tuple[tuple[float, float], tuple[float, float]]
"""What a subplot takes of the paper: from and to, across and up, from 0 to 1."""


def axis(title: str, **options: Any) -> dict[str, Any]:
    """Return the layout of one axis in the house style."""
    return {
        "title": {"text": title, "standoff": 4, "font": {"size": 13}},
        "gridcolor": FAINT,
        "zerolinecolor": GREY,
        "linecolor": GREY,
        "color": INK,
        "ticks": "outside",
        "tickcolor": FAINT,
        **options,
    }


def hidden_axis(start: float, end: float, **options: Any) -> dict[str, Any]:
    """Return the layout of one axis from ``start`` to ``end`` that is not seen and stays so."""
    return {"range": [start, end], "visible": False, "fixedrange": True, **options}


def panel(number: str, place: Place, across: dict[str, Any], up: dict[str, Any]) -> dict[str, Any]:
    """Return the two axes of a subplot, `across` and `up`, at its place on the paper."""
    x, y = place
    return {
        f"xaxis{number}": {**across, "anchor": f"y{number}", "domain": list(x)},
        f"yaxis{number}": {**up, "anchor": f"x{number}", "domain": list(y)},
    }


def moved(number: str, place: Place) -> dict[str, Any]:
    """Return what a narrow layout says of a subplot: another place on the paper."""
    x, y = place
    return {f"xaxis{number}": {"domain": list(x)}, f"yaxis{number}": {"domain": list(y)}}


def stacked(rows: Sequence[tuple[int, int]]) -> tuple[int, list[tuple[float, float]]]:
    """Return how high panels below each other are together, and the part of it that each takes.

    Parameters
    ----------
    rows : sequence of (int, int)
        The height of each, and the room below it, in pixels.
    """
    inner = top = sum(map(sum, rows))
    spans = []
    for height, room in rows:
        spans.append(((top - height) / inner, top / inner))
        top -= height + room
    return inner, spans


def layout(height: int, **options: Any) -> dict[str, Any]:
    """Return the layout that every house chart starts from; ``height`` in pixels."""
    return {
        "height": height,
        "margin": {"l": 52, "r": 12, "t": 28, "b": 44},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": INK, "size": 13},
        "hoverlabel": {"bgcolor": PANEL, "font": {"color": INK}},
        "legend": {"orientation": "h", "y": 1.02, "yanchor": "bottom", "x": 0},
        "showlegend": False,
        # A constant: what the person zoomed to survives every update.
        "uirevision": "kept",
        **options,
    }


def note(text: str, x: float, y: float, *, size: int = 13, **options: Any) -> dict[str, Any]:
    """Return an annotation: a text at a place, with further properties of Plotly's."""
    return {
        "text": text, "x": x, "y": y, "showarrow": False, "font": {"size": size, "color": INK},
        **options,
    }  # fmt: skip


def panel_title(text: str, x: float, y: float, hint: str = "", **options: Any) -> dict[str, Any]:
    """Return the title above a panel whose upper left corner is at (x, y) of the paper.

    Parameters
    ----------
    hint : str
        Said where the title is pointed at.
    **options
        Properties of the annotation that are to be others.
    """
    corner = {"align": "left", "xanchor": "left", "yanchor": "bottom"}
    in_paper = {"xref": "paper", "yref": "paper", "hovertext": hint}
    return note(text, x, y, size=12, **{**corner, **in_paper, **options})
