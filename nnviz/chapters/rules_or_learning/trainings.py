"""Trainings as they are made, leg by leg: made once for everybody, and never for long."""

import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Final, TypeVar

import numpy as np
import streamlit as st

from nnviz.chapters.rules_or_learning.grids import solved_grids
from nnviz.chapters.rules_or_learning.learning import (
    UPDATES,
    Leg,
    Lesson,
    Measured,
    begin,
    go_on,
    measure,
    training_puzzles,
)
from nnviz.chapters.rules_or_learning.puzzles import Puzzles
from nnviz.chapters.rules_or_learning.study import GamesStudy, games_study, lessons, unseen_share
from nnviz.nn.checks import FloatArray, freeze

Key = tuple[str, Lesson]
K = TypeVar("K")
V = TypeVar("V")

_BEGUN: Final = 8  # trainings on their way, of at most 5 MB each
_RECORDS: Final = 8  # of 4 MB each
_SHARES: Final = 5_000


@dataclass(frozen=True, eq=False)
class Training:
    """A training as far as it has been made.

    Attributes
    ----------
    moments : ndarray, shape (n_moments, n_parameters)
    measured : Measured or None
        When all updates have been made.
    """

    moments: FloatArray
    measured: Measured | None

    def __post_init__(self) -> None:
        freeze(self)


class Trainings:
    """What has been trained so far, by anybody. Everything in it is read-only and computed once."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._begun: OrderedDict[tuple[Key, bool], tuple[Leg, ...]] = OrderedDict()
        self._records: OrderedDict[Key, Training] = OrderedDict()
        self._shares: OrderedDict[Key, float] = OrderedDict()

    def training(self, key: Key, seconds: float) -> Training:
        """Return a training with its moments, after working on it for some seconds."""
        known = self._get(self._records, key)
        if known is not None:
            return known
        legs = self._worked_on(key, time.monotonic() + seconds, keep=True)
        moments = np.concatenate([leg.moments for leg in legs])
        if legs[-1].last < UPDATES:
            return Training(moments, None)
        training = Training(moments, measure(solved_grids(key[0]), key[1], moments))
        self._put(self._records, key, training, _RECORDS)
        return training

    def share(self, key: Key, until: float) -> float | None:
        """Return what a network knows of games never seen, if that is known in time."""
        known = self._get(self._shares, key)
        if known is None and time.monotonic() < until:
            leg = self._worked_on(key, until, keep=False)[-1]
            if leg.last == UPDATES:
                known = unseen_share(solved_grids(key[0]), leg.parameters)
                self._put(self._shares, key, known, _SHARES)
        return known

    def _worked_on(self, key: Key, until: float, *, keep: bool) -> tuple[Leg, ...]:
        rules, lesson = key
        legs = self._get(self._begun, (key, keep)) or (begin(lesson),)
        while legs[-1].last < UPDATES and time.monotonic() < until:
            leg = go_on(legs[-1], _puzzles(rules, lesson), lesson)
            # Whoever else works on it comes to the same numbers.
            legs = (*legs, leg) if keep and legs[-1].last else (leg,)
            self._put(self._begun, (key, keep), legs, _BEGUN)
        return legs

    def _get(self, kept: OrderedDict[K, V], key: K) -> V | None:
        with self._lock:
            if key in kept:
                kept.move_to_end(key)
            return kept.get(key)

    def _put(self, kept: OrderedDict[K, V], key: K, value: V, most: int) -> None:
        with self._lock:
            kept[key] = value
            kept.move_to_end(key)
            while len(kept) > most:
                kept.popitem(last=False)


@st.cache_resource(show_spinner=False)
def shelf() -> Trainings:
    """Return the one place where trainings are kept."""
    return Trainings()


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={Lesson: repr})
def _puzzles(rules: str, lesson: Lesson) -> Puzzles:
    return training_puzzles(solved_grids(rules), lesson)


def study(rules: str, seed: int, seconds: float) -> GamesStudy:
    """Return what is known of the study over numbers of games, after working on it."""
    until = time.monotonic() + seconds
    made = {}
    for place, lesson in lessons(seed):
        share = shelf().share((rules, lesson), until)
        if share is not None:
            made[place] = share
    return games_study(made)


def stacked(answers: list[FloatArray]) -> FloatArray:
    """Return the answers of all moments as one array."""
    return np.stack(answers)
