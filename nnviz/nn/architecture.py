"""The architecture of a network: its inputs, layers and loss, and how its weights start."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Final

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import Check, Checked, integer, items, one_of, strings
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.inputs import FEATURES
from nnviz.nn.losses import LOSSES

MOST_HIDDEN_LAYERS: Final = 6
MOST_UNITS: Final = 32
MOST_DRAWN_UNITS: Final = 8
"""Of a layer: the most there can be, and the most where each unit is drawn in a graph."""

ENGINEERED: Final = tuple(name for name in FEATURES if name not in ("x1", "x2"))
"""Inputs made from the first two columns of the data."""


def offered_inputs(n_columns: int) -> tuple[str, ...]:
    """Return the inputs that a network may have: its columns, and what is made from two of them."""
    made = (name for name in ENGINEERED if n_columns > 1 or "x2" not in name)
    return (*(f"x{k + 1}" for k in range(n_columns)), *made)


OUTPUTS: Final = MappingProxyType({name: loss.outputs for name, loss in LOSSES.items()})
"""The activations that the output may have, by the loss; the first is the usual one."""

INITIALISATIONS: Final = (*INITIALIZERS, "tutorial")


def input_names(values: Any, name: str) -> tuple[str, ...]:
    """Return the names of a network's inputs, at least one and each once."""
    inputs = strings(values, name)
    if not inputs or len(set(inputs)) < len(inputs):
        raise ValueError(f"{name} must hold at least one input, and each once.")
    return inputs


def hidden_layers(
    values: Any, name: str, most_units: int = MOST_UNITS
) -> tuple[tuple[int, str], ...]:
    """Return units and activation of each hidden layer, at most 6 layers."""
    layers = [items(layer, "each of hidden") for layer in items(values, name)]
    if len(layers) > MOST_HIDDEN_LAYERS:
        raise ValueError(f"{name} must be at most {MOST_HIDDEN_LAYERS} layers, not {len(layers)}.")
    if any(len(layer) != 2 for layer in layers):
        raise ValueError(f"{name} must hold pairs of units and an activation.")
    return tuple(
        (
            integer(units, "units of a hidden layer", 1, most_units),
            one_of(activation, "activation of a hidden layer", ACTIVATIONS),
        )
        for units, activation in layers
    )


@dataclass(frozen=True)
class Architecture(Checked):
    """A network of dense layers whose number of outputs depends on the data.

    Attributes
    ----------
    inputs : tuple of str
        "x1", "x2" ... for the columns of the sample, and keys of `inputs.FEATURES`, which are made
        from its first two columns; at least one, and each once.
    standardise : bool
        Whether every input is standardised, to mean 0 and standard deviation 1 over the training
        rows; in a regression the target as well.
    hidden : tuple of (int, str)
        Units, 1 to 32, and activation of each of up to 6 hidden layers.
    output, loss : str
        Activation of the output, and loss, as in `OUTPUTS`.
    initialisation : str
        A key of `initializers.INITIALIZERS`, or "tutorial": weights, then bias, from
        ``np.random.seed``, as the tutorial's class draws them.
    """

    inputs: Annotated[tuple[str, ...], Check(input_names)] = ("x1", "x2")
    standardise: Annotated[bool, Check(lambda value, name: bool(value))] = True
    hidden: Annotated[tuple[tuple[int, str], ...], Check(hidden_layers)] = (
        (4, "tanh"),
        (2, "tanh"),
    )
    output: str = "sigmoid"
    loss: Annotated[str, Check(one_of, options=OUTPUTS)] = "binary_cross_entropy"
    initialisation: Annotated[str, Check(one_of, options=INITIALISATIONS)] = "glorot"

    def check_together(self) -> None:
        """Refuse an output that does not belong to the loss."""
        one_of(self.output, f"output for the loss {self.loss}", OUTPUTS[self.loss])

    @property
    def activations(self) -> tuple[str, ...]:
        """Activation of every layer, the output's last."""
        return (*(activation for _, activation in self.hidden), self.output)
