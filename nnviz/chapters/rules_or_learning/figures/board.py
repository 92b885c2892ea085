"""Where things stand on a board of four by four cells: areas, lines, texts, axes."""

from collections.abc import Sequence
from typing import Any, Final

from nnviz.chapters.rules_or_learning.grids import N_CELLS, SIDE, RuleSet
from nnviz.chart import plot, theme

Area = tuple[float, float, float, float]
"""Left, right, bottom and top edge."""

Point = tuple[float, float]

MARGIN: Final = 0.06
"""Around the board, in cells, so that its outer lines are whole."""

_INSET: Final = 0.05


def centre(cell: int) -> Point:
    """Return the centre of a cell; the board runs from 0 to 4, the first row on top."""
    return cell % SIDE + 0.5, SIDE - cell // SIDE - 0.5


def cell_at(x: float, y: float) -> int | None:
    """Return the cell at a point, or None beside the board."""
    if not (0 <= x < SIDE and 0 < y <= SIDE):
        return None
    return int(x) + SIDE * int(SIDE - y)


def area(cell: int, inset: float = _INSET) -> Area:
    """Return the edges of a cell, a little inside its lines."""
    return _around(centre(cell), 0.5 - inset)


def quarter(cell: int, digit: int) -> Area:
    """Return the edges of a digit's quarter of a cell: 1 and 2 above, 3 and 4 below."""
    return _around(quarter_centre(cell, digit), 0.25 - _INSET / 2)


def quarter_centre(cell: int, digit: int) -> Point:
    """Return the centre of a digit's quarter of a cell."""
    x, y = centre(cell)
    return x + (0.25 if digit % 2 == 0 else -0.25), y + (0.25 if digit <= 2 else -0.25)


def _around(point: Point, half: float) -> Area:
    x, y = point
    return x - half, x + half, y - half, y + half


def shape(kind: str, edges: Area, axes: str, **options: Any) -> dict[str, Any]:
    """Return a shape of a subplot: a "rect" with these edges, or a "line" between two of them."""
    x, y = plot.axis_names(axes)
    return {"type": kind, "xref": x, "yref": y, **ends(edges), **options}


def ends(edges: Area) -> dict[str, float]:
    """Return edges as the shapes of Plotly have them."""
    return dict(zip(("x0", "x1", "y0", "y1"), edges, strict=True))


def outline(edges: Area, axes: str, colour: str, width: float, dash: str = "solid") -> Any:
    """Return an empty rectangle."""
    return shape("rect", edges, axes, line={"color": colour, "width": width, "dash": dash})


def texts(
    points: Sequence[Point],
    words: Sequence[str],
    axes: str,
    size: int,
    colour: str | Sequence[str] = theme.INK,
    hover: Sequence[str] | None = None,
) -> plot.Trace:
    """Return texts at points of a subplot; without a hover they are not pointed at."""
    x, y = plot.axis_names(axes)
    return plot.scatter(
        x=[point[0] for point in points],
        y=[point[1] for point in points],
        mode="text",
        text=words,
        textfont={"size": size, "color": colour},
        hovertext=hover,
        hoverinfo="skip" if hover is None else "text",
        xaxis=x,
        yaxis=y,
    )


def lines(rule_set: RuleSet, axes: str) -> list[dict[str, Any]]:
    """Return the lines of a board: thick around it and, where the rules have boxes, around them."""
    boxes = [set(unit.cells) for unit in rule_set.units[2 * SIDE :]]

    def between(cell: int, other: int, edges: Area) -> dict[str, Any]:
        thick = bool(boxes) and not any({cell, other} <= box for box in boxes)
        line = {"color": theme.INK if thick else theme.GREY, "width": 2.5 if thick else 1}
        return shape("line", edges, axes, line=line, layer="above")

    border = {"color": theme.INK, "width": 2.5}
    drawn = [shape("rect", (0, SIDE, 0, SIDE), axes, line=border, layer="above")]
    for cell in range(N_CELLS):
        left, right, bottom, top = area(cell, 0.0)
        if right < SIDE:
            drawn.append(between(cell, cell + 1, (right, right, bottom, top)))
        if bottom > 0:
            drawn.append(between(cell, cell + SIDE, (left, right, bottom, bottom)))
    return drawn


def board_axes(number: str, place: Area) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both axes of a board, invisible and square, at a place in paper coordinates.

    ``number`` is "" for the first subplot, "2" for the second.
    """
    common = theme.hidden_axis(-MARGIN, SIDE + MARGIN, constrain="domain")
    square = {"scaleanchor": f"x{number}", "constraintoward": "top", "anchor": f"x{number}"}
    return (
        {**common, "domain": list(place[:2])},
        {**common, "domain": list(place[2:]), **square},
    )
