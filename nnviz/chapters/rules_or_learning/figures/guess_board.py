"""The board that a network fills: four probabilities in every empty cell, and how good they are."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.rules_or_learning.figures import board
from nnviz.chapters.rules_or_learning.grids import DIGITS, SIDE, Grid, cell_name
from nnviz.chapters.rules_or_learning.verdicts import UNJUDGED, Verdict
from nnviz.chart import plot, theme
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, short_percent
from nnviz.walkthrough.figures.tracks import Look

SIGNS: Final = MappingProxyType(
    {"right": "✓", "wrong": "✗", "forbidden": "✗!", "open": "?", UNJUDGED: ""}
)
"""Sign before the network's first choice, by the kind of its verdict."""

LOOKS: Final = MappingProxyType(
    {
        "right": Look(theme.GREEN, 2.5),
        "wrong": Look(theme.INK, 2.5, dash="dash"),
        "forbidden": Look(theme.VERMILLION, 3.5, dash="dot"),
        "open": Look(theme.GREY, 2, dash="dashdot"),
        UNJUDGED: Look(theme.INK, 2.5),
    }
)
"""Outline of its quarter."""

LEGEND: Final = (
    f'more colour: more probable   <span style="color:{theme.GREEN}">✓</span> its choice, right',
    f'✗ wrong   <span style="color:{theme.VERMILLION}">✗!</span> wrong, and a rule forbids it',
    "? the grid has no answer to hold it against",
)
LEGEND_BESIDE: Final = (*LEGEND[:-1], f"{LEGEND[-1]}   grey 3: from the left")
"""The same where the other grid stands at the left."""

SHADE: Final = 0.62
"""Opacity at probability 1, so that texts on it can be read."""


def open_quarters(grid: Grid) -> list[tuple[int, int]]:
    """Return cell and digit of every quarter of an empty cell."""
    return [(cell, digit) for cell, filled in enumerate(grid) if not filled for digit in DIGITS]


def shades(prediction: FloatArray, grid: Grid) -> FloatArray:
    """Return probabilities as a plane of quarters, shape (..., 8, 8), the lowest row first.

    The prediction has shape (..., 16, 4). Filled cells stay clear.
    """
    plane = np.zeros((*prediction.shape[:-2], 2 * SIDE, 2 * SIDE))
    for cell, digit in open_quarters(grid):
        x, y = board.quarter_centre(cell, digit)
        plane[..., int(2 * y), int(2 * x)] = prediction[..., cell, digit - 1]
    return plane


def guess_traces(
    grid: Grid,
    prediction: FloatArray,
    judged: Sequence[Verdict | None],
    axes: str,
    size: int,
    small: int,
    given: Sequence[str],
) -> list[Any]:
    """Return shades, given digits and probabilities of a prediction of shape (16, 4).

    There is one verdict or None for each cell; `size` is the font size of given digits in px,
    `small` that of the probabilities. `given` holds the author of each cell; what is no clue was
    not filled by the network, and is grey.
    """
    x, y = plot.axis_names(axes)
    centres = np.arange(2 * SIDE) / 2 + 0.25
    shaded = plot.heatmap(
        x=centres,
        y=centres,
        z=shades(prediction, grid),
        zmin=0.0,
        zmax=1.0,
        colorscale=[[0, "rgba(204,121,167,0)"], [1, theme.PURPLE]],
        opacity=SHADE,
        showscale=False,
        hoverinfo="skip",
        xaxis=x,
        yaxis=y,
    )
    quarters = [(c, d, float(prediction[c, d - 1])) for c, d in open_quarters(grid)]
    probabilities = board.texts(
        [board.quarter_centre(c, d) for c, d, _ in quarters],
        [quarter_text(d, p, judged[c]) for c, d, p in quarters],
        axes,
        small,
        hover=[f"{cell_name(c)}: digit {d}, probability {digits(p, 6)}" for c, d, p in quarters],
    )
    return [shaded, given_digits(grid, axes, size, given), probabilities]


def given_digits(grid: Grid, axes: str, size: int, given: Sequence[str] = ()) -> plot.Trace:
    """Return the digits of the filled cells; those that are no clue, if that is known, grey."""
    filled = [cell for cell, digit in enumerate(grid) if digit]
    clue = [not given or given[cell] == "clue" for cell in filled]
    return board.texts(
        [board.centre(c) for c in filled],
        [f"<b>{grid[c]}</b>" if k else str(grid[c]) for c, k in zip(filled, clue, strict=True)],
        axes,
        size,
        [theme.INK if k else theme.GREY for k in clue],
    )


def sign_of(digit: int, verdict: Verdict | None) -> str | None:
    """Return the sign of a digit if it is the network's first choice, otherwise None."""
    return SIGNS[verdict.kind] if verdict is not None and verdict.digit == digit else None


def quarter_text(digit: int, probability: float, verdict: Verdict | None) -> str:
    """Return the text of a quarter: the digit, and its probability in percent."""
    sign = sign_of(digit, verdict)
    name = str(digit) if sign is None else f"<b>{sign}{digit}</b>"
    return f"{name}<br>{short_percent(probability)}"


def guess_shapes(judged: Sequence[Verdict | None], axes: str) -> list[dict[str, Any]]:
    """Return an outline around the network's first choice in every empty cell."""
    chosen = [
        (board.quarter(cell, verdict.digit), LOOKS[verdict.kind])
        for cell, verdict in enumerate(judged)
        if verdict is not None
    ]
    return [
        board.outline(edges, axes, look.colour, look.width, look.dash) for edges, look in chosen
    ]
