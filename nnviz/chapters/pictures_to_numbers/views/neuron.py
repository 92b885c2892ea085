"""3 or 8: the tutorial's neuron reads a drawing, and learns from handwritten digits."""

from functools import partial
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.pictures_to_numbers import address, words
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, AMOUNTS, PAGE
from nnviz.chapters.pictures_to_numbers.drawing import MOST_INK, SIDE, Drawing, place, with_ink
from nnviz.chapters.pictures_to_numbers.figures.neuron import PANELS, neuron_picture
from nnviz.chapters.pictures_to_numbers.figures.squares import at, pixel_at
from nnviz.chapters.pictures_to_numbers.lesson import LESSON
from nnviz.chapters.pictures_to_numbers.questions import neuron_questions
from nnviz.chapters.pictures_to_numbers.reading import Reading, read_drawing, turns
from nnviz.chapters.pictures_to_numbers.script import neuron_program
from nnviz.chapters.pictures_to_numbers.two_digits import (
    MOST_PICTURES,
    SIZES,
    NeuronRun,
    PictureTrials,
    train_neuron,
)
from nnviz.chapters.pictures_to_numbers.views import board, work
from nnviz.chart.chart import Shown as ShownChart
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Click, Drag, Handle
from nnviz.chart.slider import live_slider
from nnviz.site import frame, lesson
from nnviz.site.offer import offer_file, offer_program
from nnviz.site.parts import code, formulas, in_sight, parts, switch, tutorial_says
from nnviz.site.player import Player
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Cell, Shown, fractions, table
from nnviz.text.digits import adding_up, digits, latex, multiplied, percent

PLAYER: Final = Player(ADDRESS, "pictures_neuron")
_MARKS: Final = (
    "Blue squares speak for an 8, orange ones for a 3. A picture that was learned from moves the "
    "weights where it has ink, and nowhere else."
)


def show(top: DeltaGenerator) -> None:
    """Show the neuron, and come back for more trainings where they are shown."""
    config, step, pixel = address.config(), ADDRESS["step"], ADDRESS["pixel"] - 1
    run = work.learned(config)
    drawing = address.seen()
    reading = read_drawing(run.parameters[step], drawing)
    questions = neuron_questions(run, step, reading) if asking(ADDRESS) else ()
    veiled = unanswered(ADDRESS, questions) is not None
    secret = lesson.secret() or veiled
    if not frame.hidden("controls"):
        with top:
            _training_controls()
    panels = in_sight(PANELS)
    pointing = "products" in panels and not (frame.hidden("point") or frame.on_a_sheet())
    left, right = board.sides()
    with left:
        if not frame.hidden("board"):
            notes = list(words.notes(reading, None if frame.hidden("train") else step))
            if pointing and lesson.shown() is not None:
                notes[pixel] += words.compared(reading, pixel)
            board.show(
                "pictures_board",
                () if secret else notes,
                "" if secret else words.verdict(reading),
                pixel if pointing and (pixel or drawing[pixel]) else -1,
            )
        if not frame.hidden("controls"):
            _drawing_controls(reading, pixel, secret=secret)
    made = work.STUDIES.work(address.picture_study()) if "accuracy" in panels else None
    shown = ("accuracy" in panels, "means" in panels)
    packs = [work.packed_weights(config, *shown)] if "weights" in panels else []
    with right:
        seen = chart(
            neuron_picture(
                run, step, reading, made, panels=panels,
                pixel=None if frame.hidden("point") else pixel, veiled=veiled,
            ),
            key=PLAYER.chart,
            words=words.HIDDEN if secret else words.describe_step(run, step, reading),
            hint=f"Press Train. {_MARKS}",
            handles=_handles(reading, pixel, step) if pointing and not veiled else [],
            on_drag=_point,
            clicks=["x2y2"] if pointing else [],
            on_click=_point,
            clock=PLAYER.clock(
                "Train", speeds=(1, 10, 50, 200, 500), speed=200, jump=config.n_train,
                jump_unit="epoch",
            ),
            on_position=PLAYER.arrive,
            packed=[*packs, work.packed_drawing(config, drawing, "sum" in panels)],
            save_as="nnviz-pictures-neuron",
            fill=True,
        )  # fmt: skip
    bodies = {
        "numbers": lambda: _numbers(run, step, reading, made),
        "code": lambda: code(
            [train_neuron, read_drawing, turns], neuron_program(run, step, drawing).script
        ),
        "export": lambda: _export(run, step, drawing, seen),
        "predict": lambda: predict_first(PAGE, questions),
        "tutorial": lambda: _tutorial(run),
    }
    parts(ADDRESS, bodies)
    if made is not None and not made.complete:
        frame.again()


def _training_controls() -> None:
    if not frame.hidden("pictures"):
        switch(
            ADDRESS,
            "pictures",
            {amount: f"from {amount}" for amount in AMOUNTS},
            "Pictures to learn from",
            "How many pictures it learns from.",
        )
    if not frame.hidden("others"):
        st.button(
            "Other pictures",
            on_click=board.other_pictures,
            help="It learns from others, in another order, and all that are left are held out.",
        )


def _drawing_controls(reading: Reading, pixel: int, *, secret: bool) -> None:
    board.examples()
    board.moves()
    if not frame.hidden("ink"):
        live_slider(
            f"Ink of {place(pixel)}",
            float(reading.drawing[pixel]),
            key=f"{PAGE}.ink",
            values=[float(ink) for ink in range(MOST_INK + 1)],
            marks=[0, 8, 16],
            on_slide=_ink,
        )
        st.markdown(words.HIDDEN if secret else words.describe_turns(reading))


def _ink(ink: float, _done: bool) -> None:
    # Of a centred drawing it is the centred one that is seen, and that is changed.
    ADDRESS.set("drawing", with_ink(address.seen(), ADDRESS["pixel"] - 1, int(ink)))


def _handles(reading: Reading, pixel: int, step: int) -> list[Handle]:
    x, y = at(pixel)
    says = f"{place(pixel)}: {words.notes(reading, step)[pixel]}"
    return [
        Handle(
            name="pixel", label="The square that is pointed at", x=x, y=y, low=(1, 1),
            high=(SIDE, SIDE), snap=1, stride=1, size=7, symbol="square", axes="x2y2", says=says,
        )
    ]  # fmt: skip


def _point(at_place: Drag | Click) -> None:
    ADDRESS.set("pixel", pixel_at(at_place.x, at_place.y) + 1)


def _numbers(run: NeuronRun, step: int, reading: Reading, made: PictureTrials | None) -> None:
    left, right = st.columns([0.55, 0.45])
    order = sorted(range(len(reading.drawing)), key=lambda k: -abs(reading.products[k]))
    significant = adding_up([*reading.products.tolist(), reading.bias], 4)
    with left:
        rows: list[list[Cell]] = []
        for k in order:
            ink, weight = reading.drawing[k], reading.weights[k]
            told = multiplied(ink, weight, significant)
            both = map(Shown, (weight, reading.products[k]), told)
            rows.append([place(k), Shown(float(ink), str(ink)), *both])
        bias = Shown(reading.bias, digits(reading.bias, significant))
        rows += [["bias", None, None, bias], ["sum", None, None, reading.z]]
        table(
            ["square", "ink", "weight", "ink × weight"],
            rows,
            label="The drawing square by square, those that count most first",
        )
    with right:
        formulas(
            rf"z = x_1 w_1 + x_2 w_2 + \dots + x_{{64}} w_{{64}} + b = "
            rf"{latex(reading.z, 5, alone=True)}",
            rf"p = \frac{{1}}{{1 + e^{{-z}}}} = {latex(reading.prediction, 5, alone=True)}",
        )
        st.markdown(words.describe_turns(reading))
        n, held_out = len(run.train), len(run.held_out)
        own, others = percent(
            float(run.train_accuracy[step]), float(run.held_out_accuracy[step]), decimals=1
        )
        st.markdown(
            f"After update {step:,}: of the {n} pictures that it learns from {own} are right, of "
            f"the {held_out} others {others}."
        )
        if made is not None:
            st.markdown(words.describe_trials(made))
            known = zip(SIZES, fractions(made.mean(), made.band()), strict=True)
            rows = [[str(size), *cells] for size, cells in known if cells[0] is not None]
            table(
                ["learned\nfrom", "right of all others:\nmean", "middle half"],
                rows,
                label="Accuracy on held-out pictures by how many are learned from",
            )


def _export(run: NeuronRun, step: int, drawing: Drawing, seen: ShownChart) -> None:
    offer_program(
        f"{PAGE}.",
        "nnviz_pictures",
        "Trains the neuron again with NumPy alone and prints the numbers on the screen. It holds "
        "the pictures.",
        lambda: neuron_program(run, step, drawing),
    )
    recorded = partial(work.every_sentence, run.config, drawing)
    offer_file(ADDRESS, LESSON, seen, lambda: [recorded()], marks=_MARKS)


def _tutorial(run: NeuronRun) -> None:
    st.markdown(
        "The neuron is the tutorial's own: each input times its weight, added up, plus the bias, "
        "squeezed. Only the number of inputs is another: 64 instead of 2."
    )
    tutorial_says(
        "the computations are the same for images and for text; a picture becomes numbers too.",
        f"yes: 64 numbers from 0 to {MOST_INK}. But as soon as it is a row of numbers, a network "
        "of this kind does not know which squares are neighbours. Move the drawing by one square, "
        "and every number meets another weight.",
    )
    tutorial_says(
        "layers find features by themselves.",
        "a single neuron finds one thing: where one digit has ink and the other has none. Its "
        f"weights are a picture of that. {MOST_PICTURES} pictures are enough for it.",
    )
