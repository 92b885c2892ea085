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

    Raises TypeError or ValueError if the numbers are not finite or do not fit together, or the
    activation is unknown.
    """

    weights: Annotated[FloatArray, Check(matrix, largest=np.inf)]  # (n_inputs, n_units)
    # (n_units,): finite and dimensionless; copied and made read-only
    bias: Annotated[FloatArray, Check(vector, largest=np.inf)]
    activation: Annotated[str, Check(one_of, options=ACTIVATIONS)]  # a key of `ACTIVATIONS`

    def check_together(self) -> None:
        """Refuse a bias that has not one number for each unit."""
        vector(self.bias, "bias", n=self.weights.shape[1], largest=np.inf)


@dataclass(frozen=True, eq=False)
class Forward:
    """The values of every layer in a forward pass."""

    # each (n_samples, n_units): the weighted sums z of each layer
    pre_activations: tuple[FloatArray, ...]
    # each (n_samples, n_units): x first, then the output of each layer; the last is the prediction
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
    """The partial derivatives of a backward pass at one layer, in the order of computation."""

    derror_dactivations: FloatArray  # (n_samples, n_units)
    dactivations_dpre_activations: FloatArray  # (n_samples, n_units)
    derror_dpre_activations: FloatArray  # (n_samples, n_units)
    derror_dweights: FloatArray  # (n_inputs, n_units), summed over the samples
    derror_dbias: FloatArray  # (n_units,), summed over the samples
    derror_dinputs: FloatArray  # (n_samples, n_inputs)
