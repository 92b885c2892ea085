"""A line drawn by hand over the rows: its two sides, its mistakes, and the two pairs that cross."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.by_hand import HandLine, crossed_pairs, half_plane
from nnviz.chapters.live_training.figures.plane import (
    PLANE,
    X_RANGE,
    Y_RANGE,
    input_titles,
    row_traces,
)
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.data.sample import Sample
from nnviz.data.tutorial import CLASS_NAMES

_KNOB: Final = 13  # px that a handle on the edge stands out
_BOX: Final = (PLANE.x_low, PLANE.x_high, PLANE.y_low, PLANE.y_high)


def hand_picture(sample: Sample, line: HandLine, *, with_pairs: bool) -> Picture:
    """Draw the rows and the line.

    Parameters
    ----------
    with_pairs : bool
        Whether the two pairs of rows with one midpoint are shown.
    """
    across, up = input_titles(sample)
    figure = plot.figure(
        [
            *side_traces(line),
            *row_traces(sample),
            _mistakes(sample, line),
            *(_pairs(sample) if with_pairs else []),
        ],
        theme.layout(
            440,
            xaxis=theme.axis(across, range=X_RANGE, zeroline=False),
            yaxis=theme.axis(up, range=Y_RANGE, zeroline=False),
            annotations=[
                _count(line),
                {**_names(), "text": f"{_names()['text']}   <b>×</b> wrong"},
            ],
            margin={"l": 52, "r": 12, "t": 64 + _KNOB, "b": 44},
        ),
    )
    return Picture(figure, {"height": 420})


def paper_picture(sample: Sample) -> Picture:
    """Draw the rows with their numbers and places on an empty plane with a grid."""
    across, up = input_titles(sample)
    figure = plot.figure(
        row_traces(sample, with_places=True),
        theme.layout(
            560,
            xaxis=theme.axis(across, range=X_RANGE, zeroline=False, dtick=0.5),
            yaxis=theme.axis(up, range=Y_RANGE, zeroline=False, dtick=0.5),
            annotations=[_names()],
            margin={"l": 52, "r": 12, "t": 36, "b": 44},
        ),
    )
    return Picture(figure, {"height": 420})


def side_traces(line: HandLine) -> list[plot.Trace]:
    """Return the two sides in the colours of their classes, and the line between them."""
    traces = []
    for left in (True, False):
        corners = half_plane(line.ends, _BOX, left=left)
        if len(corners):
            traces.append(
                plot.scatter(
                    x=corners[:, 0],
                    y=corners[:, 1],
                    mode="none",
                    fill="toself",
                    fillcolor=_tint(theme.CLASS_COLOURS[int(left == line.one_is_left)]),
                    hoverinfo="skip",
                )
            )
    return [*traces, hand_trace(line, color=theme.INK, width=3)]


def hand_trace(line: HandLine, **look: Any) -> plot.Trace:
    """Return the line through its two ends and beyond; ``look`` is Plotly's."""
    x0, y0, x1, y1 = line.ends
    far = np.array([-20.0, 21.0])
    return plot.scatter(
        x=x0 + far * (x1 - x0),
        y=y0 + far * (y1 - y0),
        mode="lines",
        line=look,
        hoverinfo="skip",
        name="your line",
    )


def _tint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.22)"


def _mistakes(sample: Sample, line: HandLine) -> plot.Trace:
    wrong = sample.X[~line.correct]
    return plot.scatter(
        x=wrong[:, 0],
        y=wrong[:, 1],
        mode="markers",
        marker={"symbol": "x-thin", "size": 22, "line": {"color": theme.INK, "width": 3}},
        hoverinfo="skip",
        name="wrong",
    )


def _pairs(sample: Sample) -> list[plot.Trace]:
    found = crossed_pairs(sample)
    if found is None:
        return []
    traces = [
        plot.scatter(
            x=sample.X[list(pair), 0],
            y=sample.X[list(pair), 1],
            mode="lines",
            line={"color": theme.CLASS_COLOURS[target], "width": 4, "dash": dash},
            hoverinfo="skip",
        )
        for target, pair, dash in zip((1, 0), found, ("solid", "dash"), strict=True)
    ]
    middle = sample.X[list(found[0]), :2].mean(axis=0)
    mark: dict[str, Any] = {"symbol": "diamond", "size": 13, "color": theme.INK}
    traces.append(
        plot.scatter(
            x=middle[:1],
            y=middle[1:],
            mode="markers+text",
            marker=mark,
            text=["<b>one middle</b>"],
            textposition="bottom center",
            textfont={"size": 14},
            hoverinfo="skip",
        )
    )
    return traces


def _count(line: HandLine) -> dict[str, Any]:
    return {
        "text": f"<b>{line.n_correct} of {len(line.correct)} right</b>",
        "font": {"size": 22},
        **_ABOVE,
        "yshift": 22 + _KNOB,
    }


def _names() -> dict[str, Any]:
    signs = zip(CLASS_NAMES, theme.CLASS_COLOURS, "●■", strict=True)
    named = (f'<span style="color:{colour}">{sign}</span> {name}' for name, colour, sign in signs)
    return {"text": "   ".join(named), "font": {"size": 14}, **_ABOVE}


_ABOVE: Final = MappingProxyType(
    {
        "x": 0,
        "y": 1,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "yshift": _KNOB,
    }
)
