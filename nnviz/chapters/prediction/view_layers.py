"""The view in which a person stacks layers and sees them fold into one."""

from typing import Final

import streamlit as st

from nnviz.chapters.prediction import view_layers_notes, view_layers_numbers
from nnviz.chapters.prediction.figure_collapse import folding_picture
from nnviz.chapters.prediction.linear_collapse import (
    Fold,
    FoldComparison,
    compare,
    fold,
    random_stack,
)
from nnviz.chapters.prediction.questions_collapse import folding_questions
from nnviz.chapters.prediction.script_collapse import folding_snippet
from nnviz.chapters.prediction.words_collapse import folding, waiting
from nnviz.chart.chart import chart
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.site.parameters import Choice, Whole
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import predict_first

LAYERS_PARAMETERS: Final = (
    Whole("depth", 2, 1, 3),
    Whole("units", 3, 1, 4),
    Choice("between", "linear", tuple(ACTIVATIONS)),
    Choice("last", "sigmoid", ("sigmoid", "linear")),
    # With this seed the first outputs seen lie well apart, and far from 0 and 1.
    Whole("layers_seed", 2, 0, LARGEST_SEED),
)
"""What can be chosen in this view, for the address of its page."""


def layers_view(address: Address) -> None:
    """Show a stack of layers, the one layer it folds into, and what both make of eight rows."""
    folded = fold(
        random_stack(
            address["depth"],
            address["units"],
            address["between"],
            address["last"],
            seed=address["layers_seed"],
        )
    )
    comparison = compare(folded, eight_rows().X)
    if not frame.hidden("controls"):
        _controls(address)
    # Whoever is asked to predict what the stack folds into must not see it.
    secret = address["part"] == "predict" and not frame.hidden("predict")
    chart(
        folding_picture(folded, comparison, shown=not secret),
        key="prediction_layers",
        words=waiting(folded, comparison) if secret else folding(folded, comparison),
        hint="A matrix has a row per input, a column per unit, and the bias b below. Orange is "
        "negative, blue positive. Right: the outputs for the eight rows.",
    )
    parts(
        address,
        {
            "numbers": lambda: view_layers_numbers.numbers(folded, comparison),
            "code": lambda: code([fold, compare], folding_snippet(folded, comparison)),
            "predict": lambda: _predict(address, folded, comparison),
            "tutorial": lambda: view_layers_notes.notes(address, folded.network),
        },
    )


def _controls(address: Address) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        st.segmented_control("Hidden layers", (1, 2, 3), key=address.key("depth"), required=True)
        st.segmented_control("Units in each", (1, 2, 3, 4), key=address.key("units"), required=True)
        st.selectbox(
            "Between the layers",
            list(ACTIVATIONS),
            format_func=_spoken,
            key=address.key("between"),
            width=150,
        )
        st.segmented_control(
            "At the end", ("sigmoid", "linear"), key=address.key("last"), required=True
        )
        st.number_input(
            "Seed", 0, LARGEST_SEED, key=address.key("layers_seed"), help=_SEED_HELP, width=130
        )


_SEED_HELP: Final = "Decides the random weights and biases of the stack."


def _spoken(activation: str) -> str:
    return activation.replace("_", " ")


def _predict(address: Address, folded: Fold, comparison: FoldComparison) -> None:
    predict_first(
        address.page,
        folding_questions(folded, comparison),
        then=("Show the folded layer", lambda: address.set("part", "numbers")),
    )
