"""Toy data sets: made from a seed, of any size, with as much noise as is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from nnviz.data import toy_shapes
from nnviz.data.sample import Sample
from nnviz.data.toy_shapes import Draws, Shape
from nnviz.data.tutorial import eight_rows
from nnviz.nn.checks import FloatArray, integer, number, one_of
from nnviz.nn.rng import LARGEST_SEED, generator
from nnviz.text.digits import digits

FEWEST_ROWS: Final = 10
MOST_ROWS: Final = 5_000
MOST_CLASSES: Final = 5
DECIMALS: Final = 6

Range = tuple[float, float]


@dataclass(frozen=True)
class Toy:
    """What there is to know of a toy data set before it is made.

    Attributes
    ----------
    name : str
        Public name, the key in `TOYS`.
    title, description : str
        For people; the description is true of the rows without noise.
    noise_text : str
        What noise does, with ``{}`` for its amount.
    amount : (float, float)
        That amount at noise 0 and at noise 1, in the units of the plane or of the target.
    task : str
        "classification" or "regression".
    classes : tuple of int
        The numbers of classes that it can have; empty for a regression.
    plane : ((float, float), (float, float))
        Range of x1 and of x2 to draw: all rows at a noise of up to about a half lie within it.
    fixed : bool
        Whether it is always the same, whatever rows, noise and seed are asked for.
    """

    name: str
    title: str
    description: str
    noise_text: str
    amount: Range
    shape: Shape | None
    task: str = "classification"
    classes: tuple[int, ...] = (2,)
    plane: tuple[Range, Range] = ((-6.0, 6.0), (-6.0, 6.0))

    @property
    def fixed(self) -> bool:
        """Whether it is always the same."""
        return self.shape is None

    def described(self, noise: float) -> str:
        """Return the description, which of rows with noise says what they would be without."""
        if self.fixed or not noise:
            return self.description
        return f"Without noise: {self.description[0].lower()}{self.description[1:]}"

    def noise_words(self, noise: float) -> str:
        """Return a sentence that says what this much noise does to the rows.

        Raises TypeError or ValueError if the noise is no number in that range. `noise`: from 0 to
        1.
        """
        noise = number(noise, "noise", 0.0, 1.0)
        if self.fixed:
            return self.noise_text
        low, high = self.amount
        if noise == 0 and low == 0:
            return "No noise: every row is where the description says."
        return self.noise_text.format(digits(low + noise * (high - low), 3))


def _reach(spread: Range) -> Range:
    return toy_shapes.CLOUD_END * spread[0], toy_shapes.CLOUD_END * spread[1]


TOYS: Final[Mapping[str, Toy]] = MappingProxyType(
    {
        toy.name: toy
        for toy in (
            Toy(
                "circle",
                "Circle",
                "A disc of class 1 in a ring of class 0: a circle separates disc and ring, a "
                "straight line cannot.",
                "Every point is moved by up to {} in a random direction. The classes can mix "
                "above 0.5.",
                (0.0, toy_shapes.CIRCLE_REACH),
                toy_shapes.circle,
            ),
            Toy(
                "xor",
                "Exclusive or",
                "Class 1 is where exactly one of x1 and x2 is above zero: neither of them alone "
                "says anything about the class.",
                "Every point is moved by up to {} in a random direction. The classes can mix "
                "above 0.4.",
                (0.0, toy_shapes.XOR_REACH),
                toy_shapes.xor,
            ),
            Toy(
                "gauss",
                "Two clouds",
                "Two round clouds, class 1 at the upper right: a straight line separates them.",
                "Every point lies within {} of the centre of its cloud. The classes can mix above "
                "2.12.",
                _reach(toy_shapes.CLOUD_SPREAD),
                toy_shapes.gauss,
            ),
            Toy(
                "spiral",
                "Spiral",
                "Two arms that wind around each other: a network must bend its boundary again "
                "and again.",
                "Every point is moved by up to {} in a random direction. The arms can mix "
                "above 0.58.",
                (0.0, toy_shapes.SPIRAL_REACH),
                toy_shapes.spiral,
            ),
            Toy(
                "moons",
                "Two moons",
                "Two half circles, each with its tip in the bend of the other: a curve separates "
                "them.",
                "Every point is moved by up to {} in a random direction. The moons can mix "
                "above 0.75.",
                (0.0, toy_shapes.MOON_REACH),
                toy_shapes.moons,
            ),
            Toy(
                "blobs",
                "Blobs",
                "A round cloud for each class, evenly about the middle: the only set here with "
                "more than two classes.",
                "Every point lies within {} of the centre of its cloud. Two clouds can mix above "
                "3, five above 1.76.",
                _reach(toy_shapes.BLOB_SPREAD),
                toy_shapes.blobs,
                classes=tuple(range(2, MOST_CLASSES + 1)),
            ),
            Toy(
                "eight rows",
                "The eight rows",
                "The tutorial's data. No straight line separates them: none gets more than 6 of 8 "
                "right.",
                "The tutorial's eight rows are always the same: they have no noise.",
                (0.0, 0.0),
                None,
                plane=((0.0, 6.5), (0.0, 5.0)),
            ),
            Toy(
                "plane",
                "Plane",
                "A number to tell, not a class: it rises evenly from −1 to 1 across the field.",
                "The target of every row is changed by up to {}, up or down.",
                (0.0, toy_shapes.TARGET_REACH),
                toy_shapes.plane,
                task="regression",
                classes=(),
            ),
            Toy(
                "multi-gauss",
                "Six bumps",
                "A number to tell, not a class: six round bumps, up to 1 and down to −1 in turn.",
                "The target of every row is changed by up to {}, up or down.",
                (0.0, toy_shapes.TARGET_REACH),
                toy_shapes.bumps,
                task="regression",
                classes=(),
            ),
        )
    }
)


def make(name: str, n_rows: int, noise: float, seed: int, n_classes: int = 3) -> Sample:
    """Return the rows of a toy data set.

    Equal arguments make equal rows. More rows begin with the fewer ones; more noise moves the
    same points farther, the same way. Numbers are rounded to six decimals, so that a table of
    them in text says all that they are.

    Parameters
    ----------
    name : str
        A key of `TOYS`. "eight rows" is always the same and ignores what follows.
    n_rows : int
        From 10 to 5,000; the classes take turns.
    noise : float
        From 0 to 1; `Toy.noise_words` says what it does.
    seed : int
        From 0 to 2**32 - 1.
    n_classes : int
        From 2 to 5; for "blobs" only.
    """
    toy = TOYS[one_of(name, "name of a data set", TOYS)]
    n_rows = integer(n_rows, "n_rows", FEWEST_ROWS, MOST_ROWS)
    noise = number(noise, "noise", 0.0, 1.0)
    seed = integer(seed, "seed", 0, LARGEST_SEED)
    n_classes = integer(n_classes, "n_classes", 2, MOST_CLASSES)
    if toy.shape is None:
        return eight_rows()
    if n_classes not in toy.classes:
        n_classes = 2
    draws = Draws(
        _draw(seed, name, "places", n_rows), _draw(seed, name, "moves", n_rows), noise, n_classes
    )
    X, y = toy.shape(draws)
    if toy.task == "regression":
        return Sample(_rounded(X), _rounded(y), classes=(), target="target")
    return Sample(_rounded(X), y, classes=tuple(str(i) for i in range(n_classes)))


def _draw(seed: int, name: str, what: str, n_rows: int) -> FloatArray:
    # A stream each: one that is drawn from longer leaves the other as it was.
    return generator(seed, "toy", name, what).random((n_rows, 2))


def _rounded(values: FloatArray) -> FloatArray:
    # Adding zero makes -0.0, which reads like another number, 0.0.
    return np.round(values, DECIMALS) + 0.0
