"""A training run: the input plane, the error so far, its surface, and the error of each row."""

from collections.abc import Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.by_hand import HandLine
from nnviz.chapters.live_training.figures.baselines import yardstick_legend, yardstick_lines
from nnviz.chapters.live_training.figures.by_hand import hand_trace
from nnviz.chapters.live_training.figures.network import NetworkPanel, network_axes, network_texts
from nnviz.chapters.live_training.figures.plane import kind_of_row, plane_axes, row_traces
from nnviz.chapters.live_training.figures.strands import Strand, strand_curves, strand_marks
from nnviz.chapters.live_training.surfaces import RunSurfaces
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.chart.tracks import Tracks
from nnviz.text.digits import told_apart
from nnviz.training.baselines.yardsticks import Yardsticks
from nnviz.training.model import Model

_HIGHEST: Final = 1e300
"""Of the error axis: a diverging run ends just below what a float can be."""

_LETTER_ROW: Final = 0.12  # height of a row of letters, of that of the curves

Panels = tuple[str, ...]
PANELS: Final[Panels] = ("plane", "network", "curve", "surface", "rows")
"""The parts of the picture; all of them in free play."""

_AXES: Final = MappingProxyType(
    {"plane": "", "curve": "2", "surface": "3", "rows": "4", "network": "5"}
)
_Place = tuple[float, float, float, float]
# x and y of each panel, from and to, by what is shown; and on a narrow screen all below each other.
_PLACES: Final[MappingProxyType[Panels, dict[str, _Place]]] = MappingProxyType(
    {
        PANELS: {
            "plane": (0.0, 0.36, 0.0, 1.0), "network": (0.385, 0.62, 0.0, 0.96),
            "curve": (0.68, 1.0, 0.58, 1.0), "surface": (0.68, 0.81, 0.0, 0.36),
            "rows": (0.9, 1.0, 0.0, 0.36),
        },
        ("plane", "curve"): {
            "plane": (0.0, 0.56, 0.0, 1.0), "curve": (0.65, 1.0, 0.0, 1.0),
        },
        ("plane", "curve", "rows"): {
            "plane": (0.0, 0.56, 0.0, 1.0), "curve": (0.65, 1.0, 0.62, 1.0),
            "rows": (0.74, 1.0, 0.0, 0.48),
        },
        ("plane", "network", "curve"): {
            "plane": (0.0, 0.52, 0.0, 1.0), "network": (0.56, 1.0, 0.38, 1.0),
            "curve": (0.61, 1.0, 0.0, 0.26),
        },
    }
)  # fmt: skip
_NARROW_HEIGHTS: Final = MappingProxyType(
    {"plane": 330, "network": 440, "curve": 150, "surface": 160, "rows": 190}
)
# On a phone what a task speaks of comes first: what is below the screen is not watched.
_NARROW_ORDERS: Final[MappingProxyType[Panels, Panels]] = MappingProxyType(
    {
        ("plane", "curve"): ("curve", "plane"),
        ("plane", "curve", "rows"): ("rows", "plane", "curve"),
        ("plane", "network", "curve"): ("network", "plane", "curve"),
    }
)
_NARROW_GAP: Final = 92  # px between two panels, for axis and title


_ABOVE: Final = 16  # px, of one line of small text
_KNOB: Final = 13  # px that a handle on the edge of the plane stands out


def panel_of(model: Model, panels: Panels) -> NetworkPanel:
    """Return where the parts of the network stand in the picture."""
    return NetworkPanel(model, 1.6 if panels == PANELS else 1.0, offers_inputs=panels == PANELS)


def live_training_picture(
    followed: Strand,
    measures: Yardsticks,
    surfaces: RunSurfaces,
    *,
    others: Sequence[Strand] = (),
    probe: tuple[float, float] | None = None,
    rows_are_handles: bool = False,
    drawn: HandLine | None = None,
    panels: Panels = PANELS,
    ahead: bool = True,
) -> Picture:
    """Draw a run and its branches.

    Parameters
    ----------
    followed : Strand
        The line that maps, bars and numbers speak of; the others are drawn over it.
    measures : Yardsticks
        Become lines across the error curve.
    surfaces : RunSurfaces
        Of the last piece of the followed line.
    probe : (float, float) or None
        A point that is marked, because its prediction is followed.
    rows_are_handles : bool
        Leave the rows out, because the chart shows them as handles.
    drawn : HandLine or None
        A line that was drawn by hand.
    panels : tuple of str
        What is shown, in the order of `PANELS`.
    ahead : bool
        Whether what is still to come is seen: the error of all steps, and what to compare it with.
    """
    plan = followed.views[-1].run.plan
    traces: list[Any] = [] if rows_are_handles else row_traces(plan.sample)
    if drawn is not None:
        traces.append(hand_trace(drawn, color=theme.GREY, width=3, dash="dot"))
    last = max(followed.views[-1].last, 1)
    # A branch goes over the line that it leaves, whichever of them is followed.
    strands = sorted((followed, *others), key=lambda strand: strand.stroke.letter)
    if ahead:
        traces += [trace for strand in strands for trace in strand_curves(strand)]
        traces += yardstick_lines(measures, last, "2")
    else:
        traces.append(_nothing("2"))
    traces += _invisible_axes(plan.sample.n_rows, panels)
    if probe is not None:
        traces.append(_probe(probe))
    handled = drawn is not None or rows_are_handles
    layout = _layout(followed, others, measures, surfaces, panels, ahead=ahead, handled=handled)
    figure = plot.figure(traces, layout)
    return Picture(figure, _narrow(figure, panels), Tracks((), followed.views[-1].last))


def _layout(
    followed: Strand,
    others: Sequence[Strand],
    measures: Yardsticks,
    surfaces: RunSurfaces,
    panels: Panels,
    *,
    ahead: bool,
    handled: bool,
) -> plot.Layout:
    plan, last = followed.views[-1].run.plan, max(followed.views[-1].last, 1)
    strands = sorted((followed, *others), key=lambda strand: strand.stroke.letter)
    errors = [view.cumulative_errors for strand in strands for view in strand.views]
    highest = max(*(float(np.nanmax(each)) for each in errors), plan.sample.n_rows / 4)
    plane, names = surfaces.plane, surfaces.axes.names
    marks = strand_marks(strands, last)
    # The letters stand above all curves.
    room = 1.08 + _LETTER_ROW * max(
        (mark["label"]["text"].count("<br>") + 1 for mark in marks), default=0
    )
    axes = {
        **plane_axes(plan.sample),
        "xaxis2": theme.axis("update", range=[0, last], anchor="y2"),
        "yaxis2": theme.axis("", range=[0, min(room * highest, _HIGHEST)], anchor="x2"),
        "xaxis3": theme.axis(names[0], range=[plane.x_low, plane.x_high], anchor="y3"),
        "yaxis3": theme.axis(names[1], range=[plane.y_low, plane.y_high], anchor="x3"),
        "xaxis4": theme.axis("", range=[0, 1], anchor="y4", dtick=0.5),
        "yaxis4": theme.axis(
            "", range=[plan.sample.n_rows - 0.5, -0.5], anchor="x4", showgrid=False,
            zeroline=False, tickvals=list(range(plan.sample.n_rows)), tickfont={"size": 12},
            ticktext=[f"{i} → {target}" for i, target in enumerate(plan.sample.y.astype(int), 1)],
        ),
        **network_axes(),
    }  # fmt: skip
    if panels == PANELS:
        axes["yaxis"]["scaleanchor"] = "x"
    annotations = _titles(strands, surfaces, panels, kind_of_row(plan.sample))
    if handled:  # the title of the plane, below which a handle may stand
        annotations[panels.index("plane")]["yshift"] = _KNOB
    if ahead:
        # Above the title: on a tablet there is no room beside it.
        annotations.append({**yardstick_legend(measures, "2"), "yshift": _ABOVE})
    if "network" in panels:
        annotations += network_texts(panel_of(Model.of(plan), panels))
    layout = theme.layout(
        440,
        **{axis: axes[axis] for panel in panels for axis in _axes_of(panel)},
        annotations=annotations,
        margin={"l": 52, "r": 12, "t": 24 + _ABOVE, "b": 40},
    )
    for panel in panels:
        x0, x1, y0, y1 = _PLACES[panels][panel]
        for axis, domain in zip(_axes_of(panel), ([x0, x1], [y0, y1]), strict=True):
            layout[axis]["domain"] = domain
    layout["shapes"] = marks
    return layout


def _axes_of(panel: str) -> tuple[str, str]:
    return f"xaxis{_AXES[panel]}", f"yaxis{_AXES[panel]}"


def _titles(
    strands: Sequence[Strand], surfaces: RunSurfaces, panels: Panels, kind: str
) -> list[dict[str, Any]]:
    low, high = told_apart(surfaces.low, surfaces.high, at_least=3)
    letters = [
        f'<span style="color:{strand.stroke.colour}">{strand.stroke.letter} '
        f"{strand.stroke.sample}</span>"
        for strand in strands
    ]
    lines = f"<br>{'  '.join(letters)}" if len(strands) > 1 else ""
    titles = {
        "plane": (
            f"<b>what the network answers</b>{lines}",
            "Each letter is a line of its own; it begins at its mark in the error curve."
            * bool(lines),
        ),
        "network": (
            "<b>the network</b>",
            "Lines: weights, wider for larger ones, dashed below 0. Squares: what each unit gives "
            "over the plane,<br>from faint for little to strong for much. Corners: the biases.",
        ),
        "curve": (
            "<b>cumulative error</b>",
            f"The error of all {kind}s together, after every update.",
        ),
        "surface": (
            f"<b>error surface</b>, by rank<br>{low} to {high}",
            f"The error if these two were elsewhere and all else as it is now:<br>"
            f"from {low} or less (the page's own ground) to {high} or more (purple).<br>"
            "Shades go by rank: the more purple, the more of the map has a lower error.<br>"
            "It changes as the others do.",
        ),
        "rows": (
            f"<b>{kind} errors</b>",
            f"Each {kind} with its target. Orange {kind}s have target 0, blue {kind}s 1.",
        ),
    }
    return [
        theme.panel_title(
            titles[panel][0],
            _PLACES[panels][panel][0] - 0.05 * (panel == "rows"),
            _PLACES[panels][panel][3],
            titles[panel][1],
        )
        for panel in panels
    ]


def _narrow(figure: plot.Figure, panels: Panels) -> dict[str, Any]:
    order = _NARROW_ORDERS.get(panels, panels)
    whole = sum(_NARROW_HEIGHTS[panel] for panel in panels) + _NARROW_GAP * (len(panels) - 1)
    domains: list[list[float]] = []
    for panel in panels:
        above = order[: order.index(panel)]
        top = sum(_NARROW_HEIGHTS[each] + _NARROW_GAP for each in above)
        domains.append([1 - (top + _NARROW_HEIGHTS[panel]) / whole, 1 - top / whole])
    # Lists are replaced whole, so the titles are written again with the places they have then.
    titles = [dict(title) for title in figure["layout"]["annotations"]]
    for title, (_, high) in zip(titles, domains, strict=False):
        title["x"], title["y"] = 0, high
    narrow: dict[str, Any] = {
        "height": whole + 80,
        "margin": {"l": 52, "r": 10, "t": 40},
        "annotations": titles,
    }
    for panel, domain in zip(panels, domains, strict=True):
        x, y = _axes_of(panel)
        narrow |= {x: {"domain": [0.24 * (panel == "rows"), 1.0]}, y: {"domain": domain}}
    return narrow


def _invisible_axes(n_rows: int, panels: Panels) -> list[plot.Trace]:
    """Return traces that make Plotly draw the axes on which only moving marks stand."""
    of_panels = {
        "plane": plot.scatter(x=[None], y=[None], hoverinfo="skip"),
        "network": _nothing("5"),
        "surface": _nothing("3"),
        "rows": plot.scatter(
            x=[None] * n_rows, y=list(range(n_rows)), **plot.on("4"), hoverinfo="skip"
        ),
    }
    return [of_panels[panel] for panel in panels if panel in of_panels]


def _nothing(number: str) -> plot.Trace:
    return plot.scatter(x=[None], y=[None], **plot.on(number), hoverinfo="skip")


def _probe(probe: tuple[float, float]) -> plot.Trace:
    return plot.scatter(
        x=[probe[0]], y=[probe[1]], mode="markers",
        marker={"symbol": "x-thin", "size": 13, "line": {"color": theme.INK, "width": 3}},
        hovertemplate="asked here: x1 %{x}, x2 %{y}<extra></extra>",
    )  # fmt: skip
