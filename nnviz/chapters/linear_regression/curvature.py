"""How the error bowl of a linear regression is curved, and the rates at which one rolls down it."""

import math
from dataclasses import dataclass
from decimal import Decimal, localcontext
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.regression import least_squares
from nnviz.data.sample import LARGEST_VALUE
from nnviz.nn.checks import FloatArray, Frozen, matrix
from nnviz.training.plan import Plan

STANDS: Final = "stands still"
CONVERGES: Final = "converges"
BETWEEN: Final = "goes to and fro"
DIVERGES: Final = "diverges"

_DIGITS: Final = 120
_NEGLIGIBLE: Final = Decimal("1e-100")
"""What a rotation would move less than this, relatively and squared, is left."""
_MOST_SWEEPS: Final = 60


@dataclass(frozen=True, eq=False)
class Curvature(Frozen):
    """The eigenvalues and eigenvectors of the Hessian of a mean squared error."""

    # (n_parameters,): curvatures along its own directions, the least first; never negative
    values: FloatArray
    # (n_parameters, n_parameters): in rows, the direction of each; weights first, then the bias
    directions: FloatArray

    @property
    def largest_rate(self) -> float:
        """2 / largest curvature: gradient descent converges below it and diverges above it."""
        return 2.0 / float(self.values[-1])

    @property
    def least(self) -> float:
        """The least curvature that is not flat."""
        return float(self.values[self.values > 0][0])

    @property
    def best_rate(self) -> float:
        """The rate at which the slowest direction is as fast as it can be."""
        return 2.0 / (float(self.values[-1]) + self.least)

    def fate(self, learning_rate: float) -> str:
        """Return what becomes of gradient descent at a rate, by the steepest direction.

        `STANDS`, `CONVERGES`, `BETWEEN` (at the largest rate itself) or `DIVERGES`. From a start
        that lies off the lowest point along that direction.
        """
        if learning_rate == 0:
            return STANDS
        part = learning_rate / self.largest_rate
        if math.isclose(part, 1.0, rel_tol=1e-9):
            return BETWEEN
        return CONVERGES if part < 1 else DIVERGES

    def factors(self, learning_rate: float) -> FloatArray:
        """Return what one update multiplies the distance from the lowest point by.

        Along each of the directions, shape (n_parameters,): ``1 - learning_rate * curvature``.
        """
        return np.asarray(1.0 - learning_rate * self.values)

    def updates_to_halve(self, learning_rate: float) -> float:
        """Return how many updates halve the distance along every direction; infinity if none do.

        Not a whole number: so many, rounded up, are needed.
        """
        parts = learning_rate * self.values[self.values >= self.least]
        if self.fate(learning_rate) != CONVERGES:
            return math.inf
        with np.errstate(divide="ignore"):  # a part of 1 lands in one update
            # log1p, because 1 minus a part may be nothing but 1 in float64.
            speeds = np.where(parts < 1, -np.log1p(-np.minimum(parts, 1)), -np.log(abs(parts - 1)))
        return max(1.0, math.log(2) / float(speeds.min()))


def curvature(inputs: npt.ArrayLike) -> Curvature:
    """Return the curvature of the mean squared error of a plane over its inputs.

    The Hessian is ``2 / n_rows * Z.T @ Z``, Z being the inputs with a column of ones for the
    bias. Neither the targets nor the parameters are in it: a unit of the target changes the
    error, but not the largest rate. Raises TypeError or ValueError if they are no table of
    finite numbers. `inputs` has the shape (n_rows, n_inputs): as the network is given them,
    standardised or not.
    """
    inputs = matrix(inputs, "inputs", largest=LARGEST_VALUE)
    rows = [[*map(Decimal, row), Decimal(1)] for row in inputs.tolist()]
    n = inputs.shape[1] + 1
    with localcontext(prec=_DIGITS):
        hessian = [
            [2 * sum((row[i] * row[j] for row in rows), Decimal(0)) / len(rows) for j in range(n)]
            for i in range(n)
        ]
        values, directions = _eigen(hessian)
    order = np.argsort(values)
    values = np.maximum(values[order], 0.0)
    # Columns that tell nothing besides the others and the bias leave the bowl flat.
    rank = least_squares(inputs, np.zeros(len(inputs))).rank
    values[: len(values) - 1 - rank] = 0.0
    return Curvature(values, directions[order])


def _eigen(matrix: list[list[Decimal]]) -> tuple[FloatArray, FloatArray]:
    """Return eigenvalues and, in rows, eigenvectors of a symmetric matrix, by Jacobi's rotations.

    In many digits, because float64 loses what is below 1e-16 of the largest value: next to a column
    of Unix seconds that is the bias.
    """
    n = len(matrix)
    vectors = [[Decimal(int(i == j)) for j in range(n)] for i in range(n)]
    for _ in range(_MOST_SWEEPS):
        still = True
        for p, q in combinations(range(n), 2):
            a, b, c = matrix[p][p], matrix[q][q], matrix[p][q]
            if c * c <= _NEGLIGIBLE * abs(a * b):
                continue
            still = False
            cotangent = (b - a) / (2 * c)
            root = (cotangent * cotangent + 1).sqrt()
            tangent = 1 / (cotangent + (root if cotangent >= 0 else -root))
            cosine = 1 / (tangent * tangent + 1).sqrt()
            sine = tangent * cosine
            for row in (*matrix, *vectors):
                row[p], row[q] = cosine * row[p] - sine * row[q], sine * row[p] + cosine * row[q]
            matrix[p], matrix[q] = (
                [cosine * x - sine * y for x, y in zip(matrix[p], matrix[q], strict=True)],
                [sine * x + cosine * y for x, y in zip(matrix[p], matrix[q], strict=True)],
            )
        if still:
            break
    return (
        np.array([float(matrix[i][i]) for i in range(n)]),
        np.array([[float(row[i]) for row in vectors] for i in range(n)]),
    )


def curvature_of(plan: Plan) -> Curvature:
    """Return the curvature of the error that a plan without hidden layers trains."""
    return curvature(plan.train_inputs)
