"""The cells of a matrix of counts, and what is told of them when they are pointed at."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.words_to_numbers.bag import Bag
from nnviz.chapters.words_to_numbers.figure_labels import label
from nnviz.chart import theme

MOST_LABELLED: Final = 70
"""Columns that are told apart: words above them, gaps between them."""

_MOST_NUMBERS: Final = 700  # cells with a number in each
_MOST_TOLD: Final = 3_000  # cells of which each tells what it is, the zeros as well


def cells(sentences: Sequence[str], bag: Bag, axes: tuple[str, str], called: str) -> list[Any]:
    """Return the cells; of a large matrix those that are not 0 tell what they are.

    Parameters
    ----------
    sentences : sequence of str
        The rows.
    bag : Bag
    axes : (str, str)
        Names of the axes, as traces name them.
    called : str
        What a column is: a word, or a lemma.
    """
    names = {"xaxis": axes[0], "yaxis": axes[1]}
    largest = max(2.0, float(bag.counts.max(initial=0)))
    numbers = bag.counts.size <= _MOST_NUMBERS and len(bag.words) <= 45
    told = bag.counts.size <= _MOST_TOLD
    heatmap = go.Heatmap(
        z=bag.counts.astype(np.uint16),  # a quarter of the way to the browser
        x0=0.5,
        dx=1,
        zmin=0,
        zmax=largest,
        # A count of 0 has a colour of its own; from 1 on, more is darker.
        colorscale=[
            [0, theme.PANEL],
            [0.5 / largest, theme.PANEL],
            [0.5 / largest, theme.SKY],
            [1 / largest, theme.SKY],
            [1, theme.BLUE],
        ],
        showscale=False,
        xgap=1 if len(bag.words) <= MOST_LABELLED else 0,
        ygap=1 if told else 0,
        text=[[f"{int(count)}" for count in row] for row in bag.counts] if numbers else None,
        texttemplate="%{text}" if numbers else None,
        **names,
    )
    if told:
        heatmap.hovertext = [
            [_told(called, word, count, sentence)
             for word, count in zip(bag.words, counts.tolist(), strict=True)]
            for sentence, counts in zip(sentences, bag.counts, strict=True)
        ]  # fmt: skip
        heatmap.hovertemplate = "%{hovertext}<extra></extra>"
        return [heatmap]
    heatmap.hoverinfo = "skip"
    rows, columns = np.nonzero(bag.counts)
    points = go.Scatter(
        x=columns + 0.5,
        y=rows,
        mode="markers",
        marker={"opacity": 0, "size": 6},
        hovertext=[
            _told(called, bag.words[column], bag.counts[row, column], sentences[row])
            for row, column in zip(rows.tolist(), columns.tolist(), strict=True)
        ],
        hovertemplate="%{hovertext}<extra></extra>",
        **names,
    )
    return [heatmap, points]


def _told(called: str, word: str, count: float, sentence: str) -> str:
    return f"{called} {label(word, 40)}: {int(count)}<br>{label(sentence, 80)}"
