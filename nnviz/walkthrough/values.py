"""The values of an update: the numbers that a step computes, and what the values are called."""

from dataclasses import dataclass

import numpy as np

from nnviz.data.tutorial import INPUT_NAMES, is_plant
from nnviz.nn.checks import FloatArray
from nnviz.nn.trace import Trace
from nnviz.text.names import CODE, PLAIN, Naming, called, slope_along, spoken
from nnviz.walkthrough.steps import Step, is_neuron


def step_values(trace: Trace, step: Step) -> tuple[float, ...]:
    """Return the numbers that a step computes.

    That is one number, but for "take", the row; "term", the product and the sum so far; steps with
    "weights" in their name, one number for each weight of the unit; "again", the prediction and the
    error after the update.
    """
    layer, j = trace.layers[step.layer], step.unit
    match step.kind:
        case "take":
            return tuple(trace.input_vector.tolist())
        case "term":
            product = float(term_products(trace, step)[step.source])
            return product, sum_of_terms(trace, step, step.source + 1)
        case "bias" | "sum":
            return (float(layer.pre_activations[j]),)
        case "activation":
            return (float(layer.activations[j]),)
        case "error":
            return (trace.error,)
        case "derror_dprediction":
            return (float(trace.derror_dprediction[0]),)
        case "contribution":
            return (path_contribution(trace, step.layer, j, step.source),)
        case "derror_dactivation":
            return (float(layer.derror_dactivations[j]),)
        case "dactivation_dpre_activation":
            return (float(layer.dactivations_dpre_activations[j]),)
        case "derror_dpre_activation":
            return (float(layer.derror_dpre_activations[j]),)
        case "dpre_activation_dbias":
            return (1.0,)
        case "derror_dbias":
            return (float(layer.derror_dbias[j]),)
        case "dpre_activation_dweights":
            return tuple(layer.inputs.tolist())
        case "derror_dweights":
            return tuple(layer.derror_dweights[:, j].tolist())
        case "update_bias":
            return (float(trace.updated.layers[step.layer].bias[j]),)
        case "update_weights":
            return tuple(trace.updated.layers[step.layer].weights[:, j].tolist())
        case "again":
            return float(trace.prediction_after[0]), trace.error_after
    raise ValueError(f"there is no step {step.kind!r}.")


def given_value(trace: Trace, key: str) -> float | None:
    """Return the number of a box that no step of the update computes, in full."""
    kind, *numbers = key.split(".")
    at = [int(number) for number in numbers]
    if kind == "input":
        return float(trace.input_vector[at[0]])
    if kind == "target":
        return float(trace.target[0])
    if kind == "bias":
        return float(trace.layers[at[0]].bias[at[1]])
    if kind == "weight":
        return float(trace.layers[at[0]].weights[at[1], at[2]])
    return None


def term_products(trace: Trace, step: Step) -> FloatArray:
    """Return the terms of a unit's weighted sum, shape (n_inputs,), without the bias."""
    layer = trace.layers[step.layer]
    # A diverging network is a result: it is shown, not warned of.
    with np.errstate(over="ignore", invalid="ignore"):
        products: FloatArray = layer.inputs * layer.weights[:, step.unit]
    return products


def sum_of_terms(trace: Trace, step: Step, n_terms: int) -> float:
    """Return the sum of the first terms of a unit's weighted sum, without the bias."""
    with np.errstate(over="ignore", invalid="ignore"):
        return float(term_products(trace, step)[:n_terms].sum())


def path_contribution(trace: Trace, layer: int, unit: int, towards: int) -> float:
    """Return what one path contributes to derror_dactivation of a hidden unit.

    The path leads through the unit ``towards`` of the next layer: the derivative of the error by
    that unit's weighted sum, times the weight between the two. `LayerTrace.derror_dactivations` is
    the sum over all paths.
    """
    following = trace.layers[layer + 1]
    with np.errstate(over="ignore", invalid="ignore"):
        return float(following.derror_dpre_activations[towards] * following.weights[unit, towards])


@dataclass(frozen=True)
class ValueNames:
    """Names for the values of one network."""

    neuron: bool  # whether the network is one unit alone, which bears the tutorial's names
    last: int  # index of the last layer
    naming: Naming
    # whether the row is one of the tutorial's, so that its inputs have the names of the story
    plant: bool
    # the activation of each layer, by which its slope is called in plain words
    activations: tuple[str, ...]

    @classmethod
    def of(cls, trace: Trace, naming: Naming = CODE) -> "ValueNames":
        """Return the names for the network and the row of an update."""
        network, plant = trace.network, is_plant(trace.input_vector)
        activations = tuple(layer.activation for layer in network.layers)
        return cls(is_neuron(network), len(network.layers) - 1, naming, plant, activations)

    @property
    def plain(self) -> bool:
        """Whether the names are plain words."""
        return self.naming == PLAIN

    def unit(self, layer: int, unit: int) -> str:
        """Return the plain name of a unit."""
        if layer == self.last:
            return "output"
        return f"unit {unit + 1}" if self.last == 1 else f"unit {layer + 1}.{unit + 1}"

    def inputs(self) -> str:
        """Return the name of the row."""
        return self._of_neuron("inputs") if self.neuron or self.plain else "x"

    def input(self, i: int) -> str:
        """Return the name of one number of the row."""
        if self.plain and self.plant:
            return INPUT_NAMES[i]
        return self._of_neuron("input", i) if self.neuron or self.plain else f"x[{i}]"

    def weights(self, layer: int, unit: int) -> str:
        """Return the name of the weights of a unit."""
        return self._of_unit("weights", layer, unit, f"W{layer + 1}[:,{unit}]")

    def weight(self, layer: int, i: int, unit: int) -> str:
        """Return the name of the weight from input i to a unit."""
        if self.neuron:
            return self._of_neuron("weight", i)
        if self.plain:
            source = self.input(i) if layer == 0 else self.unit(layer - 1, i)
            return f"weight {source} → {self.unit(layer, unit)}"
        return f"W{layer + 1}[{i},{unit}]"

    def bias(self, layer: int, unit: int) -> str:
        """Return the name of the bias of a unit."""
        return self._of_unit("bias", layer, unit, f"b{layer + 1}[{unit}]")

    def pre_activation(self, layer: int, unit: int) -> str:
        """Return the name of the weighted sum of a unit."""
        return self._of_unit("weighted sum", layer, unit, f"z{layer + 1}[{unit}]")

    def activation(self, layer: int, unit: int) -> str:
        """Return the name of the output of a unit."""
        if layer == self.last:
            return self._of_neuron("prediction")
        return f"output of {self.unit(layer, unit)}" if self.plain else f"a{layer + 1}[{unit}]"

    def source(self, layer: int, i: int) -> str:
        """Return the name of input i of a layer."""
        return self.input(i) if layer == 0 else self.activation(layer - 1, i)

    def local(self, layer: int, unit: int) -> str:
        """Return the name of the derivative of a unit's output by its weighted sum."""
        if self.plain:
            slope = f"slope of {self.activations[layer]}"
            return slope if self.neuron else f"{slope} of {self.unit(layer, unit)}"
        if self.neuron:
            return self._of_neuron("slope of activation")
        return f"d{self.activation(layer, unit)}_d{self.pre_activation(layer, unit)}"

    def gradient(self, name: str) -> str:
        """Return the name of the derivative of the error by a value."""
        return slope_along(name, self.naming, neuron=self.neuron)

    def by_bias(self, layer: int, unit: int) -> str:
        """Return the name of the derivative of a weighted sum by its bias."""
        code = f"d{self.pre_activation(layer, unit)}_d{self.bias(layer, unit)}"
        return self._of_unit("factor of bias", layer, unit, code)

    def by_weights(self, layer: int, unit: int) -> str:
        """Return the name of the derivatives of a weighted sum by its weights."""
        code = f"d{self.pre_activation(layer, unit)}_d{self.weights(layer, unit)}"
        return self._of_unit("factors of weights", layer, unit, code)

    def spoken(self, name: str) -> str:
        """Return a name as it stands in a sentence."""
        if self.plain or name in ("prediction", "bias"):
            return spoken(name)
        return name

    def _of_neuron(self, quantity: str, i: int = 0) -> str:
        return called(quantity, self.naming, i)

    def _of_unit(self, quantity: str, layer: int, unit: int, code: str) -> str:
        """Return the name of a quantity of a unit, which in code has its own."""
        if self.neuron:
            return self._of_neuron(quantity)
        return f"{quantity} of {self.unit(layer, unit)}" if self.plain else code
