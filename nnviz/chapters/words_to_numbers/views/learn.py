"""Learn moods: one neuron, its weight for every word, and a sentence word by word."""

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers import address
from nnviz.chapters.words_to_numbers.address import ADDRESS, LONGEST_ASKED, PAGE, RATES
from nnviz.chapters.words_to_numbers.figures.learning import learning_picture
from nnviz.chapters.words_to_numbers.learning import WordsRun, learn_words
from nnviz.chapters.words_to_numbers.lesson import LESSON
from nnviz.chapters.words_to_numbers.prediction import (
    Decomposition,
    decompose,
    nearest_learned,
    never_seen,
    same_bag,
)
from nnviz.chapters.words_to_numbers.questions import learning_questions
from nnviz.chapters.words_to_numbers.script import learning_notebook, learning_snippet
from nnviz.chapters.words_to_numbers.vectors.lookup import found, no_vector
from nnviz.chapters.words_to_numbers.views import fields, notes, work
from nnviz.chapters.words_to_numbers.views.count import lemma_switch
from nnviz.chapters.words_to_numbers.views.notes import PLAYER
from nnviz.chapters.words_to_numbers.words import HIDDEN, describe_step
from nnviz.chart.chart import Shown as Sent
from nnviz.chart.chart import chart
from nnviz.site import frame, lesson
from nnviz.site.offer import offer, offer_file
from nnviz.site.parts import code, formulas, parts
from nnviz.site.plain import plain, say_cuts
from nnviz.site.predict_first import predict_first
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import adding_up, digits, latex, multiplied

_MARKS: Final = (
    "Every update learns from one sentence and moves the weights of its words only. Bars to the "
    "right speak for a good mood, bars to the left for a bad one."
)
_MEANS: Final = (
    "The neuron gets the mean of the vectors of a sentence's words, little words left out. Every "
    "update moves what all words weigh."
)


def show(top: DeltaGenerator, *, vectors: bool = False) -> None:
    """Show the training on counts or on vectors."""
    config = address.config(vectors=vectors)
    if not frame.hidden("controls"):
        with top:
            if not vectors:
                lemma_switch()
            _training_controls()
        with frame.controls():
            _asking_controls(vectors=vectors)
    marks = _MEANS if vectors else _MARKS
    run = work.learned(config)
    step, ask, other = ADDRESS["step"], str(ADDRESS["ask"]), str(ADDRESS["other"]).strip()
    waits = lesson.secret()
    if waits:
        ask = other = ""
    # In a lesson one thing after the other.
    brief, weights = frame.hidden("accuracy"), not frame.hidden("weights")
    near = never_seen(run, ask) if vectors else ""
    packs = [work.packed_weights(config, brief, near)] if weights else []
    if not waits:
        # Else there is no sentence, and what the bias alone says would stand for the answer.
        packs.append(work.packed_sentence(config, ask, other))
    same = bool(other) and same_bag(ask, other, config.lemmatised)
    seen = chart(
        learning_picture(run, ask, other, brief=brief, weights=weights, near=near),
        key=PLAYER.chart,
        words=HIDDEN if waits else describe_step(run, step, ask, other, same=same),
        hint=f"Press Train. {marks}",
        clock=PLAYER.clock(
            "Train", speeds=(1, 10, 50, 100, 500), speed=100, jump=len(run.split.train),
            jump_unit="epoch",
        ),
        on_position=PLAYER.arrive,
        packed=packs or None,
        save_as="nnviz-words-learning",
        fill=True,
    )  # fmt: skip
    decomposition = decompose(run, step, ask)
    bodies = {
        "numbers": lambda: _numbers(run, step, decomposition),
        "code": lambda: code([learn_words, decompose], learning_snippet(run, step, ask)),
        "export": lambda: _export(run, step, ask, other, seen),
        "predict": lambda: predict_first(PAGE, learning_questions(run, step)),
        "tutorial": notes.tutorial_of_vectors if vectors else notes.tutorial,
    }
    parts(ADDRESS, bodies)


def _export(run: WordsRun, step: int, ask: str, other: str, seen: Sent) -> None:
    offer(
        f"{PAGE}.notebook",
        "Notebook (.ipynb)",
        "The training up to here, and the sentence word by word, in cells that need NumPy alone.",
        "nnviz_words.ipynb",
        lambda: learning_notebook(run, step, ask),
        "application/x-ipynb+json",
    )
    offer_file(
        ADDRESS,
        LESSON,
        seen,
        lambda: [work.every_sentence(run.config, ask, other)],
        marks=_MEANS if run.config.vectors else _MARKS,
    )


def _training_controls() -> None:
    if not frame.hidden("rate"):
        st.selectbox(
            "Learning rate",
            RATES,
            key=ADDRESS.key("rate"),
            format_func=lambda rate: f"rate {rate}",
            width=120,
            label_visibility="collapsed",
        )
    if not frame.hidden("split"):
        st.button(
            "Another split",
            on_click=_another,
            help="Other sentences are held out, and the order of the others changes.",
        )


def _asking_controls(*, vectors: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if not frame.hidden("ask"):
            label = f"Ask about a sentence (up to {LONGEST_ASKED} characters)"
            fields.text("ask", label, LONGEST_ASKED, 350)
        if not frame.hidden("other"):
            fields.text("other", "And about a second one", LONGEST_ASKED, 310, "may stay empty")
            if vectors:
                st.button("Not bad", on_click=notes.show_not_bad)
            else:
                st.button("Same words, other order", on_click=notes.show_order)
    say_cuts()
    if vectors:
        unknown = found(f"{ADDRESS['ask']} {ADDRESS['other']}").unknown
        if unknown:
            st.caption(plain(no_vector(unknown)))


def _another() -> None:
    ADDRESS.set("seed", (ADDRESS["seed"] + 1) % address.LARGEST_FIRST_SEED)


def _numbers(run: WordsRun, step: int, decomposition: Decomposition) -> None:
    n = decomposition.n_averaged
    terms = decomposition.terms
    # Digits with which count times weight gives the product, and the products the sum.
    each = [*(term.product for term in terms), decomposition.bias]
    significant = adding_up(each, 4)
    rows: list[list[Cell]] = [
        [
            term.word,
            *map(
                Shown,
                (term.count, term.weight, term.product),
                (str(int(term.count)), *multiplied(term.count / n, term.weight, significant)),
            ),
        ]
        for term in terms
    ]
    rows += [[word, "left out", None, None] for word in decomposition.little]
    rows += [[word, "not known", None, None] for word in decomposition.unknown]
    bias = Shown(decomposition.bias, digits(decomposition.bias, significant))
    rows += [["bias", None, None, bias], ["sum", None, None, decomposition.z]]
    left, right = st.columns([0.55, 0.45])
    with left:
        table(
            ["lemma" if run.config.lemmatised else "word", "count", "weight",
             f"count × weight / {n}" if run.config.vectors else "count × weight"],
            rows,
            label="The sentence word by word",
        )  # fmt: skip
    with right:
        if run.config.vectors:
            _numbers_of_vectors(run, step, decomposition)
            return
        formulas(
            rf"z = c_1 w_1 + c_2 w_2 + \dots + b = {latex(decomposition.z, 5, alone=True)}",
            rf"p = \frac{{1}}{{1 + e^{{-z}}}} = {latex(decomposition.probability, 5, alone=True)}",
        )
        used = run.used_at(step)
        if used is not None:
            target = run.config.targets[used]
            before = decompose(run, step - 1, run.config.sentences[used]).probability
            formulas(
                rf"w \leftarrow w - {latex(run.config.learning_rate)} \cdot (p - t) \cdot c,\quad "
                rf"p - t = {latex(before)} - {target}"
            )
            st.markdown(
                "The last update: p is what the neuron said before it, t the target of the "
                "sentence, c the count of the word."
            )
        st.markdown(
            f"It knows the {len(run.bag.words)} words of the {len(run.split.train)} sentences that "
            f"it learns from; {len(run.split.test)} are held out. A weight says what was seen, not "
            "what a word means: with so few sentences even “a” can weigh much, by accident."
        )


def _numbers_of_vectors(run: WordsRun, step: int, decomposition: Decomposition) -> None:
    formulas(
        rf"z = w_1 x_1 + \dots + w_{{50}} x_{{50}} + b = {latex(decomposition.z, 5, alone=True)}",
        rf"p = \frac{{1}}{{1 + e^{{-z}}}} = {latex(decomposition.probability, 5, alone=True)}",
    )
    st.markdown(
        "x is the mean of the vectors. A word weighs its own vector times the 50 weights, so the "
        "sum can be taken word by word: the column at the right, with the bias, gives z."
    )
    new = never_seen(run, decomposition.sentence)
    if not new:
        return
    st.markdown(f"No sentence held “{plain(new)}”. The learned words nearest to it:")
    table(
        ["learned word", "cosine", "weight"],
        [
            [run.bag.words[k], cosine, float(run.word_weights[step, k])]
            for k, cosine in nearest_learned(run, new, 6)
        ],
        label="Nearest learned words",
    )
