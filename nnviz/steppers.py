"""One-row updates, as fast as plain Python and NumPy go.

What an update is, is read in `trace.trace_update` and `network.gradients`; the tests hold what
stands here to them to a relative error of 1e-12. `export` writes the same arithmetic into a
script, term by term: whoever changes the order of a sum here, changes it there.
"""

from collections.abc import Callable
from functools import reduce
from itertools import pairwise, repeat
from math import exp
from operator import add, mul, sub
from typing import TypeAlias

import numpy as np

from nnviz.activations import ACTIVATIONS
from nnviz.checks import FloatArray
from nnviz.draws import RowNumbers
from nnviz.losses import LOSSES
from nnviz.run_config import RunConfig
from nnviz.snapshots import derror_dz

Stepper: TypeAlias = Callable[[FloatArray, RowNumbers, float], FloatArray]


def stepper(config: RunConfig) -> Stepper:
    """Return the function that walks the network of `config` along some rows.

    Returns
    -------
    callable
        Of the parameters (n_parameters,), the rows to see (n_updates,) and the learning rate.
        It returns the parameters after each update, (n_updates, n_parameters). Where they leave
        the range of float64, they become infinite or NaN without a warning.
    """
    if config.hidden:
        return _network_stepper(config)
    tutorial_like = config.output_activation == "sigmoid" and config.loss == "squared_error"
    if tutorial_like and config.sizes[0] == 2:
        return _two_input_stepper(config)
    return _neuron_stepper(config)


def _two_input_stepper(config: RunConfig) -> Stepper:
    """Walk the tutorial's neuron on Python's own floats: an update costs less than a NumPy call."""
    rows = [(*row, y) for row, y in zip(config.inputs().tolist(), config.targets, strict=True)]

    def walk(parameters: FloatArray, picks: RowNumbers, learning_rate: float) -> FloatArray:
        weight_1, weight_2, bias = parameters.tolist()
        path: list[float] = []
        note = path.extend
        for row in picks.tolist():
            x1, x2, target = rows[row]
            z = weight_1 * x1 + weight_2 * x2 + bias
            # exp of a negative number cannot overflow, which math.exp would raise for.
            shrunk = exp(z if z < 0 else -z)
            prediction = (shrunk if z < 0 else 1.0) / (1.0 + shrunk)
            slope = shrunk / ((1.0 + shrunk) * (1.0 + shrunk))
            change = learning_rate * (2.0 * (prediction - target) * slope)
            weight_1 -= change * x1
            weight_2 -= change * x2
            bias -= change
            note((weight_1, weight_2, bias))
        return np.array(path).reshape(-1, 3)

    return walk


def _neuron_stepper(config: RunConfig) -> Stepper:
    """Walk a neuron with any inputs, activation and loss, at half the speed at best."""
    # The bias is the weight of one more input, which is always 1.
    rows = [
        ([*row, 1.0], y) for row, y in zip(config.inputs().tolist(), config.targets, strict=True)
    ]
    function, loss = ACTIVATIONS[config.output_activation], LOSSES[config.loss]
    is_sigmoid, is_squared = function.name == "sigmoid", loss.name == "squared_error"

    def walk(parameters: FloatArray, picks: RowNumbers, learning_rate: float) -> FloatArray:
        weights = parameters.tolist()
        path: list[float] = []
        with np.errstate(all="ignore"):
            for row in picks.tolist():
                inputs, target = rows[row]
                # From left to right; how `sum` rounds depends on the version of Python.
                z = reduce(add, map(mul, weights, inputs))
                if is_sigmoid:
                    shrunk = exp(z if z < 0 else -z)
                    derror = (shrunk if z < 0 else 1.0) / (1.0 + shrunk) - target
                    if is_squared:  # otherwise the slopes of loss and sigmoid cancel
                        derror = 2.0 * derror * (shrunk / ((1.0 + shrunk) * (1.0 + shrunk)))
                else:
                    slope = function.derivative(z)
                    derror = float(loss.derivative(function.value(z), target) * slope)
                change = learning_rate * derror
                weights = list(map(sub, weights, map(mul, repeat(change), inputs)))
                path += weights
        return np.array(path).reshape(-1, len(parameters))

    return walk


def _network_stepper(config: RunConfig) -> Stepper:
    """Walk any layers. Their weights and gradients are views of two flat arrays."""
    X, y = config.inputs(), config.y
    functions = [ACTIVATIONS[name] for name in config.activations]

    def walk(parameters: FloatArray, picks: RowNumbers, learning_rate: float) -> FloatArray:
        path = np.empty((len(picks), len(parameters)))
        current, grads = parameters.copy(), np.empty_like(parameters)
        layers, layer_grads = _views(config, current), _views(config, grads)
        backward = range(len(layers) - 1, -1, -1)
        with np.errstate(all="ignore"):
            for update, row in enumerate(picks.tolist()):
                activations, pre_activations = [X[row]], []
                for (weights, bias), function in zip(layers, functions, strict=True):
                    z = activations[-1] @ weights
                    z += bias
                    pre_activations.append(z)
                    activations.append(function.value(z))
                derror = derror_dz(config, activations[-1], pre_activations[-1], y[row])
                for index in backward:
                    derror_dweights, derror_dbias = layer_grads[index]
                    np.multiply(activations[index][:, None], derror, out=derror_dweights)
                    derror_dbias[:] = derror
                    if index:
                        slope = functions[index - 1].derivative(pre_activations[index - 1])
                        derror = (layers[index][0] @ derror) * slope
                grads *= learning_rate
                current -= grads
                path[update] = current
        return path

    return walk


def _views(config: RunConfig, flat: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
    """Weights (n_inputs, n_units) and bias (n_units,) of each layer, in the memory of `flat`."""
    views, used = [], 0
    for n_inputs, n_units in pairwise(config.sizes):
        end = used + n_inputs * n_units
        views.append((flat[used:end].reshape(n_inputs, n_units), flat[end : end + n_units]))
        used = end + n_units
    return views
