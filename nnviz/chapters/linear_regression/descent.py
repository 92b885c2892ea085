"""Gradient descent on the mean squared error of a plane, as a recorded run."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.curvature import Curvature, curvature_of
from nnviz.chapters.linear_regression.regression import LeastSquares, least_squares
from nnviz.chapters.linear_regression.scaling import in_scale, in_units
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import FloatArray, freeze, vector
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline

LARGEST_START: Final = 1e6
"""A parameter to begin with is at most so far from 0, in the network's own scale."""


@dataclass(frozen=True, eq=False)
class Descent:
    """A run of gradient descent, all rows in every update. Moment k is after k updates.

    Attributes
    ----------
    plan : Plan
    parameters : ndarray, shape (n_moments, 3)
        The network's own: both weights and the bias; of standardised columns, if it learns so.
    in_units : ndarray, shape (n_moments, 3)
        The same planes with weights and bias in the units of the sample.
    errors : ndarray, shape (n_moments,)
        Mean squared error in the square of the target's unit; never of the standardised one.
    diverged_at : int or None
        The update that left the range of float64.
    """

    plan: Plan
    parameters: FloatArray
    in_units: FloatArray
    errors: FloatArray
    diverged_at: int | None

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def last_step(self) -> int:
        """The last moment that is finite."""
        return len(self.parameters) - 1

    @cached_property
    def answer(self) -> LeastSquares:
        """What least squares says to the same rows."""
        return least_squares(self.plan.sample.X[:, :2], self.plan.sample.y)

    @cached_property
    def curvature(self) -> Curvature:
        """How the bowl is curved that the run goes down."""
        return curvature_of(self.plan)

    def slopes(self, step: int) -> FloatArray:
        """Return the slopes of the network's own error at a moment, shape (3,)."""
        misses = self.plan.train_inputs @ self.parameters[step, :-1] + self.parameters[step, -1]
        misses = misses - self.plan.train_targets[:, 0]
        with np.errstate(all="ignore"):
            slopes = 2.0 * (misses @ self.plan.train_inputs) / len(misses)
            return np.append(slopes, 2.0 * misses.mean())


def regression_plan(sample: Sample, learning_rate: float, *, standardise: bool) -> Plan:
    """Return the training of a plane over the first two columns: no hidden layer, all rows at once.

    Raises
    ------
    TypeError, ValueError
        If the sample has classes, or the rate is no number from 0 to 100.
    """
    if sample.classes:
        raise ValueError("a plane is fitted to numbers, and this sample has classes.")
    architecture = Architecture(
        inputs=("x1", "x2"),
        standardise=standardise,
        hidden=(),
        output="linear",
        loss="squared_error",
    )
    return Plan(sample, architecture, Hyperparameters("sgd", learning_rate, sample.n_rows), 0.0)


def start_in_scale(plan: Plan, start: npt.ArrayLike) -> FloatArray:
    """Return where a run begins: a start in units, no farther than training can begin."""
    own = in_scale(plan, vector(start, "start", n=3))
    return np.clip(own, -LARGEST_START, LARGEST_START)


def descend(plan: Plan, start: npt.ArrayLike, updates: int) -> Descent:
    """Return the recorded run.

    Parameters
    ----------
    plan : Plan
        From `regression_plan`.
    start : array_like, shape (3,)
        Both weights and the bias, in units: where the plane was put by hand.
    updates : int

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    begin = start_in_scale(plan, start)
    stage = Stage(0, plan, tuple(enumerate(begin.tolist())))
    history = record(Timeline((stage,), updates))
    parameters = history.parameters_every(1, 0, history.last_step)
    with np.errstate(all="ignore"):
        errors = scores(plan, parameters).train_loss * plan.target_scale[1] ** 2
    return Descent(plan, parameters, in_units(plan, parameters), errors, history.diverged_at)
