"""One dense layer, and the values of a forward and a backward pass."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import Check, Checked, FloatArray, matrix, one_of, vector


@dataclass(frozen=True, eq=False)
class Layer(Checked):
    """A dense layer of units: ``activation(inputs @ weights + bias)``.

    Attributes
    ----------
    weights : ndarray, shape (n_inputs, n_units)
    bias : ndarray, shape (n_units,)
        Finite and dimensionless; copied and made read-only.
    activation : str
        A key of `ACTIVATIONS`.

    Raises
    ------
    TypeError, ValueError
        If the numbers are not finite or do not fit together, or the activation is unknown.
    """

    weights: Annotated[FloatArray, Check(matrix, largest=np.inf)]
    bias: Annotated[FloatArray, Check(vector, largest=np.inf)]
    activation: Annotated[str, Check(one_of, options=ACTIVATIONS)]

    def check_together(self) -> None:
        """Refuse a bias that has not one number for each unit."""
        vector(self.bias, "bias", n=self.weights.shape[1], largest=np.inf)


@dataclass(frozen=True, eq=False)
class Forward:
    """The values of every layer in a forward pass.

    Attributes
    ----------
    pre_activations : tuple of ndarray, each of shape (n_samples, n_units)
        The weighted sums z of each layer.
    activations : tuple of ndarray, each of shape (n_samples, n_units)
        X first, then the output of each layer; the last is the prediction.
    """

    pre_activations: tuple[FloatArray, ...]
    activations: tuple[FloatArray, ...]


def send(layers: Sequence[Layer], X: FloatArray) -> Forward:
    """Send rows through layers and keep every value; X is not checked, see `Network.forward`.

    Values too large for float64 come out as infinity or NaN, without a warning.
    """
    pre_activations: list[FloatArray] = []
    activations = [X]
    with np.errstate(over="ignore", invalid="ignore"):
        for layer in layers:
            pre_activations.append(activations[-1] @ layer.weights + layer.bias)
            activations.append(ACTIVATIONS[layer.activation].value(pre_activations[-1]))
    return Forward(tuple(pre_activations), tuple(activations))


@dataclass(frozen=True, eq=False)
class LayerGradients:
    """The partial derivatives of a backward pass at one layer, in the order of their computation.

    Attributes
    ----------
    derror_dactivations : ndarray, shape (n_samples, n_units)
    dactivations_dpre_activations : ndarray, shape (n_samples, n_units)
    derror_dpre_activations : ndarray, shape (n_samples, n_units)
    derror_dweights : ndarray, shape (n_inputs, n_units), summed over the samples
    derror_dbias : ndarray, shape (n_units,), summed over the samples
    derror_dinputs : ndarray, shape (n_samples, n_inputs)
    """

    derror_dactivations: FloatArray
    dactivations_dpre_activations: FloatArray
    derror_dpre_activations: FloatArray
    derror_dweights: FloatArray
    derror_dbias: FloatArray
    derror_dinputs: FloatArray
