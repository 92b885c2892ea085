"""The controls with which a person builds the model of a run: inputs, hidden layer, scale."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from nnviz.site.folded import folded
from nnviz.site.fresh import fresh
from nnviz.training.model import ADDABLE, HIDDEN_ACTIVATIONS, MOST_HIDDEN_UNITS, Model, nice


def model_chooser(
    value: Model, about: object, changed: Callable[[Model], None], *, name: str
) -> None:
    """Show a button with the model's name, and the controls behind it.

    Parameters
    ----------
    value : Model
        The model to show.
    about : object
        What the model belongs to, such as the letter of a branch.
    changed : callable
        Called with the model that the person has chosen.
    name : str
        The name of the chooser, which begins with that of its page.
    """

    def widget(field: str, shown: Any, take: Callable[[Any], Model]) -> tuple[str, Any]:
        return fresh(f"{name}_{field}", about, shown, lambda chosen: changed(take(chosen)))

    def choosers() -> None:
        key, on_change = widget(
            "features", list(value.features), lambda chosen: _with(value, chosen)
        )
        st.pills(
            "Inputs besides x1 and x2",
            ADDABLE,
            selection_mode="multi",
            format_func=nice,
            key=key,
            on_change=on_change,
        )
        key, on_change = widget("units", value.units, lambda units: replace(value, units=units))
        st.select_slider(
            "Units in a hidden layer",
            range(MOST_HIDDEN_UNITS + 1),
            key=key,
            on_change=on_change,
            help="0: no hidden layer, the inputs go straight to the output.",
        )
        if value.units:
            key, on_change = widget(
                "activation", value.activation, lambda chosen: replace(value, activation=chosen)
            )
            st.segmented_control(
                "Their activation", HIDDEN_ACTIVATIONS, key=key, on_change=on_change, required=True
            )
        key, on_change = widget(
            "standardise", value.standardise, lambda chosen: replace(value, standardise=chosen)
        )
        st.toggle(
            "Standardise the inputs",
            key=key,
            on_change=on_change,
            help="Moves every input to mean 0 and scales it to standard deviation 1 over the rows.",
        )

    folded(value.words, choosers, key=f"{name}_popover", help=_HELP)


_HELP = (
    "What is trained. Add an input, or a hidden layer, and see which of them frees the run from "
    "where the neuron gets stuck."
)


def _with(model: Model, features: list[str]) -> Model:
    return replace(model, features=tuple(name for name in ADDABLE if name in features))
