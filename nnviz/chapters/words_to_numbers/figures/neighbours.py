"""The words nearest to another: their cosines as bars, their 50 numbers as colours."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.words_to_numbers.figures.labels import label, rows_axis
from nnviz.chapters.words_to_numbers.vectors.neighbours import Neighbours
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.data.vectors import WIDTH, unit, word_vectors
from nnviz.text.digits import digits

_ROOM: Final = 0.2  # cosine of a bar in which its number has room
_STRIPES: Final = "<b>their 50 numbers</b>: blue above 0, orange below"


def neighbours_picture(found: Neighbours, *, secret: bool = False) -> Picture:
    """Draw cosines and numbers; `secret` draws the asked one alone, as a question is open."""
    nearest = () if secret else found.nearest
    asked = "the sum" if len(found.asked.terms) > 1 else label(found.asked.text, 14)
    words = [word for word, _ in nearest]
    names = [label(word, 14) for word in words]
    cosines = [value for _, value in nearest]
    colours = [theme.GREY, *([theme.BLUE] * len(cosines))]
    if found.compared is not None and not secret:
        other, value, _ = found.compared
        words, names = [*words, other], [*names, label(other, 14)]
        cosines, colours = [*cosines, value], [*colours, theme.VERMILLION]
    numbers = np.vstack(
        [unit(found.asked.vector)[np.newaxis], *([word_vectors().of(words)] if words else [])]
    )
    reach = float(np.abs(numbers).max())
    lowest = min(0.0, *cosines) if cosines else 0.0
    bars = plot.bar(
        x=[1.0, *cosines],
        y=list(range(len(numbers))),
        orientation="h",
        marker={"color": colours},
        text=["", *(digits(value, 3) for value in cosines)],
        # In a short bar there is no room for its number, and beside a long one neither.
        textposition=["inside", *("inside" if v > _ROOM else "outside" for v in cosines)],
        insidetextanchor="end",
        insidetextfont={"size": 12, "color": theme.OUTSIDE_PAPER},
        outsidetextfont={"size": 12, "color": theme.INK},
        cliponaxis=False,
        hovertemplate="cosine %{x:.4f}<extra></extra>",
        showlegend=False,
    )
    stripes = plot.heatmap(
        z=numbers,
        x0=1,
        dx=1,
        zmin=-reach,
        zmax=reach,
        colorscale=[[0, theme.NEGATIVE], [0.5, theme.PANEL], [1, theme.POSITIVE]],
        showscale=False,
        ygap=3,
        hovertemplate="number %{x}: %{z:.3f}<extra></extra>",
        xaxis="x2",
        yaxis="y2",
    )
    rows = [f"<b>{asked}</b>", *names]
    layout = theme.layout(
        430,
        xaxis=theme.axis("cosine", range=[1.25 * lowest, 1.02], domain=[0.13, 0.45], dtick=0.25),
        yaxis=rows_axis(rows, "x", domain=[0, 1]),
        xaxis2=theme.axis("number", range=[0.5, WIDTH + 0.5], domain=[0.5, 1], anchor="y2",
                          tickvals=[1, 10, 20, 30, 40, 50]),
        yaxis2=rows_axis([""] * len(rows), "x2", domain=[0, 1]),
        annotations=[theme.panel_title("<b>cosine</b>: 1 is the same direction", 0.13, 1),
                     theme.panel_title(_STRIPES, 0.5, 1)],
        margin={"l": 10, "r": 12, "t": 30, "b": 44},
    )  # fmt: skip
    return Picture(plot.figure([bars, stripes], layout), _NARROW)


_NARROW: Final[MappingProxyType[str, Any]] = MappingProxyType(
    {
        "height": 720,
        "margin": {"l": 10, "r": 8},
        **theme.moved("", ((0.32, 1), (0.56, 1))),
        **theme.moved("2", ((0, 1), (0, 0.42))),
        "annotations": [
            theme.panel_title("<b>cosine</b>: 1 is the same direction", 0, 1),
            theme.panel_title(f"{_STRIPES},<br>rows as above", 0, 0.42),
        ],
    }
)
