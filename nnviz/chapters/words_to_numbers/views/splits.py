"""The same training over many splits, with more and more sentences."""

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers import address
from nnviz.chapters.words_to_numbers.address import ADDRESS, PAGE, RATES
from nnviz.chapters.words_to_numbers.figures.trials import trials_picture
from nnviz.chapters.words_to_numbers.learning import learn_words, split_of
from nnviz.chapters.words_to_numbers.questions import trials_questions
from nnviz.chapters.words_to_numbers.script import trials_snippet
from nnviz.chapters.words_to_numbers.trials import (
    FEW,
    KINDS,
    MOST_SPLITS,
    SIZES,
    WordsTrials,
    measure,
)
from nnviz.chapters.words_to_numbers.views import notes, work
from nnviz.chapters.words_to_numbers.words import HIDDEN, describe_trials
from nnviz.chart.chart import chart
from nnviz.site import frame, lesson
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import fractions, table
from nnviz.text.question import Question

_OF_TWO: Final = ("as they stand:\nmedian", "middle half", "lemmas:\nmedian", "middle half")
_OF_THREE: Final = ("as they stand:\nmedian", "lemmas:\nmedian", "vectors:\nmedian")


def show(top: DeltaGenerator, *, vectors: bool = False) -> None:
    """Show the curves, with vectors as a third, and come back for more."""
    if not frame.hidden("controls"):
        with top:
            _controls()
    study = address.study(len(KINDS) if vectors else 2)
    made = work.STUDIES.work(study)
    questions = trials_questions(made) if made.complete else ()
    secret = lesson.secret() or (
        asking(ADDRESS) and (not made.complete or unanswered(ADDRESS, questions) is not None)
    )
    chart(
        trials_picture(made, secret=secret),
        key="words_trials",
        words=HIDDEN if secret else describe_trials(made),
        hint=_HINT_OF_THREE if vectors else _HINT,
        save_as="nnviz-words-vectors" if vectors else "nnviz-words-lemmas",
        fill=True,
    )
    bodies = {
        "numbers": lambda: _numbers(made),
        "code": lambda: code(
            [split_of, learn_words, measure],
            trials_snippet(study, 2, FEW)
            if vectors
            else trials_snippet(study, int(ADDRESS["lemmas"])),
        ),
        "predict": lambda: _predict(questions),
        "tutorial": notes.tutorial_of_vectors if vectors else notes.tutorial,
    }
    parts(ADDRESS, bodies)
    if not made.complete:
        frame.again()


_HINT: Final = (
    "Left: how many of the 30 held-out sentences are answered right. Right: a mark for every "
    "split; above the line, lemmas do better."
)
_HINT_OF_THREE: Final = (
    "How many of the 30 held-out sentences are answered right: middle line the median, band the "
    "middle half of the splits. All three learn from the same sentences."
)


def _controls() -> None:
    if not frame.hidden("split"):
        st.slider(
            "Splits",
            1,
            MOST_SPLITS,
            key=ADDRESS.key("splits"),
            width=150,
            help="How often other sentences are held out, and all is trained again.",
        )
    if not frame.hidden("rate"):
        st.selectbox("Rate", RATES, key=ADDRESS.key("rate"), width=90)


def _predict(questions: tuple[Question, ...]) -> None:
    if questions:
        predict_first(PAGE, questions)
    else:
        st.markdown("The questions come when every training is made.")


def _numbers(made: WordsTrials) -> None:
    # Three with their middle halves would be too wide for a phone; the picture has them.
    pair = made.study.n_kinds == 2
    bands = [made.of_kind(kind) for kind in range(made.study.n_kinds)]
    kinds = zip(*(fractions(band.median, band) for band in bands), strict=True)
    rows = [
        [str(n), *(cell for cells in each for cell in cells[: 1 + pair])]
        for n, each in zip(SIZES, kinds, strict=True)
    ]
    table(
        ["learned\nfrom", *(_OF_TWO if pair else _OF_THREE)],
        rows,
        label="Accuracy on held-out sentences by how many are learned from",
    )  # fmt: skip
    st.markdown(
        "All learn from the same sentences and are tested on the same others. Counted words that "
        "the neuron knows are those of the sentences it learns from, and no others."
        + (" With vectors it can weigh 10,000." if len(bands) > 2 else "")
    )
