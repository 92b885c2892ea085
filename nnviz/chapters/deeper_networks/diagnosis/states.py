"""What is measured of a network at many checkpoints at once: scores, units, gradients."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, freeze
from nnviz.nn.losses import LOSSES
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.scores import Scores, scores

BoolArray = npt.NDArray[np.bool_]

SATURATED: Final = 0.01
"""A unit that saturates is stuck if it is nearer than this to an end of its activation."""

_EQUAL: Final = 1e-9


@dataclass(frozen=True, eq=False)
class States:
    """A network at some checkpoints; its units are the hidden ones, layer after layer."""

    scores: Scores  # losses and accuracies of the training rows and the test rows
    # (n_checkpoints, n_units): whether the unit is dead or saturated for every training row
    idle: BoolArray
    # (n_checkpoints, n_units): the largest derivative of the unit's activation over the training
    # rows
    slopes: FloatArray
    # (n_checkpoints, n_hidden_layers): whether all units of a layer, being more than one, have
    # equal biases and equal weights in front of them and behind them
    equal: BoolArray
    # (n_checkpoints, n_layers): length of the gradient of the training loss with respect to the
    # weights and biases of each layer, without the penalties; the last layer is the output
    gradients: FloatArray
    gradient: FloatArray  # (n_checkpoints,): length of the whole gradient, penalties included

    def __post_init__(self) -> None:
        freeze(self)


def states(plan: Plan, parameters: FloatArray) -> States:
    """Return what is measured at every checkpoint.

    Parameters
    ----------
    parameters : ndarray, shape (n_checkpoints, n_parameters)
    """
    n, n_layers = len(parameters), len(plan.activations)
    n_units = sum(units for units, _ in plan.architecture.hidden)
    idle, slopes = np.zeros((n, n_units), dtype=bool), np.zeros((n, n_units))
    gradients, gradient = np.zeros((n, n_layers)), np.zeros(n)
    for block in evaluation.blocks(plan, n, len(plan.train_inputs)):
        values = evaluation.activations(plan, parameters[block], plan.train_inputs)
        with np.errstate(all="ignore"):
            steepness = _slopes(plan, parameters[block], values)
            if n_units:
                hidden = zip(plan.activations[:-1], values[:-1], strict=True)
                idle[block] = np.concatenate([_idle(*each) for each in hidden], axis=1)
                slopes[block] = np.concatenate(
                    [s.max(axis=1) for s in steepness[: n_layers - 1]], axis=1
                )
            found = _gradients(plan, parameters[block], values, steepness)
            gradients[block], gradient[block] = found
    return States(
        scores(plan, parameters), idle, slopes, _equal(plan, parameters), gradients, gradient
    )


def _idle(activation: str, values: FloatArray) -> BoolArray:
    """Return which units stay where they are, from values (n_checkpoints, n_rows, n_units)."""
    kind = ACTIVATIONS[activation]
    if kind.dies:
        still = values <= 0
    elif kind.saturates:
        still = (values - kind.lowest < SATURATED) | (kind.highest - values < SATURATED)
    else:
        return np.zeros((len(values), values.shape[2]), dtype=bool)
    return np.asarray(still.all(axis=1))


def _slopes(plan: Plan, parameters: FloatArray, values: list[FloatArray]) -> list[FloatArray]:
    """Return the derivatives in every layer, shaped as its values; a softmax is left out."""
    found = []
    given = [plan.train_inputs, *values[:-1]]
    layers = zip(plan.activations, evaluation.layers_of(plan, parameters), given, strict=True)
    for activation, (weights, bias), inputs in layers:
        if activation in ACTIVATIONS:
            z = inputs @ weights + bias[:, np.newaxis]
            found.append(np.asarray(ACTIVATIONS[activation].array_derivative(z)))
    return found


def _gradients(
    plan: Plan, parameters: FloatArray, values: list[FloatArray], slopes: list[FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Return the lengths by layer, (n_checkpoints, n_layers), and of all, (n_checkpoints,)."""
    weights = [each for each, _ in evaluation.layers_of(plan, parameters)]
    loss, chosen = LOSSES[plan.architecture.loss], plan.hyperparameters
    targets = np.broadcast_to(plan.train_targets, values[-1].shape)
    # With a link the derivatives of loss and output cancel.
    derror = (
        values[-1] - targets if loss.link else loss.derivative(values[-1], targets) * slopes[-1]
    )
    derror = derror / len(plan.train_inputs)
    lengths, whole = np.zeros((len(values), len(parameters))), np.zeros(len(parameters))
    for index in reversed(range(len(values))):
        given = values[index - 1].transpose(0, 2, 1) if index else plan.train_inputs.T
        by_weights = given @ derror
        by_bias = np.square(derror.sum(axis=1)).sum(axis=1)
        lengths[index] = np.sqrt(np.square(by_weights).sum(axis=(1, 2)) + by_bias)
        w = weights[index]
        by_weights = by_weights + chosen.l1 * np.sign(w) + chosen.l2 * w
        whole += np.square(by_weights).sum(axis=(1, 2)) + by_bias
        if index:
            derror = derror @ w.transpose(0, 2, 1) * slopes[index - 1]
    return lengths.T, np.sqrt(whole)


def _equal(plan: Plan, parameters: FloatArray) -> BoolArray:
    layers = evaluation.layers_of(plan, parameters)
    found = np.zeros((len(parameters), len(layers) - 1), dtype=bool)
    for index in range(len(layers) - 1):
        (weights, bias), (behind, _) = layers[index], layers[index + 1]
        if weights.shape[2] > 1:
            sides = ((weights, 2), (bias[:, np.newaxis], 2), (behind, 1))
            found[:, index] = np.all([_alike(*side) for side in sides], axis=0)
    return found


def _alike(values: FloatArray, axis: int) -> BoolArray:
    with np.errstate(all="ignore"):
        difference = np.ptp(values, axis=axis).max(axis=1)
        return np.asarray(difference <= _EQUAL * np.abs(values).max(axis=(1, 2)))
