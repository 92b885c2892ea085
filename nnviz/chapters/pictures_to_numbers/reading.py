"""What the neuron says of a drawing, square by square, and the squares that would turn it."""

from dataclasses import dataclass

import numpy as np

from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, Drawing
from nnviz.chapters.pictures_to_numbers.two_digits import TWO
from nnviz.nn.activations import sigmoid
from nnviz.nn.checks import FloatArray, Frozen


@dataclass(frozen=True, eq=False)
class Reading(Frozen):
    """The computation that leads from a drawing to a prediction."""

    drawing: Drawing
    weights: FloatArray  # (64,)
    bias: float
    products: FloatArray  # (64,): ``ink * weight``
    z: float  # the sum of the products and the bias
    prediction: float  # the sigmoid of z: how sure it is of an 8

    @property
    def digit(self) -> int | None:
        """What it says: 3, 8, or None where the sum is exactly 0."""
        return None if self.z == 0 else TWO[self.z > 0]

    @property
    def largest(self) -> int:
        """The square with the largest product, the first of them if there are several."""
        return int(np.argmax(self.products))

    @property
    def smallest(self) -> int:
        """The square with the smallest product, the first of them if there are several."""
        return int(np.argmin(self.products))


def read_drawing(parameters: FloatArray, drawing: Drawing) -> Reading:
    """Return what the neuron says of a drawing.

    Parameters
    ----------
    parameters : ndarray, shape (65,)
        The weights of the squares, then the bias.
    """
    weights, bias = parameters[:-1], float(parameters[-1])
    products = np.array(drawing, dtype=np.float64) * weights
    # One after the other from the first square on, as a person adds and the script does.
    z = sum(products.tolist()) + bias
    return Reading(drawing, weights, bias, products, z, float(sigmoid([z])[0]))


@dataclass(frozen=True)
class Turn:
    """A square that turns the answer by itself."""

    pixel: int
    ink: int  # the ink that does it and differs least from the present one
    z: float  # the sum with it


def turns(reading: Reading) -> tuple[Turn, ...]:
    """Return the squares of which each alone turns the answer, the smallest change of ink first.

    Empty where no single square can, and where the sum is 0, so that there is nothing to turn.
    """
    found = []
    for pixel, (ink, weight) in enumerate(zip(reading.drawing, reading.weights, strict=True)):
        others = [
            (abs(other - ink), other, reading.z + (other - ink) * float(weight))
            for other in range(MOST_INK + 1)
        ]
        turned = [each for each in others if each[2] * reading.z < 0]
        if turned:
            change, other, z = min(turned)
            found.append((change, -abs(z - reading.z), Turn(pixel, other, z)))
    return tuple(turn for *_, turn in sorted(found, key=lambda each: (each[:2], each[2].pixel)))


def strongest(reading: Reading) -> Turn:
    """Return the square that moves the sum furthest to the other side, whether that turns it."""
    side = -1.0 if reading.z > 0 else 1.0
    inks = np.array(reading.drawing, dtype=np.float64)
    goal = np.where(side * reading.weights > 0, float(MOST_INK), 0.0)
    change = side * (goal - inks) * reading.weights
    pixel = int(np.argmax(change))
    return Turn(pixel, int(goal[pixel]), reading.z + side * float(change[pixel]))
