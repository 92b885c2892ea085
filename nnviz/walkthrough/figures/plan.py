"""Place the functions and values of a network on a plane, whatever its size.

Every box has a key that says what it is: ``input.0``, ``weight.0.1.2`` (layer, input, unit),
``bias.0.2``, ``sum.0.2`` and ``act.0.2`` (functions), ``z.0.2``, ``a.0.2``, ``target``, ``loss``
(a function), ``error``; ``unit.0.2`` is the name of a unit's block. Arrows are ``edge.0.1.2``
(along a weight), and others by their two ends.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

Point = tuple[float, float]

FUNCTIONS: Final = ("sum", "act", "loss", "decide", "adjust")
DERIVATIVES: Final = (
    "derror_dprediction", "local", "by_bias", "derror_dbias", "by_weights", "derror_dweights",
)  # fmt: skip
"""The derivatives of a single unit, which have boxes of their own below the graph."""


@dataclass(frozen=True)
class Box:
    """A rectangle or hexagon by its centre and size, in the coordinates of the plane."""

    x: float
    y: float
    width: float
    height: float

    def corners(self) -> tuple[Point, ...]:
        """Return the corners of a value's rectangle."""
        left, right, low, high = self._edges()
        return (left, low), (right, low), (right, high), (left, high)

    def hexagon_corners(self) -> tuple[Point, ...]:
        """Return the corners of a function's hexagon."""
        left, right, low, high = self._edges()
        cut = self.width / 5
        return (
            (left, self.y), (left + cut, low), (right - cut, low),
            (right, self.y), (right - cut, high), (left + cut, high),
        )  # fmt: skip

    def rectangle(self) -> str:
        """Return the outline of a value, as an SVG path."""
        return path(self.corners())

    def edge_towards(self, x: float, y: float) -> Point:
        """Return where the line from the centre to a point outside leaves the box."""
        across, along = abs(x - self.x) / self.width, abs(y - self.y) / self.height
        share = 0.5 / max(across, along)
        return self.x + share * (x - self.x), self.y + share * (y - self.y)

    def _edges(self) -> tuple[float, float, float, float]:
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.x + half_width, self.y - half_height, self.y + half_height


def path(corners: tuple[Point, ...]) -> str:
    """Return an outline as an SVG path."""
    return f"M{'L'.join(f'{x:g},{y:g}' for x, y in corners)}Z"


@dataclass(frozen=True)
class GraphPlan:
    """A layout of the graph."""

    # width, height: of the plane, in pixels as they were meant
    width: float
    height: float
    boxes: Mapping[str, Box]  # every function and value by its key
    arrows: Mapping[str, tuple[Point, Point]]  # the two ends of every arrow by its key
    size: int  # of texts, in pixels
    # keys of boxes that are shown only while a step is about them: there is no room for all
    covered: frozenset[str] = frozenset()
    digits: int = 4  # how many significant digits its boxes have room for

    def outline(self, key: str) -> tuple[Point, ...]:
        """Return the corners of a box: a hexagon for a function, a rectangle for a value."""
        box = self.boxes[key]
        return box.hexagon_corners() if is_function(key) else box.corners()


def is_function(key: str) -> bool:
    """Return whether the box of this key is a function, and not a value."""
    return key.partition(".")[0] in FUNCTIONS


def frozen_plan(
    size: tuple[float, float],
    boxes: dict[str, Box],
    arrows: dict[str, tuple[Point, Point]],
    *,
    text: int,
    covered: frozenset[str] = frozenset(),
    digits: int = 4,
) -> GraphPlan:
    """Return a plan whose mappings are read-only."""
    return GraphPlan(
        *size, MappingProxyType(dict(boxes)), MappingProxyType(dict(arrows)), text, covered, digits
    )


def tightest(wide: GraphPlan, narrow: GraphPlan) -> GraphPlan:
    """Return a plan in which each box is as wide as the narrower of its two layouts."""
    boxes = {
        key: min(box, narrow.boxes[key], key=lambda each: each.width)
        for key, box in wide.boxes.items()
    }
    return replace(wide, boxes=MappingProxyType(boxes))


def between(boxes: Mapping[str, Box], start: str, end: str) -> tuple[Point, Point]:
    """Return the two points that an arrow between two boxes joins."""
    a, b = boxes[start], boxes[end]
    return a.edge_towards(b.x, b.y), b.edge_towards(a.x, a.y)
