"""Where the functions and the values of one neuron stand, on a wide and on a narrow screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

FUNCTIONS: Final = MappingProxyType(
    {"weighted sum": "predict", "sigmoid": "predict", "compare": "compare", "adjust": "adjust"}
)
"""Every function, with the step in which it acts."""

ARROWS: Final = (
    ("input[0]", "weighted sum", "predict"),
    ("input[1]", "weighted sum", "predict"),
    ("parameters", "weighted sum", "predict"),
    ("weighted sum", "sum", "predict"),
    ("sum", "sigmoid", "predict"),
    ("sigmoid", "prediction", "predict"),
    ("prediction", "compare", "compare"),
    ("target", "compare", "compare"),
    ("compare", "error", "compare"),
    ("error", "adjust", "adjust"),
    ("adjust", "parameters", "adjust"),
)
"""From where to where, and the step in which a value goes that way."""


@dataclass(frozen=True)
class Box:
    """Centre and size in percent of the plane."""

    x: float
    y: float
    width: float
    height: float

    def rectangle(self) -> str:
        """Return the outline of a value, as an SVG path."""
        left, right, low, high = self._edges()
        return f"M{left},{low}L{right},{low}L{right},{high}L{left},{high}Z"

    def hexagon(self) -> str:
        """Return the outline of a function, as an SVG path."""
        left, right, low, high = self._edges()
        cut = self.width / 5
        return (
            f"M{left},{self.y}L{left + cut},{low}L{right - cut},{low}"
            f"L{right},{self.y}L{right - cut},{high}L{left + cut},{high}Z"
        )

    def edge_towards(self, x: float, y: float) -> tuple[float, float]:
        """Return where the line from the centre to a point outside leaves the box."""
        across, along = abs(x - self.x) / self.width, abs(y - self.y) / self.height
        share = 0.5 / max(across, along)
        return self.x + share * (x - self.x), self.y + share * (y - self.y)

    def _edges(self) -> tuple[float, float, float, float]:
        half_width, half_height = self.width / 2, self.height / 2
        return self.x - half_width, self.x + half_width, self.y - half_height, self.y + half_height


@dataclass(frozen=True)
class Plan:
    """A layout of the graph.

    Attributes
    ----------
    boxes : Mapping
        Every function and value, and the frame round the parameters, by name.
    arrow : str
        What stands between the old and the new value of a parameter.
    small, large : int
        Font sizes of names and of values, in pixels.
    """

    boxes: Mapping[str, Box]
    arrow: str
    small: int
    large: int

    def arrow_between(
        self, start: str, end: str
    ) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the two points that an arrow joins; at the frame it stands upright or level."""
        a, b = self.boxes[start], self.boxes[end]
        if start == "parameters":
            a = Box(b.x, a.y, a.width, a.height)
        elif end == "parameters":
            upright = abs(a.x - b.x) < b.width / 2
            b = Box(a.x if upright else b.x, b.y if upright else a.y, b.width, b.height)
        return a.edge_towards(b.x, b.y), b.edge_towards(a.x, a.y)


WIDE: Final = Plan(
    MappingProxyType(
        {
            "input[0]": Box(5.5, 79, 11, 17),
            "input[1]": Box(5.5, 57, 11, 17),
            "weighted sum": Box(22, 68, 13, 24),
            "sum": Box(37.5, 68, 10.5, 17),
            "sigmoid": Box(52.5, 68, 12.5, 24),
            "prediction": Box(67.5, 68, 11, 17),
            "compare": Box(81.5, 62, 12, 24),
            "target": Box(81.5, 91, 11, 17),
            "error": Box(95, 62, 10, 17),
            "adjust": Box(95, 16, 10, 24),
            "parameters": Box(27, 16, 54, 31),
            "weights[0]": Box(9.5, 12.5, 17, 20),
            "weights[1]": Box(27, 12.5, 17, 20),
            "bias": Box(44.5, 12.5, 17, 20),
        }
    ),
    arrow=" → ",
    small=12,
    large=15,
)
"""From left to right, and back along the bottom."""

TALL: Final = Plan(
    MappingProxyType(
        {
            "input[0]": Box(11, 93, 21, 13),
            "input[1]": Box(11, 77, 21, 13),
            "weighted sum": Box(37.5, 85, 24, 19),
            "sum": Box(63, 85, 18, 13),
            "sigmoid": Box(88, 85, 24, 19),
            "prediction": Box(88, 32, 23, 13),
            "compare": Box(62, 32, 22, 18),
            "target": Box(62, 8, 21, 13),
            "error": Box(36.5, 32, 18, 13),
            "adjust": Box(11, 32, 22, 18),
            "parameters": Box(36.5, 57.5, 73, 25),
            "weights[0]": Box(12.5, 55.5, 23, 18),
            "weights[1]": Box(36.5, 55.5, 23, 18),
            "bias": Box(60.5, 55.5, 23, 18),
        }
    ),
    arrow=" →<br>",
    small=12,
    large=14,
)
"""Round: right along the top, down, left along the bottom, and up to the parameters."""
