"""The numbers of a unit, weight or bias at one step, for one point and for the training loss."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.chapters.deeper_networks.items import Bias, Edge, Unit, parameter_item
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, Frozen, integer, vector
from nnviz.training import evaluation
from nnviz.training.plan import Plan

# About the cube root of float64's spacing: smaller steps lose digits, larger ones the tangent.
_DIFFERENCE = 1e-5


@dataclass(frozen=True, eq=False)
class UnitReading(Frozen):
    """The numbers of a unit at one step, for one point."""

    unit: Unit  # of a layer with weights
    activation: str
    # inputs, weights: (n_inputs,): the values that reach the unit for the point, and their weights
    inputs: FloatArray
    weights: FloatArray
    # bias, z, a: ``z = inputs @ weights + bias``, and the activation ``a`` of it
    bias: float
    z: float
    a: float
    slope: float  # derivative of ``a`` with respect to ``z``
    sums: FloatArray  # (n_units,): ``z`` of every unit of the layer: softmax needs them all
    # n_on, n_rows: number of training rows for which the unit is on, and of all: on is ``z`` above
    # 0, with softmax the largest ``z`` of the layer
    n_on: int
    n_rows: int
    # lowest, highest: smallest and largest ``a`` over the training rows
    lowest: float
    highest: float


def unit_reading(
    plan: Plan, parameters: FloatArray, unit: Unit, point: npt.ArrayLike
) -> UnitReading:
    """Return the numbers of a unit for a point.

    Raises TypeError or ValueError if the network has no such unit, or the point is wrong.

    Parameters
    ----------
    parameters : ndarray, shape (n_parameters,)
    unit : Unit
        Of layer 1 or more.
    point : array_like, shape (n_columns,) or (2,)
        In the units of the columns, as `Plan.inputs` takes them.
    """
    layer = integer(unit.layer, "layer", 1, len(plan.activations)) - 1
    k = integer(unit.unit, "unit", 0, plan.sizes[unit.layer] - 1)
    at = plan.inputs(vector(point, "point")[np.newaxis])
    checkpoints = parameters[np.newaxis]
    weights, bias = (each[0] for each in plan.layers(checkpoints)[layer])
    activation = plan.activations[layer]

    def before_and_after(inputs: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return what the layer is given for some inputs, and its activations."""
        layers = evaluation.activations(plan, checkpoints, inputs)
        return np.asarray(layers[layer - 1][0] if layer else inputs), np.asarray(layers[layer][0])

    given, activated = before_and_after(at)
    rows, over_rows = before_and_after(plan.train_inputs)
    a = float(activated[0, k])
    with np.errstate(all="ignore"):
        sums, row_sums = (given @ weights + bias)[0], rows @ weights + bias
        if activation == "softmax":
            on, slope = row_sums.argmax(axis=1) == k, a * (1.0 - a)
        else:
            on, slope = row_sums[:, k] > 0, float(ACTIVATIONS[activation].derivative(sums[k]))
    return UnitReading(
        unit=unit,
        activation=activation,
        inputs=np.array(given[0]),
        weights=np.array(weights[:, k]),
        bias=float(bias[k]),
        z=float(sums[k]),
        a=a,
        slope=slope,
        sums=sums,
        n_on=int(on.sum()),
        n_rows=len(rows),
        lowest=float(over_rows[:, k].min()),
        highest=float(over_rows[:, k].max()),
    )


@dataclass(frozen=True)
class EdgeReading:
    """The numbers of a weight or a bias at one step, for one point and for the training loss."""

    index: int  # position among the parameters
    item: Edge | Bias
    value: float  # the weight or bias itself
    given: float  # the value that it is multiplied by for the point; 1 for a bias
    contribution: float  # the product, which it adds to the sum of its unit
    z: float  # that sum
    loss: float  # mean loss of the training rows with the penalties
    derivative: float  # derivative of that loss with respect to the parameter, by backpropagation
    penalty: float  # the part of the derivative that comes from the penalties
    difference: float  # by how much the parameter is moved, up and down, for the check
    # above, below: the loss with the parameter moved up, and down
    above: float
    below: float
    # whether the sum of a unit passes the kink of its activation on that way, for some row: then
    # derivative and difference need not agree
    at_kink: bool

    @property
    def by_difference(self) -> float:
        """The derivative once more, from the two losses: the central difference."""
        return (self.above - self.below) / (2.0 * self.difference)

    @property
    def unit(self) -> Unit:
        """The unit whose sum it is a part of."""
        return Unit(self.item.layer, self.item[-1])

    @property
    def source(self) -> Unit | None:
        """The input or unit that a weight comes from; None for a bias."""
        return Unit(self.item.layer - 1, self.item.i) if isinstance(self.item, Edge) else None


def edge_reading(
    plan: Plan, parameters: FloatArray, index: int, point: npt.ArrayLike
) -> EdgeReading:
    """Return the numbers of a weight or a bias.

    Raises TypeError or ValueError if the network has no such parameter, or the point is wrong.

    Parameters
    ----------
    parameters : ndarray, shape (n_parameters,)
    index : int
        Position among the parameters, as in `Network.parameters`.
    point : array_like, shape (n_columns,) or (2,)
        In the units of the columns, as `Plan.inputs` takes them.
    """
    item = parameter_item(index, plan.sizes)
    unit = unit_reading(plan, parameters, Unit(item.layer, item[-1]), point)
    given = float(unit.inputs[item.i]) if isinstance(item, Edge) else 1.0
    value = float(parameters[index])
    difference = _DIFFERENCE * 10.0 ** np.floor(np.log10(max(1.0, abs(value))))
    moved = np.tile(parameters, (3, 1))
    moved[1, index] += difference
    moved[2, index] -= difference
    with np.errstate(all="ignore"):
        loss, above, below = penalised_loss(plan, moved).tolist()
        gradient = evaluation.gradient(plan, parameters, plan.train_inputs, plan.train_targets)
    chosen = plan.hyperparameters
    penalty = chosen.l1 * float(np.sign(value)) + chosen.l2 * value
    return EdgeReading(
        index=index,
        item=item,
        value=value,
        given=given,
        contribution=given * value,
        z=unit.z,
        loss=loss,
        derivative=float(gradient[index]),
        penalty=penalty if isinstance(item, Edge) else 0.0,
        difference=difference,
        above=above,
        below=below,
        at_kink=_passes_kink(plan, moved),
    )


def _passes_kink(plan: Plan, moved: FloatArray) -> bool:
    sums = [z for z, _ in evaluation.forward(plan, moved, plan.train_inputs)[:-1]]
    return any(
        ACTIVATIONS[activation].has_kink and bool(((z[1:] > 0) != (z[:1] > 0)).any())
        for activation, z in zip(plan.activations[:-1], sums, strict=True)
    )


def penalised_loss(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return the mean loss of the training rows with the penalties, shape (n_checkpoints,).

    `parameters` has the shape (n_checkpoints, n_parameters).
    """
    rows = evaluation.row_losses(plan, parameters, plan.train_inputs, plan.train_targets)
    with np.errstate(all="ignore"):
        return np.asarray(rows.mean(axis=-1) + evaluation.penalty(plan, parameters))
