"""The picked unit, weight or bias in numbers, and a field to set it."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.deeper_networks.address import Chosen
from nnviz.chapters.deeper_networks.figures.layout import network_layout
from nnviz.chapters.deeper_networks.items import (
    Item,
    Unit,
    item_name,
    item_of,
    item_text,
    parameter_index,
)
from nnviz.chapters.deeper_networks.link_text import LARGEST_BY_HAND
from nnviz.chapters.deeper_networks.reading.values import edge_reading, unit_reading
from nnviz.chapters.deeper_networks.reading.words import (
    edge_latex,
    edge_words,
    unit_latex,
    unit_words,
)
from nnviz.nn.checks import FloatArray
from nnviz.site.fresh import fresh
from nnviz.site.parts import formulas
from nnviz.site.plain import plain
from nnviz.text.digits import digits
from nnviz.training.plan import Plan

Point = tuple[float, ...]


def reading_part(
    chosen: Chosen,
    plan: Plan,
    parameters: FloatArray,
    item: Item | None,
    point: Point,
    pick: Callable[[str], None],
) -> None:
    """Show the list to pick from, and the numbers of what is picked.

    `parameters`, at the step on the screen, has the shape (n_parameters,). A unit is worked out for
    the point, in the units of the columns. `pick` is called with the text of another item.
    """
    _list(plan, item, pick)
    if item is None:
        st.caption(
            "Click a unit, an edge or the small square of a bias in the network, or choose one "
            "here, to read its formula with this moment's numbers and to set its value."
        )
        return
    if isinstance(item, Unit) and item.layer == 0:
        value = digits(plan.inputs([point])[0, item.unit])
        st.markdown(plain(f"{item_name(plan, item)} is {value} for this point."))
        return
    if isinstance(item, Unit):
        found = unit_reading(plan, parameters, item, point)
        st.markdown(" ".join(unit_words(plan, found)))
        formulas(*unit_latex(plan, found))
        return
    index = parameter_index(item, plan.sizes)
    edge = edge_reading(plan, parameters, index, point)
    _set(chosen, index, float(parameters[index]))
    st.markdown(" ".join(edge_words(plan, edge)))
    formulas(*edge_latex(plan, edge))


def _list(plan: Plan, item: Item | None, pick: Callable[[str], None]) -> None:
    layout = network_layout(plan.sizes)
    items: tuple[Item, ...] = (*layout.units, *layout.biases, *layout.edges)
    texts = ["", *(item_text(each) for each in items)]

    def label(text: str) -> str:
        each = item_of(text, plan)
        return "nothing picked" if each is None else item_name(plan, each)

    key, on_change = fresh("deeper_pick", plan.sizes, item_text(item), pick)
    st.selectbox("Unit, weight or bias", texts, format_func=label, key=key, on_change=on_change)


def _set(chosen: Chosen, index: int, value: float) -> None:
    reach = LARGEST_BY_HAND

    def take(new: float | None) -> None:
        if new is not None:
            chosen.set_by_hand(index, float(new))

    within = min(max(value, -reach), reach)
    key, on_change = fresh("deeper_value", (chosen.letter, index), within, take)
    st.number_input(
        "Set its value, from this update on",
        -reach,
        reach,
        step=0.1,
        format="%.4g",
        key=key,
        on_change=on_change,
        width=260,
    )
