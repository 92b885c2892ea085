"""Where the functions and the values of one neuron stand, on a wide and on a narrow screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from nnviz.walkthrough.board.boxes import Box

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
class Plan:
    """A layout of the graph.

    Attributes
    ----------
    boxes : Mapping
        Every function and value by name, the frame round the parameters, and the place of the
        learning rate.
    value_size : int
        Font size of the values, in pixels.
    """

    boxes: Mapping[str, Box]
    value_size: int

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
            "input[0]": Box(5, 78, 10, 16),
            "input[1]": Box(5, 56, 10, 16),
            "weighted sum": Box(19.8, 67, 12.5, 24),
            "sum": Box(34.5, 67, 10, 16),
            "sigmoid": Box(49, 67, 12, 24),
            "prediction": Box(64, 67, 11, 16),
            "compare": Box(79, 67, 11.5, 24),
            "target": Box(79, 92, 10.5, 16),
            "error": Box(94.2, 67, 11.5, 16),
            "adjust": Box(94.2, 20, 11, 24),
            "learning rate": Box(74, 25, 0, 0),
            "parameters": Box(27, 19, 54, 34),
            "weights[0]": Box(9.5, 16, 16.5, 21),
            "weights[1]": Box(27, 16, 16.5, 21),
            "bias": Box(44.5, 16, 16.5, 21),
        }
    ),
    value_size=14,
)
"""From left to right, and back along the bottom."""

TALL: Final = Plan(
    MappingProxyType(
        {
            "input[0]": Box(11, 93, 21, 13),
            "input[1]": Box(11, 78, 21, 13),
            "weighted sum": Box(38, 85.5, 23, 19),
            "sum": Box(62.8, 85.5, 17.5, 13),
            "sigmoid": Box(88, 85.5, 23, 19),
            "prediction": Box(88, 27.5, 23, 13),
            "compare": Box(61.5, 27.5, 21, 17),
            "target": Box(61.5, 6.5, 21, 13),
            "error": Box(35.7, 27.5, 21.5, 13),
            "adjust": Box(10.5, 27.5, 20, 17),
            "learning rate": Box(31, 39, 0, 0),
            "parameters": Box(38.5, 55, 77, 25),
            "weights[0]": Box(13.3, 53, 24, 18.5),
            "weights[1]": Box(38.5, 53, 24, 18.5),
            "bias": Box(63.7, 53, 24, 18.5),
        }
    ),
    value_size=13,
)
"""Round: right along the top, down, left along the bottom, and up to the parameters."""
