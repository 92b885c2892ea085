"""How much it takes: the training repeated with other pictures, units and hands."""

import time
from collections.abc import Callable
from typing import Final

import streamlit as st

from nnviz.chapters.pictures_to_numbers import address, words
from nnviz.chapters.pictures_to_numbers.address import ADDRESS, PAGE
from nnviz.chapters.pictures_to_numbers.figures.repeats import repeats_picture
from nnviz.chapters.pictures_to_numbers.ten.network import HANDS, UPDATES, measure
from nnviz.chapters.pictures_to_numbers.ten.questions import study_questions
from nnviz.chapters.pictures_to_numbers.ten.study import AMOUNTS, UNITS, TenTrials
from nnviz.chapters.pictures_to_numbers.ten.words import HANDS_TITLES, describe_study
from nnviz.chapters.pictures_to_numbers.views import ten_runs
from nnviz.chart.chart import chart
from nnviz.data.digits import CREDIT
from nnviz.site import frame, lesson
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Shown, table
from nnviz.text.digits import percent

_PATIENCE: Final = 0.4
"""Seconds between two looks at what the thread has made."""


def show(script: Callable[[int], str], tutorial: Callable[[], None]) -> None:
    """Show the curves as far as they are known, and come back for more."""
    made = ten_runs.studied(address.ten_study())
    coming = made.n_done < made.n_trials
    questions = study_questions(made)
    secret = lesson.secret() or (
        asking(ADDRESS) and (coming or unanswered(ADDRESS, questions) is not None)
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
    parts(
        ADDRESS,
        {
            "numbers": lambda: _numbers(made, secret=secret),
            "code": lambda: code([measure], script(UPDATES)),
            "export": lambda: ten_runs.offer_script(lambda: script(UPDATES)),
            "predict": lambda: _predict(made),
            "tutorial": tutorial,
        },
    )
    if coming:
        frame.afterwards(_wait)


def _wait() -> bool:
    time.sleep(_PATIENCE)
    return True


def _predict(made: TenTrials) -> None:
    questions = study_questions(made)
    if questions:
        predict_first(PAGE, questions)
    else:
        st.markdown("The question comes when every training is made.")


def _numbers(made: TenTrials, *, secret: bool) -> None:
    columns = st.columns(3)
    named = {
        "pictures": ("pictures", [f"{n:,}" for n in AMOUNTS]),
        "units": ("hidden units", [str(n) for n in UNITS]),
        "hands": ("tested on", [HANDS_TITLES[name] for name in HANDS]),
    }
    for column, (varied, (title, names)) in zip(columns, named.items(), strict=True):
        found, mean = made.band(varied), made.mean(varied)
        rows: list[list[float | str | Shown | None]] = []
        for i, name in enumerate(names):
            if secret or not found.n[i]:
                rows.append([name, None, None])
                continue
            told = percent(float(mean[i]), float(found.low[i]), float(found.high[i]), decimals=1)
            rows.append([name, Shown(float(mean[i]), told[0]), f"{told[1]} to {told[2]}"])
        with column:
            table([title, "mean", "middle half"], rows, label=f"Accuracy by {title}")
    st.caption(CREDIT)
