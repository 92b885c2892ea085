"""One update of a network by one row, with every intermediate value kept."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, instance, number, vector
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Forward, Layer, Network, backward
from nnviz.text.digits import digits


@dataclass(frozen=True, eq=False)
class LayerTrace:
    """The values of one layer in the order of their computation: forward, backward, update."""

    inputs: FloatArray  # (n_inputs,)
    weights: FloatArray  # (n_inputs, n_units)
    bias: FloatArray  # (n_units,): before the update
    activation: str
    pre_activations: FloatArray  # (n_units,)
    activations: FloatArray  # (n_units,)
    derror_dactivations: FloatArray  # (n_units,)
    dactivations_dpre_activations: FloatArray  # (n_units,)
    derror_dpre_activations: FloatArray  # (n_units,): the product of the two above
    derror_dweights: FloatArray  # (n_inputs, n_units)
    derror_dbias: FloatArray  # (n_units,)
    derror_dinputs: FloatArray  # (n_inputs,)
    weight_updates: FloatArray  # (n_inputs, n_units)
    bias_updates: FloatArray  # (n_units,): the numbers that the update adds


@dataclass(frozen=True, eq=False)
class Trace:
    """One update by one row, from the forward pass to the error after it."""

    network: Network  # before the update
    input_vector: FloatArray  # (n_inputs,)
    target: FloatArray  # (n_outputs,)
    loss: str
    learning_rate: float
    layers: tuple[LayerTrace, ...]
    prediction: FloatArray  # (n_outputs,)
    # error, error_after: the loss of this row, summed over the outputs; infinite or NaN if it left
    # float64
    error: float
    derror_dprediction: FloatArray  # (n_outputs,)
    updated: Network
    prediction_after: FloatArray  # (n_outputs,)
    error_after: float


def trace_update(
    network: Network,
    input_vector: npt.ArrayLike,
    target: npt.ArrayLike,
    *,
    loss: str = "squared_error",
    learning_rate: float = 0.1,
) -> Trace:
    """Make one gradient step on the loss of one row, and keep every value.

    Raises TypeError or ValueError if an argument does not fit, or the update would leave the
    range of float64.

    Parameters
    ----------
    input_vector : array_like, shape (n_inputs,)
    target : float or array_like, shape (n_outputs,)
    loss : str
        One of `losses.ELEMENTWISE`.
    learning_rate : float
        0 or more.
    """
    instance(network, "network", Network)
    input_vector = vector(input_vector, "input_vector", n=network.n_inputs)
    target = vector(np.atleast_1d(target), "target", n=network.n_outputs)
    learning_rate = number(learning_rate, "learning_rate", low=0)

    forward = network.forward(input_vector[np.newaxis])
    gradients = backward(network, forward, target[np.newaxis], loss)
    layers, updated = [], []
    for i, (layer, at) in enumerate(zip(network.layers, gradients, strict=True)):
        with np.errstate(over="ignore", invalid="ignore"):
            weight_updates = -learning_rate * at.derror_dweights
            bias_updates = -learning_rate * at.derror_dbias
            weights, bias = layer.weights + weight_updates, layer.bias + bias_updates
        if not (np.isfinite(weights).all() and np.isfinite(bias).all()):
            raise ValueError(
                f"the update with learning_rate {digits(learning_rate, 15)} makes parameters "
                "too large for a float64; a smaller learning_rate, or smaller inputs, would not."
            )
        updated.append(Layer(weights, bias, layer.activation))
        layers.append(
            LayerTrace(
                inputs=forward.activations[i][0],
                weights=layer.weights,
                bias=layer.bias,
                activation=layer.activation,
                pre_activations=forward.pre_activations[i][0],
                activations=forward.activations[i + 1][0],
                derror_dactivations=at.derror_dactivations[0],
                dactivations_dpre_activations=at.dactivations_dpre_activations[0],
                derror_dpre_activations=at.derror_dpre_activations[0],
                derror_dweights=at.derror_dweights,
                derror_dbias=at.derror_dbias,
                derror_dinputs=at.derror_dinputs[0],
                weight_updates=weight_updates,
                bias_updates=bias_updates,
            )
        )
    after = Network(tuple(updated))
    forward_after = after.forward(input_vector[np.newaxis])
    return Trace(
        network=network,
        input_vector=input_vector,
        target=target,
        loss=loss,
        learning_rate=learning_rate,
        layers=tuple(layers),
        prediction=forward.activations[-1][0],
        error=_error(network, forward, target, loss),
        derror_dprediction=gradients[-1].derror_dactivations[0],
        updated=after,
        prediction_after=forward_after.activations[-1][0],
        error_after=_error(after, forward_after, target, loss),
    )


def _error(network: Network, forward: Forward, target: FloatArray, loss: str) -> float:
    output = network.layers[-1].activation
    z, prediction = forward.pre_activations[-1][0], forward.activations[-1][0]
    return float(LOSSES[loss].of_output(output, z, prediction, target).sum())
