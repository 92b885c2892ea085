"""Deeper networks: build a network, train it on any rows, and read every mark of it."""

from functools import partial

import streamlit as st

from nnviz.chapters.deeper_networks import details
from nnviz.chapters.deeper_networks.bar import bar
from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chapters.deeper_networks.controls import controls, preset_shown
from nnviz.chapters.deeper_networks.controls_training import sliding
from nnviz.chapters.deeper_networks.figures.layout import deep_layout, item_at
from nnviz.chapters.deeper_networks.figures.picture import ANSWER, NETWORK, deep_picture
from nnviz.chapters.deeper_networks.items import item_of, item_text
from nnviz.chapters.deeper_networks.parameters import deeper_parameters
from nnviz.chapters.deeper_networks.points import edit_rows, handles, move_row
from nnviz.chapters.deeper_networks.shown import DeepShown
from nnviz.chapters.deeper_networks.waiting import wait_for_the_rest
from nnviz.chapters.deeper_networks.words_checkpoint import moment
from nnviz.chart.chart import Clock, chart, last_report
from nnviz.chart.gestures import Click, Drag
from nnviz.site import frame
from nnviz.site.address import Address
from nnviz.site.parts import parts
from nnviz.site.plain import plain
from nnviz.training.timeline import MOST_STEPS

ADDRESS = Address("deeper_networks", deeper_parameters())
CHART = "deeper_networks_chart"
ORDER = "deeper_networks_order"
LEFT = "deeper_networks_left"  # the last report from a step that the page has left


def lesson() -> None:
    """Draw the page."""
    chosen = Chosen(ADDRESS, _here, _go)
    shown = DeepShown(chosen, int(ADDRESS["epochs"]), sliding=sliding())
    step = min(ADDRESS["step"], shown.history.last_step)
    if not shown.quick:
        ADDRESS.set("step", step)
    plan = shown.history.plan_at(step)
    note = chosen.told()
    if note:
        st.toast(plain(note))
    if not frame.hidden("controls"):
        controls(ADDRESS, chosen, plan)
    item, probe = item_of(ADDRESS["picked"], plan), _probe()
    chart(
        deep_picture(
            shown.followed(),
            plan,
            shown.plane,
            others=shown.others,
            marks=shown.marks(),
            selected=item,
            log=ADDRESS["log"],
            rows_are_handles=ADDRESS["tool"] == "move",
        ),
        key=CHART,
        words=moment(shown.history, step),
        hint=_hint(chosen, step > shown.steps // 2),
        handles=handles(plan, shown.plane) if ADDRESS["tool"] == "move" else (),
        on_drag=lambda drag: _moved(chosen, drag),
        clicks=(NETWORK, ANSWER),
        on_click=lambda click: _clicked(chosen, click),
        clock=Clock(
            step,
            f"{ADDRESS.filled}.{st.session_state.get(ORDER, 0)}",
            "Train",
            speeds=(1, 10, 100, 1000, 2000, 10_000),
            speed=2000,
            jump=plan.updates_per_epoch,
            jump_unit="epoch",
            settles=True,
        ),
        on_position=_arrive,
        packed=shown.packed(step, item, probe),
        save_as="nnviz-deeper-networks",
    )
    if not frame.hidden("controls"):
        bar(ADDRESS, chosen, shown, plan)
    parts(ADDRESS, details.bodies(ADDRESS, chosen, shown, step, _pick, _go))
    frame.afterwards(partial(wait_for_the_rest, shown))


def _here() -> int:
    """Take over where the player stands: a button may be heard of before it."""
    report = last_report(CHART)
    if report is not None and report != st.session_state.get(LEFT):
        _arrive(max(report[0], 0))
    return int(ADDRESS["step"])


def _arrive(step: int) -> None:
    ADDRESS.set("step", min(step, MOST_STEPS))


def _go(step: int) -> None:
    """Send the player to a step; it obeys each new order once."""
    ADDRESS.set("step", step)
    st.session_state[LEFT] = last_report(CHART)
    st.session_state[ORDER] = st.session_state.get(ORDER, 0) + 1


def _pick(text: str) -> None:
    _here()
    ADDRESS.set("picked", text)


def _probe() -> tuple[float, float] | None:
    probe = ADDRESS["probe"]
    return (probe[0], probe[1]) if len(probe) == 2 else None


def _hint(chosen: Chosen, late: bool) -> str:
    by_tool = {
        "ask": "Press Train. Click a unit, an edge or a bias to read and set it, and anywhere on "
        "the plane to ask for the answer there.",
        "add": "Click on the plane to put in a row.",
        "move": "Drag a row to another place. The training follows.",
        "remove": "Click a row on the plane to take it out.",
    }
    preset = preset_shown(chosen)
    if preset is not None and ADDRESS["tool"] == "ask":
        return preset.see if late else preset.invitation
    return by_tool[ADDRESS["tool"]]


def _clicked(chosen: Chosen, click: Click) -> None:
    step = _here()
    if click.axes == ANSWER:
        if ADDRESS["tool"] == "ask":
            ADDRESS.set("probe", (click.x, click.y))
        else:
            edit_rows(ADDRESS, chosen, click.x, click.y)
        return
    plan = DeepShown(chosen, int(ADDRESS["epochs"]), sliding=False).plan_at(step)
    ADDRESS.set("picked", item_text(item_at(deep_layout(plan.sizes), click.x, click.y)))


def _moved(chosen: Chosen, drag: Drag) -> None:
    _here()
    move_row(chosen, drag)


def show() -> None:
    """Show the page: its frame and, inside it, the lesson."""
    frame.show("deeper_networks", ADDRESS, lesson)
