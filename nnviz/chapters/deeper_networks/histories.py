"""Histories and what is shown of them, computed once for everybody.

A long one is computed in parts: the first is there at once, the others arrive while it plays.
"""

import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Lock
from typing import Any, Final, ParamSpec, TypeVar, cast

import streamlit as st

from nnviz.chapters.deeper_networks.history_view import HistoryView, ViewPiece, near, view
from nnviz.data.sample import Sample
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan
from nnviz.training.record import Record, record
from nnviz.training.timeline import Timeline

P = ParamSpec("P")
R = TypeVar("R")

# Rows times parameters of the first part: about a twentieth of a second.
_FIRST: Final = 15_000_000
# Each part is so many times as long as the one before, so that all of them together take little
# longer than the last one alone.
_GROWTH: Final = 4


def cached(max_entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator of what is computed once for everybody."""
    kept: Any = st.cache_resource(
        max_entries=max_entries,
        show_spinner=False,
        hash_funcs={Timeline: repr, Plan: repr, Sample: repr, Plane: repr},
    )

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast(Callable[P, R], kept(function))

    return decorate


def parts_of(timeline: Timeline) -> tuple[int, ...]:
    """Return after how many updates a history is shown for the first time, again, and whole."""
    cost = max(stage.plan.batch_size * stage.plan.n_parameters for stage in timeline.stages)
    length = max(200, _FIRST // cost)
    lengths = []
    while length < timeline.steps:
        lengths.append(length)
        length *= _GROWTH
    return (*lengths, timeline.steps)


def first_part(timeline: Timeline) -> Timeline:
    """Return the part of a timeline that is shown at once."""
    return beginning(timeline, parts_of(timeline)[0])


def beginning(timeline: Timeline, steps: int) -> Timeline:
    """Return the timeline cut after so many updates."""
    return replace(timeline, steps=min(steps, timeline.steps))


@cached(max_entries=32)
def recorded(timeline: Timeline) -> Record:
    """Return the history."""
    return record(timeline)


@cached(max_entries=48)
def quickly(timeline: Timeline, plane: Plane, first: int = 0) -> HistoryView:
    """Return what is shown of the first part of a history until more of it is there."""
    return view(recorded(first_part(timeline)), plane, quick=True, first=first)


@cached(max_entries=32)
def seen_near(timeline: Timeline, step: int, plane: Plane, reach: int) -> ViewPiece:
    """Return every update around a step."""
    return near(recorded(timeline), step, plane, reach=reach)


_WORKERS: Final = ThreadPoolExecutor(2, "history")
_HEAD_START: Final = 0.05  # s
_FORGOTTEN: Final = 2.0  # s


class Stream:
    """A history that is being computed, part after part, as long as somebody asks for it.

    Attributes
    ----------
    view : HistoryView or None
        As much as there is so far, in full.
    whole : bool
        Whether that is all of it.
    failed : bool
        Whether it could not be computed, which is our fault; it is not tried again.
    """

    def __init__(self, timeline: Timeline, plane: Plane) -> None:
        self._timeline, self._plane = timeline, plane
        self._lock, self._asked, self._running = Lock(), 0.0, False
        self.view: HistoryView | None = None
        self.whole = self.failed = False

    def ask(self) -> None:
        """Let the work go on; without being asked it ends after two seconds."""
        with self._lock:
            self._asked = time.monotonic()
            if self.whole or self.failed or self._running:
                return
            self._running = True
        _WORKERS.submit(self._work)

    def _work(self) -> None:
        # After a moment: until then the quick picture has the processor to itself.
        time.sleep(_HEAD_START)
        try:
            for steps in parts_of(self._timeline):
                if time.monotonic() - self._asked > _FORGOTTEN:
                    return
                if self.view is None or steps > self.view.history.timeline.steps:
                    part = recorded(beginning(self._timeline, steps))
                    self.view = view(part, self._plane)
            self.whole = True
        except Exception:
            self.failed = True
            logging.getLogger("nnviz").exception("A history could not be computed")
        finally:
            with self._lock:
                self._running = False


@cached(max_entries=24)
def stream(timeline: Timeline, plane: Plane) -> Stream:
    """Return the one stream of a history."""
    return Stream(timeline, plane)
