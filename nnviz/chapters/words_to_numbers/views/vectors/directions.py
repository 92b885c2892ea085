"""Directions: real vectors on two axes, each made of two words."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers.address import ADDRESS, LONGEST_PAIR, LONGEST_WORDS, MOST_PUT
from nnviz.chapters.words_to_numbers.figures.directions import directions_picture
from nnviz.chapters.words_to_numbers.vectors.directions import Direction, direction
from nnviz.chapters.words_to_numbers.vectors.lookup import found, no_vector
from nnviz.chapters.words_to_numbers.vectors.questions import directions_questions
from nnviz.chapters.words_to_numbers.vectors.script import directions_snippet
from nnviz.chapters.words_to_numbers.vectors.words import describe_directions
from nnviz.chapters.words_to_numbers.views import fields, notes
from nnviz.chapters.words_to_numbers.words import HIDDEN
from nnviz.chart.chart import chart
from nnviz.data.vectors import unit
from nnviz.site import frame
from nnviz.site.plain import plain, say_cuts
from nnviz.site.predict_first import unanswered
from nnviz.site.table import table


def show(top: DeltaGenerator) -> None:
    """Show words on two axes."""
    if not frame.hidden("controls"):
        with frame.controls():
            _controls()
    axes = [axis for name in ("across", "up") if (axis := _axis(name)) is not None]
    words = known_words("put")
    if len(axes) < 2:
        return
    across, up = axes
    questions = directions_questions(words, across)
    secret = unanswered(ADDRESS, questions) is not None
    chart(
        directions_picture(words, across, up, secret=secret),
        key="words_directions",
        words=HIDDEN if secret else describe_directions(words, across, up),
        hint="Two words make an axis: others stand nearer to the one or to the other. The order "
        "counts, not where 0 is. Not every pair is a clean axis.",
        fill=True,
    )
    notes.parts_of_vectors(
        lambda: _numbers(words, across, up),
        [unit, direction, Direction.of],
        lambda: directions_snippet(words, (across, up)),
        questions,
    )


def known_words(name: str) -> tuple[str, ...]:
    """Return the words of a choice that have a vector; name those that have none, or too many."""
    each = found(str(ADDRESS[name]))
    if each.unknown:
        st.warning(plain(no_vector(each.unknown)))
    if len(each.words) > MOST_PUT:
        left_out = each.words[MOST_PUT]
        st.warning(
            f"These are {len(each.words)} words, and {MOST_PUT} fit into the picture. What follows "
            f"from “{plain(left_out)}” on is left out."
        )
    return each.words[:MOST_PUT]


def _axis(name: str) -> Direction | None:
    try:
        return direction(str(ADDRESS[name]))
    except ValueError as error:
        st.warning(plain(str(error)))
        return None


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        for name, label in (("across", "Left and right"), ("up", "Down and up")):
            fields.text(name, label, LONGEST_PAIR, 150)
        fields.text("put", f"Words to place (up to {MOST_PUT})", LONGEST_WORDS, 480)
    say_cuts()


def _numbers(words: Sequence[str], across: Direction, up: Direction) -> None:
    rows = list(zip(words, across.of(words).tolist(), up.of(words).tolist(), strict=True))
    left, right = st.columns([0.55, 0.45])
    with left:
        table(
            ["word", f"{across.high}\nless {across.low}", f"{up.high}\nless {up.low}"],
            rows,
            label="Where the words stand",
            height=260,
        )
    with right:
        st.markdown(
            f"A number is the cosine to {up.high} minus the cosine to {up.low}, for instance. A "
            "cosine of 1 is the same direction, 0 has nothing in common. Each word has 50 numbers; "
            "these axes are two of many directions through them."
        )
