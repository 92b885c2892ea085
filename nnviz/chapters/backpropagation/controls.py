"""The controls of a walk: network, row, learning rate, the next row."""

from typing import Final

import streamlit as st

from nnviz.chapters.backpropagation import choices
from nnviz.chapters.backpropagation.choices import ADDRESS, PAGE
from nnviz.chapters.backpropagation.parameters import (
    ENDS,
    MOST_INPUTS,
    MOST_LAYERS,
    MOST_UNITS,
    NETWORKS,
    RATES,
)
from nnviz.chart.slider import rate_slider
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.site import few_rows
from nnviz.walkthrough.walk import BackpropWalk, Place

KEYS: Final = (*"123456789", "n", "N")
HINT: Final = (
    "Step with ← and →. Keys 1–9 pick the row, N takes the next. Green is learnt, red is a "
    "derivative. Click any box or arrow to read it."
)
_TITLES: Final = (
    ("neuron", "Tutorial’s neuron"),
    ("2-2-1", "2-2-1"),
    ("2-2-2-1", "2-2-2-1"),
    ("own", "Your own"),
)


def controls(walk: BackpropWalk, at: Place) -> None:
    """Show the controls in one line, and what else can be set behind a button."""
    note = st.session_state.pop(choices.NOTE, None)
    if note:
        st.toast(note)
    slider, rest = st.columns([0.24, 0.76], vertical_alignment="bottom")
    with slider:
        rate_slider(
            "Learning rate" if at.update == 0 else f"Rate from update {at.update + 1} on",
            walk.taken[at.update].learning_rate,
            key=f"{PAGE}_rate",
            values=RATES,
            marks=(0.001, 0.01, 0.1, 1, 10),
            on_slide=choices.set_rate,
        )
    with rest, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.selectbox(
            "Network",
            NETWORKS,
            format_func=dict(_TITLES).__getitem__,
            key=ADDRESS.key("net"),
            width=172,
            on_change=choices.new_network,
        )
        # The row belongs to the update that is seen, so it follows the player.
        row = walk.taken[at.update].row
        few_rows.pick(ADDRESS, f"Row of update {at.update + 1}", row, choices.pick_row)
        st.button("Next row", on_click=choices.next_row, help="Or press N.", type="primary")
        with st.popover("Build it" if ADDRESS["net"] == "own" else "More"):
            _more(walk, at)


def _more(walk: BackpropWalk, at: Place) -> None:
    if ADDRESS["net"] == "own":
        _own_network()
    if ADDRESS["net"] != "neuron":
        st.number_input(
            "Seed of the start", 0, 2**32 - 1, key=ADDRESS.key("seed"), on_change=choices.new_start
        )
    st.selectbox(
        "Weighted sums",
        ("auto", "term by term", "at once"),
        key=ADDRESS.key("sums"),
        on_change=choices.new_steps,
        help="auto: term by term for the neuron, at once for larger networks.",
    )
    few_rows.editor(ADDRESS, choices.forget_missing_rows)
    if at.update + 1 < len(walk.traces):
        st.button("Forget the updates after this one", on_click=choices.drop_later)
    if at.update:
        st.button("Begin a new walk with these parameters", on_click=choices.begin_here)
    if ADDRESS["start"]:
        st.button("Back to the first parameters", on_click=choices.new_start)
    st.button("Start again from the defaults", on_click=choices.reset)


def _own_network() -> None:
    st.multiselect(
        "Inputs, made from x1 and x2",
        tuple(FEATURES),
        default=list(ADDRESS["features"]),
        key=f"{PAGE}.pick_features",
        max_selections=MOST_INPUTS,
        on_change=choices.new_features,
    )
    st.selectbox(
        "Hidden layers",
        range(MOST_LAYERS + 1),
        index=len(ADDRESS["hidden"]),
        key=f"{PAGE}.n_hidden",
        on_change=choices.new_hidden,
    )
    for layer, n_units in enumerate(ADDRESS["hidden"]):
        st.slider(
            f"Units in hidden layer {layer + 1}",
            1,
            MOST_UNITS,
            n_units,
            key=f"{PAGE}.units_{layer}",
            on_change=choices.new_hidden,
        )
    st.selectbox("Activation of hidden layers", tuple(ACTIVATIONS), key=ADDRESS.key("activation"))
    st.selectbox(
        "Output",
        ENDS,
        key=ADDRESS.key("end"),
        help="The squared error is used unless another one is named.",
    )
