"""Two vectors compared: by their products, lengths, directions and distance."""

import math
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, instance, vector

X_RANGE: Final = (-3.2, 3.2)
Y_RANGE: Final = (-2.0, 2.0)
"""Ranges of the plane on the screen, and so of the tips of the arrows; dimensionless."""


def stretch(weights: tuple[float, float]) -> float:
    """Return the factor, 2 or ½, by which an arrow can be stretched within the picture."""
    x, y = weights
    return 2.0 if abs(2 * x) <= X_RANGE[1] and abs(2 * y) <= Y_RANGE[1] else 0.5


def products(a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
    """Return the elementwise product of two vectors, shape (n,), dimensionless.

    Like every function of this module it raises ``TypeError`` or ``ValueError`` if the vectors
    are not finite numbers or have different lengths.
    """
    a, b = _pair(a, b)
    return a * b


def dot(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Return the dot product: the sum of the products, dimensionless."""
    return float(products(a, b).sum())


def length(a: npt.ArrayLike) -> float:
    """Return the Euclidean length of a vector."""
    # hypot scales first, so that the squares neither overflow nor vanish.
    return math.hypot(*vector(a, "a"))


def heading(a: npt.ArrayLike) -> float | None:
    """Return the direction in the plane, in degrees in (-180, 180].

    Zero is along the first axis, positive is anticlockwise; None for a vector of length 0.
    """
    x, y = vector(a, "a", n=2)
    if x == 0 and y == 0:
        return None
    degrees = math.degrees(math.atan2(y, x))
    return 180.0 if degrees == -180.0 else degrees


def cosine(a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    """Return the cosine of the angle between two vectors, in [-1, 1]; None if a length is 0."""
    a, b = _pair(a, b)
    if not a.any() or not b.any():
        return None
    return float(np.clip((_unit(a) * _unit(b)).sum(), -1.0, 1.0))


def angle(a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    """Return the angle between two vectors, in degrees in [0, 180]; None if a length is 0.

    Source of the formula: Kahan, "How Futile are Mindless Assessments of Roundoff", section 12.
    The arc cosine would lose half the digits of a small angle.
    """
    a, b = _pair(a, b)
    if not a.any() or not b.any():
        return None
    u, v = _unit(a), _unit(b)
    return math.degrees(2.0 * math.atan2(math.hypot(*(u - v)), math.hypot(*(u + v))))


def distance(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Return the Euclidean distance between the tips of two vectors."""
    a, b = _pair(a, b)
    return math.hypot(*(a - b))


def scalar_projection(a: npt.ArrayLike, onto: npt.ArrayLike) -> float | None:
    """Return the signed length of the projection of `a` onto `onto`; None if `onto` is 0."""
    a, onto = _pair(a, onto)
    if not onto.any():
        return None
    return float((a * _unit(onto)).sum())


def projection(a: npt.ArrayLike, onto: npt.ArrayLike) -> FloatArray | None:
    """Return the projection of `a` onto `onto`, shape (n,); None if `onto` is 0."""
    a, onto = _pair(a, onto)
    if not onto.any():
        return None
    unit = _unit(onto)
    return np.asarray((a * unit).sum() * unit)


@dataclass(frozen=True, eq=False)
class Comparison:
    """An input vector compared with a weight vector; quantities that are undefined are None."""

    input_vector: FloatArray  # (n,)
    weights: FloatArray  # (n,)
    products: FloatArray  # (n,)
    # dot, input_length, weights_length, distance: dimensionless
    dot: float
    input_length: float
    weights_length: float
    # input_heading, weights_heading: in degrees; None unless n is 2 and the length above 0
    input_heading: float | None
    weights_heading: float | None
    # cosine, angle: cosine of the angle between them, and the angle in degrees
    cosine: float | None
    angle: float | None
    distance: float
    # signed length of `projection`; times `weights_length` it is the dot product
    scalar_projection: float | None
    projection: FloatArray | None  # (n,): projection of the input vector onto the weights

    @property
    def shown_angle(self) -> float | None:
        """The angle in degrees without its rounding errors, as it is compared and printed."""
        return None if self.angle is None else round(self.angle, 11)

    @property
    def side(self) -> int:
        """1 where the weights point towards the input, -1 away from it, else 0."""
        angle = self.shown_angle
        return 0 if angle is None else (angle < 90) - (angle > 90)

    @property
    def score(self) -> float:
        """The dot product, exactly 0 where only a rounding error is left of a right angle."""
        return self.dot if self.side else 0.0


def compare(input_vector: npt.ArrayLike, weights: npt.ArrayLike) -> Comparison:
    """Compare two vectors of shape (n,) by everything that this module computes."""
    a = vector(input_vector, "input_vector")
    b = vector(weights, "weights", n=len(a))
    return Comparison(
        input_vector=a,
        weights=b,
        products=products(a, b),
        dot=dot(a, b),
        input_length=length(a),
        weights_length=length(b),
        input_heading=heading(a) if len(a) == 2 else None,
        weights_heading=heading(b) if len(b) == 2 else None,
        cosine=cosine(a, b),
        angle=angle(a, b),
        distance=distance(a, b),
        scalar_projection=scalar_projection(a, b),
        projection=projection(a, b),
    )


@dataclass(frozen=True)
class Verdict:
    """Which of two weight vectors is more similar to the input: 1, 2, or None."""

    # by_dot, by_cosine: 1, 2 or None: None is a tie (scores to 1e-12 of the lengths, directions to
    # 1e-11 degrees, because of rounding errors), or an undefined cosine
    by_dot: Literal[1, 2] | None
    by_cosine: Literal[1, 2] | None
    agree: bool  # whether both criteria give the same result


def verdict(first: Comparison, second: Comparison) -> Verdict:
    """Return which of two comparisons of the same input vector shows more similar weights.

    Raises TypeError or ValueError if they are no comparisons, or of different input vectors.
    """
    instance(first, "first", Comparison)
    instance(second, "second", Comparison)
    if not np.array_equal(first.input_vector, second.input_vector):
        raise ValueError("both comparisons must be of the same input vector.")
    lengths = first.input_length * max(first.weights_length, second.weights_length)
    by_dot = _larger(first.score, second.score, 1e-12 * lengths)
    by_cosine: Literal[1, 2] | None = None
    if first.shown_angle is not None and second.shown_angle is not None:
        by_cosine = _larger(second.shown_angle, first.shown_angle, 0.0)
    return Verdict(by_dot, by_cosine, by_dot == by_cosine)


def _larger(first: float, second: float, tie: float) -> Literal[1, 2] | None:
    if abs(first - second) <= tie:
        return None
    return 1 if first > second else 2


def _pair(a: npt.ArrayLike, b: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    a = vector(a, "the first vector")
    return a, vector(b, "the second vector", n=len(a))


def _unit(a: FloatArray) -> FloatArray:
    # Scaled to about 1 first: the length of a subnormal vector has too few digits to divide by.
    a = a / np.abs(a).max()
    return a / math.hypot(*a)
