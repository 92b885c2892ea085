"""The controls with which a person chooses what a deeper network learns from."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chapters.deeper_networks.settings import OWN, Settings, task_of
from nnviz.chapters.deeper_networks.widgets import number_input, select, slider
from nnviz.data import toys
from nnviz.data.sample import MOST_CLASSES, Sample
from nnviz.data.toys import TOYS
from nnviz.site.address import Address
from nnviz.site.own_data import own_data
from nnviz.site.own_points import points_table
from nnviz.site.plain import plain

_MOST_IN_A_TABLE = 200


def data_controls(address: Address, chosen: Chosen) -> None:
    """Show a button that says what the data are, and the controls behind it."""
    settings = chosen.settings
    sample = settings.sample(chosen.own)
    with st.popover(_words(settings, sample), key="deeper_data", help=_HELP):
        _which(chosen, settings)
        if settings.data == OWN:
            _own(address, chosen, sample)
        else:
            _toy(chosen, settings)
        slider(
            chosen, "test", "Held out for testing",
            [k / 20 for k in range(19)], "The network never learns from these rows.",
            shown=lambda share: f"{share:.0%}",
        )  # fmt: skip


_HELP = "What the network learns from: a data set made by chance, or rows of your own."


def _words(settings: Settings, sample: Sample) -> str:
    title = "Own rows" if settings.data == OWN else TOYS[settings.data].title
    return f"{title} · {sample.n_rows:,}"


def _which(chosen: Chosen, settings: Settings) -> None:
    select(
        chosen,
        "data",
        "Data",
        (*TOYS, OWN),
        shown=lambda name: "Own rows" if name == OWN else TOYS[name].title,
    )
    if settings.data != OWN:
        st.caption(TOYS[settings.data].description)


def _toy(chosen: Chosen, settings: Settings) -> None:
    toy = TOYS[settings.data]
    if not toy.fixed:
        slider(chosen, "noise", "Noise", [k / 50 for k in range(51)])
    st.caption(toy.noise_words(settings.noise))
    if toy.fixed:
        return
    sizes = sorted({10, 20, 50, 100, 150, 200, 250, 400, 600, 1000, 2000, toys.MOST_ROWS})
    slider(chosen, "rows", "Rows", sizes)
    if len(toy.classes) > 1:
        slider(chosen, "classes", "Classes", range(2, MOST_CLASSES + 1))
    number_input(chosen, "draw", "Seed of the rows", "Other rows of the same kind.")
    st.caption("To put in, move or take out single points, choose a tool under the picture.")


def _own(address: Address, chosen: Chosen, sample: Sample) -> None:
    take: Callable[[Sample, str], None] = chosen.use_rows
    if chosen.own is None:
        st.info("You have no rows of your own yet; the circle stands in for them.")
    else:
        columns = " and ".join(plain(name) for name in sample.columns[:2])
        st.caption(f"{sample.n_rows:,} rows for a {task_of(sample)}; the plane shows {columns}.")
    own_data(address, take)
    if sample.n_rows <= _MOST_IN_A_TABLE:
        points_table(sample, take)
