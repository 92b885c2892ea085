"""Boxes in a row: the two rules and search, and the four parts of supervised learning."""

from collections.abc import Sequence
from typing import Any, Final

from nnviz.chapters.rules_or_learning.figures.board import Area, ends
from nnviz.chapters.rules_or_learning.walk import Step
from nnviz.chart import theme

RULES: Final = (("Only one", "digit fits"), ("Only one", "place fits"), ("Search", "last of all"))
WORKFLOW: Final = ("Data", "Algorithm", "Model", "Prediction")

HIGHLIGHT: Final = "rgba(86,180,233,0.32)"
_GAP: Final = 0.16  # of a box's width


def applied_rule(step: Step | None) -> int | None:
    """Return which of `RULES` a step applied, or None where it applied none."""
    if step is None or step.kind in ("hand", "erase"):
        return None
    if step.deduction is None:
        return 2
    return 0 if step.deduction.unit is None else 1


def places(n_boxes: int, room: Area) -> list[Area]:
    """Return the edges of boxes side by side, with room for arrows between them."""
    left, right, bottom, top = room
    width = (right - left) / (n_boxes + _GAP * (n_boxes - 1))
    starts = (left + i * width * (1 + _GAP) for i in range(n_boxes))
    return [(start, start + width, bottom, top) for start in starts]


def row_of_boxes(
    texts: Sequence[tuple[str, str]],
    highlighted: int | None,
    room: Area,
    *,
    arrows: bool,
    size: int,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return shapes and annotations of boxes side by side, with a title and a text in each.

    ``highlighted`` is the index of a box, ``room`` the edges around all of them in paper
    coordinates, ``size`` that of the font in pixels; with ``arrows`` one leads to the next.
    """
    shapes, notes = [], []
    boxes = places(len(texts), room)
    for i, (edges, (name, detail)) in enumerate(zip(boxes, texts, strict=True)):
        left, right, bottom, top = edges
        line, fill = {"color": theme.GREY, "width": 1.2}, "rgba(0,0,0,0)"
        if i == highlighted:
            line, fill = {"color": theme.INK, "width": 3}, HIGHLIGHT
        in_paper = {"type": "rect", "xref": "paper", "yref": "paper"}
        shapes.append({**in_paper, **ends(edges), "fillcolor": fill, "line": line})
        y, text = (bottom + top) / 2, f"<b>{name}</b><br>{detail.replace(chr(10), '<br>')}"
        notes.append(note((left + right) / 2, y, text, size))
        if arrows and i + 1 < len(boxes):
            notes.append(note((right + boxes[i + 1][0]) / 2, y, "→", size + 4))
    return shapes, notes


def note(x: float, y: float, text: str, size: int = 12, **options: Any) -> dict[str, Any]:
    """Return a text in paper coordinates."""
    middle = {"xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "middle"}
    return theme.note(text, x, y, size=size, **{**middle, **options})


def title(x: float, y: float, text: str, size: int) -> dict[str, Any]:
    """Return a text that stands on a point of the paper, and starts there."""
    return note(x, y, text, size, xanchor="left", yanchor="bottom", align="left")


def legend(x: float, y: float, lines: Sequence[str]) -> dict[str, Any]:
    """Return lines of text that hang from a point of the paper, and start there."""
    return note(x, y, "<br>".join(lines), 11, xanchor="left", yanchor="top", align="left")
