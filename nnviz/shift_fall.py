"""How a network that has learned one world does in one that moves away from it."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz import plan_network
from nnviz.checks import FloatArray, freeze, instance, integer, vector
from nnviz.learning import held_out
from nnviz.plan import Plan
from nnviz.shift import shifted

MOST_POINTS: Final = 200


@dataclass(frozen=True, eq=False)
class Fall:
    """How a trained network does on the held-out rows, the farther the world has moved.

    Attributes
    ----------
    share : ndarray, shape (n_points,)
        How much of the way, 0 to 1.
    error : ndarray, shape (n_points,)
        Share of the test rows wrong; of a regression 1 minus R squared.
    loss : ndarray, shape (n_points,)
        Mean over the test rows, without penalties.
    """

    share: FloatArray
    error: FloatArray
    loss: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def moved_world(plan: Plan, by: tuple[float, float] = (0.0, 0.0), turn: float = 0.0) -> Plan:
    """Return the plan for learning in the moved world: all of its rows come from there.

    The same rows are held out as before. They lie where `fall` puts them, so
    the error before and after learning again is about the same rows. Mind that a plan which
    standardises undoes a mere move: it learns the very same network again.

    Raises
    ------
    TypeError, ValueError
        As `shift.shifted`.
    """
    instance(plan, "plan", Plan)
    return replace(plan, sample=shifted(plan.sample, None, by, turn))


def fall(
    plan: Plan,
    parameters: FloatArray,
    by: tuple[float, float] = (0.0, 0.0),
    turn: float = 0.0,
    n_points: int = 41,
) -> Fall:
    """Return how a network does while the world moves, and it does not learn.

    The inputs are made as they were for training: means and scales of the training rows, before
    the move. Only the network's own scales are known to it.

    Parameters
    ----------
    plan : Plan
        By which the network was trained; with rows held out.
    parameters : ndarray, shape (n_parameters,)
    by, turn
        The whole way, as in `shift.shifted`; both grow evenly along it.
    n_points : int
        2 to 200; the last one is the whole way.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    instance(plan, "plan", Plan)
    held_out(plan)
    parameters = vector(parameters, "parameters", n=plan.n_parameters)
    shares = np.linspace(0.0, 1.0, integer(n_points, "n_points", 2, MOST_POINTS))
    # One check of the whole way: what lies on it is no farther away.
    shifted(plan.sample, plan.split.test, by, turn)
    found = [
        _judged(plan, parameters, (share * by[0], share * by[1]), share * turn)
        for share in shares.tolist()
    ]
    error, loss = np.array(found).T
    return Fall(shares, np.array(error), np.array(loss))


def _judged(
    plan: Plan, parameters: FloatArray, by: tuple[float, float], turn: float
) -> tuple[float, float]:
    rows = shifted(plan.sample, plan.split.test, by, turn)
    answers = plan_network.outputs(plan, parameters[np.newaxis], plan.inputs(rows.X))[0]
    error = 1.0 - float(plan_network.accuracy(plan, answers, rows.y))
    return error, float(plan_network.losses(plan, answers, plan.test_targets).mean())
