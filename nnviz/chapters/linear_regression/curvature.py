"""How the error bowl of a linear regression is curved, and the rates at which one rolls down it."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import LARGEST_VALUE
from nnviz.nn.checks import FloatArray, freeze, matrix
from nnviz.training.plan import Plan

_DEPENDENT: Final = 1e-10
"""A singular value of centred columns of length 1, relative to the largest, that counts as 0."""


@dataclass(frozen=True, eq=False)
class Curvature:
    """The eigenvalues and eigenvectors of the Hessian of a mean squared error.

    Attributes
    ----------
    values : ndarray, shape (n_parameters,)
        Curvatures along its own directions, the least first; never negative.
    directions : ndarray, shape (n_parameters, n_parameters)
        In rows, the direction of each; weights first, then the bias.
    """

    values: FloatArray
    directions: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

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

    def factors(self, learning_rate: float) -> FloatArray:
        """Return what one update multiplies the distance from the lowest point by.

        Along each of the directions, shape (n_parameters,): ``1 - learning_rate * curvature``.
        """
        return np.asarray(1.0 - learning_rate * self.values)

    def updates_to_halve(self, learning_rate: float) -> float:
        """Return how many updates halve the distance along every direction; infinity if none do."""
        parts = learning_rate * self.values[self.values >= self.least]
        if (parts <= 0).any() or (parts >= 2).any():
            return math.inf
        with np.errstate(divide="ignore"):  # a part of 1 lands in one update
            # log1p, because 1 minus a part may be nothing but 1 in float64.
            speeds = np.where(parts < 1, -np.log1p(-np.minimum(parts, 1)), -np.log(abs(parts - 1)))
        return max(1.0, math.log(2) / float(speeds.min()))


def curvature(inputs: npt.ArrayLike) -> Curvature:
    """Return the curvature of the mean squared error of a plane over its inputs.

    The Hessian is ``2 / n_rows * Z.T @ Z``, Z being the inputs with a column of ones for the bias.
    Neither the targets nor the parameters are in it: a unit of the target changes the error, but
    not the largest rate.

    Parameters
    ----------
    inputs : array_like, shape (n_rows, n_inputs)
        As the network is given them, standardised or not.

    Raises
    ------
    TypeError, ValueError
        If they are no table of finite numbers.
    """
    inputs = matrix(inputs, "inputs", largest=LARGEST_VALUE)
    factors = np.column_stack([inputs, np.ones(len(inputs))])
    hessian = 2.0 / len(factors) * (factors.T @ factors)
    values, directions = np.linalg.eigh(hessian)
    return Curvature(_accurate(values, inputs), np.ascontiguousarray(directions.T))


def _accurate(values: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return the curvatures with their small ones taken from the inverse Hessian.

    A decomposition of the Hessian itself loses what is below 1e-16 of the largest curvature; the
    inverse, which the centred columns give without loss, holds the small ones as its large ones.
    Each is taken from where it stands out more. Directions that no column tells apart have 0.
    """
    mean, lengths = inputs.mean(axis=0), np.abs(inputs).max(axis=0, initial=0.0)
    centred = inputs - mean
    scales = np.sqrt(np.square(centred).sum(axis=0))
    flat = scales <= 1e-12 * lengths * np.sqrt(len(inputs))
    columns = np.where(flat, 0.0, centred / np.where(flat, 1.0, scales))
    singular = np.linalg.svd(columns, compute_uv=False)
    rank = int((singular > _DEPENDENT * singular.max(initial=0.0)).sum())
    n_flat = len(values) - 1 - rank
    if n_flat:
        return np.where(np.arange(len(values)) < n_flat, 0.0, np.maximum(values, 0.0))
    # Factors are [centred, 1] times a triangle of ones and means; so is the inverse.
    scatter = np.linalg.inv(columns.T @ columns) / np.outer(scales, scales)
    inverse = (
        len(inputs)
        / 2.0
        * np.block(
            [
                [scatter, -(scatter @ mean)[:, np.newaxis]],
                [
                    -(mean @ scatter)[np.newaxis],
                    np.array([[1 / len(inputs) + mean @ scatter @ mean]]),
                ],
            ]
        )
    )
    small = 1.0 / np.maximum(np.linalg.eigvalsh(inverse)[::-1], np.finfo(np.float64).tiny)
    return np.where(values * values > values[-1] * small[0], values, small)


def curvature_of(plan: Plan) -> Curvature:
    """Return the curvature of the error that a plan without hidden layers trains."""
    return curvature(plan.train_inputs)
