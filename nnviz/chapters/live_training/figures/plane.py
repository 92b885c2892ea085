"""The plane of the two inputs with its rows, which every picture of the chapter shows."""

from typing import Final

import numpy as np

from nnviz.chart import plot, theme
from nnviz.data.sample import Sample
from nnviz.data.tutorial import CLASS_NAMES, INPUT_NAMES, eight_rows
from nnviz.text.digits import digits
from nnviz.training.maps.heatmap import Plane

X_RANGE: Final = (0.0, 6.5)
Y_RANGE: Final = (-0.5, 5.0)
"""What is shown of the input plane, and so where rows can be put."""


PLANE: Final = Plane(-1.5, 8.0, -2.0, 6.5, 2)
"""More than is shown, because equal scales may show more to one side."""


def is_the_story(sample: Sample) -> bool:
    """Return whether these are the eight plants of the course."""
    own = eight_rows()
    return np.array_equal(sample.X, own.X) and np.array_equal(sample.y, own.y)


def kind_of_row(sample: Sample) -> str:
    """Return what a row is in the words of the course."""
    return "plant" if is_the_story(sample) else "row"


def input_titles(sample: Sample) -> tuple[str, str]:
    """Return the titles of both axes: what x1 and x2 are, where the course says so."""
    if not is_the_story(sample):
        return "x1", "x2"
    return f"x1, {INPUT_NAMES[0]}", f"x2, {INPUT_NAMES[1]}"


def row_traces(sample: Sample, *, with_places: bool = False) -> list[plot.Trace]:
    """Return the rows with their numbers, in the colours and symbols of their targets."""
    kind = kind_of_row(sample)
    places = [
        f"  ({digits(float(x1))}, {digits(float(x2))})" if with_places else ""
        for x1, x2 in sample.X[:, :2]
    ]
    traces = [_halo(sample)]
    for target in (0, 1):
        own = [i for i, t in enumerate(sample.y) if t == target]
        meaning = f", {CLASS_NAMES[target]}" if kind == "plant" else ""
        traces.append(
            plot.scatter(
                x=[sample.X[i][0] for i in own],
                y=[sample.X[i][1] for i in own],
                mode="markers+text",
                marker={
                    "color": theme.CLASS_COLOURS[target],
                    "symbol": theme.CLASS_SYMBOLS[target],
                    "size": 14,
                    "line": {"color": theme.INK, "width": 1.5},
                },
                # Spaces keep the number clear of the ring around the row just used.
                text=[f"\u2002{i + 1}{places[i]}" for i in own],
                textposition="middle right",
                textfont={"size": 12},
                hovertemplate=f"{kind} %{{text}}: x1 %{{x}}, x2 %{{y}}, target {target}{meaning}"
                "<extra></extra>",
            )
        )
    return traces


def _halo(sample: Sample) -> plot.Trace:
    """Return a clear rim around each row, which keeps it apart from a ground of its own colour."""
    return plot.scatter(
        x=sample.X[:, 0],
        y=sample.X[:, 1],
        mode="markers",
        marker={
            "symbol": [theme.CLASS_SYMBOLS[int(target)] for target in sample.y],
            "size": 20,
            "color": theme.PAPER,
        },
        hoverinfo="skip",
    )
