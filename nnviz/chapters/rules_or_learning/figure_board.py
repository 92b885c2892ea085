"""Where things stand on a board of four by four cells, and its lines."""

from typing import Any, Final

from nnviz.chapters.rules_or_learning.grids import N_CELLS, SIDE, RuleSet
from nnviz.chart import theme

Area = tuple[float, float, float, float]
"""Left, right, bottom and top edge."""

_INSET: Final = 0.05
MARGIN: Final = 0.06
"""Around the board, in cells, so that its outer lines are whole."""


def centre(cell: int) -> tuple[float, float]:
    """Return the middle of a cell; the board runs from 0 to 4, the first row on top."""
    return cell % SIDE + 0.5, SIDE - cell // SIDE - 0.5


def cell_at(x: float, y: float) -> int | None:
    """Return the cell at a place, or None beside the board."""
    if not (0 <= x < SIDE and 0 < y <= SIDE):
        return None
    return int(x) + SIDE * int(SIDE - y)


def area(cell: int, inset: float = _INSET) -> Area:
    """Return the edges of a cell, a little inside its lines."""
    x, y = centre(cell)
    half = 0.5 - inset
    return x - half, x + half, y - half, y + half


def quarter(cell: int, digit: int, inset: float = _INSET) -> Area:
    """Return the edges of a digit's quarter of a cell: 1 and 2 above, 3 and 4 below."""
    x, y = quarter_centre(cell, digit)
    half = 0.25 - inset / 2
    return x - half, x + half, y - half, y + half


def quarter_centre(cell: int, digit: int) -> tuple[float, float]:
    """Return the middle of a digit's quarter of a cell."""
    x, y = centre(cell)
    return x + (0.25 if digit % 2 == 0 else -0.25), y + (0.25 if digit <= 2 else -0.25)


def outline(edges: Area, axes: str, **options: Any) -> dict[str, Any]:
    """Return a rectangle as a shape of the subplot, such as "x2y2"."""
    x, y = references(axes)
    left, right, bottom, top = edges
    return {
        "type": "rect", "xref": x, "yref": y, "x0": left, "x1": right, "y0": bottom, "y1": top,
        **options,
    }  # fmt: skip


def references(axes: str) -> tuple[str, str]:
    """Return the names of a subplot's two axes."""
    x, _, y = axes.partition("y")
    return x, f"y{y}"


def lines(rule_set: RuleSet, axes: str) -> list[dict[str, Any]]:
    """Return the lines of a board: thick around it and, where the rules have boxes, around them."""
    x, y = references(axes)
    together = {frozenset((a, b)) for unit in rule_set.units[8:] for a in unit.cells
                for b in unit.cells}  # fmt: skip
    drawn = [
        outline((0, SIDE, 0, SIDE), axes, line={"color": theme.INK, "width": 2.5}, layer="above")
    ]
    for cell in range(N_CELLS):
        left, right, bottom, top = area(cell, 0.0)
        for other, ends in (
            (cell + 1, (right, right, bottom, top)),
            (cell + SIDE, (left, right, bottom, bottom)),
        ):
            if other >= N_CELLS or (other == cell + 1 and other % SIDE == 0):
                continue
            thick = bool(together) and frozenset((cell, other)) not in together
            line = {"color": theme.INK if thick else theme.GREY, "width": 2.5 if thick else 1}
            x0, x1, y0, y1 = ends
            drawn.append({
                "type": "line", "xref": x, "yref": y, "x0": x0, "x1": x1, "y0": y0, "y1": y1,
                "line": line, "layer": "above",
            })  # fmt: skip
    return drawn


def board_axes(number: str, x_domain: tuple[float, float], y_domain: tuple[float, float]) -> Any:
    """Return both axes of a board, unseen and square; ``number`` is "" for the first subplot."""
    common: dict[str, Any] = {
        "range": [-MARGIN, SIDE + MARGIN],
        "visible": False,
        "fixedrange": True,
    }
    return (
        {**common, "domain": list(x_domain), "constrain": "domain"},
        {
            **common,
            "domain": list(y_domain),
            "constrain": "domain",
            "scaleanchor": f"x{number}",
            "constraintoward": "top",
            "anchor": f"x{number}",
        },
    )
