"""One box or arrow of the graph, read: what it is, what it is now, how it comes about."""

from functools import partial
from itertools import pairwise

import streamlit as st

from nnviz.chapters.backpropagation import controls
from nnviz.chapters.backpropagation.address import ADDRESS, PAGE, PLAYER
from nnviz.site import frame
from nnviz.site.fresh import fresh
from nnviz.site.naming import naming
from nnviz.site.plain import plain
from nnviz.site.rows.few_rows import LIMIT
from nnviz.walkthrough.figures.layouts import graph_plans
from nnviz.walkthrough.figures.update import step_highlights
from nnviz.walkthrough.values import given_value
from nnviz.walkthrough.view_boxes import choose_box
from nnviz.walkthrough.view_code import breakable
from nnviz.walkthrough.walk import BackpropWalk, Place
from nnviz.walkthrough.words.meanings import value_meanings
from nnviz.walkthrough.words.workings import working

_VALUE = f"{PAGE}.value"
_DERIVATIVE_OF = (
    ("weight", "derror_dweights"),
    ("bias", "derror_dbias"),
    ("a", "derror_dprediction"),
    ("act", "local"),
)


def reading(walk: BackpropWalk, at: Place) -> None:
    """Show what the person has clicked, or let them choose something to read."""
    meanings = value_meanings(walk.traces[at.update], naming())
    chosen = choose_box(ADDRESS, meanings)
    if not chosen:
        return
    with st.container(border=True):
        st.markdown(plain(meanings[chosen]))
        _steps(walk, at, chosen)
        if not frame.hidden("controls"):
            _setter(walk, at, chosen)


def _steps(walk: BackpropWalk, at: Place, key: str) -> None:
    """Show every step of this update that computes the value, and lead there."""
    plan, _ = graph_plans(walk.start.sizes)
    trace = walk.traces[at.update]
    given = given_value(trace, key)
    if given is not None:
        st.markdown(f"In this update it is **{plain(repr(given))}**.")
    # The derivatives by the values of a single unit have boxes of their own.
    about = {key, dict(_DERIVATIVE_OF).get(key.partition(".")[0], "")} & set(plan.boxes)
    for index, step in enumerate(walk.steps):
        if step.kind == "take" or not about & set(step_highlights(step, plan).computed):
            continue
        worked = working(trace, step, naming())
        # What is still to come is named, and not given away.
        computed = [worked.numbers, worked.result] if index <= at.index else ["?"]
        parts = [worked.name, worked.formula, *computed]
        st.html(f"<div class='nv-worked'>{breakable(' = '.join(filter(None, parts)))}</div>")
        if index != at.index:
            st.button(
                f"Go to step {index}",
                key=f"{PAGE}.go_{index}",
                on_click=PLAYER.go,
                args=(at.update * len(walk.steps) + index,),
            )


def _setter(walk: BackpropWalk, at: Place, key: str) -> None:
    index = parameter_index(walk, key)
    if index is None:
        return
    if at.update:
        st.caption(
            "To set it by hand, go back to the first update, or begin a new walk here (under More)."
        )
        return
    value, change = walk.start.parameters[index], partial(controls.set_parameter, index)
    widget, on_change = fresh(_VALUE, key, value, change)
    st.number_input(
        "Set it by hand", -LIMIT, LIMIT, step=0.01, format="%.4g", key=widget, on_change=on_change
    )


def parameter_index(walk: BackpropWalk, key: str) -> int | None:
    """Return where a weight or a bias stands among all parameters; None for anything else."""
    kind, *numbers = key.split(".")
    if kind not in ("weight", "bias"):
        return None
    layer, *rest = map(int, numbers)
    sizes = walk.start.sizes
    before = sum((n + 1) * m for n, m in pairwise(sizes[: layer + 1]))
    # The biases of a layer follow its weights, as a last row.
    row, unit = (sizes[layer], *rest) if kind == "bias" else rest
    return before + row * sizes[layer + 1] + unit
