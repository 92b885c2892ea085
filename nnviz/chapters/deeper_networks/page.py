"""Deeper networks: build a network, train it on any rows, and read every mark of it."""

import time
from dataclasses import replace
from functools import partial
from types import MappingProxyType
from typing import Final

import streamlit as st

from nnviz.chapters.deeper_networks.address import ADDRESS, PLAYER, Chosen
from nnviz.chapters.deeper_networks.figures.layout import item_at, network_layout
from nnviz.chapters.deeper_networks.figures.picture import NETWORK, PREDICTION, deeper_picture
from nnviz.chapters.deeper_networks.items import item_of, item_text
from nnviz.chapters.deeper_networks.lesson import LESSON
from nnviz.chapters.deeper_networks.views.bar import bar
from nnviz.chapters.deeper_networks.views.controls import controls, preset_shown
from nnviz.chapters.deeper_networks.views.data import edit_rows, handles, move_row
from nnviz.chapters.deeper_networks.views.on_picture import on_picture
from nnviz.chapters.deeper_networks.views.parts import bodies
from nnviz.chapters.deeper_networks.views.records import losses_of
from nnviz.chapters.deeper_networks.views.shown import ShownLines
from nnviz.chapters.deeper_networks.views.training import sliding
from nnviz.chapters.deeper_networks.words import brief_sentence, checkpoint_sentence
from nnviz.chapters.deeper_networks.worksheet import ON_PAPER, worksheet
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click, Drag
from nnviz.site import frame, lesson
from nnviz.site.offer import offer_file
from nnviz.site.parts import parts
from nnviz.site.plain import plain
from nnviz.text.digits import percent

_HINTS: Final = MappingProxyType(
    {
        "ask": "Press Train. Click a unit, an edge or a bias to read and set it, and anywhere on "
        "the plane to ask for the answer there.",
        "add": "Click on the plane to put in a row.",
        "move": "Drag a row to another place. The training follows.",
        "remove": "Click a row on the plane to take it out.",
    }
)
# Its buttons on the picture take the place of the one that steps; the arrow keys step all the same.
_SLICE: Final = 0.04  # s; after each the page answers whoever has pressed something
_SILENT: Final = 0.6  # s before progress is shown
_STOPPED: Final = "deeper_stopped"


def draw() -> None:
    """Draw the page."""
    chosen = Chosen(ADDRESS, PLAYER)
    shown = ShownLines(chosen, int(ADDRESS["epochs"]), sliding=sliding())
    step = min(ADDRESS["step"], shown.record.last_step)
    if not shown.quick:
        ADDRESS.set("step", step)
    plan = shown.record.plan_at(step)
    note = chosen.note()
    if note:
        st.toast(plain(note))
    controls(chosen, plan)
    item, probe = item_of(ADDRESS["picked"], plan), _probe()
    moves_rows = ADDRESS["tool"] == "move"
    frame.without_single_steps()
    offered = on_picture(chosen, plan, shown.record.parameters_at(step), item)
    acts = {button.name: act for button, act in offered.items()}
    clock = PLAYER.clock(
        "Train",
        speeds=(1, 10, 100, 300, 1000, 2000, 10_000),
        speed=2000 if lesson.shown() is None else 300,
        jump=plan.updates_per_epoch,
        jump_unit="epoch",
        settles=True,
    )
    seen = chart(
        deeper_picture(
            shown.followed(),
            plan,
            shown.plane,
            others=shown.others,
            marks=shown.marks(),
            selected=item,
            log=ADDRESS["log"],
            rows_are_handles=moves_rows,
            brief=lesson.shown() is not None,
        ),
        key=PLAYER.chart,
        words=_words(shown, step),
        hint=_hint(chosen, late=step > shown.last_step // 2),
        handles=handles(plan, shown.plane) if moves_rows else (),
        on_drag=partial(_moved, chosen),
        clicks=(NETWORK, PREDICTION),
        on_click=partial(_clicked, chosen),
        buttons=tuple(offered),
        on_press=lambda name: acts[name](),
        fill=True,
        clock=replace(clock, step=step),
        on_position=PLAYER.arrive,
        packed=shown.packed(step, item, probe),
    )
    bar(chosen, shown, plan)
    offer_lesson = None
    if not shown.quick:
        whole = shown.for_a_file(step, item, probe)
        offer_lesson = partial(offer_file, ADDRESS, LESSON, seen, whole)
    parts(ADDRESS, bodies(chosen, shown, step, _pick, offer_lesson))
    frame.afterwards(partial(_wait_for_the_rest, shown))


def _words(shown: ShownLines, step: int) -> str:
    record = shown.record
    if shown.coarse:
        return brief_sentence(record, step)
    return checkpoint_sentence(record, step, losses_of(record.timeline, _record=record))


def _pick(text: str) -> None:
    PLAYER.catch_up()
    ADDRESS.set("picked", text)


def _probe() -> tuple[float, float] | None:
    probe = ADDRESS["probe"]
    return (probe[0], probe[1]) if len(probe) == 2 else None


def _hint(chosen: Chosen, *, late: bool) -> str:
    preset = preset_shown(chosen)
    if preset is not None and ADDRESS["tool"] == "ask":
        return preset.see if late else preset.invitation
    return _HINTS[ADDRESS["tool"]]


def _clicked(chosen: Chosen, click: Click) -> None:
    step = PLAYER.catch_up()
    if click.axes != PREDICTION:
        shown = ShownLines(chosen, int(ADDRESS["epochs"]), sliding=False)
        plan = shown.timeline.plan_at(step)
        ADDRESS.set("picked", item_text(item_at(network_layout(plan.sizes), click.x, click.y)))
    elif ADDRESS["tool"] == "ask":
        ADDRESS.set("probe", (click.x, click.y))
    else:
        edit_rows(chosen, click.x, click.y)


def _moved(chosen: Chosen, drag: Drag) -> None:
    PLAYER.catch_up()
    move_row(chosen, drag)


def _wait_for_the_rest(shown: ShownLines) -> bool:
    """Wait until there is more of the records; return whether there is.

    Whoever changes something meanwhile is answered at once: Streamlit ends this run of the page
    at the next element that it would send.
    """
    name = repr(shown.timeline)
    if shown.sliding:
        # The slider has been let go of, or its last message was lost.
        shown.ask()
    if not shown.waiting or st.session_state.get(_STOPPED) == name:
        return False
    start = time.monotonic()
    place = st.empty()
    has_button = False
    while not shown.outdated:
        if shown.failed:
            place.error("The rest of this training could not be computed, and that is our mistake.")
            return False
        shown.ask()
        time.sleep(_SLICE)
        if time.monotonic() - start < _SILENT and not shown.coarse:
            place.empty()
            continue
        if not has_button:
            has_button = True
            st.button(
                "Stop here", key="deeper_stop", icon=":material/stop_circle:",
                on_click=st.session_state.__setitem__, args=(_STOPPED, name),
            )  # fmt: skip
        words = f"Training on: {percent(shown.done)[0]} of {shown.steps:,} updates are there."
        if shown.coarse:
            missing = " and one line only" if shown.missing else ""
            words += f" Until then the picture shows few of them{missing}: there are many rows."
        place.progress(min(max(shown.done, 0.0), 1.0), text=words)
    return True


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show(ADDRESS.page, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
