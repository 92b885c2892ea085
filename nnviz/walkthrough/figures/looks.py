"""The looks of boxes and arrows: at rest as part of the figure, and highlighted on the board."""

import math
from typing import Any, Final

from nnviz.chart import theme
from nnviz.walkthrough.figures.plan import DERIVATIVES, GraphPlan, Point, is_function, path
from nnviz.walkthrough.figures.tracks import Form, Item, Look

_FORWARD: Final = "rgba(86,180,233,0.30)"
_BACKWARD: Final = "rgba(213,94,0,0.22)"
_UPDATE: Final = "rgba(0,158,115,0.30)"

LOOKS: Final = (
    Look(),
    Look(theme.INK, 3.5, _FORWARD),
    Look(theme.VERMILLION, 3.5, _BACKWARD),
    Look(theme.GREEN, 3.5, _UPDATE),
    Look(theme.INK, 2.0, "none"),
    Look(theme.VERMILLION, 2.0, "none", "dash"),
    Look(theme.INK, 2.5),
    Look(theme.VERMILLION, 2.5, backward=True),
    Look(theme.GREEN, 1.5, theme.PAPER),
    Look(theme.VERMILLION, 2.5),
)
PLAIN, FORWARD, BACKWARD, UPDATE, USED, USED_BACK, ARROW, ARROW_BACK, UNCOVERED, CHAIN = range(10)
"""Indices into `LOOKS`."""

_HEAD: Final = 7.0  # pixels

PARAMETERS: Final = ("weight", "bias")


def graph_at_rest(plan: GraphPlan, place: theme.Place) -> dict[str, Any]:
    """Return the layout of a graph at its place: its axes, which are not seen, and its shapes."""
    across, up = theme.hidden_axis(0, plan.width), theme.hidden_axis(0, plan.height)
    return {**theme.panel("", place, across, up), "shapes": quiet_shapes(plan)}


def quiet_shapes(plan: GraphPlan) -> list[dict[str, Any]]:
    """Return the graph at rest: every arrow, and every box that has room."""
    shapes = [shape for key, ends in plan.arrows.items() for shape in _arrow(key, *ends)]
    shapes += [
        _outline(plan, key)
        for key in plan.boxes
        if key not in plan.covered and not key.startswith("unit")
    ]
    return shapes


def _arrow(key: str, start: Point, end: Point) -> list[dict[str, Any]]:
    """Return the line of an arrow and, as Plotly's shapes have none, its head."""
    derivative = key.partition(">")[2] in DERIVATIVES
    (x0, y0), (x, y) = start, end
    angle = math.atan2(y - y0, x - x0)
    corners = [
        (x - _HEAD * math.cos(angle + turn), y - _HEAD * math.sin(angle + turn))
        for turn in (0.45, -0.45)
    ]
    line = {
        "type": "line", "layer": "below", "x0": x0, "y0": y0, "x1": x, "y1": y,
        "line": {"color": theme.GREY, "width": 1.2, "dash": "dot" if derivative else "solid"},
    }  # fmt: skip
    head = {
        "type": "path", "layer": "below", "path": path(((x, y), *corners)),
        "line": {"width": 0}, "fillcolor": theme.GREY,
    }  # fmt: skip
    return [line, head]


def _outline(plan: GraphPlan, key: str) -> dict[str, Any]:
    kind = key.partition(".")[0]
    colour = theme.GREY
    if kind in PARAMETERS:
        colour = theme.GREEN
    elif kind == "error" or kind in DERIVATIVES:
        colour = theme.VERMILLION
    elif is_function(key):
        colour = theme.INK
    dash = "dot" if kind in DERIVATIVES else "solid"
    return {
        "type": "path", "path": path(plan.outline(key)), "fillcolor": theme.PAPER,
        "line": {"color": colour, "width": 1.5, "dash": dash},
    }  # fmt: skip


def board_items(
    wide: GraphPlan, narrow: GraphPlan, about: dict[str, str]
) -> tuple[tuple[str, ...], tuple[Item, ...]]:
    """Return the keys and the items of all that can be highlighted: arrows first, boxes over them.

    ``about`` says by key what each is, in a sentence; what is missing there cannot be clicked.
    """
    keys = (*wide.arrows, *wide.boxes)
    items = tuple(
        Item(
            name=key if key in about else "",
            about=about.get(key, ""),
            closed=key in wide.boxes,
            wide=_form(wide, key),
            narrow=_form(narrow, key),
        )
        for key in keys
    )
    return keys, items


def _form(plan: GraphPlan, key: str) -> Form:
    if key in plan.boxes:
        box = plan.boxes[key]
        outline = () if key.startswith("unit") else plan.outline(key)
        return Form(outline, (box.x, box.y), plan.size)
    (x0, y0), (x1, y1) = plan.arrows[key]
    return Form(((x0, y0), (x1, y1)), ((x0 + x1) / 2, (y0 + y1) / 2), plan.size)
