"""The shapes of the toy data sets: from even draws to rows of two numbers with their targets.

A shape places its rows by one table of draws and moves them by another one, both (n_rows, 2) and
even on 0 to 1. The noise only scales what the second table says (or, for clouds, how wide the
first one spreads), so more of it moves the same points farther, the same way.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np

from nnviz.nn.checks import FloatArray

DISC: Final = 2.0
RING: Final = (3.0, 4.5)
CIRCLE_REACH: Final = 2.0

SQUARE: Final = (0.4, 4.5)
XOR_REACH: Final = 2.0

CLOUD_CENTRE: Final = 1.5
CLOUD_SPREAD: Final = (0.5, 1.8)
CLOUD_END: Final = 2.5
"""A cloud ends so many standard deviations from its centre."""

SPIRAL_RADII: Final = (0.7, 5.0)
SPIRAL_TURNS: Final = 1.75
SPIRAL_REACH: Final = 1.2

MOON_RADIUS: Final = 3.0
MOON_REACH: Final = 2.0

BLOB_RADIUS: Final = 3.0
BLOB_SPREAD: Final = (0.5, 1.5)

FIELD: Final = 6.0
TARGET_REACH: Final = 1.0

BUMPS: Final = tuple(
    (x1, x2, sign * (1.0 if x2 > 0 else -1.0))
    for x1, sign in ((-4.0, 1.0), (0.0, -1.0), (4.0, 1.0))
    for x2 in (3.0, -3.0)
)
"""Centre and height of each bump; neighbours point opposite ways."""
BUMP_WIDTH: Final = 1.4


@dataclass(frozen=True, eq=False)
class Draws:
    """What is random in a toy data set."""

    # places, moves: (n_rows, 2): even on 0 to 1: where each row lies, and which way noise moves it
    places: FloatArray
    moves: FloatArray
    noise: float  # from 0 to 1
    n_classes: int = 2  # how many classes the rows take turns in

    @property
    def classes(self) -> FloatArray:
        """Class of each row, in turn, so that no class has two rows more than another."""
        return np.arange(len(self.places), dtype=np.float64) % self.n_classes

    def moved(self, X: FloatArray, reach: float) -> FloatArray:
        """Return the points, each moved evenly within a disc of radius ``reach * noise``."""
        length = reach * self.noise * np.sqrt(self.moves[:, 0])
        return X + _polar(length, 2 * np.pi * self.moves[:, 1])

    def scattered(self, centres: FloatArray, spread: tuple[float, float]) -> FloatArray:
        """Return a point of a round normal cloud about each centre, cut off at `CLOUD_END`.

        The distances are a Rayleigh variable by the inverse of its distribution function,
        1 - exp(-r^2 / 2); `spread` is the standard deviation at noise 0 and at noise 1.
        """
        fraction = self.places[:, 0] * -np.expm1(-(CLOUD_END**2) / 2)
        length = np.sqrt(-2 * np.log1p(-fraction))
        deviation = spread_at(self.noise, spread)
        return centres + deviation * _polar(length, 2 * np.pi * self.places[:, 1])

    def blurred(self, target: FloatArray) -> FloatArray:
        """Return the targets, each changed by up to ``TARGET_REACH * noise``, up or down."""
        return target + TARGET_REACH * self.noise * (2 * self.moves[:, 0] - 1)


Shape: TypeAlias = Callable[[Draws], tuple[FloatArray, FloatArray]]


def spread_at(noise: float, spread: tuple[float, float]) -> float:
    """Return the standard deviation of a cloud at this noise, before its end is cut off."""
    return spread[0] + noise * (spread[1] - spread[0])


def circle(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return a disc of class 1 in a ring of class 0; both are filled evenly."""
    y, fraction = draws.classes, draws.places[:, 0]
    inner = np.where(y == 1, 0.0, RING[0] ** 2)
    outer = np.where(y == 1, DISC**2, RING[1] ** 2)
    points = _polar(np.sqrt(inner + fraction * (outer - inner)), 2 * np.pi * draws.places[:, 1])
    return draws.moved(points, CIRCLE_REACH), y


def xor(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return four squares; the class is 1 where exactly one coordinate is positive."""
    y = draws.classes
    # One draw gives the side as well as the place along it.
    side = np.where(draws.places[:, 0] < 0.5, -1.0, 1.0)
    along = np.stack([2 * draws.places[:, 0] % 1.0, draws.places[:, 1]], axis=1)
    size = SQUARE[0] + along * (SQUARE[1] - SQUARE[0])
    signs = np.stack([side, np.where(y == 1, -side, side)], axis=1)
    return draws.moved(size * signs, XOR_REACH), y


def gauss(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return two round clouds, class 1 at the upper right and class 0 at the lower left."""
    y = draws.classes
    centres = np.where(y == 1, CLOUD_CENTRE, -CLOUD_CENTRE)[:, None] * np.ones(2)
    return draws.scattered(centres, CLOUD_SPREAD), y


def spiral(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return two arms of an Archimedean spiral, opposite each other."""
    y = draws.classes
    # The root puts more points on the outer turns, which are longer.
    fraction = np.sqrt(draws.places[:, 0])
    radius = SPIRAL_RADII[0] + fraction * (SPIRAL_RADII[1] - SPIRAL_RADII[0])
    points = _polar(radius, 2 * np.pi * SPIRAL_TURNS * fraction + np.pi * y)
    return draws.moved(points, SPIRAL_REACH), y


def moons(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return two half circles, each with its tip in the bend of the other."""
    y = draws.classes
    arc = np.pi * draws.places[:, 0]
    upper = _polar(np.ones_like(arc), arc) - [0.5, 0.25]
    points = MOON_RADIUS * np.where(y[:, None] == 1, -upper, upper)
    return draws.moved(points, MOON_REACH), y


def blobs(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return as many round clouds as classes, evenly about the middle, the first at the top."""
    y = draws.classes
    angles = np.pi / 2 + 2 * np.pi * y / draws.n_classes
    return draws.scattered(_polar(np.full_like(y, BLOB_RADIUS), angles), BLOB_SPREAD), y


def plane(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return points all over the field, and a target that rises evenly from -1 to 1 across it."""
    X = _field(draws)
    return X, draws.blurred(X.sum(axis=1) / (2 * FIELD))


def bumps(draws: Draws) -> tuple[FloatArray, FloatArray]:
    """Return points all over the field; the target is a sum of bumps up and down in turn."""
    X = _field(draws)
    target = np.zeros(len(X))
    for x1, x2, height in BUMPS:
        squared = (X[:, 0] - x1) ** 2 + (X[:, 1] - x2) ** 2
        target += height * np.exp(-squared / (2 * BUMP_WIDTH**2))
    return X, draws.blurred(target)


def _field(draws: Draws) -> FloatArray:
    return FIELD * (2 * draws.places - 1)


def _polar(length: FloatArray, angle: FloatArray) -> FloatArray:
    return np.stack([length * np.cos(angle), length * np.sin(angle)], axis=1)
