"""What a network takes for what, as a matrix, and the pictures of one of its cells."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.pictures_to_numbers.figures.mosaic import Mosaic
from nnviz.chapters.pictures_to_numbers.ten.mistakes import Confusion, Seen
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS
from nnviz.chapters.pictures_to_numbers.ten.words import sure
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.data.digits import INK, digits

MOST_SHOWN: Final = 12
"""Pictures of a cell, or mistakes, that are shown at once."""

_HEIGHT: Final = 500
_MARGIN: Final = MappingProxyType({"l": 40, "r": 8, "t": 44, "b": 44})
_COLUMNS: Final = 4
GALLERY: Final = Mosaic(MOST_SHOWN, _COLUMNS)
"""Where pictures stand: from the upper left, however few there are."""

_INKED: Final = 255 // INK
PANELS: Final = ("matrix", "gallery")
"""The parts of the picture; all of them in free play."""

# A cell is this much up and left of its numbers, so that the handle that stands there leaves the
# count in its middle free.
_ASIDE: Final = 0.3
_NARROW_MATRIX, _NARROW_ROW, _NARROW_GAP = 300, 112, 90


def cell_at(x: float, y: float) -> tuple[int, int]:
    """Return the cell at a place of the matrix, the digit and what is said."""
    said, up = (min(max(round(value), 0), KINDS - 1) for value in (x + _ASIDE, y - _ASIDE))
    return KINDS - 1 - up, said


def confusion_picture(
    found: Confusion | None,
    shown: Sequence[Seen],
    cell: tuple[int, int] | None,
    *,
    title: str,
    panels: Sequence[str] = PANELS,
) -> Picture:
    """Draw the matrix of all held-out pictures, and beside it some of them.

    Parameters
    ----------
    found : Confusion or None
        None leaves the matrix empty, because a question about it is open.
    shown : sequence of Seen
        At most `MOST_SHOWN` of them.
    cell : (int, int) or None
        The digit and what is said, if the pictures of a cell are shown.
    title : str
        What the pictures beside the matrix are.
    """
    matrix, gallery = "matrix" in panels, "gallery" in panels
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN))
    rows = [(_NARROW_MATRIX, _NARROW_GAP * gallery)] * matrix
    rows += [(_NARROW_ROW * MOST_SHOWN // _COLUMNS, 0)] * gallery
    inner, spans = theme.stacked(rows)
    narrow: dict[str, Any] = {"height": inner + _MARGIN["t"] + _MARGIN["b"]}
    traces: list[plot.Trace] = []
    titles, narrow_titles = [], []
    if matrix:
        layout |= _matrix_axes(((0.0, 0.52 if gallery else 1.0), (0.0, 1.0)))
        traces += [] if found is None else _matrix(found, cell)
        titles.append(theme.panel_title(_MATRIX, 0.0, 1.0, yshift=4))
        narrow |= theme.moved("", ((0.0, 1.0), spans[0]))
        narrow_titles.append(theme.panel_title(_MATRIX, 0.0, 1.0, yshift=4))
    if gallery:
        left = 0.58 if matrix else 0.0
        traces += _gallery(shown)
        layout |= GALLERY.axes("2", ((left, 1.0), (0.0, 1.0)))
        titles.append(theme.panel_title(title, left, 1.0, yshift=4))
        narrow |= theme.moved("2", ((0.0, 1.0), spans[-1]))
        narrow_titles.append(theme.panel_title(title, 0.0, spans[-1][1], yshift=4))
    figure = plot.figure(traces, {**layout, "annotations": titles})
    return Picture(figure, {**narrow, "annotations": narrow_titles})


_MATRIX: Final = "<b>each digit</b> (row) and what is said (column)"


def _matrix_axes(place: theme.Place) -> dict[str, Any]:
    own: dict[str, Any] = {
        "ticktext": [str(k) for k in range(KINDS)], "ticks": "", "showgrid": False,
        "zeroline": False, "fixedrange": True,
    }  # fmt: skip
    across = theme.axis(
        "said", range=[-0.5 - _ASIDE, KINDS - 0.5 - _ASIDE],
        tickvals=[k - _ASIDE for k in range(KINDS)], **own,
    )  # fmt: skip
    up = theme.axis(
        "shown", range=[-0.5 + _ASIDE, KINDS - 0.5 + _ASIDE],
        tickvals=[KINDS - 1 - k + _ASIDE for k in range(KINDS)], **own,
    )  # fmt: skip
    return theme.panel("", place, across, up)


def _matrix(found: Confusion, cell: tuple[int, int] | None) -> list[plot.Trace]:
    counts = found.counts
    wrong = counts * (1 - np.eye(KINDS, dtype=np.int64))
    # What is right would drown what is wrong: each has colours of its own.
    most = max(1, int(wrong.max()))
    shades = np.where(np.eye(KINDS, dtype=bool), -0.35, np.sqrt(wrong / most))
    hovers = [
        [f"{n} of {sum(row)} pictures of {k}: said to be {said}" for said, n in enumerate(row)]
        for k, row in enumerate(counts.tolist())
    ]
    numbers = plot.heatmap(
        z=shades, x0=-_ASIDE, y0=KINDS - 1 + _ASIDE, dx=1, dy=-1, zmin=-1, zmax=1,
        colorscale=[[0, theme.GREEN], [0.5, theme.PAPER], [1, theme.VERMILLION]],
        showscale=False, xgap=1, ygap=1,
        text=[[str(n) if n else "" for n in row] for row in counts.tolist()],
        texttemplate="%{text}", textfont={"color": theme.INK, "size": 13},
        hovertext=hovers, hovertemplate="%{hovertext}<extra></extra>",
    )  # fmt: skip
    if cell is None:
        return [numbers]
    corner = cell[1] - _ASIDE - 0.5, KINDS - 1 - cell[0] + _ASIDE - 0.5
    return [numbers, plot.outline(corner, 1, "", theme.INK, 2.5)]


def _gallery(shown: Sequence[Seen]) -> list[plot.Trace]:
    pictures = np.zeros((MOST_SHOWN, 64), dtype=np.uint8)
    names, hovers = [], []
    for k, seen in enumerate(shown):
        pictures[k] = digits().pictures[seen.picture] * _INKED
        names.append(f"{seen.label} → <b>{seen.said}</b> {sure(seen.probability)}")
        hovers.append(
            f"picture {seen.picture + 1:,}: it shows {seen.label}<br>"
            f"says {seen.said}: {sure(seen.probability)}<br>"
            f"says {seen.label}: {sure(seen.of_label)}"
        )
    return [
        GALLERY.painted(pictures, "2", 255),
        *(GALLERY.frames(names, hovers, "2") if shown else []),
    ]
