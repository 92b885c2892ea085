"""A line drawn by hand over the rows: its two sides, its mistakes, and the two pairs that cross."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.by_hand import HandLine, crossed_pairs, half_plane
from nnviz.chapters.live_training.figures.plane import PLANE, plane_axes, row_traces
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.data.sample import Sample
from nnviz.data.tutorial import CLASS_NAMES

_KNOB: Final = 13  # px that a handle on the edge stands out
_BOX: Final = (PLANE.x_low, PLANE.x_high, PLANE.y_low, PLANE.y_high)


def hand_picture(sample: Sample, line: HandLine, *, with_pairs: bool) -> Picture:
    """Draw the rows and the line, and maybe the two pairs of rows with one midpoint."""
    traces = [*side_traces(line), *row_traces(sample), _mistakes(sample, line)]
    layout = theme.layout(
        440,
        **plane_axes(sample, zeroline=False),
        annotations=[_count(line), _names("   <b>×</b> wrong")],
        margin={"l": 52, "r": 12, "t": 64 + _KNOB, "b": 44},
    )
    figure = plot.figure([*traces, *(_pairs(sample) if with_pairs else [])], layout)
    return Picture(figure, {"height": 420})


def paper_picture(sample: Sample) -> Picture:
    """Draw the rows with their numbers and places on an empty plane with a grid."""
    layout = theme.layout(
        560,
        **plane_axes(sample, zeroline=False, dtick=0.5),
        annotations=[_names()],
        margin={"l": 52, "r": 12, "t": 36, "b": 44},
    )
    return Picture(plot.figure(row_traces(sample, with_places=True), layout), {"height": 420})


def side_traces(line: HandLine) -> list[plot.Trace]:
    """Return the two sides in the colours of their classes, and the line between them."""
    traces = [
        plot.scatter(
            x=corners[:, 0], y=corners[:, 1], mode="none", fill="toself", hoverinfo="skip",
            fillcolor=_tint(theme.CLASS_COLOURS[int(left == line.one_is_left)]),
        )
        for left in (True, False)
        if len(corners := half_plane(line.ends, _BOX, left=left))
    ]  # fmt: skip
    return [*traces, hand_trace(line, color=theme.INK, width=3)]


def hand_trace(line: HandLine, **look: Any) -> plot.Trace:
    """Return the line through its two ends and beyond; ``look`` is Plotly's."""
    x0, y0, x1, y1 = line.ends
    far = np.array([-20.0, 21.0])
    return plot.scatter(
        x=x0 + far * (x1 - x0), y=y0 + far * (y1 - y0), mode="lines", line=look, hoverinfo="skip",
        name="your line",
    )  # fmt: skip


def _tint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.22)"


def _mistakes(sample: Sample, line: HandLine) -> plot.Trace:
    wrong = sample.X[~line.correct]
    return plot.scatter(
        x=wrong[:, 0], y=wrong[:, 1], mode="markers", hoverinfo="skip", name="wrong",
        marker={"symbol": "x-thin", "size": 22, "line": {"color": theme.INK, "width": 3}},
    )  # fmt: skip


def _pairs(sample: Sample) -> list[plot.Trace]:
    found = crossed_pairs(sample)
    if found is None:
        return []
    traces = [
        plot.scatter(
            x=sample.X[list(pair), 0], y=sample.X[list(pair), 1], mode="lines", hoverinfo="skip",
            line={"color": theme.CLASS_COLOURS[target], "width": 4, "dash": dash},
        )
        for target, pair, dash in zip((1, 0), found, ("solid", "dash"), strict=True)
    ]  # fmt: skip
    middle = sample.X[list(found[0]), :2].mean(axis=0)
    mark = plot.scatter(
        x=middle[:1], y=middle[1:], mode="markers+text", hoverinfo="skip",
        marker={"symbol": "diamond", "size": 13, "color": theme.INK},
        text=["<b>one middle</b>"], textposition="bottom center", textfont={"size": 14},
    )  # fmt: skip
    return [*traces, mark]


def _count(line: HandLine) -> dict[str, Any]:
    text = f"<b>{line.n_correct} of {len(line.correct)} right</b>"
    return {"text": text, "font": {"size": 22}, **_ABOVE, "yshift": 22 + _KNOB}


def _names(closing: str = "") -> dict[str, Any]:
    signs = zip(CLASS_NAMES, theme.CLASS_COLOURS, "●■", strict=True)
    named = (f'<span style="color:{colour}">{sign}</span> {name}' for name, colour, sign in signs)
    return {"text": f"{'   '.join(named)}{closing}", "font": {"size": 14}, **_ABOVE}


_ABOVE: Final = MappingProxyType(
    {
        "x": 0, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom",
        "showarrow": False, "yshift": _KNOB,
    }
)  # fmt: skip
