"""Who may compute now: turns in the order in which they are asked for, and an end for the unwanted.

A semaphore of the standard library gives a place that becomes free to whoever comes first, which is
mostly the one who has just left it: one long computation would keep all others waiting.
"""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, local


class AbandonedError(Exception):
    """Nobody waits for what is computed in this thread any more."""


class _Thread(local):
    wanted: Callable[[], bool] | None = None


_THREAD = _Thread()


class Turns:
    """Places, each given to the one who has waited longest.

    `places`: how many may compute at once.
    """

    def __init__(self, places: int) -> None:
        self._free = places
        self._lock = Lock()
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> None:
        """Wait for a place.

        Raises AbandonedError if the thread computes `while_wanted`, and is not.
        """
        if _THREAD.wanted is not None and not _THREAD.wanted():
            raise AbandonedError
        gate = Lock()
        with self._lock:
            if self._free:
                self._free -= 1
                return
            gate.acquire()
            self._waiting.append(gate)
        gate.acquire()  # until the one before opens it

    def __exit__(self, *_: object) -> None:
        """Give the place to the next one."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1


@contextmanager
def while_wanted(wanted: Callable[[], bool]) -> Iterator[None]:
    """Let this thread compute as long as ``wanted()`` is true; asked before every turn."""
    _THREAD.wanted = wanted
    try:
        yield
    finally:
        _THREAD.wanted = None
