"""Nearest words: of a word or of a sum of words, by cosine."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers.address import ADDRESS, LONGEST_ASKED, LONGEST_PAIR
from nnviz.chapters.words_to_numbers.figures.neighbours import neighbours_picture
from nnviz.chapters.words_to_numbers.vectors.lookup import found as found_words
from nnviz.chapters.words_to_numbers.vectors.lookup import no_vector
from nnviz.chapters.words_to_numbers.vectors.neighbours import (
    Neighbours,
    WordSum,
    hyphenated,
    neighbours,
    word_sum,
)
from nnviz.chapters.words_to_numbers.vectors.questions import neighbours_questions
from nnviz.chapters.words_to_numbers.vectors.script import neighbours_snippet
from nnviz.chapters.words_to_numbers.vectors.words import describe_neighbours, good_and_bad
from nnviz.chapters.words_to_numbers.views import fields, notes
from nnviz.chapters.words_to_numbers.words import HIDDEN
from nnviz.chart.chart import chart
from nnviz.data.vectors import WordVectors
from nnviz.site import frame
from nnviz.site.caching import cached
from nnviz.site.parts import formulas
from nnviz.site.plain import plain, say_cuts
from nnviz.site.predict_first import unanswered
from nnviz.site.table import table

_found = cached(WordSum)(neighbours)


def show(top: DeltaGenerator) -> None:
    """Show the nearest words."""
    if not frame.hidden("controls"):
        with frame.controls():
            _controls()
    try:
        asked = word_sum(str(ADDRESS["near"]))
    except ValueError as error:
        st.warning(plain(str(error)))
        return
    word = hyphenated(str(ADDRESS["near"]))
    if word:
        apart = word.replace("-", " - ")
        st.info(plain(f"“{word}” is read as words added up. To take away, write spaces: {apart}."))
    found = _found(asked, bool(ADDRESS["left_out"]), _against())
    questions = neighbours_questions(found)
    secret = unanswered(ADDRESS, questions) is not None
    chart(
        neighbours_picture(found, secret=secret),
        key="words_nearest",
        words=HIDDEN if secret else describe_neighbours(found),
        hint="Left: the nearest of 10,000 words. Right: the numbers that make them near, a stripe "
        "for each.",
        fill=True,
    )
    notes.parts_of_vectors(
        lambda: _numbers(found),
        [word_sum, neighbours, WordVectors.nearest],
        lambda: neighbours_snippet(found),
        questions,
    )


def _against() -> str:
    """Return the word to compare with; "" for none, or for what is no one word with a vector."""
    each = found_words(str(ADDRESS["against"]))
    if each.unknown:
        st.warning(plain(no_vector(each.unknown)))
    elif len(each.words) > 1:
        st.warning(f"One word can be compared. Taken is the first, “{plain(each.words[0])}”.")
    return each.words[0] if each.words and not each.unknown else ""


def _controls() -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        fields.text("near", "A word, or a sum of words", LONGEST_ASKED, 260)
        fields.text("against", "Compared with", LONGEST_PAIR, 120)
        st.button("king − man + woman", on_click=notes.show_king)
        st.toggle(
            "Leave out the words put in",
            key=ADDRESS.key("left_out"),
            help="Off, they are candidates like all others.",
        )
    say_cuts()


def _numbers(found: Neighbours) -> None:
    left, right = st.columns([0.4, 0.6])
    with left:
        table(["word", "cosine"], found.nearest, label="The nearest words")
    with right:
        formulas(r"\cos = \frac{a_1 b_1 + \dots + a_{50} b_{50}}{|a| \cdot |b|}")
        st.markdown(
            "The vectors were made by a program that counted, in six billion words of an "
            "encyclopedia and of newspapers, which words stand together. Words in similar "
            f"sentences got similar numbers, opposites as well: {good_and_bad()}."
        )
