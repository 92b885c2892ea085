"""Trainings on words, computed once for everybody, and never for long at a time."""

import threading
import time
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast

import streamlit as st

from nnviz.chapters.words_to_numbers.choices import PAGE
from nnviz.chapters.words_to_numbers.figure_tracks import sentence_tracks, weight_tracks
from nnviz.chapters.words_to_numbers.learning import WordsConfig, WordsRun, learn_words
from nnviz.chapters.words_to_numbers.lemmas import make_ready
from nnviz.chapters.words_to_numbers.prediction import same_bag
from nnviz.chapters.words_to_numbers.trials import Trial, WordsStudy, WordsTrials, measure, trials
from nnviz.chapters.words_to_numbers.words import moment
from nnviz.chart import packing

P = ParamSpec("P")
R = TypeVar("R")

_FIRST_SECONDS: Final = 0.08  # of work before the first picture
_SECONDS: Final = 0.2  # of work before what there is by then is shown
_KNOWN: Final = f"{PAGE}_known"  # of which study how many trials have come
_TEXTS: Final = 200  # moments that are put into words while a training plays


def cached(max_entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator of what is computed once for everybody."""
    kept: Any = st.cache_resource(
        max_entries=max_entries, show_spinner=False, hash_funcs={WordsConfig: repr}
    )

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast(Callable[P, R], kept(function))

    return decorate


@st.cache_resource(show_spinner=False)
def open_the_dictionary() -> None:
    """Open it while the first person looks at the page, so that lemmas come at once."""
    threading.Thread(target=make_ready, daemon=True).start()


@cached(max_entries=8)
def learned(config: WordsConfig) -> WordsRun:
    """Return the run; one has about 3 MB."""
    return learn_words(config)


@cached(max_entries=8)
def packed_weights(config: WordsConfig) -> tuple[bytes, str]:
    """Return what moves whatever is asked, for the browser."""
    return packing.pack(weight_tracks(learned(config)))


@cached(max_entries=32)
def packed_sentence(config: WordsConfig, sentence: str, other: str) -> tuple[bytes, str]:
    """Return what moves for the sentence that is asked about, for the browser."""
    run = learned(config)
    stride = max(1, run.last_step // _TEXTS)
    same = bool(other) and same_bag(sentence, other, config.lemmatised)
    texts = [
        moment(run, step, sentence, other, same=same)
        for step in range(0, run.last_step + 1, stride)
    ]
    return packing.pack(sentence_tracks(run, sentence, other, texts, stride))


@cached(max_entries=4_000)
def measured(config: WordsConfig) -> float:
    """Return how many held-out sentences are answered right at the end of a training."""
    return measure(config)


def gathered(study: WordsStudy) -> WordsTrials:
    """Return what has come of a study, after working on it for a moment."""
    known, n_before = st.session_state.get(_KNOWN, (None, 0))
    if known != study:
        n_before = 0
    seconds = _SECONDS if n_before else _FIRST_SECONDS
    made: dict[Trial, float] = {}
    begin = time.monotonic()
    for trial in study.trials():
        n_new = len(made) - n_before
        # However long the known ones took, there is one more each time.
        if n_new > 0 and time.monotonic() - begin > seconds:
            break
        made[trial] = measured(study.config_of(trial))
    st.session_state[_KNOWN] = (study, len(made))
    return trials(study, made)
