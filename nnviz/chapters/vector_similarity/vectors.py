"""Two vectors compared: by their products, lengths, directions and distance."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, instance, vector


def products(a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
    """Return the product of the two vectors in each coordinate, shape (n,), dimensionless.

    Every function of this module raises ``TypeError`` or ``ValueError`` if its vectors are not
    finite numbers, as many in one as in the other.
    """
    a, b = _pair(a, b)
    return a * b


def dot(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Return the dot product: the sum of the products, dimensionless."""
    return float(products(a, b).sum())


def length(a: npt.ArrayLike) -> float:
    """Return the length of the arrow, by Pythagoras."""
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
    """Return the cosine of the angle between them, in [-1, 1]; None if a length is 0."""
    a, b = _pair(a, b)
    if not a.any() or not b.any():
        return None
    return float(np.clip((_unit(a) * _unit(b)).sum(), -1.0, 1.0))


def angle(a: npt.ArrayLike, b: npt.ArrayLike) -> float | None:
    """Return the angle between them, in degrees in [0, 180]; None if a length is 0.

    Source of the formula: Kahan, "How Futile are Mindless Assessments of Roundoff", section 12.
    The arc cosine would lose half the digits of a small angle.
    """
    a, b = _pair(a, b)
    if not a.any() or not b.any():
        return None
    u, v = _unit(a), _unit(b)
    return math.degrees(2.0 * math.atan2(math.hypot(*(u - v)), math.hypot(*(u + v))))


def distance(a: npt.ArrayLike, b: npt.ArrayLike) -> float:
    """Return the distance between the tips of the two arrows."""
    a, b = _pair(a, b)
    return math.hypot(*(a - b))


def scalar_projection(a: npt.ArrayLike, onto: npt.ArrayLike) -> float | None:
    """Return how far `a` reaches along `onto`, negative if against it; None if `onto` is 0."""
    a, onto = _pair(a, onto)
    if not onto.any():
        return None
    return float((a * _unit(onto)).sum())


def projection(a: npt.ArrayLike, onto: npt.ArrayLike) -> FloatArray | None:
    """Return the shadow of `a` on the line of `onto`, shape (n,); None if `onto` is 0."""
    a, onto = _pair(a, onto)
    if not onto.any():
        return None
    unit = _unit(onto)
    shadow: FloatArray = (a * unit).sum() * unit
    return shadow


@dataclass(frozen=True, eq=False)
class Comparison:
    """An input vector compared with a weight vector; what is undefined is None.

    Attributes
    ----------
    input_vector, weights, products : ndarray, shape (n,)
    dot, input_length, weights_length, distance : float
        Dimensionless.
    input_heading, weights_heading : float or None
        In degrees; None unless n is 2 and the length above 0.
    cosine, angle : float or None
        The angle in degrees.
    scalar_projection : float or None
    projection : ndarray, shape (n,), or None
        Of the input vector onto the weights; times `weights_length` it is the dot product.
    """

    input_vector: FloatArray
    weights: FloatArray
    products: FloatArray
    dot: float
    input_length: float
    weights_length: float
    input_heading: float | None
    weights_heading: float | None
    cosine: float | None
    angle: float | None
    distance: float
    scalar_projection: float | None
    projection: FloatArray | None


def compare(input_vector: npt.ArrayLike, weights: npt.ArrayLike) -> Comparison:
    """Return everything this module can say about the two vectors, each of shape (n,)."""
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
    """Which of two weight vectors is more similar to the input: 1, 2, or None.

    Attributes
    ----------
    by_dot, by_cosine : 1, 2 or None
        None is a tie (to 1e-12 of the lengths, for rounding makes a right angle a little less or
        more than one), or a cosine that does not exist.
    agree : bool
        Whether both give the same answer.
    """

    by_dot: Literal[1, 2] | None
    by_cosine: Literal[1, 2] | None
    agree: bool


def verdict(first: Comparison, second: Comparison) -> Verdict:
    """Judge two comparisons of the same input vector.

    Raises
    ------
    TypeError, ValueError
        If they are no comparisons, or of different input vectors.
    """
    instance(first, "first", Comparison)
    instance(second, "second", Comparison)
    if not np.array_equal(first.input_vector, second.input_vector):
        raise ValueError("both comparisons must be of the same input vector.")
    lengths = first.input_length * max(first.weights_length, second.weights_length)
    by_dot = _larger(first.dot, second.dot, lengths)
    by_cosine = _larger(first.cosine, second.cosine, 1.0)
    return Verdict(by_dot, by_cosine, by_dot == by_cosine)


def _larger(first: float | None, second: float | None, size: float) -> Literal[1, 2] | None:
    if first is None or second is None or abs(first - second) <= 1e-12 * size:
        return None
    return 1 if first > second else 2


def _pair(a: npt.ArrayLike, b: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    a = vector(a, "the first vector")
    return a, vector(b, "the second vector", n=len(a))


def _unit(a: FloatArray) -> FloatArray:
    # Scaled to about 1 first: the length of a denormal vector has too few digits to divide by.
    a = a / np.abs(a).max()
    return a / math.hypot(*a)
