"""Run gradient descent on the mean squared error of a plane, as a recorded run."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.curvature import Curvature, curvature_of
from nnviz.chapters.linear_regression.regression import LeastSquares, plane_of, rounding_error
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import FloatArray, Frozen, vector
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline

LARGEST_START: Final = 1e6
"""A parameter to begin with is at most so far from 0, in the network's own scale."""


def in_units(plan: Plan, parameters: npt.ArrayLike) -> FloatArray:
    """Return weights and bias, shape (..., 3), in units of the target and the columns.

    The network says ``(price - M) / S = sum(v * (x - m) / s) + c``; solved for the price, the
    weight of a column is ``S * v / s`` and the bias ``M + S * c - sum(weight * m)``.
    """
    parameters = np.asarray(parameters, dtype=np.float64)
    mean, scale, target_mean, target_scale = _scales(plan)
    with np.errstate(all="ignore"):  # a diverging run is a result
        weights = target_scale * parameters[..., :-1] / scale
        bias = target_mean + target_scale * parameters[..., -1] - weights @ mean
    return np.concatenate([weights, bias[..., np.newaxis]], axis=-1)


def in_scale(plan: Plan, parameters: npt.ArrayLike) -> FloatArray:
    """Return the network's own parameters for weights and bias in units: `in_units` undone."""
    parameters = np.asarray(parameters, dtype=np.float64)
    mean, scale, target_mean, target_scale = _scales(plan)
    weights = parameters[..., :-1]
    bias = (parameters[..., -1] - target_mean + weights @ mean) / target_scale
    return np.concatenate([weights * scale / target_scale, bias[..., np.newaxis]], axis=-1)


def _scales(plan: Plan) -> tuple[FloatArray, FloatArray, float, float]:
    n_inputs = len(plan.architecture.inputs)
    if plan.standardiser is None:
        return np.zeros(n_inputs), np.ones(n_inputs), *plan.target_scale
    return plan.standardiser.mean, plan.standardiser.scale, *plan.target_scale


def change(before: float, after: float) -> int:
    """Return the sign of a change; 0 for what rounding alone may have made."""
    return 0 if math.isclose(before, after, rel_tol=1e-12) else 1 if after > before else -1


@dataclass(frozen=True, eq=False)
class Descent(Frozen):
    """A run of gradient descent with all rows in every update; row k is after k updates."""

    plan: Plan
    # (n_steps + 1, 3): the network's own: both weights and the bias; of standardised columns, if it
    # learns so
    parameters: FloatArray
    # (n_steps + 1, 3): the same planes with weights and bias in the units of the sample
    in_units: FloatArray
    # (n_steps + 1,): mean squared error in the square of the target's unit; never of the
    # standardised one
    errors: FloatArray
    diverged_at: int | None  # the update that left the range of float64

    @property
    def last_step(self) -> int:
        """The last step whose parameters are finite."""
        return len(self.parameters) - 1

    @cached_property
    def answer(self) -> LeastSquares:
        """The solution of least squares for the same rows."""
        return plane_of(self.plan.sample)

    @cached_property
    def curvature(self) -> Curvature:
        """The curvature of the error bowl that the run goes down."""
        return curvature_of(self.plan)

    def slopes(self, step: int) -> FloatArray:
        """Return the gradient of the network's own error at a step, shape (3,)."""
        misses = self.plan.train_inputs @ self.parameters[step, :-1] + self.parameters[step, -1]
        misses = misses - self.plan.train_targets[:, 0]
        with np.errstate(all="ignore"):
            slopes = 2.0 * (misses @ self.plan.train_inputs) / len(misses)
            return np.append(slopes, 2.0 * misses.mean())


def regression_plan(sample: Sample, learning_rate: float, *, standardise: bool) -> Plan:
    """Return the plan that trains a plane over the first two columns with all rows at once.

    Raises TypeError or ValueError if the sample has classes, or the rate is no number from 0 to
    100.
    """
    if sample.classes:
        raise ValueError("a plane is fitted to numbers, and this sample has classes.")
    architecture = Architecture(
        inputs=("x1", "x2"), standardise=standardise, hidden=(), output="linear",
        loss="squared_error",
    )  # fmt: skip
    return Plan(sample, architecture, Hyperparameters("sgd", learning_rate, sample.n_rows), 0.0)


def start_in_scale(plan: Plan, start: npt.ArrayLike) -> FloatArray:
    """Return a start in units in the network's own scale, clipped to where training can begin."""
    own = in_scale(plan, vector(start, "start", n=3))
    return np.clip(own, -LARGEST_START, LARGEST_START)


def descend(plan: Plan, start: npt.ArrayLike, updates: int) -> Descent:
    """Run gradient descent from a start in units, shape (3,), and record every update."""
    begin = start_in_scale(plan, start)
    stage = Stage(0, plan, tuple(enumerate(begin.tolist())))
    history = record(Timeline((stage,), updates))
    parameters = history.parameters_every(1, 0, history.last_step)
    with np.errstate(all="ignore"):
        errors = scores(plan, parameters).train_loss * plan.target_scale[1] ** 2
    X, y = plan.sample.X[:, :2], plan.sample.y
    answer = plane_of(plan.sample)
    # What rounding alone leaves is no error, and no plane is below least squares.
    errors = np.where(errors <= rounding_error(X, y, answer.weights, answer.bias), 0.0, errors)
    errors = np.where(errors < answer.error, answer.error, errors)
    return Descent(plan, parameters, in_units(plan, parameters), errors, history.diverged_at)
