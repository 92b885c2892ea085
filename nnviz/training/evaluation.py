"""What the network of a plan answers, how wrong it is, and the gradient of that: in plain NumPy.

Everything is done for many moments at once: axis 0 of the parameters is time.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.training.plan import Plan

# Values held at once while many moments are worked out: 8 MB.
_MOST_VALUES = 1_000_000
# The smallest share of which the logarithm is taken; a loss of 37 at the most.
_SMALLEST = 2.0**-53


def layers_of(plan: Plan, parameters: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Return weights (n_moments, n_inputs, n_units) and bias (n_moments, n_units) of each layer."""
    layers, used = [], 0
    for n_inputs, n_units in pairwise(plan.sizes):
        end = used + n_inputs * n_units
        weights = parameters[:, used:end].reshape(-1, n_inputs, n_units)
        layers.append((weights, parameters[:, end : end + n_units]))
        used = end + n_units
    return layers


def activations(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> list[FloatArray]:
    """Return what every layer gives for every input at every moment.

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_moments, n_parameters)
    inputs : ndarray, shape (n_points, n_inputs)
        As `Plan.inputs` makes them.

    Returns
    -------
    list of ndarray, each of shape (n_moments, n_points, n_units)
        One for each layer; values beyond float64 are infinite or NaN, without a warning.
    """
    return [a for _, a in forward(plan, parameters, inputs)]


def outputs(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return what the last layer gives, shape (n_moments, n_points, n_outputs)."""
    answers = np.empty((len(parameters), len(inputs), plan.n_outputs))
    for block in blocks(plan, len(parameters), len(inputs)):
        answers[block] = forward(plan, parameters[block], inputs)[-1][1]
    return answers


def blocks(plan: Plan, n_moments: int, n_points: int) -> Iterator[slice]:
    """Yield slices of the moments that fit into memory together."""
    length = max(1, _MOST_VALUES // max(1, n_points * max(plan.sizes)))
    for begin in range(0, n_moments, length):
        yield slice(begin, begin + length)


def losses(plan: Plan, answers: FloatArray, targets: FloatArray) -> FloatArray:
    """Return the loss of every row, summed over the outputs; the penalties are not in it.

    Parameters
    ----------
    plan : Plan
    answers : ndarray, shape (..., n_rows, n_outputs)
    targets : ndarray, shape (n_rows, n_outputs)

    Returns
    -------
    ndarray, shape (..., n_rows)
    """
    loss = plan.architecture.loss
    with np.errstate(all="ignore"):
        if loss == "squared_error":
            each = np.square(answers - targets)
        elif loss == "cross_entropy":
            each = -targets * np.log(np.maximum(answers, _SMALLEST))
        else:
            p = np.clip(answers, _SMALLEST, 1.0 - _SMALLEST)
            each = -(targets * np.log(p) + (1.0 - targets) * np.log1p(-p))
    return np.asarray(each.sum(axis=-1))


def penalty(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return what L1 and L2 add to the loss at every moment, shape (n_moments,)."""
    total = np.zeros(len(parameters))
    hyperparameters = plan.hyperparameters
    with np.errstate(all="ignore"):
        for weights, _ in layers_of(plan, parameters):
            total += hyperparameters.l1 * np.abs(weights).sum(axis=(1, 2))
            total += hyperparameters.l2 / 2.0 * np.square(weights).sum(axis=(1, 2))
    return total


def predicted_classes(plan: Plan, answers: FloatArray) -> npt.NDArray[np.int64]:
    """Return the class that each answer names, shape (..., n_rows)."""
    if plan.n_outputs > 1:
        return np.asarray(np.argmax(answers, axis=-1))
    low, high = plan.target_levels
    return (answers[..., 0] >= (low + high) / 2.0).astype(np.int64)


def predicted_values(plan: Plan, answers: FloatArray) -> FloatArray:
    """Return a regression's answers in the unit of the target, shape (..., n_rows)."""
    mean, scale = plan.target_scale
    with np.errstate(all="ignore"):
        return np.asarray(answers[..., 0] * scale + mean)


def accuracy(plan: Plan, answers: FloatArray, y: FloatArray) -> FloatArray:
    """Return the share of rows that are right, shape (...,); of a regression R squared.

    R squared is 1 - (sum of squared errors) / (sum of squared distances from the mean of y).
    """
    if plan.sample.classes:
        return np.asarray((predicted_classes(plan, answers) == y).mean(axis=-1))
    around = np.square(y - y.mean()).sum()
    with np.errstate(all="ignore"):
        errors = np.square(predicted_values(plan, answers) - y).sum(axis=-1)
        return np.asarray(1.0 - errors / around if around else np.where(errors, 0.0, 1.0))


def gradient(
    plan: Plan,
    parameters: FloatArray,
    inputs: FloatArray,
    targets: FloatArray,
    keep: list[FloatArray] | None = None,
) -> FloatArray:
    """Return the gradient of the mean loss of some rows, penalties included.

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_parameters,)
    inputs, targets : ndarray, shape (n_rows, n_inputs) and (n_rows, n_outputs)
    keep : list of ndarray, shape (n_rows, n_units), optional
        For each hidden layer what its activations are multiplied by: dropout.

    Returns
    -------
    ndarray, shape (n_parameters,)
        In the order of `Network.parameters`.
    """
    moments = parameters[np.newaxis]
    passed = forward(plan, moments, inputs, keep)
    layers = layers_of(plan, moments)
    hyperparameters = plan.hyperparameters
    answers = passed[-1][1][0]
    derror = (answers - targets) / len(inputs)
    if plan.architecture.loss == "squared_error":
        derror = 2.0 * derror * ACTIVATIONS[plan.activations[-1]].derivative(passed[-1][0][0])
    parts: list[FloatArray] = []
    for index in reversed(range(len(layers))):
        weights = layers[index][0][0]
        below = inputs if index == 0 else passed[index - 1][1][0]
        shrink = hyperparameters.l1 * np.sign(weights) + hyperparameters.l2 * weights
        parts = [(below.T @ derror + shrink).ravel(), derror.sum(axis=0), *parts]
        if index:
            slope = ACTIVATIONS[plan.activations[index - 1]].derivative(passed[index - 1][0][0])
            derror = derror @ weights.T * slope
            if keep is not None:
                derror = derror * keep[index - 1]
    return np.concatenate(parts)


def forward(
    plan: Plan,
    parameters: FloatArray,
    inputs: FloatArray,
    keep: list[FloatArray] | None = None,
) -> list[tuple[FloatArray, FloatArray]]:
    """Return pre-activations and activations of each layer, (n_moments, n_points, n_units)."""
    passed: list[tuple[FloatArray, FloatArray]] = []
    a = inputs
    with np.errstate(all="ignore"):
        for index, (weights, bias) in enumerate(layers_of(plan, parameters)):
            z = a @ weights + bias[:, np.newaxis]
            a = _value(plan.activations[index], z)
            if keep is not None and index < len(keep):
                a = a * keep[index]
            passed.append((z, a))
    return passed


def _value(activation: str, z: FloatArray) -> FloatArray:
    if activation != "softmax":
        return ACTIVATIONS[activation].value(z)
    grown = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(grown / grown.sum(axis=-1, keepdims=True))
