"""Pictures of 8 x 8 squares: their axes, their lines, and the colours of what is signed."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.pictures_to_numbers.drawing import N_PIXELS, SIDE, place
from nnviz.chart import plot, theme
from nnviz.chart.tracks import MapTrack
from nnviz.nn.checks import FloatArray

EXTENT: Final = (0.5, SIDE + 0.5, 0.5, SIDE + 0.5)
"""Squares stand at the numbers of their column and, counted from below, of their row."""


def at(pixel: int) -> tuple[int, int]:
    """Return where a square stands, x and y."""
    row, column = divmod(pixel, SIDE)
    return column + 1, SIDE - row


def pixel_at(x: float, y: float) -> int:
    """Return the square at a place, the nearest one beyond the edges."""
    column, up = (min(max(round(value), 1), SIDE) for value in (x, y))
    return (SIDE - up) * SIDE + column - 1


def axes(number: str, place: theme.Place, side: int = SIDE) -> dict[str, Any]:
    """Return the two axes of a picture of ``side`` rows of as many squares, which stay squares."""
    numbers = list(range(1, side + 1))
    between = {
        "tickmode": "array", "tickvals": [k + 0.5 for k in range(side + 1)], "showgrid": True,
        "gridcolor": theme.FAINT,
    }  # fmt: skip
    across = theme.axis(
        "", tickvals=numbers, ticktext=numbers, tickfont={"size": 12}, ticks="", showgrid=False,
        minor=between, zeroline=False, showline=False, range=[0.5, side + 0.5], fixedrange=True,
        constrain="domain",
    )  # fmt: skip
    square = {"scaleanchor": f"x{number}", "constraintoward": "top", "ticktext": numbers[::-1]}
    return theme.panel(number, place, across, {**across, **square})


def hovered(number: str, texts: Sequence[str]) -> plot.Trace:
    """Return what is said of each square where it is pointed at, after its place."""
    told = [f"{place(pixel)}<br>{text}" for pixel, text in enumerate(texts)]
    return plot.pointed_at(map(at, range(N_PIXELS)), told, number, size=20, symbol="square")


def painted(values: FloatArray, reach: float, number: str) -> MapTrack:
    """Return signed values of the squares over the steps of a run: 0 is paper.

    Parameters
    ----------
    values : ndarray, shape (n_steps, 64)
    reach : float
        The size that gets the full colour.
    """
    return mapped(shades(values, reach), number, theme.DIVERGING)


def mapped(places: npt.NDArray[np.uint8], number: str, stops: tuple[str, ...]) -> MapTrack:
    """Return the squares over the steps of a run, 0 to 255 being places among some colours."""
    return MapTrack(
        values=places.reshape(-1, SIDE, SIDE)[:, ::-1],
        extent=EXTENT,
        stops=stops,
        axes=f"x{number}y{number}",
    )


def reach_of(values: FloatArray) -> float:
    """Return the largest size among values, and more than 0."""
    return max(float(np.abs(values).max()), 1e-9)


def shades(values: FloatArray, reach: float) -> npt.NDArray[np.uint8]:
    """Return places among the colours, 0 to 255; what is 0 has the very middle."""
    part = np.clip(values / reach, -1.0, 1.0)
    return np.asarray(np.rint(127.5 + 127.5 * part + 1e-9), dtype=np.uint8)
