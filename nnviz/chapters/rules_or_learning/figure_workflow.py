"""Boxes in a row: the two rules and search, and the four parts of supervised learning."""

from collections.abc import Sequence
from typing import Any, Final

from nnviz.chapters.rules_or_learning.figure_board import Area
from nnviz.chapters.rules_or_learning.walk import Step
from nnviz.chart import theme

RULES: Final = (
    ("Only one", "digit fits"),
    ("Only one", "place fits"),
    ("Search", "last of all"),
)
WORKFLOW: Final = ("Data", "Algorithm", "Model", "Prediction")

LIGHT: Final = "rgba(86,180,233,0.32)"
_GAP: Final = 0.16  # of a box's width


def lit_rule(step: Step | None) -> int | None:
    """Return which of `RULES` a step was, or None where it was none."""
    if step is None or step.kind in ("hand", "erase"):
        return None
    if step.deduction is None:
        return 2
    return 0 if step.deduction.unit is None else 1


def places(n_boxes: int, room: Area) -> list[Area]:
    """Return the edges of boxes side by side, with room for arrows between them."""
    left, right, bottom, top = room
    width = (right - left) / (n_boxes + _GAP * (n_boxes - 1))
    return [
        (left + i * width * (1 + _GAP), left + i * width * (1 + _GAP) + width, bottom, top)
        for i in range(n_boxes)
    ]


def row_of_boxes(
    texts: Sequence[tuple[str, str]],
    lit: Sequence[int],
    room: Area,
    *,
    arrows: bool,
    size: int = 12,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return shapes and annotations of boxes that stand in paper coordinates.

    Parameters
    ----------
    texts : sequence of (str, str)
        What a box is called, and what stands below that; a new line in it breaks it.
    lit : sequence of int
        Which boxes are lit.
    room : Area
        Of all of them, in paper coordinates.
    arrows : bool
        Whether each leads to the next one.
    size : int
        Of the letters, in pixels.
    """
    shapes, notes = [], []
    boxes = places(len(texts), room)
    for i, (edges, (name, detail)) in enumerate(zip(boxes, texts, strict=True)):
        left, right, bottom, top = edges
        shapes.append({
            "type": "rect", "xref": "paper", "yref": "paper",
            "x0": left, "x1": right, "y0": bottom, "y1": top,
            "fillcolor": LIGHT if i in lit else "rgba(0,0,0,0)",
            "line": {
                "color": theme.INK if i in lit else theme.GREY, "width": 3 if i in lit else 1.2
            },
        })  # fmt: skip
        broken = detail.replace("\n", "<br>")
        notes.append(
            note((left + right) / 2, (bottom + top) / 2, f"<b>{name}</b><br>{broken}", size)
        )
        if arrows and i + 1 < len(boxes):
            notes.append(note((right + boxes[i + 1][0]) / 2, (bottom + top) / 2, "→", size + 4))
    return shapes, notes


def note(x: float, y: float, text: str, size: int = 12, **options: Any) -> dict[str, Any]:
    """Return words in paper coordinates."""
    return {
        "xref": "paper", "yref": "paper", "x": x, "y": y, "text": text, "showarrow": False,
        "font": {"size": size, "color": theme.INK}, "xanchor": "center", "yanchor": "middle",
        **options,
    }  # fmt: skip
