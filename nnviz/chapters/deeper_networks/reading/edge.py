"""What a weight or a bias does at one moment: for a point, and for the loss of all rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.chapters.deeper_networks.parameters_by_name import Place, place_of
from nnviz.chapters.deeper_networks.reading import unit as unit_reading
from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.plan import Plan

# About the cube root of float64's spacing: smaller steps lose digits, larger ones the tangent.
_NUDGE = 1e-5


@dataclass(frozen=True)
class EdgeReading:
    """A weight or a bias at a moment, for one point and for the training loss.

    Attributes
    ----------
    index : int
        Which parameter, in the order of `Network.parameters`.
    place : Place
        Where it stands.
    value : float
        The weight or bias itself.
    given : float
        What it is multiplied by for the point; 1 for a bias.
    contribution : float
        The product: what it adds to the sum of its unit.
    z : float
        That sum.
    loss : float
        Mean loss of the training rows with the penalties.
    derivative : float
        Of that loss by the parameter, by backpropagation.
    penalty : float
        The part of it that comes from the penalties.
    nudge : float
        How far the parameter is moved, up and down, for the check.
    above, below : float
        The loss with the parameter moved up, and down.
    """

    index: int
    place: Place
    value: float
    given: float
    contribution: float
    z: float
    loss: float
    derivative: float
    penalty: float
    nudge: float
    above: float
    below: float

    @property
    def by_difference(self) -> float:
        """The derivative once more, from the two losses: the central difference."""
        return (self.above - self.below) / (2.0 * self.nudge)


def reading(plan: Plan, parameters: FloatArray, index: int, point: npt.ArrayLike) -> EdgeReading:
    """Return what a parameter does at a moment.

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_parameters,)
    index : int
        Which parameter, in the order of `Network.parameters`.
    point : array_like, shape (n_columns,) or (2,)
        In the units of the columns, as `Plan.inputs` takes them.

    Raises
    ------
    TypeError, ValueError
        If the network has no such parameter, or the point is none.
    """
    place = place_of(plan, index)
    unit = unit_reading.reading(plan, parameters, place.layer, place.unit, point)
    given = 1.0 if place.source is None else float(unit.inputs[place.source])
    value = float(parameters[index])
    nudge = _NUDGE * 10.0 ** np.floor(np.log10(max(1.0, abs(value))))
    moved = np.tile(parameters, (3, 1))
    moved[1, index] += nudge
    moved[2, index] -= nudge
    with np.errstate(all="ignore"):
        loss, above, below = loss_of(plan, moved).tolist()
        gradient = evaluation.gradient(plan, parameters, plan.train_inputs, plan.train_targets)
    hyperparameters = plan.hyperparameters
    shrink = hyperparameters.l1 * float(np.sign(value)) + hyperparameters.l2 * value
    return EdgeReading(
        index,
        place,
        value,
        given,
        given * value,
        unit.z,
        loss,
        float(gradient[index]),
        0.0 if place.source is None else shrink,
        nudge,
        above,
        below,
    )


def loss_of(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return the mean loss of the training rows with the penalties, shape (n_moments,).

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_moments, n_parameters)
    """
    answers = evaluation.outputs(plan, parameters, plan.train_inputs)
    rows = evaluation.losses(plan, answers, plan.train_targets)
    with np.errstate(all="ignore"):
        return np.asarray(rows.mean(axis=-1) + evaluation.penalty(plan, parameters))
