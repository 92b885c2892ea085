"""The controls over a run: its rate, model, order of rows, seed and length."""

from dataclasses import replace
from typing import Final

import streamlit as st

from nnviz.chapters.live_training.address import RATE_MARKS, RATES, UPDATES
from nnviz.chapters.live_training.branches import ORDERS
from nnviz.chapters.live_training.views.branch_choices import Choices
from nnviz.chart.slider import rate_slider
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.site.fresh import fresh
from nnviz.training.plan import Plan

_SLIDING: Final = "run_sliding"
_SCALE_HELP = (
    "Moves every input to mean 0 and scales it to standard deviation 1 over the rows. The network "
    "itself is changed on the drawing."
)
_SEED_HELP = (
    "Decides the random start and the order of the rows. The same seed in NumPy gives the "
    "tutorial's own code the same run."
)
_ORDER_HELP = (
    "random: any row, every time, as in the tutorial.  \n"
    "shuffled: every row once, in a new order, over and over.  \n"
    "in turn: row 1, row 2, row 3 ..."
)


def sliding() -> bool:
    """Return whether the slider is held, so that the next picture comes soon.

    It holds for one rerun: the last message of a drag may get lost.
    """
    return bool(st.session_state.pop(_SLIDING, False))


def run_controls(address: Address, choices: Choices, plan: Plan) -> None:
    """Show the controls of the line that is followed, which comes to a plan."""
    parts = ("rate", "order", "seed", "updates", "scale")
    if all(frame.hidden(part) for part in parts):
        return
    slider, rest = st.columns([0.34, 0.66], vertical_alignment="bottom")
    if not frame.hidden("rate"):
        with slider:
            _rate(choices)
    with rest, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not frame.hidden("order"):
            orders = {order: name for name, order in ORDERS.items()}
            order = orders[plan.hyperparameters.order]
            key, on_change = fresh("run_order_of", choices.letter, order, choices.setter("order"))
            st.selectbox(
                "Rows", list(ORDERS), key=key, on_change=on_change, help=_ORDER_HELP, width=110
            )
        if not frame.hidden("seed"):
            key, on_change = fresh("run_seed_of", choices.letter, plan.seed, choices.setter("seed"))
            st.number_input(
                "Seed", 0, LARGEST_SEED, key=key, on_change=on_change, help=_SEED_HELP, width=135
            )
        if not frame.hidden("updates"):
            st.selectbox(
                "Updates", UPDATES, key=address.key("updates"), width=115,
                format_func=lambda updates: f"{int(updates):,}",
            )  # fmt: skip
        if not frame.hidden("scale"):
            _scale(choices)


def _scale(choices: Choices) -> None:
    model = choices.model

    def take(standardise: bool) -> None:
        choices.setter("model")(replace(model, standardise=standardise))

    key, on_change = fresh("run_scale_of", (choices.letter, model), model.standardise, take)
    st.toggle("Standardise", key=key, on_change=on_change, help=_SCALE_HELP)


def _rate(choices: Choices) -> None:
    branch = choices.branch
    begins = f" of {choices.letter}, from update {branch.at:,} on" if branch else ""

    def slide(rate: float, done: bool) -> None:
        st.session_state[_SLIDING] = not done
        choices.setter("learning_rate")(rate)

    rate_slider(
        f"Learning rate{begins}", choices.learning_rate, key="run_rate", values=RATES,
        marks=RATE_MARKS, on_slide=slide,
    )  # fmt: skip
