"""What is measured of a network at many checkpoints at once: scores, units, gradients."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS, Activation
from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.scores import Scores, scores

BoolArray = npt.NDArray[np.bool_]

SATURATED: Final = 0.01
"""A unit that saturates is stuck if it is nearer than this to an end of its activation."""

_EQUAL: Final = 1e-9


@dataclass(frozen=True, eq=False)
class States(Frozen):
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


def states(plan: Plan, parameters: FloatArray) -> States:
    """Return what is measured at every checkpoint.

    `parameters` has the shape (n_checkpoints, n_parameters).
    """
    n, rows = len(parameters), plan.train_inputs
    n_units = sum(units for units, _ in plan.architecture.hidden)
    idle, slopes = np.zeros((n, n_units), dtype=bool), np.zeros((n, n_units))
    gradients, gradient = np.zeros((n, len(plan.activations))), np.zeros(n)
    for block in evaluation.blocks(plan, n, len(rows)):
        passed = evaluation.forward(plan, parameters[block], rows)
        hidden = [
            (ACTIVATIONS[name], *za)
            for name, za in zip(plan.activations[:-1], passed[:-1], strict=True)
        ]
        with np.errstate(all="ignore"):
            if hidden:
                steepness = [kind.array_derivative(z).max(axis=1) for kind, z, _ in hidden]
                slopes[block] = np.concatenate(steepness, axis=1)
                idle[block] = np.concatenate([_idle(kind, a) for kind, _, a in hidden], axis=1)
            gradients[block], gradient[block] = _gradients(plan, parameters[block], passed)
    return States(
        scores(plan, parameters), idle, slopes, _equal(plan, parameters), gradients, gradient
    )


def _idle(kind: Activation, values: FloatArray) -> BoolArray:
    """Return which units stay where they are, from values (n_checkpoints, n_rows, n_units)."""
    if kind.dies:
        still = values <= 0
    elif kind.saturates:
        still = (values - kind.lowest < SATURATED) | (kind.highest - values < SATURATED)
    else:
        return np.zeros((len(values), values.shape[2]), dtype=bool)
    return np.asarray(still.all(axis=1))


def _gradients(
    plan: Plan, parameters: FloatArray, passed: evaluation.Passed
) -> tuple[FloatArray, FloatArray]:
    """Return the lengths by layer, (n_checkpoints, n_layers), and of all, (n_checkpoints,)."""
    chosen, n_rows = plan.hyperparameters, len(plan.train_inputs)
    found = evaluation.summed_gradients(
        plan, parameters, passed, plan.train_inputs, plan.train_targets
    )
    lengths, whole = [], np.zeros(len(parameters))
    for (by_weights, by_bias), (w, _) in zip(found, plan.layers(parameters), strict=True):
        bias = np.square(by_bias / n_rows).sum(axis=(1, 2))
        lengths.append(np.square(by_weights / n_rows).sum(axis=(1, 2)) + bias)
        penalised = by_weights / n_rows + chosen.l1 * np.sign(w) + chosen.l2 * w
        whole += np.square(penalised).sum(axis=(1, 2)) + bias
    return np.sqrt(np.stack(lengths, axis=1)), np.sqrt(whole)


def _equal(plan: Plan, parameters: FloatArray) -> BoolArray:
    layers = plan.layers(parameters)
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
