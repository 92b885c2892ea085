"""A network of dense layers, and the gradient of its loss by backpropagation.

Networks are values: nothing changes one, an update makes a new one.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import (
    Check,
    Checked,
    FloatArray,
    instance,
    instances,
    matrix,
    one_of,
    vector,
)
from nnviz.nn.layers import Forward, Layer, LayerGradients, send
from nnviz.nn.losses import ELEMENTWISE, LOSSES
from nnviz.text.digits import digits

__all__ = [
    "Forward",
    "Layer",
    "LayerGradients",
    "Network",
    "backward",
    "gradients",
    "targets_as_columns",
]


@dataclass(frozen=True, eq=False)
class Network(Checked):
    """A network of dense layers, each the input of the next.

    Raises TypeError or ValueError if there is no layer, or two that do not fit.
    """

    # at least one; each takes as many inputs as the one before has units
    layers: Annotated[tuple[Layer, ...], Check(instances, kind=Layer)]

    def check_together(self) -> None:
        """Refuse no layers, and layers that do not fit each other."""
        if not self.layers:
            raise ValueError("a network must have at least one layer, but has none.")
        for before, after in pairwise(self.layers):
            if len(before.bias) != len(after.weights):
                raise ValueError(
                    "each layer must take as many inputs as the one before has units, "
                    f"but {len(after.weights)} follow {len(before.bias)}."
                )

    @property
    def sizes(self) -> tuple[int, ...]:
        """Number of inputs, then of units in each layer."""
        return (len(self.layers[0].weights), *(len(layer.bias) for layer in self.layers))

    @property
    def n_inputs(self) -> int:
        """Number of columns that X must have."""
        return self.sizes[0]

    @property
    def n_outputs(self) -> int:
        """Number of units in the last layer."""
        return self.sizes[-1]

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases together."""
        return sum(layer.weights.size + layer.bias.size for layer in self.layers)

    def parameters(self) -> FloatArray:
        """Return all parameters, shape (n_parameters,): per layer the weights by rows, the bias."""
        return _flat([(layer.weights, layer.bias) for layer in self.layers])

    def with_parameters(self, parameters: npt.ArrayLike) -> "Network":
        """Return a network of the same layers with other parameters, in the order of `parameters`.

        Raises TypeError or ValueError if they are not `n_parameters` finite numbers.
        """
        flat = vector(parameters, "parameters", n=self.n_parameters, largest=np.inf)
        layers, start = [], 0
        for layer in self.layers:
            middle = start + layer.weights.size
            end = middle + layer.bias.size
            weights = flat[start:middle].reshape(layer.weights.shape)
            layers.append(Layer(weights, flat[middle:end], layer.activation))
            start = end
        return Network(tuple(layers))

    def forward(self, X: npt.ArrayLike) -> Forward:
        """Send rows forward through the network and keep every value.

        Raises TypeError or ValueError if X is no table of finite numbers with `n_inputs` columns.

        Parameters
        ----------
        X : array_like, shape (n_samples, n_inputs)

        Returns
        -------
        Forward
            Values too large for float64 come out as infinity or NaN, without a warning.
        """
        return send(self.layers, matrix(X, "X", n_columns=self.n_inputs))

    def predict(self, X: npt.ArrayLike) -> FloatArray:
        """Return the predictions for rows X, shape (n_samples, n_outputs); see `forward`."""
        return self.forward(X).activations[-1]


def targets_as_columns(y: npt.ArrayLike, network: Network, loss: str) -> FloatArray:
    """Return targets of shape (n_samples,) or (n_samples, n_outputs) as an array of the latter.

    Raises TypeError or ValueError if they do not fit the network's outputs, or have no meaning
    for the loss.
    """
    kind = LOSSES[one_of(loss, "loss", ELEMENTWISE)]
    y = np.asarray(y) if np.ndim(y) == 2 else vector(y, "y")[:, np.newaxis]
    y = matrix(y, "y", n_columns=network.n_outputs)
    if y.min() < kind.lowest_target or y.max() > kind.highest_target:
        raise ValueError(
            f"y must be between {digits(kind.lowest_target)} and {digits(kind.highest_target)} "
            f"for the loss {loss}."
        )
    return y


def backward(
    network: Network, forward: Forward, y: npt.ArrayLike, loss: str
) -> tuple[LayerGradients, ...]:
    """Backpropagate the sum of the losses of all samples by the chain rule.

    Raises TypeError or ValueError if the targets do not fit, or the loss is unknown.

    Parameters
    ----------
    forward : Forward
        The result of `network.forward(X)`.
    y : array_like, shape (n_samples,) or (n_samples, n_outputs)
    loss : str
        One of `losses.ELEMENTWISE`.

    Returns
    -------
    tuple of LayerGradients
        In the order of the layers; computed from the last to the first.
    """
    y = targets_as_columns(y, network, loss)
    z, prediction = forward.pre_activations[-1], forward.activations[-1]
    if len(y) != len(prediction):
        raise ValueError(f"y must have {len(prediction)} rows, one per row of X, not {len(y)}.")
    kind, output = LOSSES[loss], network.layers[-1].activation
    result: list[LayerGradients] = []
    with np.errstate(over="ignore", invalid="ignore"):
        derror_dactivations = kind.derivative_of_output(output, z, prediction, y)
        for i in reversed(range(len(network.layers))):
            layer, inputs = network.layers[i], forward.activations[i]
            local = ACTIVATIONS[layer.activation].derivative(forward.pre_activations[i])
            derror_dz = derror_dactivations * local
            if not result and output == kind.link:
                # The same product, (p - t) / (p (1 - p)) times p (1 - p), cancelled: for a
                # saturated unit the factors are 0 and infinite, and their product is neither.
                derror_dz = prediction - y
            derror_dinputs = derror_dz @ layer.weights.T
            result.append(
                LayerGradients(
                    derror_dactivations,
                    local,
                    derror_dz,
                    inputs.T @ derror_dz,
                    derror_dz.sum(axis=0),
                    derror_dinputs,
                )
            )
            derror_dactivations = derror_dinputs
    return tuple(reversed(result))


def gradients(network: Network, X: npt.ArrayLike, y: npt.ArrayLike, loss: str) -> FloatArray:
    """Return the gradient of the loss, summed over samples and outputs, by the parameters.

    The result has the shape (n_parameters,): in the order of `Network.parameters`. The tests
    hold it to central differences and to PyTorch.

    Parameters
    ----------
    X : array_like, shape (n_samples, n_inputs)
    y : array_like, shape (n_samples,) or (n_samples, n_outputs)
    loss : str
        One of `losses.ELEMENTWISE`.
    """
    instance(network, "network", Network)
    by_layer = backward(network, network.forward(X), y, loss)
    return _flat([(layer.derror_dweights, layer.derror_dbias) for layer in by_layer])


def _flat(pairs: list[tuple[FloatArray, FloatArray]]) -> FloatArray:
    return np.concatenate([part.ravel() for pair in pairs for part in pair])
