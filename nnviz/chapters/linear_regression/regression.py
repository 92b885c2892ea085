"""Linear regression: what a plane answers, how wrong it is, and the one that is least wrong."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import LARGEST_VALUE, Sample
from nnviz.nn.checks import FloatArray, Frozen, matrix, number, vector

_DEPENDENT: Final = 1e-10
"""A singular value of columns of length 1, relative to the largest, that counts as 0."""


@dataclass(frozen=True, eq=False)
class LeastSquares(Frozen):
    """The plane with the lowest mean squared error; one of several if they are equal."""

    weights: FloatArray  # (n_columns,): in the unit of the target for one more of each column
    bias: float  # in the unit of the target
    error: float  # mean squared error, in the square of that unit
    rank: int  # how many columns tell something that the others do not
    constant: tuple[int, ...]  # columns that hold the same number in every row; their weights are 0

    @property
    def parameters(self) -> FloatArray:
        """Its weights and, last, its bias."""
        return np.append(self.weights, self.bias)

    @property
    def is_only(self) -> bool:
        """Whether no other plane is as good."""
        return self.rank == len(self.weights)


def predictions(X: npt.ArrayLike, weights: npt.ArrayLike, bias: float) -> FloatArray:
    """Return ``X @ weights + bias``: the height of the plane over every row, shape (n_rows,)."""
    X = matrix(X, "X")
    weights = vector(weights, "weights", n=X.shape[1])
    return np.asarray(X @ weights + number(bias, "bias"))


def mean_squared_error(
    X: npt.ArrayLike, y: npt.ArrayLike, weights: npt.ArrayLike, bias: float
) -> float:
    """Return the mean of ``(prediction - y) ** 2`` over the rows, in the square of y's unit."""
    answers = predictions(X, weights, bias)
    return float(np.mean(np.square(answers - vector(y, "y", n=len(answers)))))


def line_of(sample: Sample) -> LeastSquares:
    """Return the line over the first column with the lowest mean squared error."""
    return least_squares(sample.X[:, :1], sample.y)


def plane_of(sample: Sample) -> LeastSquares:
    """Return the plane over the first two columns with the lowest mean squared error."""
    return least_squares(sample.X[:, :2], sample.y)


def line_error(sample: Sample, weight: float, bias: float) -> float:
    """Return the mean squared error of a line over the first column."""
    return mean_squared_error(sample.X[:, :1], sample.y, (weight,), bias)


def gradient(X: npt.ArrayLike, y: npt.ArrayLike, weights: npt.ArrayLike, bias: float) -> FloatArray:
    """Return the slopes of the mean squared error, shape (n_columns + 1,), the bias's last.

    Each is twice the mean over the rows of (prediction - y) times what the parameter is
    multiplied with: the column, or 1 for the bias.
    """
    X = matrix(X, "X")
    misses = predictions(X, weights, bias) - vector(y, "y", n=len(X))
    return np.append(2.0 * (misses @ X) / len(X), 2.0 * misses.mean())


def rounding_error(X: FloatArray, y: FloatArray, weights: FloatArray, bias: float) -> float:
    """Return the mean squared error that rounding alone can leave of an exact plane."""
    terms = np.abs(X) @ np.abs(weights) + abs(bias) + np.abs(y)
    return float((4.0 * np.finfo(np.float64).eps * terms.max()) ** 2)


def least_squares(X: npt.ArrayLike, y: npt.ArrayLike) -> LeastSquares:
    """Return the plane with the lowest mean squared error.

    Columns and target are centred, so that the bias drops out, and the columns scaled to length
    1, so that a unit does not decide what counts as small. The shortest solution of what
    remains is `numpy.linalg.lstsq`'s. An error that rounding alone can leave is 0. Raises
    TypeError or ValueError if they are not finite numbers with one target for each row.

    Parameters
    ----------
    X : array_like, shape (n_rows, n_columns)
    y : array_like, shape (n_rows,)
    """
    X = matrix(X, "X", largest=LARGEST_VALUE)
    y = vector(y, "y", n=len(X), largest=LARGEST_VALUE)
    means, target_mean = X.mean(axis=0), float(y.mean())
    columns, target = X - means, y - target_mean
    lengths = np.sqrt(np.square(columns).sum(axis=0))
    # Rounding leaves a constant column about 1e-16 of its size.
    flat = lengths <= 1e-12 * np.abs(X).max(axis=0) * np.sqrt(len(X))
    scales = np.where(flat, 1.0, lengths)
    columns = np.where(flat, 0.0, columns / scales)
    solved, _, rank, _ = np.linalg.lstsq(columns, target, rcond=_DEPENDENT)
    weights = np.where(flat, 0.0, solved / scales)
    bias = target_mean - float(weights @ means)
    error = float(np.mean(np.square(columns @ solved - target)))
    if error <= rounding_error(X, y, weights, bias):
        error = 0.0
    return LeastSquares(weights, bias, error, int(rank), tuple(np.flatnonzero(flat).tolist()))
