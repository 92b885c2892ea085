"""Trainings on words, computed once for everybody, and never for long at a time."""

import threading
from collections.abc import Iterator
from typing import Final

import streamlit as st

from nnviz.chapters.words_to_numbers.figures.tracks import sentence_tracks, weight_tracks
from nnviz.chapters.words_to_numbers.learning import WordsConfig, WordsRun, learn_words
from nnviz.chapters.words_to_numbers.lemmas import make_ready
from nnviz.chapters.words_to_numbers.prediction import same_bag
from nnviz.chapters.words_to_numbers.trials import Trial, WordsStudy, WordsTrials, measure, trials
from nnviz.chapters.words_to_numbers.words import describe_step
from nnviz.chart import packing
from nnviz.chart.tracks import Tracks, sentences
from nnviz.site.background import Background
from nnviz.site.caching import cached

_TEXTS: Final = 200  # steps with a sentence while a training plays


@st.cache_resource(show_spinner=False)
def open_the_dictionary() -> None:
    """Open the dictionary in a thread, so that lemmas come at once when they are asked for."""
    threading.Thread(target=make_ready, daemon=True).start()


@cached(WordsConfig)
def learned(config: WordsConfig) -> WordsRun:
    """Return the run of a config; one has about 3 MB."""
    return learn_words(config)


@cached(WordsConfig)
def packed_weights(config: WordsConfig, brief: bool, near: str) -> tuple[bytes, str]:
    """Return the tracks of the weights and, unless brief, accuracies, packed for the browser."""
    return packing.pack(weight_tracks(learned(config), brief=brief, near=near))


@cached(WordsConfig)
def packed_sentence(config: WordsConfig, sentence: str, other: str) -> tuple[bytes, str]:
    """Return the tracks of a sentence, packed for the browser."""
    run = learned(config)
    stride = max(1, run.last_step // _TEXTS)
    same = bool(other) and same_bag(sentence, other, config.lemmatised)
    texts = [
        describe_step(run, step, sentence, other, same=same)
        for step in range(0, run.last_step + 1, stride)
    ]
    return packing.pack(sentence_tracks(run, sentence, other, texts, stride))


def every_sentence(config: WordsConfig, sentence: str, other: str) -> bytes:
    """Return what is said at every step, packed for a file."""
    run = learned(config)
    same = bool(other) and same_bag(sentence, other, config.lemmatised)
    texts = [
        describe_step(run, step, sentence, other, same=same) for step in range(run.last_step + 1)
    ]
    return packing.pack(Tracks((sentences(texts),), run.last_step))[0]


@cached(WordsConfig)
def measured(config: WordsConfig) -> float:
    """Return the accuracy on the held-out sentences at the end of a training."""
    return measure(config)


def _trials(study: WordsStudy) -> Iterator[tuple[Trial, float]]:
    """Yield each trial of a study with its accuracy."""
    for trial in study.trials():
        yield trial, measured(study.config_of(trial))


_STUDIES: Final = Background(_trials, kept=32)


def gathered(study: WordsStudy) -> WordsTrials:
    """Return what is known of a study, after working on it for a moment."""
    return trials(study, dict(_STUDIES.work(study).results))
