"""Lemmas or not: the same training over many splits, with more and more sentences."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers import address
from nnviz.chapters.words_to_numbers.address import ADDRESS, PAGE, RATES
from nnviz.chapters.words_to_numbers.figures.trials import trials_picture
from nnviz.chapters.words_to_numbers.learning import learn_words, split_of
from nnviz.chapters.words_to_numbers.questions import trials_questions
from nnviz.chapters.words_to_numbers.script import trials_snippet
from nnviz.chapters.words_to_numbers.trials import MOST_SPLITS, SIZES, WordsTrials, measure
from nnviz.chapters.words_to_numbers.views import notes, work
from nnviz.chapters.words_to_numbers.words import HIDDEN, describe_trials
from nnviz.chart.chart import chart
from nnviz.site import frame
from nnviz.site.parts import code, parts
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Shown, table
from nnviz.text.digits import percent
from nnviz.text.question import Question


def show(top: DeltaGenerator) -> bool:
    """Show both curves; return whether trainings are still to come."""
    if not frame.hidden("controls"):
        with top:
            _controls()
    study = address.study()
    made = work.gathered(study)
    coming = made.n_done < study.n_trials
    questions = () if coming else trials_questions(made)
    secret = asking(ADDRESS) and (coming or unanswered(ADDRESS, questions) is not None)
    chart(
        trials_picture(made, secret=secret),
        key="words_trials",
        words=HIDDEN if secret else describe_trials(made),
        hint="Left: how many of the 30 held-out sentences are answered right. Right: a mark for "
        "every split; above the line, lemmas do better.",
        save_as="nnviz-words-lemmas",
    )
    bodies = {
        "numbers": lambda: _numbers(made),
        "code": lambda: code(
            [split_of, learn_words, measure], trials_snippet(study, bool(ADDRESS["lemmas"]))
        ),
        "predict": lambda: _predict(questions),
        "tutorial": notes.tutorial,
    }
    parts(ADDRESS, bodies)
    return coming


def _controls() -> None:
    st.slider(
        "Splits",
        1,
        MOST_SPLITS,
        key=ADDRESS.key("splits"),
        width=150,
        help="How often other sentences are held out, and all is trained again.",
    )
    st.selectbox("Rate", RATES, key=ADDRESS.key("rate"), width=90)


def _predict(questions: tuple[Question, ...]) -> None:
    if questions:
        predict_first(PAGE, questions)
    else:
        st.markdown("The questions come when every training is made.")


def _numbers(made: WordsTrials) -> None:
    rows: list[list[float | str | Shown | None]] = []
    bands = [made.band(lemmatised) for lemmatised in (0, 1)]
    for size, n in enumerate(SIZES):
        row: list[float | str | Shown | None] = [str(n)]
        for band in bands:
            median = float(band[1, size])
            if median == median:  # there is one
                low, told, high = percent(*band[:, size].tolist(), decimals=1)
                row += [Shown(median, told), f"{low} to {high}"]
            else:
                row += [None, None]
        rows.append(row)
    table(
        ["learned\nfrom", "as they stand:\nmedian", "middle half", "lemmas:\nmedian",
         "middle half"],
        rows,
        label="Accuracy on held-out sentences by how many are learned from",
    )  # fmt: skip
    st.markdown(
        "Both of a pair learn from the same sentences and are tested on the same others. The words "
        "that the neuron knows are those of the sentences it learns from, and no others."
    )
