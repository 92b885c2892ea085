"""A plane over two columns in three dimensions, with the rows over or under it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.regression import LeastSquares
from nnviz.data.sample import Sample
from nnviz.nn.checks import Check, Checked, FloatArray, numbers

MOST_ROWS: Final = 200
_ROOM: Final = 0.05


@dataclass(frozen=True)
class Sheet(Checked):
    """A plane, and what it makes of the rows.

    Attributes
    ----------
    sample : Sample
    in_units : tuple of float
        Both weights and the bias.
    answer : LeastSquares or None
        The plane of least squares, if it is to be seen as well.
    """

    sample: Sample
    in_units: Annotated[tuple[float, float, float], Check(numbers, n=3)]
    answer: LeastSquares | None = None

    @cached_property
    def rows(self) -> npt.NDArray[np.int64]:
        """Rows that are drawn: all, or 200 of them evenly chosen."""
        n = self.sample.n_rows
        places = np.linspace(0, n - 1, min(n, MOST_ROWS))
        return np.asarray(places.round(), dtype=np.int64)

    @cached_property
    def answers(self) -> FloatArray:
        """The height of the plane over every row that is drawn."""
        w1, w2, b = self.in_units
        return np.asarray(self.sample.X[self.rows, :2] @ [w1, w2] + b)

    @cached_property
    def edges(self) -> tuple[FloatArray, FloatArray]:
        """How far the plane is drawn along both columns: two values each."""
        ends = []
        for values in self.sample.X[:, :2].T:
            low, high = float(values.min()), float(values.max())
            room = _ROOM * (high - low) or 0.5
            ends.append(np.array([low - room, high + room]))
        return ends[0], ends[1]

    def heights(self, weights: npt.ArrayLike, bias: float) -> FloatArray:
        """Return the heights of a plane at its corners, shape (2, 2), row 0 at the lowest x2."""
        (w1, w2), (x1, x2) = np.asarray(weights, dtype=np.float64), self.edges
        return np.asarray(w1 * x1[np.newaxis, :] + w2 * x2[:, np.newaxis] + bias)

    @property
    def corners(self) -> FloatArray:
        """The heights of the plane itself."""
        w1, w2, b = self.in_units
        return self.heights((w1, w2), b)
