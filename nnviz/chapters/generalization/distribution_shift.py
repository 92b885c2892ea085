"""Distribution shift: the rows move, and a network meets them where it has not learned."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import LARGEST_VALUE, Sample
from nnviz.nn.checks import FloatArray, Frozen, instance, integer, items, number
from nnviz.training import evaluation
from nnviz.training.plan import Plan

HOME: Final = (0.0, 0.0)
"""The shift before anything has moved."""

N_DISTANCES: Final = 61
"""Number of distances from home at which the accuracy is measured."""


def shift_sample(
    sample: Sample, rows: Iterable[int] | None = None, by: tuple[float, float] = HOME
) -> Sample:
    """Return rows of a sample with their first two columns moved; all else stays.

    Raises TypeError or ValueError if an argument is wrong, no row is asked for, or a row would
    end more than 1e12 from zero.

    Parameters
    ----------
    rows : iterable of int, optional
        Indices of the rows to return, in their order; all rows if left out.
    by : (float, float)
        Distance along x1 and x2, in the units of the columns.
    """
    instance(sample, "sample", Sample)
    chosen = np.arange(sample.n_rows)
    if rows is not None:
        high = sample.n_rows - 1
        listed = [integer(row, "each of rows", 0, high) for row in items(rows, "rows")]
        if not listed:
            raise ValueError("rows must hold at least one row to move.")
        chosen = np.array(listed)
    parts = items(by, "by")
    if len(parts) != 2:
        raise ValueError(f"by must be two numbers, one for each axis, not {len(parts)}.")
    X = sample.X[chosen]
    X[:, :2] += [number(part, "each of by", -LARGEST_VALUE, LARGEST_VALUE) for part in parts]
    return replace(sample, X=X, y=sample.y[chosen])


def shift_plan(plan: Plan, by: tuple[float, float]) -> Plan:
    """Return the plan of learning the same rows after they have moved.

    The same rows are held out; initial weights and the order of the rows are the same.

    Raises
    ------
    TypeError, ValueError
        As `shift_sample`.
    """
    instance(plan, "plan", Plan)
    return plan if tuple(by) == HOME else replace(plan, sample=shift_sample(plan.sample, by=by))


def correct_rows(plan: Plan, parameters: FloatArray, sample: Sample) -> npt.NDArray[np.bool_]:
    """Return which rows of a sample a network classifies correctly, shape (n_rows,).

    Parameters
    ----------
    plan : Plan
        The plan that the network was trained by; the inputs are scaled by its training rows.
    parameters : ndarray, shape (n_parameters,)
    sample : Sample
        Rows of the same classes, wherever they lie.
    """
    outputs = evaluation.outputs(plan, parameters[np.newaxis], plan.inputs(sample.X))[0]
    return np.asarray(evaluation.predicted_classes(plan, outputs) == sample.y)


@dataclass(frozen=True, eq=False)
class AccuracyCurve(Frozen):
    """The accuracy of a network while its test rows move along a straight line."""

    direction: FloatArray  # (2,): unit vector
    # (N_DISTANCES,): distances from home, in the units of the columns; the first is 0
    distances: FloatArray
    accuracy: FloatArray  # (N_DISTANCES,): fraction of the test rows that is classified correctly


@dataclass(frozen=True, eq=False)
class DistributionShift:
    """Test rows that have moved, the network that meets them, and the one trained at home."""

    home: Plan  # the plan before anything moved; its rows are the ones that move
    by: tuple[float, float]  # the present shift along x1 and x2
    learned_at: tuple[float, float]  # the shift at which the present network was trained
    # parameters, home_parameters: (n_parameters,): parameters of the present network, and of the
    # network trained at home
    parameters: FloatArray
    home_parameters: FloatArray

    @cached_property
    def plan(self) -> Plan:
        """The plan that the present network was trained by."""
        return shift_plan(self.home, self.learned_at)

    @cached_property
    def test(self) -> Sample:
        """The test rows at the present shift."""
        return self.test_at(self.by)

    @property
    def n_rows(self) -> int:
        """Number of test rows."""
        return len(self.home.split.test)

    def test_at(self, by: tuple[float, float]) -> Sample:
        """Return the test rows at a shift."""
        return shift_sample(self.home.sample, self.home.split.test, by)

    def n_correct(self, by: tuple[float, float] | None = None) -> int:
        """Return how many test rows the network gets right at a shift, the present one if None."""
        return int(correct_rows(self.plan, self.parameters, self.test_at(by or self.by)).sum())

    def n_correct_at_home(self, by: tuple[float, float] | None = None) -> int:
        """Return `n_correct` for the network that was trained at home."""
        return int(correct_rows(self.home, self.home_parameters, self.test_at(by or self.by)).sum())

    def curve(self, farthest: float) -> AccuracyCurve:
        """Return the accuracy of the present network in the direction of the present shift."""
        return accuracy_curve(self.plan, self.parameters, self.home, self.by, farthest)

    def home_curve(self, farthest: float) -> AccuracyCurve:
        """Return `curve` for the network that was trained at home."""
        return accuracy_curve(self.home, self.home_parameters, self.home, self.by, farthest)


def accuracy_curve(
    plan: Plan,
    parameters: FloatArray,
    home: Plan,
    towards: tuple[float, float],
    farthest: float,
) -> AccuracyCurve:
    """Return the accuracy of a network on test rows that move away from home.

    Parameters
    ----------
    plan : Plan
        The plan that the network was trained by, at home or at a shift.
    parameters : ndarray, shape (n_parameters,)
    home : Plan
        The plan before anything moved; its test rows are the ones that move.
    towards : (float, float)
        A shift in the direction of the movement; (0, 0) means along x1.
    farthest : float
        The last distance, above 0.
    """
    farthest = number(farthest, "farthest", 0.0)
    if farthest == 0:
        raise ValueError("farthest must be above 0, for the world is to move.")
    vector = np.array([number(part, "each part of towards") for part in towards])
    length = float(np.hypot(*vector))
    direction = vector / length if length > 0 else np.array([1.0, 0.0])
    distances = np.linspace(0.0, farthest, N_DISTANCES)
    rows = home.split.test
    X, y = home.sample.X[rows], home.sample.y[rows]
    places = np.repeat(X[np.newaxis], N_DISTANCES, axis=0)
    places[:, :, :2] += distances[:, np.newaxis, np.newaxis] * direction
    moved = replace(home.sample, X=places.reshape(-1, X.shape[1]), y=np.tile(y, N_DISTANCES))
    correct = correct_rows(plan, parameters, moved).reshape(N_DISTANCES, -1)
    return AccuracyCurve(direction, distances, correct.mean(axis=1))
