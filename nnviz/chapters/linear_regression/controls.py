"""The controls of the page "Linear regression" that both of its views share."""

import streamlit as st

from nnviz.chapters.linear_regression import choices
from nnviz.chapters.linear_regression.choices import (
    ADDRESS,
    FIRST,
    HOUSES,
    OWN,
    SECOND,
    UPDATES,
    VIEWS,
)
from nnviz.chapters.linear_regression.houses import FEWEST_ROWS, MOST_NOISE, MOST_ROWS
from nnviz.chapters.linear_regression.units import column, target
from nnviz.chapters.linear_regression.words import truth_told
from nnviz.data.sample import Sample
from nnviz.nn.rng import LARGEST_SEED
from nnviz.site import frame
from nnviz.site.own_data import own_data
from nnviz.site.own_points import points_table
from nnviz.site.plain import plain


def top(sample: Sample) -> str:
    """Show the view, the data and the column of the squares; return the view."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.segmented_control(
            "What to do",
            list(VIEWS),
            format_func=VIEWS.__getitem__,
            key=ADDRESS.key("view"),
            required=True,
            label_visibility="collapsed",
        )
        if not frame.hidden("controls"):
            _data(sample)
            nouns = {FIRST: column(sample, 0).noun, SECOND: column(sample, 1).noun}
            st.segmented_control(
                "Squares over",
                (FIRST, SECOND),
                format_func=lambda name: f"Squares over {plain(nouns[name])}",
                key=ADDRESS.key("over"),
                required=True,
                label_visibility="collapsed",
            )
            if ADDRESS["view"] == "descent":
                st.selectbox(
                    "Updates",
                    UPDATES,
                    key=ADDRESS.key("updates"),
                    on_change=choices.catch_up,
                    format_func=lambda text: f"{int(text):,} updates",
                    label_visibility="collapsed",
                    width=165,
                )
    return str(ADDRESS["view"])


def _data(sample: Sample) -> None:
    title = "Made-up houses" if choices.is_made_up() else "Own rows"
    with st.popover(f"{title} · {sample.n_rows}", help="The rows that the plane is fitted to."):
        st.segmented_control(
            "Data",
            (HOUSES, OWN),
            format_func=lambda name: "Made-up houses" if name == HOUSES else "Own rows",
            key=ADDRESS.key("data"),
            required=True,
            on_change=_other_rows,
        )
        if ADDRESS["data"] == OWN:
            _own(sample)
            return
        st.caption(truth_told(ADDRESS["noise"]))
        st.slider("Houses", FEWEST_ROWS, MOST_ROWS, key=ADDRESS.key("rows"))
        st.slider(
            "Noise, in thousand €", 0.0, MOST_NOISE, step=5.0, key=ADDRESS.key("noise"),
            help="The standard deviation of what area and age do not tell.",
        )  # fmt: skip
        st.number_input("Seed", 0, LARGEST_SEED, key=ADDRESS.key("seed"), help="Other houses.")


def _other_rows() -> None:
    """Put the plane where it can be seen over the rows that were chosen."""
    made_up = choices.is_made_up()
    choices.put(choices.START if made_up else choices.flat(choices.sample()))


def _own(sample: Sample) -> None:
    if ADDRESS["own"] is None:
        st.info("You have no rows of your own yet; the made-up houses stand in for them.")
    else:
        names = " and ".join(plain(name) for name in sample.columns[:2])
        st.caption(
            f"{sample.n_rows} rows: {plain(target(sample).noun)} is told from {names}. The target "
            "has to be a number; the first two columns that are chosen are used."
        )
    own_data(ADDRESS, choices.use_own)
    points_table(sample, choices.use_own)
