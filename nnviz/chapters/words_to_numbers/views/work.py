"""Trainings on words, computed once for everybody, and never for long at a time."""

import threading
from typing import Final

import streamlit as st

from nnviz.chapters.words_to_numbers.figures.tracks import sentence_tracks, weight_tracks
from nnviz.chapters.words_to_numbers.learning import WordsConfig, WordsRun, learn_words
from nnviz.chapters.words_to_numbers.lemmas import make_ready
from nnviz.chapters.words_to_numbers.prediction import same_bag
from nnviz.chapters.words_to_numbers.trials import WordsTrials, measure
from nnviz.chapters.words_to_numbers.words import describe_step
from nnviz.chart import packing
from nnviz.chart.tracks import Tracks, sentences
from nnviz.site.background import Studies
from nnviz.site.caching import cached

_TEXTS: Final = 200  # steps with a sentence while a training plays


@st.cache_resource(show_spinner=False)
def open_the_dictionary() -> None:
    """Open the dictionary in a thread, so that lemmas come at once when they are asked for."""
    threading.Thread(target=make_ready, daemon=True).start()


learned = cached(WordsConfig)(learn_words)
"""The run of a config; one has about 3 MB."""

STUDIES: Final = Studies(cached(WordsConfig)(measure), WordsTrials)
"""The trainings repeated over many splits."""


@cached(WordsConfig)
def packed_weights(config: WordsConfig, brief: bool, near: str) -> tuple[bytes, str]:
    """Return the tracks of the weights and, unless brief, accuracies, packed for the browser."""
    return packing.pack(weight_tracks(learned(config), brief=brief, near=near))


@cached(WordsConfig)
def packed_sentence(config: WordsConfig, sentence: str, other: str) -> tuple[bytes, str]:
    """Return the tracks of a sentence, packed for the browser."""
    run = learned(config)
    stride = max(1, run.last_step // _TEXTS)
    texts = _texts(run, sentence, other, stride)
    return packing.pack(sentence_tracks(run, sentence, other, texts, stride))


def every_sentence(config: WordsConfig, sentence: str, other: str) -> bytes:
    """Return what is said at every step, packed for a file."""
    run = learned(config)
    return packing.pack(Tracks((sentences(_texts(run, sentence, other, 1)),), run.last_step))[0]


def _texts(run: WordsRun, sentence: str, other: str, stride: int) -> list[str]:
    same = bool(other) and same_bag(sentence, other, run.config.lemmatised)
    return [
        describe_step(run, step, sentence, other, same=same)
        for step in range(0, run.last_step + 1, stride)
    ]
