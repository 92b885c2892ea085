"""The controls of the page "Generalization"."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.generalization import address
from nnviz.chapters.generalization.address import ADDRESS
from nnviz.data.toys import TOYS


def opened_run() -> None:
    """Let the person choose the opened run by keyboard: a click on the picture does the same."""
    n_repeats = ADDRESS["repeats"]
    st.selectbox(
        "Opened run",
        range(1, n_repeats + 1),
        key=ADDRESS.key("run"),
        format_func=lambda run: f"run {run} of {n_repeats}",
        label_visibility="collapsed",
        width=130,
    )


def rows_and_runs(
    *,
    repeats: bool,
    hidden_label: str = "Hidden layers",
    more: Callable[[], None] | None = None,
) -> None:
    """Let the person choose the rows, the network and, with repeats, how often it is trained.

    `more` draws further controls beside these.
    """
    fixed = address.toy_is_fixed()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        st.selectbox(
            "Data",
            address.DATA,
            format_func=lambda name: TOYS[name].title,
            key=ADDRESS.key("data"),
            width=144,
        )
        st.slider(
            "Rows, half held out",
            address.FEWEST_ROWS,
            address.MOST_ROWS,
            step=2,
            key=ADDRESS.key("rows"),
            disabled=fixed,
            width=140,
        )
        st.slider(
            "Noise",
            0.0,
            1.0,
            step=0.05,
            key=ADDRESS.key("noise"),
            disabled=fixed,
            width=90,
            help=TOYS[ADDRESS["data"]].noise_words(ADDRESS["noise"]),
        )
        if repeats:
            st.slider(
                "Runs",
                1,
                address.MOST_REPEATS,
                key=ADDRESS.key("repeats"),
                width=90,
                help="How many networks of each kind. Each has another seed: other rows are held "
                "out, other weights to begin with, another order of the rows.",
            )
            st.selectbox("Epochs", address.EPOCHS, key=ADDRESS.key("epochs"), width=80)
        st.selectbox(hidden_label, address.SIZES, key=ADDRESS.key("hidden"), width=132)
        if more is not None:
            more()
