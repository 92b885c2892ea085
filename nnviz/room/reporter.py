"""Write the steps of pupils in the background, so that no page waits for a disk.

Of each pupil only the newest step waits to be written, and all that wait are written at once.
"""

import threading
import time
from typing import Final

from nnviz.room.problems import UnreachableError
from nnviz.room.step import Step
from nnviz.room.store import Store

WRITES_EVERY: Final = 0.4
"""Seconds in which steps are gathered before they are written."""

_TRIES_AGAIN_AFTER: Final = 2.0
_SWEEPS_EVERY: Final = 60.0
_MOST_WAITING: Final = 5_000


class Reporter:
    """Takes steps and writes them a little later; and lets rooms end that are over.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, Step] = {}
        self._change = threading.Condition()
        self._thread: threading.Thread | None = None
        self._swept = time.monotonic()

    def report(self, token: str, step: Step) -> None:
        """Take a pupil's step; it is written within a second."""
        with self._change:
            if token in self._waiting or len(self._waiting) < _MOST_WAITING:
                self._waiting[token] = step
            self._change.notify()
        self.start()

    def start(self) -> None:
        """Begin to write, and to look now and then for rooms that are over."""
        with self._change:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, name="rooms", daemon=True)
                self._thread.start()

    def flush(self) -> bool:
        """Write all that waits; return whether it could be written."""
        with self._change:
            steps, self._waiting = self._waiting, {}
        try:
            self._store.record(steps)
        except UnreachableError:
            with self._change:  # what has come meanwhile is newer
                self._waiting = {**steps, **self._waiting}
            return False
        return True

    def _work(self) -> None:
        while True:
            with self._change:
                if not self._waiting:
                    self._change.wait(_SWEEPS_EVERY)
            time.sleep(WRITES_EVERY)
            if not self.flush():
                time.sleep(_TRIES_AGAIN_AFTER)
            self._sweep()

    def _sweep(self) -> None:
        now = time.monotonic()
        if now - self._swept < _SWEEPS_EVERY:
            return
        self._swept = now
        try:
            self._store.sweep()
        except UnreachableError:
            return  # it has been logged, and is tried again
