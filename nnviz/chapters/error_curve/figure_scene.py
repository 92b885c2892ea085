"""The scene of an error curve: what stands still while a person walks down it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nnviz.chapters.error_curve.flat_regions import Shoulder


@dataclass(frozen=True)
class Scene:
    """What stands still while a person walks; the axes show just this.

    Attributes
    ----------
    x_label : str
    x_range, y_range : (float, float)
    xs, errors : ndarray, shape (n,)
        The curve, as points in order of x.
    places : Mapping
        Points of the curve that have a name: their x and error.
    shoulders : tuple of Shoulder
        Stretches to shade as flat.
    """

    x_label: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    xs: NDArray[np.float64]
    errors: NDArray[np.float64]
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    shoulders: tuple[Shoulder, ...] = ()

    def shows(self, x: float, error: float) -> bool:
        """Return whether a point lies inside the axes."""
        return (
            self.x_range[0] <= x <= self.x_range[1] and self.y_range[0] <= error <= self.y_range[1]
        )

    def room(self, x: float) -> str:
        """Return the anchor of a text over x that keeps it inside the axes."""
        low, high = self.x_range
        place = (x - low) / (high - low)
        return "left" if place < 0.2 else "right" if place > 0.8 else "center"

    def on_shoulder(self, x: float) -> bool:
        """Return whether the curve is flat at x."""
        return any(shoulder.low <= x <= shoulder.high for shoulder in self.shoulders)
