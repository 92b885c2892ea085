"""The part of a run's page that shows its error over any two directions, as a map or in 3-D."""

import re
from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.live_training.figures.surface import error_surface_picture
from nnviz.chapters.live_training.surfaces import surface_scene
from nnviz.chapters.live_training.words.surface import error_surface, movement
from nnviz.chart.chart import chart
from nnviz.site.address import Address
from nnviz.site.fresh import fresh
from nnviz.site.parameters import Custom, Switch, Whole
from nnviz.training.maps.surface_axes import SurfaceAxes, principal_directions, two_parameters
from nnviz.training.parameter_names import parameter_keys, parameter_names
from nnviz.training.plan import Plan
from nnviz.training.record import Record

MAIN: Final = "principal"
_FIRST_TWO: Final = "w1,w2"
_KINDS: Final = ("Two weights or biases", "Main directions")
_KEYS: Final = re.compile(r"[a-z0-9.]{1,12},[a-z0-9.]{1,12}")


def _parse(text: str) -> str:
    if text == MAIN:
        return text
    across, _, up = text.partition(",")
    if not _KEYS.fullmatch(text) or across == up:
        raise ValueError(f"it must be {MAIN}, or two different weights or biases, such as w1,b")
    return text


SURFACE_PARAMETERS: Final = (
    Custom("surface", _FIRST_TWO, _parse, str),
    Switch("solid"),
    Whole("turn", 0, 0, 350),
)
"""What the address says of the surface: its axes, whether it is solid, from where it is seen."""


def chosen_axes(address: Address, run: Record) -> SurfaceAxes:
    """Return the axes that the person has chosen, or the first two parameters.

    Main directions are the run's own; a link may name parameters that its model does not have.
    """
    if address["surface"] == MAIN:
        return principal_directions(run)
    return two_parameters(run.plan, *_pair(address["surface"], run.plan))


def surface_part(address: Address, run: Record, step: int) -> None:
    """Show the error surface of a run at one of its steps, and what can be chosen of it."""
    _controls(address, run.plan)
    axes = chosen_axes(address, run)
    _notes(address, run.plan, axes)
    scene, solid = surface_scene(run, axes, step), bool(address["solid"])
    chart(
        error_surface_picture(scene, solid=solid, turn=address["turn"]),
        # A map and a landscape are two charts: what was turned or zoomed stays with its own.
        key=f"{address.page}_surface_{'solid' if solid else 'map'}",
        words=error_surface(scene, solid=solid),
        hint=_HINTS[solid],
    )
    if axes.shares is not None:
        st.caption(movement(axes))


_HINTS: Final = (
    "Purple is a high error, the page's own colour a low one. Shades go by rank: the more purple, "
    "the more of the map has a lower error. The thin lines join equal errors.",
    "Turn it with the mouse or the slider. Height is the error, and so is purple; the thin lines "
    "join equal errors.",
)


def _controls(address: Address, plan: Plan) -> None:
    page, keys, names = address.page, parameter_keys(plan), parameter_names(plan)
    main = address["surface"] == MAIN
    pair = tuple(keys[i] for i in _pair(address["surface"], plan))

    def choose_kind(kind: str) -> None:
        address.set("surface", MAIN if kind == _KINDS[1] else ",".join(keys[:2]))

    def choose(place: int, key: str) -> None:
        other = pair[1 - place]
        if key == other:
            # A callback cannot show anything itself.
            st.session_state[_note(address)] = (
                f"“{names[keys.index(key)]}” is on the other axis already. Choose two different "
                "ones: a surface needs two directions."
            )
        else:
            address.set("surface", f"{key},{other}" if place == 0 else f"{other},{key}")

    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        key, on_change = fresh(f"{page}.surface_kind", plan, _KINDS[main], choose_kind)
        st.segmented_control(
            "Axes of the surface", _KINDS, key=key, on_change=on_change, required=True, wrap=True,
            help="Main directions: the two directions in which this run moved most.",
        )  # fmt: skip
        if not main:
            for place, label in enumerate(("Across", "Up")):
                name, take = f"{page}.surface_axis_{place}", partial(choose, place)
                key, on_change = fresh(name, (plan, pair), pair[place], take)
                st.selectbox(
                    label, keys, format_func=lambda key: names[keys.index(key)], key=key,
                    on_change=on_change, width=190,
                )  # fmt: skip
        st.toggle("In 3-D", key=address.key("solid"))
        if address["solid"]:
            st.slider("Turn", 0, 350, step=10, key=address.key("turn"), format="%d°", width=170)


def _notes(address: Address, plan: Plan, axes: SurfaceAxes) -> None:
    refused = st.session_state.pop(_note(address), None)
    if refused:
        st.warning(refused)
    chosen, why = address["surface"], ""
    if chosen == MAIN and axes.kind != "principal":
        why = "This run does not move, so it has no main directions."
    elif chosen not in (MAIN, _FIRST_TWO):
        unknown = [key for key in chosen.split(",") if key not in parameter_keys(plan)]
        why = f"This model has no weight or bias “{unknown[0]}”." if unknown else ""
    if why:
        st.caption(f"{why} Shown are “{axes.names[0]}” and “{axes.names[1]}”.")


def _note(address: Address) -> str:
    return f"{address.page}.surface_note"


def _pair(chosen: str, plan: Plan) -> tuple[int, int]:
    """Return the indices of the chosen parameters; of the first two if the model lacks them."""
    keys = parameter_keys(plan)
    across, _, up = chosen.partition(",")
    return (keys.index(across), keys.index(up)) if {across, up} <= set(keys) else (0, 1)
