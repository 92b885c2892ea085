"""Backpropagation: step through one update value by value, forward and back."""

from functools import partial

import streamlit as st

from nnviz.chapters.backpropagation import address, controls, view_parts, view_reading
from nnviz.chapters.backpropagation.address import ADDRESS, CHART, PAGE, PLAYER
from nnviz.chapters.backpropagation.figure import backprop_picture
from nnviz.chapters.backpropagation.figure_paths import paths_picture, paths_sentence
from nnviz.chapters.backpropagation.lesson import LESSON, PATHS
from nnviz.chapters.backpropagation.worksheet import ON_PAPER, worksheet
from nnviz.chart.chart import chart
from nnviz.site import frame, lesson
from nnviz.site.naming import naming
from nnviz.site.offer import offer_file
from nnviz.site.parts import parts
from nnviz.walkthrough.words.sentences import step_sentence


def draw() -> None:
    """Draw the page."""
    walk = address.chosen_walk(ADDRESS)
    if ADDRESS["at"] > walk.last:
        ADDRESS.set("at", walk.last)
    at = controls.place()
    with frame.controls():
        if not frame.hidden("controls"):
            controls.walk_controls(walk, at)
    if address.clamped(ADDRESS):
        st.warning(
            "Cross-entropy knows targets between 0 and 1 only. Those of your rows that lie outside "
            "are taken as 0 or 1."
        )
    if PATHS in (lesson.shown() or ()):
        trace, known = walk.traces[0], not lesson.secret()
        picture, sentence = paths_picture(trace, known=known), paths_sentence(trace, known=known)
        chart(picture, key=f"{CHART}_paths", words=sentence, fill=True)
        return
    effects = address.effects(walk)
    ledger, stacked = not frame.hidden("ledger"), lesson.shown() is not None
    # Whoever is to predict the next step cannot take it yet.
    held = ADDRESS["at"] if lesson.secret() else None
    trace, effect = walk.traces[at.update], effects[at.update]
    shown = chart(
        backprop_picture(walk, effects, ledger=ledger, stacked=stacked),
        key=CHART,
        words=step_sentence(trace, at.step, walk.taken[at.update].row, effect, naming()),
        hint=controls.HINT,
        clicks=() if frame.hidden("read") else ("xy",),
        on_click=lambda click: ADDRESS.set("read", click.item),
        clock=PLAYER.clock(unit="step", speeds=(0.5, 1, 2, 5), speed=1, jump=len(walk.steps)),
        on_position=PLAYER.arrive,
        packed=address.packed(walk, effects, ledger=ledger, ahead=not stacked, held=held),
        keys=() if frame.hidden("rows") else controls.KEYS,
        on_key=controls.key_pressed,
        fill=True,
    )
    if walk.stopped is not None:
        st.warning(
            f"The walk ends after update {len(walk.traces)}: the next update would leave the range "
            "of numbers. A smaller learning rate, or smaller rows, would go on."
        )
    left, right = st.columns([0.36, 0.64])
    with left:
        if not frame.hidden("read"):
            view_reading.reading(walk, at)
    with right:
        parts(
            ADDRESS,
            {
                "numbers": lambda: view_parts.numbers(walk, at),
                "code": lambda: view_parts.code_of(walk, at),
                "export": partial(offer_file, ADDRESS, LESSON, shown, marks=controls.MARKS),
                "predict": lambda: view_parts.predict(walk, at),
                "tutorial": view_parts.tutorial_notes,
            },
        )


def show() -> None:
    """Show the page: its frame and what is in it."""
    frame.show(PAGE, ADDRESS, draw, LESSON, worksheet, ON_PAPER)
