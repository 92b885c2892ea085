"""How the error bowl of a linear regression is curved, and the rates at which one rolls down it."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import LARGEST_VALUE
from nnviz.nn.checks import FloatArray, freeze, matrix
from nnviz.training.plan import Plan

# Of the largest curvature: below it a direction is flat, as far as float64 can tell.
_FLAT: Final = 1e-14


@dataclass(frozen=True, eq=False)
class Curvature:
    """The Hessian of a mean squared error, taken apart.

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
        return float(self.values[self.values > _FLAT * self.values[-1]][0])

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
    values, directions = np.linalg.eigh(2.0 / len(factors) * (factors.T @ factors))
    return Curvature(np.maximum(values, 0.0), np.ascontiguousarray(directions.T))


def curvature_of(plan: Plan) -> Curvature:
    """Return the curvature of what a plan without hidden layers trains."""
    return curvature(plan.train_inputs)
