"""What the tutorial says of words, what is so, and the buttons that show it."""

from collections.abc import Callable, Sequence
from typing import Any, Final

import streamlit as st

from nnviz.chapters.words_to_numbers import address
from nnviz.chapters.words_to_numbers.address import ADDRESS, PAGE, UPDATES
from nnviz.chapters.words_to_numbers.bag import bag
from nnviz.chapters.words_to_numbers.lemmas import lemma
from nnviz.chapters.words_to_numbers.prediction import decompose
from nnviz.chapters.words_to_numbers.questions import ORDER_PAIR
from nnviz.chapters.words_to_numbers.sentences import SENTENCES
from nnviz.chapters.words_to_numbers.vectors.neighbours import neighbours, word_sum
from nnviz.chapters.words_to_numbers.vectors.words import good_and_bad
from nnviz.chapters.words_to_numbers.views import work
from nnviz.chapters.words_to_numbers.words import probability
from nnviz.site.parts import code, parts, tutorial_says
from nnviz.site.player import Player
from nnviz.site.predict_first import predict_first
from nnviz.text.digits import digits, percent
from nnviz.text.question import Question

PLAYER: Final = Player(ADDRESS, "words_learning")

_DO_NOT: Final = "don't"


def tutorial() -> None:
    """Show the notes, each with its demonstration."""
    st.markdown(
        "The updates here are not those of Home: the error is the cross-entropy, and not the "
        "squared miss. Its slope by the sum is the miss itself, prediction − target."
    )
    raw, found = (bag(SENTENCES, lemmatised) for lemmatised in (False, True))
    before, after = percent(raw.zero_fraction, found.zero_fraction, decimals=1)
    tutorial_says(
        "with lemmas the matrix is less sparse.",
        f"yes, but hardly: of all {len(SENTENCES)} sentences {before} of the "
        f"counts are 0 before and {after} after. What helps is something else: "
        f"{len(raw.words)} columns become {len(found.words)}, so what is learned of one form holds "
        "for the others. “Lemmas or not” measures it.",
    )
    st.button("Show me: all sentences with lemmas", on_click=_matrix)
    run = work.learned(address.config())
    first, second = (digits(decompose(run, UPDATES, text).z) for text in ORDER_PAIR)
    tutorial_says(
        "the result holds the number of occurrences of every word in the text.",
        "of every word that has a column. Others are dropped, and so is the order: “"
        f"{ORDER_PAIR[0]}” and “{ORDER_PAIR[1]}” are the same counts and get the same sum, "
        f"{first} and {second}.",
    )
    st.button("Show me: same words, other order", on_click=show_order, key="words_notes.order")
    tutorial_says(
        "inflected words are reduced to their base form.",
        "they are looked up one by one, without the words around them. So “saw” becomes "
        f"“{lemma('saw')}” even if it is a tool, “rose” becomes “{lemma('rose')}” even if it is a "
        f"flower, and “don't” becomes “{lemma(_DO_NOT)}”: the not is lost.",
    )


def show_order() -> None:
    """Ask about two sentences of the same words, at the end of the training."""
    ADDRESS.choose(view="learn", ask=ORDER_PAIR[0], other=ORDER_PAIR[1])
    PLAYER.go(UPDATES)


def show_not_bad() -> None:
    """Ask about not bad and bad, at the end of the training on vectors."""
    asked = {"ask": "The film was not bad.", "other": "The film was good."}
    ADDRESS.choose(view="vectors", about="moods", **asked)
    PLAYER.go(UPDATES)


def show_king() -> None:
    """Ask for the words nearest to king - man + woman, none of them left out."""
    asked = {"near": "king - man + woman", "against": "queen", "left_out": False}
    ADDRESS.choose(view="vectors", about="near", **asked)


def parts_of_vectors(
    numbers: Callable[[], None],
    functions: Sequence[Callable[..., Any]],
    script: Callable[[], str],
    questions: Sequence[Question],
) -> None:
    """Show the parts below a picture of word vectors."""
    bodies = {
        "numbers": numbers,
        "code": lambda: code(functions, script()),
        "predict": lambda: predict_first(PAGE, questions),
        "tutorial": tutorial_of_vectors,
    }
    parts(ADDRESS, bodies)


def tutorial_of_vectors() -> None:
    """Show what is often said of word vectors, each with its demonstration."""
    tutorial_says(
        "the same computations are used for text as for images.",
        "yes. A text becomes numbers first, and the neuron does not know what they stand for. "
        "Counts tell it which words are there; vectors tell it as well which are alike.",
    )
    sum_ = word_sum("king - man + woman")
    (first, _), (second, _) = neighbours(sum_, left_out=False).nearest[:2]
    _often_said(
        "king − man + woman is queen.",
        f"it is {first}, and {second} comes second. It is queen only if the words that were put in "
        "are left out, which is rarely said.",
    )
    st.button("Show me: king − man + woman", on_click=show_king, key="words_notes.king")
    run = work.learned(address.config(vectors=True))
    not_bad, bad = (
        probability(decompose(run, UPDATES, text).probability) for text in ("Not bad.", "Bad.")
    )
    _often_said(
        "the numbers hold the meaning of the words.",
        f"they hold how words are used. “Bad.” gets {bad} for a good mood and “Not bad.” gets "
        f"{not_bad}: a mean knows no order and no “not”. Opposites are near each other: "
        f"{good_and_bad()}. And prejudices of the texts are taken over.",
    )
    st.button("Show me: not bad", on_click=show_not_bad, key="words_notes.not_bad")
    st.button("Show me: occupations", on_click=_taken_over, key="words_notes.taken")


def _often_said(says: str, in_fact: str) -> None:
    tutorial_says(says, in_fact, "It is often said")


def _matrix() -> None:
    """Count all shipped sentences with lemmas."""
    ADDRESS.choose(view="count", chosen="all", lemmas=True)


def _taken_over() -> None:
    """Show occupations between he and she."""
    ADDRESS.choose(view="vectors", about="taken")
