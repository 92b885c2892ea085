"""Taken over: what the vectors have from their texts, seen on occupations, and said plainly."""

from collections.abc import Sequence
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers.address import ADDRESS, LONGEST_WORDS, MOST_PUT
from nnviz.chapters.words_to_numbers.figures.directions import taken_over_picture
from nnviz.chapters.words_to_numbers.vectors.directions import Direction
from nnviz.chapters.words_to_numbers.vectors.questions import taken_over_questions
from nnviz.chapters.words_to_numbers.vectors.script import directions_snippet
from nnviz.chapters.words_to_numbers.vectors.words import TAKEN_OVER, describe_taken_over
from nnviz.chapters.words_to_numbers.views import fields, notes
from nnviz.chapters.words_to_numbers.views.vectors.directions import known_words
from nnviz.chapters.words_to_numbers.words import HIDDEN
from nnviz.chart.chart import chart
from nnviz.nn.checks import FloatArray
from nnviz.site import frame
from nnviz.site.plain import say_cuts
from nnviz.site.predict_first import unanswered
from nnviz.site.table import table

HE_SHE: Final = Direction("he", "she")


def show(top: DeltaGenerator) -> None:
    """Show occupations between he and she."""
    if not frame.hidden("controls"):
        with frame.controls():
            fields.text("jobs", f"Occupations (up to {MOST_PUT})", LONGEST_WORDS, 780)
            say_cuts()
    words = known_words("jobs")
    at = HE_SHE.of(words)
    questions = taken_over_questions(at)
    secret = unanswered(ADDRESS, questions) is not None
    chart(
        taken_over_picture(words, at, secret=secret),
        key="words_taken_over",
        words=HIDDEN if secret else describe_taken_over(words, at),
        hint="The cosine to she minus the cosine to he. The order counts, not where 0 is: he is "
        "written more often than she.",
    )
    if not secret:
        st.markdown(TAKEN_OVER)
    notes.parts_of_vectors(
        lambda: _numbers(words, at),
        [Direction.of],
        lambda: directions_snippet(words, (HE_SHE,)),
        questions,
    )


def _numbers(words: Sequence[str], at: FloatArray) -> None:
    rows = sorted(zip(words, at.tolist(), strict=True))
    table(["occupation", "she\nless he"], rows, label="Between he and she", height=260)
