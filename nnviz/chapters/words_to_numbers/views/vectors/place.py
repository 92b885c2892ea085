"""By hand: six words are dragged onto two axes, and are two numbers then."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers.address import ADDRESS
from nnviz.chapters.words_to_numbers.figures.placing import placing_picture
from nnviz.chapters.words_to_numbers.vectors.placing import (
    ANIMALS,
    END,
    LEFT,
    PARKED_AT,
    closest,
    distance,
    nearest,
    placed,
    points,
    said,
)
from nnviz.chapters.words_to_numbers.vectors.questions import placing_questions
from nnviz.chapters.words_to_numbers.vectors.script import placing_snippet
from nnviz.chapters.words_to_numbers.vectors.words import describe_placing
from nnviz.chapters.words_to_numbers.views import notes
from nnviz.chapters.words_to_numbers.words import HIDDEN
from nnviz.chart.chart import chart
from nnviz.chart.gestures import Drag, Handle
from nnviz.site import frame, lesson
from nnviz.site.parts import formulas
from nnviz.site.predict_first import unanswered
from nnviz.site.table import Cell, table
from nnviz.text.digits import digits


def show(top: DeltaGenerator) -> None:
    """Show the axes with the words."""
    numbers = ADDRESS["placed"]
    if not frame.hidden("again"):
        with top:
            st.button("Start again", on_click=ADDRESS.reset, args=(("placed",),), key="words.again")
    questions = placing_questions(numbers)
    secret = unanswered(ADDRESS, questions) is not None
    # In the lesson three of them are placed already.
    movable = ANIMALS if lesson.shown() is None else LEFT
    chart(
        placing_picture(
            numbers, near=not secret, fixed=[word for word in ANIMALS if word not in movable]
        ),
        key="words_placing",
        words=HIDDEN if secret else describe_placing(numbers),
        hint="Drag a word to where it belongs, or move it with the arrow keys. A dotted line goes "
        "to the nearest one.",
        handles=[_handle(word, *at) for word, at in points(numbers).items() if word in movable],
        on_drag=_drag,
        fill=True,
    )
    notes.parts_of_vectors(
        lambda: _numbers(numbers),
        [placed, distance, nearest, closest],
        lambda: placing_snippet(numbers),
        questions,
    )


def _handle(word: str, x: float, y: float) -> Handle:
    return Handle(
        name=word, label=f"The word {word}", text=said(word, (x, y)), x=x, y=y,
        low=(0.0, min(PARKED_AT)), high=(END, END), snap=0.1, stride=0.5, side="above",
        says="size {x}, danger {y}",
    )  # fmt: skip


def _drag(drag: Drag) -> None:
    numbers, i = list(ADDRESS["placed"]), ANIMALS.index(drag.name)
    numbers[2 * i : 2 * i + 2] = (round(drag.x, 2), round(drag.y, 2))
    ADDRESS.set("placed", tuple(numbers))


def _numbers(numbers: tuple[float, ...]) -> None:
    where = placed(numbers)
    rows: list[list[Cell]] = []
    for word in ANIMALS:
        found = nearest(word, where) if word in where else None
        rows.append([word, *where.get(word, (None, None)), *(found or (None, None))])
    left, right = st.columns([0.6, 0.4])
    with left:
        table(
            ["word", "size", "danger", "nearest", "distance"],
            rows,
            label="The words as numbers",
        )
    with right:
        pair = closest(where)
        if pair is None:
            st.markdown("Place two words, and the distance between them stands here.")
            return
        first, second, far = pair
        a, b = where[first], where[second]
        formulas(
            rf"\sqrt{{({digits(a[0])} - {digits(b[0])})^2 + ({digits(a[1])} - {digits(b[1])})^2}}"
            rf" = {digits(far)}"
        )
        st.markdown(
            f"So far are {first} and {second} apart. Nobody has to write “{first} is like "
            f"{second}”: it follows from the numbers. Real word vectors have 50 numbers, which no "
            "person has chosen, and their axes have no names."
        )
