"""What a unit does at one moment: its sum for a point with every number, and for how many rows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, freeze, integer, vector
from nnviz.training import evaluation
from nnviz.training.plan import Plan


@dataclass(frozen=True, eq=False)
class UnitReading:
    """A unit at a moment, for one point.

    Attributes
    ----------
    layer, unit : int
        Which one, both from 0; inputs are no layer, the outputs are the last one.
    activation : str
    inputs, weights : ndarray, shape (n_inputs,)
        What the unit is given for the point, and what it is multiplied by.
    bias, z, a : float
        ``z = inputs @ weights + bias``, and what the unit makes of it.
    slope : float
        Derivative of ``a`` by ``z`` there.
    sums : ndarray, shape (n_units,)
        ``z`` of every unit of the layer: softmax needs them all.
    n_on, n_rows : int
        For how many training rows the unit is on, of how many: its sum is above 0; with softmax,
        it is the largest of its layer.
    lowest, highest : float
        Of ``a`` over the training rows.
    """

    layer: int
    unit: int
    activation: str
    inputs: FloatArray
    weights: FloatArray
    bias: float
    z: float
    a: float
    slope: float
    sums: FloatArray
    n_on: int
    n_rows: int
    lowest: float
    highest: float

    def __post_init__(self) -> None:
        freeze(self)


def reading(
    plan: Plan, parameters: FloatArray, layer: int, unit: int, point: npt.ArrayLike
) -> UnitReading:
    """Return what a unit does at a moment.

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_parameters,)
    layer, unit : int
        Both from 0; the outputs are the last layer.
    point : array_like, shape (n_columns,) or (2,)
        In the units of the columns, as `Plan.inputs` takes them.

    Raises
    ------
    TypeError, ValueError
        If the network has no such unit, or the point is none.
    """
    layer = integer(layer, "layer", 0, len(plan.activations) - 1)
    unit = integer(unit, "unit", 0, plan.sizes[layer + 1] - 1)
    at = plan.inputs(vector(point, "point")[np.newaxis])
    moments = parameters[np.newaxis]
    weights, bias = (each[0] for each in evaluation.layers_of(plan, moments)[layer])
    given = _given(plan, moments, layer, at)
    activation = plan.activations[layer]
    a = float(evaluation.activations(plan, moments, at)[layer][0, 0, unit])
    with np.errstate(all="ignore"):
        sums = (given @ weights + bias)[0]
        rows = _given(plan, moments, layer, plan.train_inputs) @ weights + bias
        if activation == "softmax":
            on, slope = rows.argmax(axis=1) == unit, a * (1.0 - a)
        else:
            on = rows[:, unit] > 0
            slope = float(ACTIVATIONS[activation].derivative(sums[unit]))
    answers = evaluation.activations(plan, moments, plan.train_inputs)[layer][0, :, unit]
    return UnitReading(
        layer,
        unit,
        activation,
        given[0],
        np.array(weights[:, unit]),
        float(bias[unit]),
        float(sums[unit]),
        a,
        slope,
        sums,
        int(on.sum()),
        len(rows),
        float(answers.min()),
        float(answers.max()),
    )


def _given(plan: Plan, moments: FloatArray, layer: int, inputs: FloatArray) -> FloatArray:
    """Return what a layer is given for some inputs, shape (n_points, n_inputs of the layer)."""
    if layer == 0:
        return np.array(inputs)
    return np.asarray(evaluation.activations(plan, moments, inputs)[layer - 1][0])
