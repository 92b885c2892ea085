"""What a network is made of: its inputs, its layers, its loss, and how its weights begin."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import integer, items, one_of
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.inputs import FEATURES
from nnviz.nn.losses import LOSSES

MOST_HIDDEN_LAYERS: Final = 6
MOST_UNITS: Final = 8

ENGINEERED: Final = tuple(name for name in FEATURES if name not in ("x1", "x2"))
"""Inputs made from the two columns of the plane."""

OUTPUTS: Final = MappingProxyType({name: loss.outputs for name, loss in LOSSES.items()})
"""The activations that the output may have, by the loss; the first is the usual one."""


@dataclass(frozen=True)
class Architecture:
    """A network of dense layers, before it is known how many outputs it needs.

    Attributes
    ----------
    inputs : tuple of str
        "x1", "x2" ... for the columns of the sample, and keys of `inputs.FEATURES` made from the
        two of the plane; at least one.
    standardise : bool
        Whether every input is moved to mean 0 and scaled to standard deviation 1 over the
        training rows; in a regression the target as well.
    hidden : tuple of (int, str)
        Units, 1 to 8, and activation of each of up to 6 hidden layers.
    output, loss : str
        Activation of the output, and loss, as in `OUTPUTS`.
    initialisation : str
        A key of `initializers.INITIALIZERS`.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    inputs: tuple[str, ...] = ("x1", "x2")
    standardise: bool = True
    hidden: tuple[tuple[int, str], ...] = ((4, "tanh"), (2, "tanh"))
    output: str = "sigmoid"
    loss: str = "binary_cross_entropy"
    initialisation: str = "glorot"

    def __post_init__(self) -> None:
        inputs = tuple(str(name) for name in items(self.inputs, "inputs"))
        if not inputs or len(set(inputs)) < len(inputs):
            raise ValueError("inputs must hold at least one input, and each once.")
        loss = one_of(self.loss, "loss", OUTPUTS)
        values = {
            "inputs": inputs,
            "standardise": bool(self.standardise),
            "hidden": _hidden(self.hidden),
            "loss": loss,
            "output": one_of(self.output, f"output for the loss {loss}", OUTPUTS[loss]),
            "initialisation": one_of(self.initialisation, "initialisation", INITIALIZERS),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def activations(self) -> tuple[str, ...]:
        """Activation of every layer, the output's last."""
        return (*(activation for _, activation in self.hidden), self.output)


def _hidden(values: Any) -> tuple[tuple[int, str], ...]:
    layers = [items(layer, "each of hidden") for layer in items(values, "hidden")]
    if len(layers) > MOST_HIDDEN_LAYERS:
        raise ValueError(f"hidden must be at most {MOST_HIDDEN_LAYERS} layers, not {len(layers)}.")
    if any(len(layer) != 2 for layer in layers):
        raise ValueError("hidden must hold pairs of units and an activation.")
    return tuple(
        (
            integer(units, "units of a hidden layer", 1, MOST_UNITS),
            one_of(activation, "activation of a hidden layer", ACTIVATIONS),
        )
        for units, activation in layers
    )
