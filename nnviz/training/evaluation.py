"""Predictions, losses and gradients of the network of a plan, in plain NumPy.

Everything is done for many checkpoints at once: axis 0 of the parameters is time.
"""

from collections.abc import Iterator
from contextlib import nullcontext
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.losses import LOSSES, softmax
from nnviz.training.plan import Plan
from nnviz.training.turns import TURNS

Passed: TypeAlias = list[tuple[FloatArray, FloatArray]]

# Values held at once while many checkpoints are worked out: 128 kB, which a processor keeps beside
# it, and glibc within its heap. A million take twice as long.
_MOST_VALUES = 16_000
_A_TURN = 1_000_000  # values of one turn, of which each may have to be waited for
_LONG = 200_000  # activations: some 10 ms


def activations(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> list[FloatArray]:
    """Return what each layer gives for every input, shape (n_checkpoints, n_points, n_units).

    Values beyond float64 are infinite or NaN, without a warning. Everywhere here `parameters` have
    the shape (n_checkpoints, n_parameters), and `inputs`, which `Plan.inputs` makes,
    (n_points, n_inputs).
    """
    return [a for _, a in forward(plan, parameters, inputs)]


def outputs(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return what the last layer gives, shape (n_checkpoints, n_points, n_outputs)."""
    found = np.empty((len(parameters), len(inputs), plan.n_outputs))
    for block in blocks(plan, len(parameters), len(inputs)):
        found[block] = forward(plan, parameters[block], inputs)[-1][1]
    return found


def predictions(plan: Plan, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return what the only unit of the last layer gives, shape (n_checkpoints, n_points)."""
    return outputs(plan, parameters, inputs)[:, :, 0]


def blocks(plan: Plan, n_checkpoints: int, n_points: int) -> Iterator[slice]:
    """Yield slices of few checkpoints, so that they stay in the cache; long work takes turns."""
    values = max(1, n_points * max(plan.sizes))
    length, turn = max(1, _MOST_VALUES // values), max(1, _A_TURN // values)
    long = n_points * sum(plan.sizes) * min(turn, n_checkpoints) > _LONG
    for first in range(0, n_checkpoints, turn):
        end = min(first + turn, n_checkpoints)
        with TURNS if long else nullcontext():
            for begin in range(first, end, length):
                yield slice(begin, min(begin + length, end))


def losses(plan: Plan, z: FloatArray, predicted: FloatArray, targets: FloatArray) -> FloatArray:
    """Return the loss of every row, summed over the outputs; the penalties are not in it.

    A cross-entropy is made from z, so that it has all its digits at any prediction. The result has
    the shape (..., n_rows); z and `predicted`, the output layer before and after its activation,
    (..., n_rows, n_outputs); the targets (n_rows, n_outputs).
    """
    with np.errstate(all="ignore"):
        each = LOSSES[plan.loss].of_output(plan.activations[-1], z, predicted, targets)
    return np.asarray(each.sum(axis=-1))


def row_losses(
    plan: Plan, parameters: FloatArray, inputs: FloatArray, targets: FloatArray
) -> FloatArray:
    """Return the loss of every row at every checkpoint, shape (n_checkpoints, n_rows)."""
    found = np.empty((len(parameters), len(inputs)))
    for block in blocks(plan, len(parameters), len(inputs)):
        found[block] = losses(plan, *forward(plan, parameters[block], inputs)[-1], targets)
    return found


def row_errors(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return the loss of every training row at every checkpoint, (n_checkpoints, n_rows)."""
    return row_losses(plan, parameters, plan.train_inputs, plan.train_targets)


def gradient_sizes(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return the length of the gradient of the training rows' summed loss, (n_checkpoints,).

    It is infinite or NaN where it leaves float64, without a warning.
    """
    sizes = np.empty(len(parameters))
    with np.errstate(all="ignore"):
        for block in blocks(plan, len(parameters), len(plan.train_inputs)):
            passed = forward(plan, parameters[block], plan.train_inputs)
            parts = summed_gradients(
                plan, parameters[block], passed, plan.train_inputs, plan.train_targets
            )
            squares = [np.square(part).sum(axis=(1, 2)) for layer in parts for part in layer]
            sizes[block] = np.sqrt(np.sum(squares, axis=0))
    return sizes


def penalty(plan: Plan, parameters: FloatArray) -> FloatArray:
    """Return what L1 and L2 add to the loss at every checkpoint, shape (n_checkpoints,)."""
    total = np.zeros(len(parameters))
    hyperparameters = plan.hyperparameters
    with np.errstate(all="ignore"):
        for weights, _ in plan.layers(parameters):
            total += hyperparameters.l1 * np.abs(weights).sum(axis=(1, 2))
            total += hyperparameters.l2 / 2.0 * np.square(weights).sum(axis=(1, 2))
    return total


def predicted_classes(plan: Plan, predicted: FloatArray) -> npt.NDArray[np.int64]:
    """Return the class that the outputs for each row name, shape (..., n_rows)."""
    if plan.n_outputs > 1:
        return np.asarray(np.argmax(predicted, axis=-1))
    low, high = plan.target_levels
    return (predicted[..., 0] >= (low + high) / 2.0).astype(np.int64)


def predicted_values(plan: Plan, predicted: FloatArray) -> FloatArray:
    """Return a regression's predictions in the unit of the target, shape (..., n_rows)."""
    mean, scale = plan.target_scale
    with np.errstate(all="ignore"):
        return np.asarray(predicted[..., 0] * scale + mean)


def accuracy(plan: Plan, predicted: FloatArray, y: FloatArray) -> FloatArray:
    """Return the fraction of rows that are right, shape (...,); of a regression R squared.

    R squared is 1 - (sum of squared errors) / (sum of squared distances from the mean of y).
    """
    if plan.sample.classes:
        return np.asarray((predicted_classes(plan, predicted) == y).mean(axis=-1))
    around = np.square(y - y.mean()).sum()
    with np.errstate(all="ignore"):
        errors = np.square(predicted_values(plan, predicted) - y).sum(axis=-1)
        return np.asarray(1.0 - errors / around if around else np.where(errors, 0.0, 1.0))


def gradient(
    plan: Plan,
    parameters: FloatArray,
    inputs: FloatArray,
    targets: FloatArray,
    keep: list[FloatArray] | None = None,
) -> FloatArray:
    """Return the gradient of the mean loss of some rows, penalties included.

    The result has the shape (n_parameters,): in the order of `Network.parameters`.

    Parameters
    ----------
    parameters : ndarray, shape (n_parameters,)
    inputs, targets : ndarray, shape (n_rows, n_inputs) and (n_rows, n_outputs)
    keep : list of ndarray, shape (n_rows, n_units), optional
        For each hidden layer what its activations are multiplied by: dropout.
    """
    checkpoint, n_rows = parameters[np.newaxis], len(inputs)
    chosen, parts = plan.hyperparameters, []
    passed = forward(plan, checkpoint, inputs, keep)
    gradients = summed_gradients(plan, checkpoint, passed, inputs, targets, keep)
    layers = plan.layers(checkpoint)
    for (derror_dweights, derror_dbias), (weights, _) in zip(gradients, layers, strict=True):
        shrink = chosen.l1 * np.sign(weights) + chosen.l2 * weights
        parts += [(derror_dweights / n_rows + shrink).ravel(), derror_dbias.ravel() / n_rows]
    return np.concatenate(parts)


def summed_gradients(
    plan: Plan,
    parameters: FloatArray,
    passed: Passed,
    inputs: FloatArray,
    targets: FloatArray,
    keep: list[FloatArray] | None = None,
) -> list[tuple[FloatArray, FloatArray]]:
    """Return the gradient of the summed loss, without penalties, of weights and bias of each layer.

    Backpropagation as in `network.gradients`, for all checkpoints side by side, from what `forward`
    has passed. The shapes are (n_checkpoints, n_inputs, n_units) and (n_checkpoints, 1, n_units).
    """
    layers = plan.layers(parameters)
    loss, output, (z, predicted) = LOSSES[plan.loss], plan.activations[-1], passed[-1]
    if loss.link == output:
        derror = predicted - targets  # the derivatives of loss and activation cancel
    else:
        derror = loss.derivative(predicted, targets) * ACTIVATIONS[output].derivative(z)
    found: list[tuple[FloatArray, FloatArray]] = []
    for index in reversed(range(len(layers))):
        below = passed[index - 1][1] if index else inputs
        found.append((np.swapaxes(below, -1, -2) @ derror, derror.sum(axis=-2, keepdims=True)))
        if index:
            slope = ACTIVATIONS[plan.activations[index - 1]].derivative(passed[index - 1][0])
            derror = derror @ np.swapaxes(layers[index][0], -1, -2) * slope
            if keep is not None:
                derror = derror * keep[index - 1]
    return found[::-1]


def forward(
    plan: Plan, parameters: FloatArray, inputs: FloatArray, keep: list[FloatArray] | None = None
) -> Passed:
    """Return weighted sums and activations of each layer, (n_checkpoints, n_points, n_units)."""
    passed: Passed = []
    a = inputs
    with np.errstate(all="ignore"):
        for index, (weights, bias) in enumerate(plan.layers(parameters)):
            z = a @ weights
            z += bias[:, np.newaxis]
            name = plan.activations[index]
            a = softmax(z) if name == "softmax" else ACTIVATIONS[name].array_value(z)
            if keep is not None and index < len(keep):
                a = a * keep[index]
            passed.append((z, a))
    return passed
