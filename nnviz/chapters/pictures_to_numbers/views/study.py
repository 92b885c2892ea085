"""How much it takes: the training repeated with other pictures, units and hands."""

from functools import partial
from typing import Final

import streamlit as st

from nnviz.chapters.pictures_to_numbers import address, words
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE
from nnviz.chapters.pictures_to_numbers.figures.repeats import repeats_picture
from nnviz.chapters.pictures_to_numbers.ten.network import HANDS, measure
from nnviz.chapters.pictures_to_numbers.ten.questions import study_questions
from nnviz.chapters.pictures_to_numbers.ten.study import AMOUNTS, UNITS, VARIED, TenTrials
from nnviz.chapters.pictures_to_numbers.ten.words import HANDS_TITLES, describe_study
from nnviz.chapters.pictures_to_numbers.views import ten_runs
from nnviz.chart.chart import chart
from nnviz.data.digits import CREDIT
from nnviz.site import frame, lesson
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import fractions, table

_PATIENCE: Final = 0.4
"""Seconds between two looks at what the thread has made."""


def show() -> ten_runs.Bodies:
    """Show the curves as far as they are known, come back for more; return the parts below."""
    made = ten_runs.STUDIES.ask(address.ten_study())
    questions = study_questions(made)
    secret = lesson.secret() or (
        asking(ADDRESS) and (not made.complete or unanswered(ADDRESS, questions) is not None)
    )
    chart(
        repeats_picture(made, secret=secret),
        key="pictures_study",
        words=words.HIDDEN if secret else describe_study(made),
        hint="Each value is the mean of eight trainings, with the middle half of them around it. "
        "Right: a dot for each training.",
        save_as="nnviz-pictures-repeats",
        fill=True,
    )
    if not made.complete:
        frame.again(_PATIENCE)
    return ten_runs.bodies_at_the_end(
        [measure],
        lambda: _numbers(made, secret=secret),
        partial(_predict, made),
        "prints how many it gets right: the first of the eight trainings at the circles",
    )


def _predict(made: TenTrials) -> None:
    questions = study_questions(made)
    if questions:
        predict_first(PAGE, questions)
    else:
        st.markdown("The question comes when every training is made.")


def _numbers(made: TenTrials, *, secret: bool) -> None:
    named = {
        "pictures": ("pictures", [f"{n:,}" for n in AMOUNTS]),
        "units": ("hidden units", [str(n) for n in UNITS]),
        "hands": ("tested on", [HANDS_TITLES[name] for name in HANDS]),
    }
    for column, (varied, (title, names)) in zip(st.columns(3), named.items(), strict=True):
        known = fractions(made.mean(VARIED[varied]), made.band(VARIED[varied]))
        nothing = [(None, None)] * len(names)
        rows = [[n, *each] for n, each in zip(names, nothing if secret else known, strict=True)]
        with column:
            table([title, "mean", "middle half"], rows, label=f"Accuracy by {title}")
    st.caption(CREDIT)
