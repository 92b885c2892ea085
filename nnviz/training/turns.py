"""Who may compute now: turns in the order in which they are asked for, and an end for the unwanted.

A semaphore of the standard library gives a place that becomes free to whoever comes first, which is
mostly the one who has just left it: one long computation would keep all others waiting.
"""

import os
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident, local
from typing import Final


class AbandonedError(Exception):
    """Nobody waits for what is computed in this thread any more."""


class _Thread(local):
    wanted: Callable[[], bool] | None = None
    owner: Hashable = None


class _Held(local):
    depth = 0


_THREAD = _Thread()


def owner() -> Hashable:
    """Return for whom this thread computes."""
    return get_ident() if _THREAD.owner is None else _THREAD.owner


def computes_for(person: Hashable) -> None:
    """Say for whom this thread computes from now on: all that one person asks for shares turns."""
    _THREAD.owner = person


class Turns:
    """Places, given to people in turn, and of one person's threads to the one that waits longest.

    So many threads may compute at once; one that has a place needs no other one.
    """

    def __init__(self, places: int) -> None:
        self._free, self._held = places, _Held()
        self._lock = Lock()
        self._waiting: OrderedDict[Hashable, deque[Lock]] = OrderedDict()

    def __enter__(self) -> None:
        """Wait for a place.

        Raises AbandonedError if the thread computes `while_wanted`, and is not.
        """
        if self._held.depth:
            self._held.depth += 1
            return
        if _THREAD.wanted is not None and not _THREAD.wanted():
            raise AbandonedError
        gate = Lock()
        with self._lock:
            free = self._free > 0
            if free:
                self._free -= 1
            else:
                gate.acquire()
                gates = self._waiting.setdefault(owner(), deque())
                # A page that is drawn goes before what the same person has in the background.
                (gates.appendleft if _THREAD.wanted is None else gates.append)(gate)
        if not free:
            gate.acquire()  # until the one before opens it
        self._held.depth = 1

    def __exit__(self, *_: object) -> None:
        """Give the place to the next one."""
        self._held.depth -= 1
        if self._held.depth:
            return
        with self._lock:
            if not self._waiting:
                self._free += 1
                return
            person, gates = self._waiting.popitem(last=False)
            gates.popleft().release()
            if gates:
                self._waiting[person] = gates  # behind all others


TURNS: Final = Turns(max(1, (os.cpu_count() or 2) - 1))
"""Of all that computes for long: a processor is left for whoever only looks."""


@contextmanager
def while_wanted(wanted: Callable[[], bool]) -> Iterator[None]:
    """Let this thread compute as long as ``wanted()`` is true; asked before every turn."""
    _THREAD.wanted = wanted
    try:
        yield
    finally:
        _THREAD.wanted = None
