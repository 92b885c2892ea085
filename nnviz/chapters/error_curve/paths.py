"""The curves that can be walked down, each with where a walk starts and what the picture shows."""

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.error_curve.descent import POINT_A, POINT_B, Curve, quadratic, weight_slice
from nnviz.chapters.error_curve.figure_scene import Scene
from nnviz.chapters.error_curve.flat_regions import shoulders
from nnviz.data import tutorial
from nnviz.nn.trace import Trace, trace_update
from nnviz.walkthrough.four_steps import first_neuron

NEURON: Final = first_neuron()

_POINTS: Final = 241


@dataclass(frozen=True)
class Place:
    """A point of a curve with the name that stands beside it, and the button that goes there."""

    name: str
    x: float
    button: str


@dataclass(frozen=True)
class Path:
    """A curve to walk down.

    Attributes
    ----------
    name : str
        Its name in the address; the value there is where the walk starts.
    start : float
        Where a walk starts when nothing else is said.
    low, high : float
        Where the point can be put.
    index : int or None
        Which parameter of the neuron moves; None for the quadratic.
    places : tuple of Place
        Points that have a name.
    """

    name: str
    start: float
    low: float
    high: float
    index: int | None
    places: tuple[Place, ...]

    @property
    def rates(self) -> str:
        """The name, in the address, of the rates of the steps taken."""
        return "rates" if self.index is None else f"{self.name}_rates"

    def curve(self) -> Curve:
        """Return the error as a function of what moves."""
        if self.index is None:
            return quadratic()
        return weight_slice(NEURON, tutorial.SECOND_ROW, tutorial.SECOND_TARGET, self.index)


_W1, _W2 = tutorial.FIRST_WEIGHTS
_BIAS: Final = tutorial.FIRST_BIAS

_A: Final = Place("A", POINT_A, "Go to A")


def _start_and_shoulder(start: float, shoulder: float) -> tuple[Place, Place]:
    return (
        Place("start", start, "Go to the start"),
        Place("flat", shoulder, "Go to the flat shoulder"),
    )


_ALL: Final = (
    Path("x", POINT_A, -2, 2, None, (_A, Place("B", POINT_B, "Go to B"))),
    Path("weight_1", _W1, -4, 4, 0, _start_and_shoulder(_W1, 3.4)),
    Path("weight_2", _W2, -7, 3, 1, _start_and_shoulder(_W2, 2.2)),
    Path("bias", _BIAS, -9, 5, 2, _start_and_shoulder(_BIAS, 4.0)),
)
PATHS: Final = MappingProxyType({path.name: path for path in _ALL})


def first_error() -> Trace:
    """Return the neuron's wrong prediction, of the row (2, 1.5), with all its derivatives."""
    return trace_update(NEURON, tutorial.SECOND_ROW, tutorial.SECOND_TARGET)


@cache
def scene(name: str) -> Scene:
    """Return what stands still in the picture of a path."""
    path = PATHS[name]
    curve = path.curve()
    # The quadratic is shown a little farther out, so that the highest start has a whole tangent.
    low, high = (path.low - 0.2, path.high + 0.2) if path.index is None else (path.low, path.high)
    xs = np.linspace(low, high, _POINTS)
    errors = curve.value(xs)
    # One scene serves all visitors.
    xs.flags.writeable = errors.flags.writeable = False
    return Scene(
        x_label="x = prediction − target" if path.index is None else curve.x_label,
        x_range=(low, high),
        y_range=(-0.3, 4.9) if path.index is None else (-0.06, 1.1),
        xs=xs,
        errors=errors,
        places=MappingProxyType(
            {place.name: (place.x, float(curve.value(place.x))) for place in path.places}
        ),
        shoulders=() if path.index is None else shoulders(curve, low, high),
    )
