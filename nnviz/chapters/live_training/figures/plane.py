"""The plane of the two inputs with its rows, which every picture of the chapter shows."""

from typing import Any, Final

import numpy as np

from nnviz.chart import plot, theme
from nnviz.data.sample import Sample
from nnviz.data.tutorial import CLASS_NAMES, INPUT_NAMES, eight_rows
from nnviz.text.digits import digits
from nnviz.training.maps.heatmap import Plane

X_RANGE: Final = (0.0, 6.5)
Y_RANGE: Final = (-0.5, 5.0)
"""What is shown of the input plane, and so where rows can be put."""
LOW, HIGH = zip(X_RANGE, Y_RANGE, strict=True)
"""Two opposite corners of it."""

PLANE: Final = Plane(-1.5, 8.0, -2.0, 6.5, 2)
"""More than is shown, because equal scales may show more to one side."""


def is_the_story(sample: Sample) -> bool:
    """Return whether these are the eight plants of the course."""
    own = eight_rows()
    return np.array_equal(sample.X, own.X) and np.array_equal(sample.y, own.y)


def kind_of_row(sample: Sample) -> str:
    """Return what a row is in the words of the course."""
    return "plant" if is_the_story(sample) else "row"


def plane_axes(sample: Sample, **options: Any) -> dict[str, dict[str, Any]]:
    """Return both axes of the plane, which say what x1 and x2 are where the course does."""
    across, up = (f", {name}" for name in INPUT_NAMES) if is_the_story(sample) else ("", "")
    return {
        "xaxis": theme.axis(f"x1{across}", range=X_RANGE, **options),
        "yaxis": theme.axis(f"x2{up}", range=Y_RANGE, **options),
    }


def row_traces(sample: Sample, *, with_places: bool = False) -> list[plot.Trace]:
    """Return the rows with their numbers, in the colours and symbols of their targets."""
    kind = kind_of_row(sample)
    places = [
        f"  ({digits(float(x1))}, {digits(float(x2))})" if with_places else ""
        for x1, x2 in sample.X[:, :2]
    ]
    # A clear rim around each row keeps it apart from a ground of its own colour.
    symbols = [theme.CLASS_SYMBOLS[int(target)] for target in sample.y]
    halo = {"symbol": symbols, "size": 20, "color": theme.PAPER}
    x, y = sample.X[:, 0], sample.X[:, 1]
    traces = [plot.scatter(x=x, y=y, mode="markers", marker=halo, hoverinfo="skip")]
    for target in (0, 1):
        own = [i for i, t in enumerate(sample.y) if t == target]
        meaning = f", {CLASS_NAMES[target]}" if kind == "plant" else ""
        traces.append(
            plot.scatter(
                x=[x[i] for i in own], y=[y[i] for i in own], mode="markers+text",
                marker={
                    "color": theme.CLASS_COLOURS[target], "symbol": theme.CLASS_SYMBOLS[target],
                    "size": 14, "line": {"color": theme.INK, "width": 1.5},
                },
                # Spaces keep the number clear of the ring around the row just used.
                text=[f"\u2002{i + 1}{places[i]}" for i in own],
                textposition="middle right", textfont={"size": 12},
                hovertemplate=f"{kind} %{{text}}: x1 %{{x}}, x2 %{{y}}, target {target}{meaning}"
                "<extra></extra>",
            )
        )  # fmt: skip
    return traces
