"""The tutorial's own numbers: the vectors of its first pages, and its eight rows.

Source: Real Python, "Python AI: How to Build a Neural Network & Make Predictions" (2021).
"""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import Sample
from nnviz.nn.network import Layer, Network

INPUT_VECTOR: Final = (1.72, 1.23)
WEIGHTS_1: Final = (1.26, 0.0)
WEIGHTS_2: Final = (2.17, 0.32)
"""Three vectors to compare by dot product."""

FIRST_WEIGHTS: Final = (1.45, -0.66)
FIRST_BIAS: Final = 0.0
"""The neuron that makes the first predictions; its weights are not those of the vectors above."""

FIRST_ROW: Final = (1.66, 1.56)
FIRST_TARGET: Final = 1.0
SECOND_ROW: Final = (2.0, 1.5)
SECOND_TARGET: Final = 0.0
"""The row it gets right, and the row it gets wrong."""

INPUT_NAMES: Final = ("hours of sun", "glasses of water")
CLASS_NAMES: Final = ("withers", "thrives")
"""The story of this course: the rows are plants on a window sill, x1 and x2 what they get."""


def eight_rows() -> Sample:
    """Return the tutorial's eight rows of two numbers, four of each class.

    No straight line separates them: the best one gets 6 of 8.
    """
    X = np.array([[3, 1.5], [2, 1], [4, 1.5], [3, 4], [3.5, 0.5], [2, 0.5], [5.5, 1], [1, 1]])
    return Sample(X, np.array([0, 1, 0, 1, 0, 1, 1, 0]))


def is_plant(inputs: npt.ArrayLike) -> bool:
    """Return whether a row's inputs are those of one of the tutorial's rows, so of a plant."""
    return np.shape(inputs) == (2,) and bool((_plants() == inputs).all(axis=1).any())


@cache
def _plants() -> npt.NDArray[np.float64]:
    return np.vstack([eight_rows().X, FIRST_ROW, SECOND_ROW])


def first_neuron() -> Network:
    """Return the neuron that makes the tutorial's first predictions."""
    weights = np.array(FIRST_WEIGHTS)[:, np.newaxis]
    return Network((Layer(weights, np.array([FIRST_BIAS]), "sigmoid"),))
