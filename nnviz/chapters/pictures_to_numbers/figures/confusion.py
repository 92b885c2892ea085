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
_PANELS: Final = ("matrix", "gallery")
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
    panels: Sequence[str] = _PANELS,
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
    left = (0.0, 0.52 if gallery else 1.0)
    right = (0.58 if matrix else 0.0, 1.0)
    layout = theme.layout(_HEIGHT, margin=dict(_MARGIN), annotations=[])
    rows = MOST_SHOWN // _COLUMNS
    parts = [_NARROW_MATRIX] * matrix + [_NARROW_GAP] * (matrix and gallery)
    parts += [_NARROW_ROW * rows] * gallery
    inner = sum(parts)
    narrow: dict[str, Any] = {"height": inner + _MARGIN["t"] + _MARGIN["b"], "annotations": []}
    traces: list[plot.Trace] = []
    if matrix:
        layout |= _matrix_axes(left)
        traces += [] if found is None else _matrix(found, cell)
        layout["annotations"].append(theme.panel_title(_MATRIX, left[0], 1.0, yshift=4))
        narrow["yaxis"] = {"domain": [1.0 - _NARROW_MATRIX / inner, 1.0]}
        narrow["xaxis"] = {"domain": [0.0, 1.0]}
        narrow["annotations"].append(theme.panel_title(_MATRIX, 0.0, 1.0, yshift=4))
    if gallery:
        traces += _gallery(shown)
        layout |= GALLERY.axes("2", right, (0.0, 1.0))
        layout["annotations"].append(theme.panel_title(title, right[0], 1.0, yshift=4))
        top = _NARROW_ROW * rows / inner
        narrow["yaxis2"] = {"domain": [0.0, top]}
        narrow["xaxis2"] = {"domain": [0.0, 1.0]}
        narrow["annotations"].append(theme.panel_title(title, 0.0, top, yshift=4))
    return Picture(plot.figure(traces, layout), narrow)


_MATRIX: Final = "<b>each digit</b> (row) and what is said (column)"


def _matrix_axes(x: tuple[float, float]) -> dict[str, Any]:
    own: dict[str, Any] = {
        "ticktext": [str(k) for k in range(KINDS)],
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }
    return {
        "xaxis": theme.axis(
            "said",
            domain=list(x),
            range=[-0.5 - _ASIDE, KINDS - 0.5 - _ASIDE],
            tickvals=[k - _ASIDE for k in range(KINDS)],
            **own,
        ),
        "yaxis": theme.axis(
            "shown",
            range=[-0.5 + _ASIDE, KINDS - 0.5 + _ASIDE],
            tickvals=[KINDS - 1 - k + _ASIDE for k in range(KINDS)],
            **own,
        ),
    }


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
    traces = [
        plot.heatmap(
            z=shades,
            x0=-_ASIDE,
            y0=KINDS - 1 + _ASIDE,
            dx=1,
            dy=-1,
            zmin=-1,
            zmax=1,
            colorscale=[[0, theme.GREEN], [0.5, theme.PAPER], [1, theme.VERMILLION]],
            showscale=False,
            xgap=1,
            ygap=1,
            text=[[str(n) if n else "" for n in row] for row in counts.tolist()],
            texttemplate="%{text}",
            textfont={"color": theme.INK, "size": 13},
            hovertext=hovers,
            hovertemplate="%{hovertext}<extra></extra>",
        )
    ]
    if cell is not None:
        label, said = cell
        across, up = said - _ASIDE, KINDS - 1 - label + _ASIDE
        x, y = ([middle - 0.5, middle + 0.5] for middle in (across, up))
        traces.append(
            plot.scatter(
                x=[x[0], x[1], x[1], x[0], x[0]],
                y=[y[0], y[0], y[1], y[1], y[0]],
                mode="lines",
                line={"color": theme.INK, "width": 2.5},
                hoverinfo="skip",
            )
        )
    return traces


def _gallery(shown: Sequence[Seen]) -> list[plot.Trace]:
    pictures = np.zeros((MOST_SHOWN, 64), dtype=np.uint8)
    names, hovers = [""] * len(shown), [""] * len(shown)
    for k, seen in enumerate(shown):
        pictures[k] = digits().pictures[seen.picture] * _INKED
        names[k] = f"{seen.label} → <b>{seen.said}</b> {sure(seen.probability)}"
        hovers[k] = (
            f"picture {seen.picture + 1:,}: it shows {seen.label}<br>"
            f"says {seen.said}: {sure(seen.probability)}<br>"
            f"says {seen.label}: {sure(seen.of_label)}"
        )
    width, height = GALLERY.size
    ground = plot.heatmap(
        z=GALLERY.whole(pictures, 0),
        x0=0.5,
        dx=1,
        y0=0.5,
        dy=1,
        zmin=0,
        zmax=255,
        colorscale=[[0, theme.PAPER], [1, theme.INK]],
        showscale=False,
        hoverinfo="skip",
        xaxis="x2",
        yaxis="y2",
    )
    assert ground["z"].shape == (height, width)
    return [ground, *(GALLERY.frames(names, hovers, "2", 12) if shown else [])]
