"""What a picked unit, edge or bias does at this moment, in numbers, and a field to set it."""

from collections.abc import Callable

import streamlit as st

from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chapters.deeper_networks.figures.layout import Item, Unit, deep_layout, parameter_index
from nnviz.chapters.deeper_networks.figures.network import item_name
from nnviz.chapters.deeper_networks.items import item_of, item_text
from nnviz.chapters.deeper_networks.lines_text import LARGEST_BY_HAND
from nnviz.chapters.deeper_networks.reading import edge as edge_reading
from nnviz.chapters.deeper_networks.reading import unit as unit_reading
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
from nnviz.training.plan import Plan

Point = tuple[float, ...]


def reading(
    chosen: Chosen,
    plan: Plan,
    parameters: FloatArray,
    item: Item | None,
    point: Point,
    pick: Callable[[str], None],
) -> None:
    """Show the list to pick from, and what is picked.

    Parameters
    ----------
    chosen : Chosen
    plan : Plan
    parameters : ndarray, shape (n_parameters,)
        At the step that is seen.
    item : Unit, Edge, Bias or None
    point : tuple of float
        For which a unit is worked out, in the units of the columns.
    pick : callable
        Hears of another item, by its text.
    """
    _list(plan, item, pick)
    if item is None:
        st.caption(
            "Click a unit, an edge or the small square of a bias in the network, or choose one "
            "here, to read its formula with this moment's numbers and to set its value."
        )
        return
    if isinstance(item, Unit) and item.layer == 0:
        inputs = plan.inputs([point])[0]
        st.markdown(plain(f"{item_name(plan, item)} is {inputs[item.unit]:.4g} for this point."))
        return
    if isinstance(item, Unit):
        found = unit_reading.reading(plan, parameters, item.layer - 1, item.unit, point)
        st.markdown(" ".join(unit_words(plan, found)))
        formulas(*unit_latex(plan, found))
        return
    index = parameter_index(item, plan.sizes)
    edge = edge_reading.reading(plan, parameters, index, point)
    _set(chosen, index, float(parameters[index]))
    st.markdown(" ".join(edge_words(plan, edge)))
    formulas(*edge_latex(plan, edge))


def _list(plan: Plan, item: Item | None, pick: Callable[[str], None]) -> None:
    layout = deep_layout(plan.sizes)
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

    key, on_change = fresh(
        "deeper_value",
        (chosen.letter, index),
        min(max(value, -reach), reach),
        take,
    )
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
