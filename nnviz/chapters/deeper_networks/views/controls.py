"""The controls above the picture, and which preset they show."""

from functools import cache

import streamlit as st

from nnviz.chapters.deeper_networks.address import ADDRESS, EPOCHS, Chosen, length_of
from nnviz.chapters.deeper_networks.figures.gallery import small_picture
from nnviz.chapters.deeper_networks.presets import PRESETS, Preset
from nnviz.chapters.deeper_networks.views.data import data_controls
from nnviz.chapters.deeper_networks.views.network import network_controls
from nnviz.chapters.deeper_networks.views.training import rate_control, training_controls
from nnviz.site import frame, lesson
from nnviz.site.folded import folded
from nnviz.site.fresh import fresh
from nnviz.training.plan import Plan


def preset_shown(chosen: Chosen) -> Preset | None:
    """Return the preset with the present settings, if there is one."""
    if chosen.lines != chosen.lines[:1] or chosen.lines[0].changes:
        return None
    # What is left to the page, such as the loss, is chosen all the same.
    base, plan = chosen.base, chosen.base.plan()
    found = [
        each
        for each in PRESETS.values()
        if each.settings.data == base.data and _plan_of(each) == plan
    ]
    # Two of them can begin alike, and differ in how long they last.
    as_long = [each for each in found if length_of(each) == chosen.epochs]
    return next(iter(as_long or found), None)


@cache
def _plan_of(preset: Preset) -> Plan:
    return preset.plan()


def controls(chosen: Chosen, plan: Plan) -> None:
    """Show presets, data, network, training, length and learning rate."""
    if frame.hidden("controls"):
        return
    if lesson.shown() is not None:
        if not frame.hidden("rate"):
            with frame.controls():
                rate_control(chosen)
        return
    slider, rest = st.columns([0.22, 0.78], vertical_alignment="bottom")
    if not frame.hidden("rate"):
        with slider:
            rate_control(chosen)
    with rest, st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not frame.hidden("presets"):
            _gallery(chosen)
        if not frame.hidden("data"):
            data_controls(chosen)
        if not frame.hidden("network"):
            network_controls(chosen, plan)
        if not frame.hidden("training"):
            training_controls(chosen, plan)
        if not frame.hidden("epochs"):
            st.selectbox(
                "Epochs",
                EPOCHS,
                key=ADDRESS.key("epochs"),
                width=88,
                format_func=lambda epochs: f"{int(epochs):,}",
                help="How long the run is. In one epoch every training row is used once.",
            )


def _gallery(chosen: Chosen) -> None:
    """Show a button with the name of the preset, and all presets with small pictures behind it."""
    preset = preset_shown(chosen)
    name = preset.name if preset else None

    def take(name: str | None) -> None:
        if name:
            chosen.use_preset(PRESETS[name])

    def presets() -> None:
        key, on_change = fresh("deeper_preset", tuple(PRESETS), name, take)
        st.pills(
            "Presets",
            tuple(PRESETS),
            format_func=lambda name: f"![]({small_picture(PRESETS[name])}) {PRESETS[name].title}",
            key=key,
            on_change=on_change,
            wrap=True,
            label_visibility="collapsed",
        )

    folded(
        preset.title if preset else "Gallery",
        presets,
        icon=":material/grid_view:",
        key="deeper_gallery",
        help="Trainings that are worth looking at. Each is a link, too: copy it from above.",
    )
