"""A network in a world that has moved: what it still gets right, and learning the world anew."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.generalization.shift import shifted
from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray, freeze, instance, number
from nnviz.training import evaluation
from nnviz.training.plan import Plan

HOME: Final = (0.0, 0.0)
"""Where the world is before it moves."""

N_DISTANCES: Final = 61
"""Places along the way at which accuracy is measured."""


def moved(plan: Plan, by: tuple[float, float]) -> Plan:
    """Return the plan of learning in the moved world: all its rows are moved, nothing else.

    The same rows are held out, and the first weights and the order of the rows are the same.

    Parameters
    ----------
    plan : Plan
    by : (float, float)
        How far along x1 and x2, in the units of the columns.

    Raises
    ------
    TypeError, ValueError
        As `shift.shifted`.
    """
    instance(plan, "plan", Plan)
    return plan if tuple(by) == HOME else replace(plan, sample=shifted(plan.sample, by=by))


def right(plan: Plan, parameters: FloatArray, sample: Sample) -> npt.NDArray[np.bool_]:
    """Return which rows of a sample a network gets right, shape (n_rows,).

    Parameters
    ----------
    plan : Plan
        By which the network was trained: its inputs are scaled as those rows were.
    parameters : ndarray, shape (n_parameters,)
    sample : Sample
        Rows with the same classes, wherever they lie.
    """
    answers = evaluation.outputs(plan, parameters[np.newaxis], plan.inputs(sample.X))[0]
    return np.asarray(evaluation.predicted_classes(plan, answers) == sample.y)


@dataclass(frozen=True, eq=False)
class AlongTheWay:
    """How much a network gets right while the world moves along a straight line.

    Attributes
    ----------
    direction : ndarray, shape (2,)
        Of length 1.
    distances : ndarray, shape (n,)
        From 0 on, in the units of the columns.
    accuracy : ndarray, shape (n,)
        Share of the test rows that are right, 0 to 1.
    """

    direction: FloatArray
    distances: FloatArray
    accuracy: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, eq=False)
class World:
    """The world where it is now, the network that meets it, and the one that learned at home.

    Attributes
    ----------
    home : Plan
        Of learning before the world moved, with rows held out: these are the rows that move.
    by : (float, float)
        How far the world has moved, along x1 and x2.
    learned_at : (float, float)
        How far it had moved when the network of now learned it.
    parameters, first : ndarray, shape (n_parameters,)
        Of the network of now, and of the one that learned at home.
    """

    home: Plan
    by: tuple[float, float]
    learned_at: tuple[float, float]
    parameters: FloatArray
    first: FloatArray

    @cached_property
    def plan(self) -> Plan:
        """By which the network of now was trained."""
        return moved(self.home, self.learned_at)

    @cached_property
    def test(self) -> Sample:
        """The test rows where they are now."""
        return self.rows(self.by)

    @property
    def n_rows(self) -> int:
        """How many test rows there are."""
        return len(self.home.split.test)

    def rows(self, by: tuple[float, float]) -> Sample:
        """Return the test rows in a world that has moved so far."""
        return shifted(self.home.sample, self.home.split.test, by)

    def n_right(self, by: tuple[float, float] | None = None) -> int:
        """Return how many test rows the network gets right, where they are now or elsewhere."""
        return int(right(self.plan, self.parameters, self.rows(by or self.by)).sum())

    def n_first_right(self, by: tuple[float, float] | None = None) -> int:
        """Return the same of the network that learned at home."""
        return int(right(self.home, self.first, self.rows(by or self.by)).sum())

    def way(self, farthest: float) -> AlongTheWay:
        """Return what the network of now gets right on the way the world is moving."""
        return along_the_way(self.plan, self.parameters, self.home, self.by, farthest)

    def first_way(self, farthest: float) -> AlongTheWay:
        """Return the same of the network that learned at home."""
        return along_the_way(self.home, self.first, self.home, self.by, farthest)


def along_the_way(
    plan: Plan,
    parameters: FloatArray,
    home: Plan,
    towards: tuple[float, float],
    farthest: float,
) -> AlongTheWay:
    """Return how much of the test rows a network gets right on the way from home and on.

    Parameters
    ----------
    plan : Plan
        By which the network was trained, be it at home or in a moved world.
    parameters : ndarray, shape (n_parameters,)
    home : Plan
        Of the world before it moved; its test rows are the ones that move.
    towards : (float, float)
        Any point on the way but home itself; at home, (0, 0), the way goes to the right.
    farthest : float
        How far the way goes, above 0.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    farthest = number(farthest, "farthest", 0.0)
    if farthest == 0:
        raise ValueError("farthest must be above 0, for the world is to move.")
    way = np.array([number(part, "each part of towards") for part in towards])
    length = float(np.hypot(*way))
    direction = way / length if length > 0 else np.array([1.0, 0.0])
    distances = np.linspace(0.0, farthest, N_DISTANCES)
    rows = home.split.test
    X, y = home.sample.X[rows], home.sample.y[rows]
    places = np.repeat(X[np.newaxis], N_DISTANCES, axis=0)
    places[:, :, :2] += distances[:, np.newaxis, np.newaxis] * direction
    answers = evaluation.outputs(
        plan, parameters[np.newaxis], plan.inputs(places.reshape(-1, X.shape[1]))
    )[0]
    told = evaluation.predicted_classes(plan, answers).reshape(N_DISTANCES, -1)
    return AlongTheWay(direction, distances, np.asarray((told == y).mean(axis=1)))
