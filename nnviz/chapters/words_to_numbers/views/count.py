"""Count words: sentences as rows, words as columns, and lemmas that bring columns together."""

from collections.abc import Callable
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.chapters.words_to_numbers import address
from nnviz.chapters.words_to_numbers.address import ADDRESS, CHOSEN, PAGE
from nnviz.chapters.words_to_numbers.bag import Bag, bag, counted, merged
from nnviz.chapters.words_to_numbers.figures.bag import bag_picture
from nnviz.chapters.words_to_numbers.lemmas import lemma
from nnviz.chapters.words_to_numbers.questions import counting_questions
from nnviz.chapters.words_to_numbers.script import counting_snippet
from nnviz.chapters.words_to_numbers.tokens import tokens
from nnviz.chapters.words_to_numbers.views import fields, notes
from nnviz.chapters.words_to_numbers.words import HIDDEN, describe_counts
from nnviz.chart.chart import chart
from nnviz.site import frame
from nnviz.site.parts import code, parts
from nnviz.site.plain import plain, say_cuts
from nnviz.site.predict_first import asking, predict_first, unanswered
from nnviz.site.table import Cell, Shown, table
from nnviz.text.digits import percent


def show(top: DeltaGenerator) -> None:
    """Show the matrix."""
    if not frame.hidden("controls"):
        with top:
            _controls()
        if ADDRESS["chosen"] == "own" and not frame.hidden("own"):
            with frame.controls():
                _own_sentences()
    sentences = address.sentences()
    raw = bag(sentences, lemmatised=False)
    if not raw.words:
        st.info("There is no word here yet. Type a sentence above, or choose some.")
        return
    # The dictionary is opened only if lemmas are asked for.
    wanted = ADDRESS["lemmas"] or asking(ADDRESS)
    lemmatised = bag(sentences, lemmatised=True) if wanted else None
    questions = () if lemmatised is None else counting_questions(raw, lemmatised)
    secret = unanswered(ADDRESS, questions) is not None
    shown = lemmatised if ADDRESS["lemmas"] and not secret else None
    chart(
        bag_picture(sentences, raw, shown, zeros=not frame.hidden("zeros")),
        key="words_bag",
        words=HIDDEN if secret and ADDRESS["lemmas"] else describe_counts(raw, shown),
        hint=_hint(shown is not None),
        save_as="nnviz-words",
        fill=True,
    )
    functions: list[Callable[..., Any]] = [tokens, *([lemma] if shown else []), bag, counted]
    bodies = {
        "numbers": lambda: _numbers(raw, shown),
        "code": lambda: code(functions, counting_snippet(sentences, shown is not None)),
        "predict": lambda: predict_first(PAGE, questions),
        "tutorial": notes.tutorial,
    }
    parts(ADDRESS, bodies)


def _controls() -> None:
    if not frame.hidden("chosen"):
        st.selectbox(
            "Sentences",
            list(CHOSEN),
            format_func=CHOSEN.__getitem__,
            key=ADDRESS.key("chosen"),
            label_visibility="collapsed",
            width=190,
        )
    lemma_switch()


def lemma_switch() -> None:
    """Show the switch that counts the forms of a word together."""
    if not frame.hidden("lemmas"):
        st.toggle(
            "Lemmas",
            key=ADDRESS.key("lemmas"),
            help="Every word is replaced by the form under which a dictionary lists it: watches, "
            "watching and watched become watch.",
        )


def _own_sentences() -> None:
    st.text_area(
        f"My sentences, one on each line (up to {address.MOST_OWN} lines, {address.LONGEST_OWN} "
        "characters)",
        key=ADDRESS.key("own"),
        height=112,
        on_change=fields.cut,
        args=("own", address.LONGEST_OWN),
    )
    say_cuts()
    lines = address.own_lines()
    if len(lines) > address.MOST_OWN:
        left_out = plain(lines[address.MOST_OWN])
        st.warning(
            f"These are {len(lines)} lines, and {address.MOST_OWN} fit into the picture. What "
            f"follows from “{left_out}” on is left out."
        )


def _hint(lemmatised: bool) -> str:
    rows = "A row is a sentence, a column a word, a number how often it occurs."
    if not lemmatised:
        return f"{rows} Switch lemmas on and see which columns become one."
    return (
        f"{rows} Thick lines: forms that become one column. Dotted: a word that only gets another "
        "name. Thin: as before."
    )


def _numbers(raw: Bag, found: Bag | None) -> None:
    rows: list[list[Cell]] = [
        [name, *(Shown(value, f"{value:,}") for value in (len(b.words), b.counts.size, b.zeros)),
         Shown(b.zero_fraction, percent(b.zero_fraction, decimals=1)[0])]
        for name, b in (("words as they stand", raw), ("lemmas", found))
        if b is not None
    ]  # fmt: skip
    left, right = st.columns(2)
    with left:
        table(
            ["counted", "columns", "counts", "of them 0", "share of 0"],
            rows,
            label="Size of the matrix and its zeros",
        )
    with right:
        if found is None:
            st.markdown("Switch lemmas on to see which words come together.")
            return
        together = merged(raw)
        if together:
            table(
                ["lemma", "its forms here"],
                [[base, ", ".join(forms)] for base, forms in together],
                label="Words that come together",
                height=230,
            )
        else:
            st.markdown("The dictionary finds no two forms of one word here.")
