"""A training run: the input plane, the error so far, its surface, and the error of each row."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.live_training.figures.baselines import yardstick_legend, yardstick_lines
from nnviz.chapters.live_training.figures.strands import Strand, strand_curves, strand_marks
from nnviz.chapters.live_training.figures.tracks import row_name, run_tracks
from nnviz.chapters.live_training.surfaces import RunSurfaces
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import told_apart
from nnviz.training.baselines.yardsticks import Yardsticks
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

X_RANGE: Final = (0.0, 6.5)
Y_RANGE: Final = (-0.5, 5.0)
"""What is shown of the input plane, and so where rows can be put."""

PLANE: Final = Plane(-1.5, 8.0, -2.0, 6.5, 64)
"""What the maps cover: more than is shown, because equal scales may show more to one side."""

_HIGHEST: Final = 1e300
"""Of the error axis: a diverging run ends just below what a float can be."""

_DOMAINS: Final = MappingProxyType(
    {
        "xaxis": [0.0, 0.4], "yaxis": [0.0, 1.0],
        "xaxis2": [0.475, 1.0], "yaxis2": [0.58, 1.0],
        "xaxis3": [0.475, 0.7], "yaxis3": [0.0, 0.38],
        "xaxis4": [0.83, 1.0], "yaxis4": [0.0, 0.38],
    }
)  # fmt: skip
_NARROW_DOMAINS: Final = MappingProxyType(
    {
        "xaxis": [0.0, 1.0], "yaxis": [0.7, 1.0],
        "xaxis2": [0.0, 1.0], "yaxis2": [0.48, 0.62],
        "xaxis3": [0.0, 1.0], "yaxis3": [0.25, 0.4],
        "xaxis4": [0.24, 1.0], "yaxis4": [0.0, 0.17],
    }
)  # fmt: skip


_ABOVE: Final = 16  # px, of one line of small text


def live_training_picture(
    followed: Strand,
    measures: Yardsticks,
    surfaces: RunSurfaces,
    *,
    others: Sequence[Strand] = (),
    probe: tuple[float, float] | None = None,
    rows_are_handles: bool = False,
) -> Picture:
    """Draw a run and its branches.

    Parameters
    ----------
    followed : Strand
        The line that maps, bars and numbers speak of.
    measures : Yardsticks
        Become lines across the error curve.
    surfaces : RunSurfaces
        Of the last piece of the followed line.
    others : sequence of Strand
        Lines that are drawn over it.
    probe : (float, float) or None
        A point that is marked, because its answer is followed.
    rows_are_handles : bool
        Leave the rows out, because the chart shows them as handles.
    """
    plan = followed.views[-1].run.plan
    traces: list[Any] = [] if rows_are_handles else _rows(plan)
    last = max(followed.views[-1].last, 1)
    # A branch goes over the line that it leaves, whichever of them is followed.
    strands = sorted((followed, *others), key=lambda strand: strand.stroke.letter)
    traces += [trace for strand in strands for trace in strand_curves(strand)]
    traces += yardstick_lines(measures, last, axes=("x2", "y2"))
    traces += _invisible_axes(plan.sample.n_rows)
    if probe is not None:
        traces.append(_probe(probe))
    figure = go.Figure(traces, _layout(followed, others, measures, surfaces))
    tracks = run_tracks(followed.views[-1], followed.stroke)
    return Picture(figure, _narrow(figure), tracks)


def _layout(
    followed: Strand, others: Sequence[Strand], measures: Yardsticks, surfaces: RunSurfaces
) -> go.Layout:
    plan, last = followed.views[-1].run.plan, max(followed.views[-1].last, 1)
    strands = sorted((followed, *others), key=lambda strand: strand.stroke.letter)
    errors = [view.cumulative_errors for strand in strands for view in strand.views]
    highest = max(*(float(np.nanmax(each)) for each in errors), plan.sample.n_rows / 4)
    plane, names = surfaces.plane, surfaces.axes.names
    layout = theme.layout(
        440,
        xaxis=theme.axis("x1", range=X_RANGE),
        yaxis=theme.axis("x2", range=Y_RANGE, scaleanchor="x"),
        xaxis2=theme.axis("update", range=[0, last], anchor="y2"),
        yaxis2=theme.axis("", range=[0, min(1.08 * highest, _HIGHEST)], anchor="x2"),
        xaxis3=theme.axis(names[0], range=[plane.x_low, plane.x_high], anchor="y3"),
        yaxis3=theme.axis(names[1], range=[plane.y_low, plane.y_high], anchor="x3"),
        xaxis4=theme.axis("", range=[0, 1], anchor="y4", dtick=0.5),
        yaxis4=theme.axis(
            "",
            range=[plan.sample.n_rows - 0.5, -0.5],
            anchor="x4",
            tickvals=list(range(plan.sample.n_rows)),
            ticktext=[
                f"{row_name(i)} → {target}" for i, target in enumerate(plan.sample.y.astype(int))
            ],
            tickfont={"size": 11},
            showgrid=False,
            zeroline=False,
        ),
        annotations=[
            *_titles(strands, surfaces),
            # Above the title: on a tablet there is no room beside it.
            {**yardstick_legend(measures, axes=("x2", "y2")), "yshift": _ABOVE},
        ],
        margin={"l": 44, "r": 12, "t": 24 + _ABOVE, "b": 40},
    )
    for axis, domain in _DOMAINS.items():
        layout[axis].domain = domain
    layout.shapes = strand_marks(strands, last)
    return layout


def _titles(strands: Sequence[Strand], surfaces: RunSurfaces) -> list[dict[str, Any]]:
    low, high = told_apart(surfaces.low, surfaces.high, at_least=3)
    letters = [
        f'<span style="color:{strand.stroke.colour}">{strand.stroke.letter} '
        f"{strand.stroke.sample}</span>"
        for strand in strands
    ]
    lines = f"<br>{'  '.join(letters)}" if len(strands) > 1 else ""
    titles = {
        "": (
            f"<b>what the network answers</b>{lines}",
            "Each letter is a line of its own; it begins at its mark in the error curve."
            * bool(lines),
        ),
        "2": ("<b>cumulative error</b>", "The error of all rows together, after every update."),
        "3": (
            f"<b>error surface</b><br>{low} to {high}",
            f"The error if these two were elsewhere and all else as it is now:<br>"
            f"from {low} (the page's own ground) to {high} (purple). It changes as the others do.",
        ),
        "4": ("<b>error of each row</b>", "Orange rows have target 0, blue rows 1."),
    }
    return [
        {
            "text": text,
            "align": "left",
            "hovertext": note,
            "xref": "paper",
            "yref": "paper",
            "x": _DOMAINS[f"xaxis{n}"][0] - 0.1 * (n == "4"),
            "y": _DOMAINS[f"yaxis{n}"][1],
            "xanchor": "left",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 12},
        }
        for n, (text, note) in titles.items()
    ]


def _narrow(figure: go.Figure) -> dict[str, Any]:
    # Lists are replaced whole, so the titles are written again with the places they have then.
    titles = [dict(title.to_plotly_json()) for title in figure.layout.annotations]
    for title, n in zip(titles[:4], ("", "2", "3", "4"), strict=True):
        title["x"], title["y"] = 0, _NARROW_DOMAINS[f"yaxis{n}"][1]
    return {
        "height": 1200,
        "margin": {"l": 52, "r": 10, "t": 40},
        "annotations": titles,
        **{axis: {"domain": domain} for axis, domain in _NARROW_DOMAINS.items()},
    }


def _rows(plan: Plan) -> list[go.Scatter]:
    traces = []
    for target in (0, 1):
        own = [i for i, t in enumerate(plan.sample.y) if t == target]
        traces.append(
            go.Scatter(
                x=[plan.sample.X[i][0] for i in own],
                y=[plan.sample.X[i][1] for i in own],
                mode="markers+text",
                marker={
                    "color": theme.CLASS_COLOURS[target],
                    "symbol": theme.CLASS_SYMBOLS[target],
                    "size": 14,
                    "line": {"color": theme.INK, "width": 1.5},
                },
                # Spaces keep the number clear of the ring around the row just used.
                text=[f"\u2002{i + 1}" for i in own],
                textposition="middle right",
                textfont={"size": 11},
                hovertemplate="row %{text}: x1 %{x}, x2 %{y}, target "
                + str(target)
                + "<extra></extra>",
            )
        )
    return traces


def _invisible_axes(n_rows: int) -> list[go.Scatter]:
    """Return traces that make Plotly draw the axes on which only moving marks stand."""
    return [
        go.Scatter(x=[None], y=[None], hoverinfo="skip"),
        go.Scatter(x=[None], y=[None], xaxis="x3", yaxis="y3", hoverinfo="skip"),
        go.Scatter(
            x=[None] * n_rows, y=list(range(n_rows)), xaxis="x4", yaxis="y4", hoverinfo="skip"
        ),
    ]


def _probe(probe: tuple[float, float]) -> go.Scatter:
    return go.Scatter(
        x=[probe[0]],
        y=[probe[1]],
        mode="markers",
        marker={"symbol": "x-thin", "size": 13, "line": {"color": theme.INK, "width": 3}},
        hovertemplate="asked here: x1 %{x}, x2 %{y}<extra></extra>",
    )
