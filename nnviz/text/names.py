"""What each quantity of a neuron is called: in plain words, and in the tutorial's code.

Plain names come first everywhere; the switch *Code names* (`nnviz.site.naming`) turns to those of
the code. Figures, words and questions take the choice as an argument, so they stay pure.
"""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

Naming = Literal["plain", "code"]

PLAIN: Final[Naming] = "plain"
CODE: Final[Naming] = "code"
NAMINGS: Final[tuple[Naming, ...]] = (PLAIN, CODE)


@dataclass(frozen=True)
class Name:
    """The two names of one quantity; ``{n}`` counts from 1, ``{i}`` from 0."""

    plain: str
    code: str


NAMES: Final = MappingProxyType(
    {
        "inputs": Name("inputs", "input_vector"),
        "input": Name("input {n}", "input_vector[{i}]"),
        "weights": Name("weights", "weights_1"),
        "weight": Name("weight {n}", "weights_1[{i}]"),
        "bias": Name("bias", "bias"),
        "weighted sum": Name("weighted sum", "layer_1"),
        "prediction": Name("prediction", "prediction"),
        "target": Name("target", "target"),
        "error": Name("error", "error"),
        "learning rate": Name("learning rate", "learning_rate"),
        "slope of activation": Name("slope of activation", "dprediction_dlayer1"),
        "factor of bias": Name("factor of bias", "dlayer1_dbias"),
        "factors of weights": Name("factors of weights", "dlayer1_dweights"),
        # On the page Vector similarity a neuron has not chosen its weights yet.
        "candidate": Name("candidate {n}", "weights_{n}"),
        "candidate input": Name("input", "input_vector"),
    }
)
"""The quantities of the tutorial's neuron, by what they are."""


def called(quantity: str, naming: Naming, i: int = 0) -> str:
    """Return what a quantity of the neuron is called; ``i`` counts inputs and weights from 0.

    Raises
    ------
    KeyError
        If there is no such quantity.
    """
    name = NAMES[quantity]
    return (name.code if naming == CODE else name.plain).format(i=i, n=i + 1)


def slope_along(name: str, naming: Naming, *, neuron: bool = True) -> str:
    """Return what the derivative of the error by a quantity is called."""
    if naming == PLAIN:
        return f"slope along {name}"
    if neuron:
        # The tutorial drops the number behind a name once it stands in a derivative.
        name = name.replace("weights_1", "weights").replace("layer_1", "layer1")
    return f"derror_d{name}"


def spoken(name: str) -> str:
    """Return a name as it stands in a sentence: "the bias", but "weight 1" and "weights_1"."""
    kind, _, number = name.partition(" ")
    numbered = kind in ("input", "weight", "unit", "candidate") and number[:1].isdigit()
    return name if numbered or "_" in name else f"the {name}"
