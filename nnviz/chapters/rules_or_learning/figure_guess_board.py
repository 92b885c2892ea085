"""The board that a network fills: four probabilities in every empty cell, and how good they are."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from nnviz.chapters.rules_or_learning.figure_board import (
    centre,
    outline,
    quarter,
    quarter_centre,
    references,
)
from nnviz.chapters.rules_or_learning.grids import DIGITS, N_CELLS, SIDE, Grid, cell_name
from nnviz.chapters.rules_or_learning.verdicts import Verdict
from nnviz.chart import theme
from nnviz.nn.checks import FloatArray
from nnviz.walkthrough.board.tracks import Look

SIGNS: Final = MappingProxyType({"right": "✓", "wrong": "✗", "forbidden": "✗!", "open": "?"})
"""What stands before the network's first choice, by what it is worth."""

LOOKS: Final = MappingProxyType(
    {
        "right": Look(theme.GREEN, 2.5),
        "wrong": Look(theme.INK, 2.5, dash="dash"),
        "forbidden": Look(theme.VERMILLION, 3.5, dash="dot"),
        "open": Look(theme.GREY, 2, dash="dashdot"),
    }
)
"""How its quarter is outlined."""

LEGEND: Final = (
    f'more colour: more probable   <span style="color:{theme.GREEN}">✓</span> its choice, right',
    f'✗ wrong   <span style="color:{theme.VERMILLION}">✗!</span> wrong, and a rule forbids it',
    "? the grid has no answer to hold it against",
)

SHADE: Final = 0.62
"""Of the colour of the highest probability, so that what stands on it can be read."""


def shades(answer: FloatArray, grid: Grid) -> FloatArray:
    """Return probabilities as a plane of quarters, shape (..., 8, 8), the lowest row first.

    Parameters
    ----------
    answer : ndarray, shape (..., 16, 4)
    grid : Grid
        Filled cells stay clear.
    """
    plane = np.zeros((*answer.shape[:-2], 2 * SIDE, 2 * SIDE))
    for cell in range(N_CELLS):
        if grid[cell]:
            continue
        for digit in DIGITS:
            x, y = quarter_centre(cell, digit)
            plane[..., int(2 * y), int(2 * x)] = answer[..., cell, digit - 1]
    return plane


def guess_traces(
    grid: Grid, answer: FloatArray, judged: Sequence[Verdict | None], axes: str, size: int
) -> list[Any]:
    """Return shades, probabilities and the digits that stand, as traces.

    Parameters
    ----------
    grid : Grid
    answer : ndarray, shape (16, 4)
    judged : sequence of (Verdict or None)
        One for each cell.
    axes : str
    size : int
        Of the digits that stand, in pixels.
    """
    x, y = references(axes)
    places = np.arange(2 * SIDE) / 2 + 0.25
    shaded = go.Heatmap(
        x=places,
        y=places,
        z=shades(answer, grid),
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0, "rgba(204,121,167,0)"], [1, theme.PURPLE]],
        opacity=SHADE,
        showscale=False,
        hoverinfo="skip",
        xaxis=x,
        yaxis=y,
    )
    open_quarters = [(c, d) for c in range(N_CELLS) if not grid[c] for d in DIGITS]
    texts = go.Scatter(
        x=[quarter_centre(c, d)[0] for c, d in open_quarters],
        y=[quarter_centre(c, d)[1] for c, d in open_quarters],
        mode="text",
        text=[quarter_text(d, answer[c, d - 1], judged[c]) for c, d in open_quarters],
        textfont={"size": 11, "color": theme.INK},
        hovertext=[
            f"{cell_name(c)}: digit {d}, probability {answer[c, d - 1]:.6g}"
            for c, d in open_quarters
        ],
        hoverinfo="text",
        xaxis=x,
        yaxis=y,
    )
    return [shaded, standing(grid, axes, size), texts]


def standing(grid: Grid, axes: str, size: int) -> go.Scatter:
    """Return the digits that stand already."""
    x, y = references(axes)
    filled = [cell for cell in range(N_CELLS) if grid[cell]]
    return go.Scatter(
        x=[centre(cell)[0] for cell in filled],
        y=[centre(cell)[1] for cell in filled],
        mode="text",
        text=[f"<b>{grid[cell]}</b>" for cell in filled],
        textfont={"size": size, "color": theme.INK},
        hoverinfo="skip",
        xaxis=x,
        yaxis=y,
    )


def quarter_text(digit: int, probability: float, verdict: Verdict | None) -> str:
    """Return what stands in a quarter: the digit, and its probability in percent."""
    chosen = verdict is not None and verdict.digit == digit
    sign = SIGNS[verdict.kind] if chosen and verdict is not None else ""
    name = f"<b>{sign}{digit}</b>" if chosen else str(digit)
    return f"{name}<br>{100 * probability:.0f}%"


def guess_shapes(judged: Sequence[Verdict | None], axes: str) -> list[dict[str, Any]]:
    """Return an outline around the network's first choice in every empty cell."""
    shapes = []
    for cell, verdict in enumerate(judged):
        if verdict is not None:
            look = LOOKS[verdict.kind]
            line = {"color": look.colour, "width": look.width, "dash": look.dash}
            shapes.append(outline(quarter(cell, verdict.digit), axes, line=line))
    return shapes


def bytes_of(plane: FloatArray) -> npt.NDArray[np.uint8]:
    """Return shares of 0 to 1 as a map track takes them."""
    return np.round(255 * plane).astype(np.uint8)
