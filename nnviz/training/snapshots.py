"""Many moments of one network at once: what it answers, and how wrong it is, at each of them."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.losses import LOSSES
from nnviz.training.run_config import RunConfig

# Values held at once while many moments are worked out: 8 MB.
_MOST_VALUES = 1_000_000


def predictions(config: RunConfig, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return what the network answers at every moment to every input.

    Parameters
    ----------
    config : RunConfig
        Gives the layers.
    parameters : ndarray, shape (n_moments, n_parameters)
    inputs : ndarray, shape (n_points, n_inputs)
        As `RunConfig.inputs` makes them.

    Returns
    -------
    ndarray, shape (n_moments, n_points)
        Not finite where the network has left the range of float64; never a warning.
    """
    answers = np.empty((len(parameters), len(inputs)))
    with np.errstate(all="ignore"):
        for block in _blocks(config, len(parameters), len(inputs)):
            answers[block] = _forward(config, parameters[block], inputs)[1][-1][:, :, 0]
    return answers


def row_errors(config: RunConfig, parameters: FloatArray) -> FloatArray:
    """Return the loss of every row at every moment, shape (n_moments, n_rows)."""
    return LOSSES[config.loss].value(predictions(config, parameters, config.inputs()), config.y)


def gradient_sizes(config: RunConfig, parameters: FloatArray) -> FloatArray:
    """Return the length of the gradient of the cumulative error, shape (n_moments,)."""
    inputs, sizes = config.inputs(), np.empty(len(parameters))
    with np.errstate(all="ignore"):
        for block in _blocks(config, len(parameters), len(inputs)):
            sizes[block] = np.sqrt(_squared_gradients(config, parameters[block], inputs))
    return sizes


def derror_dz(
    config: RunConfig, prediction: FloatArray, z: FloatArray, target: FloatArray
) -> FloatArray:
    """Return the derivative of the loss by the pre-activation of the output, elementwise."""
    if (config.loss, config.output_activation) == ("binary_cross_entropy", "sigmoid"):
        # Cancelled as in `network.backward`.
        return prediction - target
    slope = ACTIVATIONS[config.output_activation].derivative(z)
    return LOSSES[config.loss].derivative(prediction, target) * slope


def _blocks(config: RunConfig, n_moments: int, n_points: int) -> Iterator[slice]:
    length = max(1, _MOST_VALUES // (n_points * max(config.sizes)))
    for begin in range(0, n_moments, length):
        yield slice(begin, begin + length)


def _layers(config: RunConfig, parameters: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Weights (n_moments, n_inputs, n_units) and bias (n_moments, 1, n_units) of each layer."""
    layers, used = [], 0
    for n_inputs, n_units in pairwise(config.sizes):
        end = used + n_inputs * n_units
        weights = parameters[:, used:end].reshape(-1, n_inputs, n_units)
        layers.append((weights, parameters[:, None, end : end + n_units]))
        used = end + n_units
    return layers


def _forward(
    config: RunConfig, parameters: FloatArray, inputs: FloatArray
) -> tuple[list[FloatArray], list[FloatArray]]:
    """Pre-activations and activations of each layer, (n_moments, n_points, n_units)."""
    pre_activations, activations = [], [inputs]
    for (weights, bias), name in zip(_layers(config, parameters), config.activations, strict=True):
        pre_activations.append(activations[-1] @ weights + bias)
        activations.append(ACTIVATIONS[name].value(pre_activations[-1]))
    return pre_activations, activations


def _squared_gradients(config: RunConfig, parameters: FloatArray, inputs: FloatArray) -> FloatArray:
    """Backpropagation as in `network.gradients`, for all moments side by side."""
    pre_activations, activations = _forward(config, parameters, inputs)
    layers = _layers(config, parameters)
    total = np.zeros(len(parameters))
    derror = derror_dz(config, activations[-1], pre_activations[-1], config.y[:, None])
    for index in reversed(range(len(layers))):
        derror_dweights = np.swapaxes(activations[index], -1, -2) @ derror
        derror_dbias = derror.sum(axis=1)
        total += np.square(derror_dweights).sum(axis=(1, 2)) + np.square(derror_dbias).sum(axis=1)
        if index:
            slope = ACTIVATIONS[config.activations[index - 1]].derivative(
                pre_activations[index - 1]
            )
            derror = derror @ np.swapaxes(layers[index][0], -1, -2) * slope
    return total
