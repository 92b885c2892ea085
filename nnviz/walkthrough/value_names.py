"""What the values of an update are called: the tutorial's names for its neuron, else NumPy's way.

The same names stand in the picture, in the formulas and in the scripts.
"""

from dataclasses import dataclass

from nnviz.nn.network import Network
from nnviz.walkthrough.steps import is_neuron


@dataclass(frozen=True)
class ValueNames:
    """Names for the values of one network.

    Attributes
    ----------
    neuron : bool
        Whether the network is one unit alone, which bears the tutorial's names.
    last : int
        Index of the last layer.
    """

    neuron: bool
    last: int

    @classmethod
    def of(cls, network: Network) -> "ValueNames":
        """Return the names for a network."""
        return cls(is_neuron(network), len(network.layers) - 1)

    def inputs(self) -> str:
        """Return what the row is called."""
        return "input_vector" if self.neuron else "x"

    def input(self, i: int) -> str:
        """Return what one number of the row is called."""
        return f"{self.inputs()}[{i}]"

    def weights(self, layer: int, unit: int) -> str:
        """Return what the weights of a unit are called together."""
        return "weights_1" if self.neuron else f"W{layer + 1}[:,{unit}]"

    def weight(self, layer: int, i: int, unit: int) -> str:
        """Return what the weight from input i to a unit is called."""
        return f"weights_1[{i}]" if self.neuron else f"W{layer + 1}[{i},{unit}]"

    def bias(self, layer: int, unit: int) -> str:
        """Return what the bias of a unit is called."""
        return "bias" if self.neuron else f"b{layer + 1}[{unit}]"

    def pre_activation(self, layer: int, unit: int) -> str:
        """Return what the weighted sum of a unit is called."""
        return "layer_1" if self.neuron else f"z{layer + 1}[{unit}]"

    def activation(self, layer: int, unit: int) -> str:
        """Return what the output of a unit is called."""
        return "prediction" if layer == self.last else f"a{layer + 1}[{unit}]"

    def source(self, layer: int, i: int) -> str:
        """Return what input i of a layer is called."""
        return self.input(i) if layer == 0 else self.activation(layer - 1, i)

    def local(self, layer: int, unit: int) -> str:
        """Return what the derivative of a unit's output by its weighted sum is called."""
        if self.neuron:
            return "dprediction_dlayer1"
        return f"d{self.activation(layer, unit)}_d{self.pre_activation(layer, unit)}"

    def gradient(self, name: str) -> str:
        """Return what the derivative of the error by a value is called."""
        if self.neuron:
            # The tutorial drops the number behind a name once it stands in a derivative.
            name = name.replace("weights_1", "weights").replace("layer_1", "layer1")
        return f"derror_d{name}"

    def by_bias(self, layer: int, unit: int) -> str:
        """Return what the derivative of a weighted sum by its bias is called."""
        if self.neuron:
            return "dlayer1_dbias"
        return f"d{self.pre_activation(layer, unit)}_d{self.bias(layer, unit)}"

    def by_weights(self, layer: int, unit: int) -> str:
        """Return what the derivatives of a weighted sum by its weights are called."""
        if self.neuron:
            return "dlayer1_dweights"
        return f"d{self.pre_activation(layer, unit)}_d{self.weights(layer, unit)}"
