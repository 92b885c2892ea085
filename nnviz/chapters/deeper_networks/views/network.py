"""The controls of the network: inputs, hidden layers, output, loss, initial weights."""

from functools import partial
from types import MappingProxyType
from typing import Final, TypeAlias

import streamlit as st

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.items import input_name
from nnviz.chapters.deeper_networks.settings import AUTOMATIC, losses_for
from nnviz.chapters.deeper_networks.views.widgets import keyed, select
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import (
    MOST_DRAWN_UNITS,
    MOST_HIDDEN_LAYERS,
    OUTPUTS,
    Architecture,
    offered_inputs,
)
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.losses import LOSSES
from nnviz.site.folded import folded
from nnviz.site.plain import plain
from nnviz.text.digits import digits
from nnviz.training.plan import Plan

NAMES: Final = MappingProxyType(
    {
        each.name: each.title
        for registry in (ACTIVATIONS, LOSSES, INITIALIZERS)
        for each in registry.values()
    }
)


def network_controls(chosen: Chosen, plan: Plan) -> None:
    """Show a button that says what the network is, and the controls behind it."""
    folded(_words(plan), lambda: _settings(chosen, plan), key="deeper_network", help=_HELP)


def _settings(chosen: Chosen, plan: Plan) -> None:
    _inputs(chosen, plan)
    _layers(chosen, plan.architecture)
    _output(chosen, plan)
    select(chosen, "init", "Start of the weights", tuple(INITIALIZERS), shown=_name)
    st.caption(f"{INITIALIZERS[chosen.settings.init].words} Biases start at 0.")


_MOST_WRITTEN_OUT: Final = 4
_HELP: Final = (
    "What the network is made of: inputs, hidden layers, output, loss, and how it begins."
)


def _words(plan: Plan) -> str:
    n_hidden = len(plan.architecture.hidden)
    if n_hidden > _MOST_WRITTEN_OUT:
        return f"{n_hidden} hidden layers"
    return "–".join(str(size) for size in plan.sizes)


def _name(name: str) -> str:
    return NAMES.get(name, name)


def _inputs(chosen: Chosen, plan: Plan) -> None:
    offered = offered_inputs(plan.sample.X.shape[1])

    def take(names: list[str]) -> None:
        if not names:
            chosen.tell("A network needs at least one input, so the last one stays.")
            return
        chosen.take({"inputs": tuple(name for name in offered if name in names)})

    key, on_change = keyed(chosen, "inputs", list(plan.architecture.inputs), take)
    st.pills(
        "Inputs", offered, selection_mode="multi", key=key, on_change=on_change,
        help=_INPUTS_HELP, format_func=lambda name: plain(input_name(plan, name)),
    )  # fmt: skip
    key, on_change = keyed(chosen, "standardise", chosen.settings.standardise)
    st.toggle("Standardise", key=key, on_change=on_change, help=_STANDARDISE_HELP)
    if plan.standardiser is not None:
        scaler = plan.standardiser
        parts = [
            f"({input_name(plan, name)} {'+' if mean < 0 else '−'} {digits(abs(mean), 3)}) / "
            f"{digits(scale, 3)}"
            for name, mean, scale in zip(
                plan.architecture.inputs, scaler.mean, scaler.scale, strict=True
            )
        ]
        more = " and so on" if len(parts) > 4 else ""
        st.caption(plain(f"The network is given {', '.join(parts[:4])}{more}."))


_INPUTS_HELP: Final = (
    "Besides the columns themselves: squares, the product and sines of the two columns that the "
    "plane shows. The right input can make a hidden layer unnecessary."
)
_STANDARDISE_HELP: Final = (
    "Moves every input to mean 0 and scales it to standard deviation 1 over the training rows; "
    "where a number is to be told, that as well."
)


Hidden: TypeAlias = tuple[tuple[int, str], ...]


def take_layer(
    chosen: Chosen, hidden: Hidden, index: int, units: int, activation: str = ""
) -> None:
    """Give a hidden layer so many units, and another activation if one is named."""
    layer = (units, activation or hidden[index][1])
    chosen.take({"hidden": (*hidden[:index], layer, *hidden[index + 1 :])})


def with_new_layer(hidden: Hidden) -> Hidden:
    """Return hidden layers with one more, like the last."""
    return (*hidden, hidden[-1] if hidden else (4, "tanh"))


def _layers(chosen: Chosen, architecture: Architecture) -> None:
    hidden = architecture.hidden
    st.markdown(f"Hidden layers: **{len(hidden)}**")
    for index, (units, activation) in enumerate(hidden):
        left, right = st.columns([0.42, 0.58])
        with left:
            select(
                chosen, "hidden", f"Units in layer {index + 1}", range(1, MOST_DRAWN_UNITS + 1),
                value=units, name=f"units_{index}",
                take=partial(take_layer, chosen, hidden, index),
            )  # fmt: skip
        with right:
            select(
                chosen, "hidden", "Activation", tuple(ACTIVATIONS),
                value=activation, shown=_name, name=f"act_{index}",
                take=partial(take_layer, chosen, hidden, index, units),
            )  # fmt: skip
    with st.container(horizontal=True):
        st.button(
            "Add a layer",
            icon=":material/add:",
            key="deeper_add_layer",
            disabled=len(hidden) >= MOST_HIDDEN_LAYERS,
            on_click=lambda: chosen.take({"hidden": with_new_layer(hidden)}),
        )
        st.button(
            "Remove the last",
            icon=":material/remove:",
            key="deeper_remove_layer",
            disabled=not hidden,
            on_click=lambda: chosen.take({"hidden": hidden[:-1]}),
        )


def _output(chosen: Chosen, plan: Plan) -> None:
    architecture = plan.architecture
    left, right = st.columns(2)
    with left:
        select(
            chosen, "loss", "Loss", losses_for(plan.sample), _LOSS_HELP,
            value=architecture.loss, shown=_name,
            take=lambda loss: chosen.take({"loss": loss, "output": AUTOMATIC}),
        )  # fmt: skip
    with right:
        select(
            chosen, "output", "Output", OUTPUTS[architecture.loss], _OUTPUT_HELP,
            value=architecture.output,
        )  # fmt: skip


_LOSS_HELP: Final = (
    "How wrong an answer is. Cross-entropy goes with classes: a confident mistake costs a lot. "
    "Squared error is what the tutorial uses."
)
_OUTPUT_HELP: Final = (
    "Activation of the last layer: sigmoid and softmax give shares between 0 and 1, linear any "
    "number. With tanh the two classes are −1 and 1."
)
