"""The curves that can be walked down: where a walk starts, what is flat, what the picture shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.chapters.error_curve.walk import POINT_A, POINT_B
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn.checks import FloatArray
from nnviz.nn.curves import Curve, quadratic, weight_slice
from nnviz.nn.trace import Trace, trace_update

NEURON: Final = first_neuron()

_SEARCHED_POINTS: Final = 401  # the ends of a flat region are as exact as their spacing
_DRAWN_POINTS: Final = 241


@dataclass(frozen=True)
class Path:
    """A curve to walk down."""

    name: str  # its name in the address; the value there is where the walk starts
    start: float  # where a walk starts when the address does not say
    # low, high: where the point can be put
    low: float
    high: float
    index: int | None  # which parameter of the neuron moves; None for the quadratic
    # the points that have a name, by name: x, and the text of the button that goes there
    places: Mapping[str, tuple[float, str]]

    @property
    def rates(self) -> str:
        """The name, in the address, of the rates of the steps taken."""
        return "rates" if self.index is None else f"{self.name}_rates"

    def curve(self) -> Curve:
        """Return the error as a function of what moves."""
        if self.index is None:
            return quadratic()
        return weight_slice(NEURON, tutorial.SECOND_ROW, tutorial.SECOND_TARGET, self.index)


def _weight_path(index: int, name: str, low: float, high: float, shoulder: float) -> Path:
    start = float(NEURON.parameters()[index])
    places = {"start": (start, "Go to the start"), "flat": (shoulder, "Go to the flat shoulder")}
    return Path(name, start, low, high, index, MappingProxyType(places))


_QUADRATIC: Final = Path(
    "x", POINT_A, -2, 2, None,
    MappingProxyType({"A": (POINT_A, "Go to A"), "B": (POINT_B, "Go to B")}),
)  # fmt: skip
PATHS: Final = MappingProxyType(
    {
        "x": _QUADRATIC,
        "weight_1": _weight_path(0, "weight_1", -4, 4, shoulder=3.4),
        "weight_2": _weight_path(1, "weight_2", -7, 3, shoulder=2.2),
        "bias": _weight_path(2, "bias", -9, 5, shoulder=4.0),
    }
)


def first_error() -> Trace:
    """Return the neuron's wrong prediction, of the row (2, 1.5), with all its derivatives."""
    return trace_update(NEURON, tutorial.SECOND_ROW, tutorial.SECOND_TARGET)


@dataclass(frozen=True)
class FlatRegion:
    """An almost flat region of a curve, between two values of x."""

    # low, high: its ends
    low: float
    high: float
    error: float  # the height of the curve in its middle


def flat_regions(
    curve: Curve, low: float, high: float, fraction: float = 0.1
) -> tuple[FlatRegion, ...]:
    """Return the regions between `low` and `high` where steps are tiny, from left to right.

    A region is flat where the slope is less than `fraction` of the steepest slope in the range.
    """
    x = np.linspace(low, high, _SEARCHED_POINTS)
    steepness = np.abs(curve.slope(x))
    flat = np.concatenate([[False], steepness < fraction * steepness.max(), [False]])
    starts, ends = np.flatnonzero(~flat[:-1] & flat[1:]), np.flatnonzero(flat[:-1] & ~flat[1:])
    return tuple(
        FlatRegion(float(x[a]), float(x[b - 1]), float(curve.value((x[a] + x[b - 1]) / 2)))
        for a, b in zip(starts, ends, strict=True)
    )


@dataclass(frozen=True)
class Scene:
    """The part of the picture that stands still while a person walks."""

    x_label: str
    # x_range, y_range: what the axes show
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    # xs, errors: (n,): the curve, as points in order of x
    xs: FloatArray
    errors: FloatArray
    # points of the curve that have a name: their x and error
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    flat_regions: tuple[FlatRegion, ...] = ()  # regions to shade

    def shows(self, x: float, error: float) -> bool:
        """Return whether a point lies inside the axes."""
        (left, right), (bottom, top) = self.x_range, self.y_range
        return left <= x <= right and bottom <= error <= top

    def text_anchor(self, x: float) -> str:
        """Return the anchor of a text over x that keeps it inside the axes."""
        low, high = self.x_range
        place = (x - low) / (high - low)
        return "left" if place < 0.2 else "right" if place > 0.8 else "center"

    def is_flat(self, x: float) -> bool:
        """Return whether the curve is flat at x."""
        return any(region.low <= x <= region.high for region in self.flat_regions)


@cache
def scene(name: str) -> Scene:
    """Return the scene of a path; all visitors share it, so its arrays are read-only."""
    path = PATHS[name]
    curve, parabola = path.curve(), path.index is None
    # The quadratic is shown a little farther out, so that the highest start has a whole tangent.
    low, high = (path.low - 0.2, path.high + 0.2) if parabola else (path.low, path.high)
    xs = np.linspace(low, high, _DRAWN_POINTS)
    errors = curve.value(xs)
    xs.flags.writeable = errors.flags.writeable = False
    return Scene(
        x_label="x = prediction − target" if parabola else curve.x_label,
        x_range=(low, high),
        y_range=(-0.3, 4.9) if parabola else (-0.06, 1.1),
        xs=xs,
        errors=errors,
        places=MappingProxyType(
            {name: (x, float(curve.value(x))) for name, (x, _) in path.places.items()}
        ),
        flat_regions=() if parabola else flat_regions(curve, low, high),
    )
