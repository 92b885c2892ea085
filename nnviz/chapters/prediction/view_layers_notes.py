"""What the tutorial says about stacked layers and activations, and what is so."""

from typing import Any, NamedTuple

import streamlit as st

from nnviz.chapters.prediction.linear_collapse import compare, fold, with_activation_between
from nnviz.chapters.prediction.words_collapse import row_name
from nnviz.data.tutorial import eight_rows
from nnviz.nn.network import Network
from nnviz.site.address import Address
from nnviz.site.parts import tutorial_says
from nnviz.text.digits import digits


class Switched(NamedTuple):
    """A relu unit of the first layer that is off on one row and on on another."""

    unit: int
    off: int
    on: int
    sum_off: float
    sum_on: float


def notes(address: Address, network: Network) -> None:
    """Show both notes, with what this stack makes of them."""
    _one_linear_map(address, network)
    _relu(address, network)


def _one_linear_map(address: Address, network: Network) -> None:
    X = eight_rows().X
    linear, bent = (
        compare(fold(with_activation_between(network, name)), X) for name in ("linear", "tanh")
    )
    apart = "the same in every digit"
    if linear.worst_difference:
        apart = f"{digits(linear.worst_difference, 2)} apart at the most, which is rounding"
    tutorial_says(
        "with linear operations alone, more layers have no effect, because each layer stays "
        "correlated with the one before. A smaller network would predict the same.",
        "the conclusion is right, the reason is not correlation. A product of matrices is one "
        "matrix, so any number of linear layers is exactly one linear layer. With these weights "
        f"the outputs of the stack and of the one layer are {apart}; with tanh between the layers "
        f"they are {digits(bent.worst_difference)} apart on row {bent.worst + 1}. A sigmoid at "
        "the end comes after the last sum, so it does not hinder folding.",
    )
    with st.container(horizontal=True):
        _show("Show me: linear", address, between="linear")
        _show("Show me: tanh between", address, between="tanh")


def _relu(address: Address, network: Network) -> None:
    found = switched(network)
    in_fact = (
        "it turns off no weight. It sets a unit’s output to 0 where the unit’s sum is negative, "
        "and that depends on the row."
    )
    if found is not None:
        comparison = compare(fold(network), eight_rows().X)
        off, on = (f"row {row + 1}, {row_name(comparison, row)}" for row in (found.off, found.on))
        in_fact += (
            f" Here unit {found.unit + 1} of layer 1 gives 0 on {off}, where its sum is "
            f"{digits(found.sum_off)}, and its sum on {on}, where that is {digits(found.sum_on)}. "
            "Its weights are the same both times."
        )
    tutorial_says("ReLU turns off a weight that is negative.", in_fact)
    _show("Show me: relu between", address, between="relu")


def switched(network: Network) -> Switched | None:
    """Return the first unit of the first layer whose sum is negative on some rows only."""
    sums = network.forward(eight_rows().X).pre_activations[0]
    for unit, column in enumerate(sums.T.tolist()):
        if min(column) < 0 < max(column):
            low, high = min(column), max(column)
            return Switched(unit, column.index(low), column.index(high), low, high)
    return None


def _show(label: str, address: Address, **choices: Any) -> None:
    def choose() -> None:
        for name, value in choices.items():
            address.set(name, value)

    st.button(label, on_click=choose)
