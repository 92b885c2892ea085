"""What can be measured of a deeper network at many moments at once: losses, units, gradients."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import LEAK
from nnviz.nn.checks import FloatArray, freeze
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.scores import Scores

BoolArray = npt.NDArray[np.bool_]

AT_ITS_END: Final = 0.99
"""A tanh beyond this in size, or a sigmoid as near to 0 or 1, is as good as flat."""

_EQUAL: Final = 1e-9


@dataclass(frozen=True, eq=False)
class States:
    """A network at some moments. Units are those of the hidden layers, one layer after another.

    Attributes
    ----------
    scores : Scores
        Losses and accuracies of the training rows and of those held out.
    idle : ndarray of bool, shape (n_moments, n_units)
        Whether a ReLU gives 0 for every training row, or a tanh or sigmoid is at one of its ends
        for every training row.
    slopes : ndarray, shape (n_moments, n_units)
        The largest slope of the unit's activation at any training row.
    equal : ndarray of bool, shape (n_moments, n_hidden_layers)
        Whether all units of a layer, being more than one, have equal weights in front of them,
        equal biases and equal weights behind them.
    gradients : ndarray, shape (n_moments, n_layers)
        Length of the gradient of the training loss by the weights and biases of each layer,
        without the penalties; the output's layer is the last.
    downhill : ndarray, shape (n_moments,)
        Length of the whole gradient, penalties included.
    """

    scores: Scores
    idle: BoolArray
    slopes: FloatArray
    equal: BoolArray
    gradients: FloatArray
    downhill: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


def states(plan: Plan, parameters: FloatArray) -> States:
    """Return what can be measured at every moment.

    Parameters
    ----------
    plan : Plan
    parameters : ndarray, shape (n_moments, n_parameters)
    """
    n_moments, n_layers = len(parameters), len(plan.activations)
    n_units = sum(units for units, _ in plan.architecture.hidden)
    idle = np.zeros((n_moments, n_units), dtype=bool)
    slopes = np.zeros((n_moments, n_units))
    gradients, downhill = np.zeros((n_moments, n_layers)), np.zeros(n_moments)
    answers = np.empty((n_moments, len(plan.train_inputs), plan.n_outputs))
    for block in evaluation.blocks(plan, n_moments, len(plan.train_inputs)):
        layers = evaluation.activations(plan, parameters[block], plan.train_inputs)
        answers[block] = layers[-1]
        with np.errstate(all="ignore"):
            steep = [_slopes(*each) for each in zip(plan.activations, layers, strict=True)]
            if n_units:
                hidden = zip(plan.activations[:-1], layers[:-1], strict=True)
                idle[block] = np.concatenate([_idle(*each) for each in hidden], axis=1)
                slopes[block] = np.concatenate([each.max(axis=1) for each in steep[:-1]], axis=1)
            found = _gradients(plan, parameters[block], layers, steep)
            gradients[block], downhill[block] = found
    return States(
        _scores(plan, parameters, answers),
        idle,
        slopes,
        _equal(plan, parameters),
        gradients,
        downhill,
    )


def _scores(plan: Plan, parameters: FloatArray, trained: FloatArray) -> Scores:
    """Return the scores with the answers to the training rows, which are there already."""
    y, parts = plan.sample.y, plan.split
    with np.errstate(all="ignore"):
        train = evaluation.losses(plan, trained, plan.train_targets).mean(axis=-1)
    right = evaluation.accuracy(plan, trained, y[parts.train])
    if not len(parts.test):
        nothing = np.full((2, len(parameters)), np.nan)
        return Scores(train, nothing[0], right, nothing[1])
    answers = evaluation.outputs(plan, parameters, plan.test_inputs)
    with np.errstate(all="ignore"):
        test = evaluation.losses(plan, answers, plan.test_targets).mean(axis=-1)
    return Scores(train, test, right, evaluation.accuracy(plan, answers, y[parts.test]))


def _idle(activation: str, a: FloatArray) -> BoolArray:
    """Return which units do not move for any row, from (n_moments, n_rows, n_units)."""
    if activation == "relu":
        still = a <= 0
    elif activation == "tanh":
        still = np.abs(a) > AT_ITS_END
    elif activation == "sigmoid":
        still = (a < 1.0 - AT_ITS_END) | (a > AT_ITS_END)
    else:
        return np.zeros((len(a), a.shape[2]), dtype=bool)
    return np.asarray(still.all(axis=1))


def _slopes(activation: str, a: FloatArray) -> FloatArray:
    """Return the slope of an activation from what it gives; of ReLU at 0 that of the left side."""
    if activation == "tanh":
        return 1.0 - a * a
    if activation in ("sigmoid", "softmax"):
        return a * (1.0 - a)
    if activation == "softplus":
        return np.asarray(-np.expm1(-a))
    if activation == "linear":
        return np.ones_like(a)
    return np.where(a > 0, 1.0, LEAK if activation == "leaky_relu" else 0.0)


def _gradients(
    plan: Plan, parameters: FloatArray, layers: list[FloatArray], slopes: list[FloatArray]
) -> tuple[FloatArray, FloatArray]:
    """Return lengths by layer, (n_moments, n_layers), and of all with penalties, (n_moments,)."""
    weights = [each for each, _ in evaluation.layers_of(plan, parameters)]
    derror = (layers[-1] - plan.train_targets) / len(plan.train_inputs)
    if plan.architecture.loss == "squared_error":
        derror = 2.0 * derror * slopes[-1]
    lengths, whole = np.zeros((len(layers), len(parameters))), np.zeros(len(parameters))
    for index in reversed(range(len(layers))):
        if index:
            by_weights = layers[index - 1].transpose(0, 2, 1) @ derror
        else:
            by_weights = plan.train_inputs.T @ derror
        by_bias = np.square(derror.sum(axis=1)).sum(axis=1)
        lengths[index] = np.sqrt(np.square(by_weights).sum(axis=(1, 2)) + by_bias)
        w = weights[index]
        by_weights = by_weights + plan.hyperparameters.l1 * np.sign(w) + plan.hyperparameters.l2 * w
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
        apart = np.ptp(values, axis=axis).max(axis=1)
        return np.asarray(apart <= _EQUAL * np.abs(values).max(axis=(1, 2)))
