"""Ten digits: a network with hidden units learns them, and each unit can be switched off."""

from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.pictures_to_numbers import address, words
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE
from nnviz.chapters.pictures_to_numbers.figures.ten import PANELS, mosaic_of, ten_picture
from nnviz.chapters.pictures_to_numbers.lesson import LESSON
from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, TenRun, train_ten
from nnviz.chapters.pictures_to_numbers.ten.questions import unit_questions
from nnviz.chapters.pictures_to_numbers.ten.reading import (
    TenReading,
    UnitOff,
    read_ten,
    unit_off,
    votes,
)
from nnviz.chapters.pictures_to_numbers.ten.study import AMOUNTS
from nnviz.chapters.pictures_to_numbers.ten.words import (
    HANDS_TITLES,
    describe_drawing,
    describe_score,
    describe_training,
    describe_unit,
)
from nnviz.chapters.pictures_to_numbers.views import board, mistakes, study, ten_runs
from nnviz.chart.chart import Shown as ShownChart
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click
from nnviz.chart.slider import live_slider
from nnviz.data.digits import CREDIT, digits
from nnviz.nn.architecture import MOST_UNITS
from nnviz.site import frame, lesson
from nnviz.site.offer import offer_file
from nnviz.site.parts import code, formulas, in_sight, parts, switch, tutorial_says
from nnviz.site.player import Player
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import latex, percent
from nnviz.text.question import Question

PLAYER: Final = Player(ADDRESS, "pictures_ten", "update")
_MARKS: Final = (
    "Each small picture is a hidden unit: blue where ink pushes it up, orange where ink pulls it "
    "down. The bars are the ten probabilities, and how many held-out pictures of each digit are "
    f"right. {CREDIT}."
)


def show(top: DeltaGenerator) -> None:
    """Show the chosen look at the network."""
    if not frame.hidden("controls"):
        with top:
            if not frame.hidden("look"):
                switch(ADDRESS, "look", address.LOOKS, "What to look at")
            if ADDRESS["look"] == "mistakes":
                mistakes.surest_button()
        with frame.controls():
            _training_controls()
    look = {"mistakes": mistakes.show, "study": study.show}.get(ADDRESS["look"], _learn)
    parts(ADDRESS, {**look(), "tutorial": _tutorial})


def _learn() -> ten_runs.Bodies:
    config, step = address.ten_config(), ADDRESS["update"]
    if ADDRESS["off"] > config.units:
        st.info(f"Unit {ADDRESS['off']} is not in this network, so no unit is switched off.")
        ADDRESS.set("off", 0)
    off = address.off_unit()
    run, drawing = ten_runs.learned(config), address.seen()
    questions: tuple[Question, ...] = ()
    if asking(ADDRESS) and config.units:
        questions = unit_questions(run, step, ten_runs.needed(config))
    secret = lesson.secret()
    if unanswered(ADDRESS, questions) is not None:
        off = None  # the bars would answer the question about the unit
    reading = read_ten(run, step, drawing, off)
    gone = ten_runs.switched_off(run, step, off)
    left, right = frame.sides(0.68)
    with right:
        if not frame.hidden("board"):
            board.show("pictures_board")
        if not frame.hidden("controls"):
            _drawing_controls(run)
    panels = ("weights",) if secret else in_sight(PANELS)
    packs = [ten_runs.packed_weights(config)] if "weights" in panels else []
    if "right" in panels:
        packs.append(ten_runs.packed_right(config, off))
    if not secret:
        packs.append(ten_runs.packed_drawing(config, drawing, off))
    with left:
        seen = chart(
            ten_picture(run, step, reading, gone, panels=panels),
            key=PLAYER.chart,
            words=words.HIDDEN if secret else describe_training(run, step, reading, gone),
            hint="Press Train. Click the picture of a unit to switch it off, and on again."
            if config.units
            else "Press Train.",
            clicks=["xy"] if config.units and not frame.hidden("off") else [],
            on_click=_clicked,
            clock=PLAYER.clock(
                "Train",
                speeds=(1, 5, 20, 50, 100),
                speed=50,
                jump=run.plan.updates_per_epoch,
                jump_unit="epoch",
            ),
            on_position=PLAYER.arrive,
            packed=packs,
            save_as="nnviz-pictures-ten-digits",
            fill=True,
        )
    return {
        "numbers": lambda: _numbers(run, step, reading, gone),
        "code": lambda: code([train_ten, read_ten, unit_off], ten_runs.program(step).script),
        "export": lambda: _export(run, step, seen),
        "predict": lambda: predict_first(PAGE, questions),
    }


def _training_controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not frame.hidden("units"):
            live_slider(
                "Hidden units",
                float(ADDRESS["units"]),
                key=f"{PAGE}.slider.units",
                values=[float(n) for n in range(MOST_UNITS + 1)],
                marks=[0, 8, 16, 24, 32],
                on_slide=lambda value, _: ADDRESS.set("units", int(value)),
            )
        if not frame.hidden("learned"):
            st.selectbox(
                "Pictures to learn from",
                [str(n) for n in AMOUNTS],
                key=ADDRESS.key("learned"),
                format_func=lambda amount: f"{int(amount):,}",
                width=170,
            )
        if not frame.hidden("hands"):
            switch(ADDRESS, "hands", HANDS_TITLES, "Whose pictures it is tested on")
        if not frame.hidden("others"):
            st.button(
                "Another network",
                key=f"{PAGE}.another",
                on_click=board.other_pictures,
                help="Other first weights, another order; other pictures where they are drawn.",
            )


def _clicked(click: Click) -> None:
    unit = mosaic_of(ten_runs.learned(address.ten_config())).at(click.x, click.y)
    if unit is not None:
        ADDRESS.set("off", 0 if ADDRESS["off"] == unit + 1 else unit + 1)


def _drawing_controls(run: TenRun) -> None:
    board.moves()
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        if not frame.hidden("examples"):
            st.button(
                "Next mistake",
                key=f"{PAGE}.next_mistake",
                on_click=_next_mistake,
                help="A held-out picture that the trained network gets wrong, the surest first.",
            )
        if run.config.units and not frame.hidden("off"):
            st.selectbox(
                "Switched off",
                range(run.config.units + 1),
                key=ADDRESS.key("off"),
                format_func=lambda k: f"unit {k}" if k else "no unit",
                width=130,
            )
            st.button(
                "Most needed",
                key=f"{PAGE}.most_needed",
                on_click=_most_needed,
                help="Switch off the unit without which fewest held-out pictures are right.",
            )


def _most_needed() -> None:
    ADDRESS.set("off", ten_runs.needed(address.ten_config()) + 1)


def _next_mistake() -> None:
    found = ten_runs.confused(address.ten_config()).mistakes()
    board.go_on([tuple(digits().pictures[seen.picture].tolist()) for seen in found])


def _numbers(run: TenRun, step: int, reading: TenReading, off: UnitOff | None) -> None:
    left, right = st.columns([0.45, 0.55])
    with left:
        table(
            ["digit", "sum z", "probability"],
            [[str(k), float(reading.z[k]), float(reading.probabilities[k])] for k in range(KINDS)],
            label="What is said of the drawing",
        )
        st.markdown(describe_drawing(reading))
    with right:
        first = reading.digit
        formulas(
            r"p_k = \frac{e^{z_k}}{e^{z_0} + e^{z_1} + \dots + e^{z_9}},\quad "
            rf"p_{first} = {latex(float(reading.probabilities[first]), 5, alone=True)}"
        )
        (own,) = percent(run.train_accuracy(step), decimals=1)
        st.markdown(
            f"Update {step}: {describe_score(run, step)}. Of the {run.config.n_train:,} pictures "
            f"that it learns from {own} are right."
        )
        if off is not None:
            st.markdown(describe_unit(off))
            weights = votes(run, step)[off.unit].tolist()
            rows: list[list[Cell]] = [
                [str(k), weights[k],
                 *(Shown(float(part[k]), f"{round(float(part[k] * off.n[k]))}")
                   for part in (off.before, off.after)),
                 Shown(float(off.n[k]), str(int(off.n[k])))]
                for k in range(KINDS)
            ]  # fmt: skip
            table(
                ["digit", f"weight of\nunit {off.unit + 1}", "right with", "without", "of"],
                rows,
                label=f"What unit {off.unit + 1} was for",
            )
    st.caption(CREDIT)


def _export(run: TenRun, step: int, seen: ShownChart) -> None:
    drawing, off = address.seen(), address.off_unit()
    ten_runs.offer_program(step)
    recorded = partial(ten_runs.every_sentence, run.config, drawing, off)
    offer_file(ADDRESS, LESSON, seen, lambda: [recorded()], marks=_MARKS)


def _tutorial() -> None:
    run = ten_runs.learned(address.ten_config())
    config, end = run.config, run.last_step
    tutorial_says(
        "layers find features by themselves.",
        f"they do: nobody told the {config.units} hidden units where to look. But look at their "
        "pictures: hardly one is a stroke or a loop that a person would name. Most are there for "
        "several digits, and without one unit few pictures are lost."
        if config.units
        else "without hidden units there is one picture for each digit: where it has ink, and "
        f"where the others have it. Already that gets {describe_score(run, end)}.",
    )
    tutorial_says(
        "the model learns from data and is then used on new data.",
        "whose data? Nothing in the file says who wrote what, but about every 130 pictures the "
        "same row of digits begins anew, as on a form that the next person fills in. Trained on "
        "the first pictures and tested on the rest, a network does worse than on shuffled ones: "
        f"choose “{HANDS_TITLES['other']}” and see. A test on shuffled pictures does not tell you "
        "that.",
    )
    st.caption(CREDIT)
