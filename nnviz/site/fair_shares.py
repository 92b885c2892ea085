"""Share one server fairly: whoever has used more than their share waits while others are here.

All pages of one process share the lock of one Python interpreter, so they are drawn one after the
other. Somebody who asks for expensive pages again and again, or a script that does, would else make
everybody's answers slow.
"""

import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from threading import Lock, Semaphore, local
from typing import Final, ParamSpec, TypeVar

from streamlit.runtime.scriptrunner import get_script_run_ctx

P = ParamSpec("P")
R = TypeVar("R")

BURST: Final = 1.0
"""Seconds of a processor that everybody may use at once."""
LEAST: Final = 0.1
"""The share of a processor that everybody has, however many are here."""
LONGEST: Final = 3.0
"""Seconds that nobody waits longer than; what was used beyond is forgiven."""
QUEUED: Final = 0.1
"""Seconds that nobody waits longer than for the pages of others to be drawn."""
PRESENT: Final = 3.0
"""Seconds for which somebody who has asked for something counts as being here."""
RUN: Final = 0.007
"""Seconds of a processor for every run outside its own thread: messages, their way, the session.

As measured on runs of a simple page and of a page that is asked for anew before it is made.
"""


@dataclass
class _Account:
    left: float  # seconds of a processor
    seen: float


class Shares:
    """Accounts of processor time, one for each person.

    Parameters
    ----------
    clock : callable
        Returns the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._accounts: dict[Hashable, _Account] = {}

    def use(self, person: Hashable, used: float) -> None:
        """Put down ``used`` seconds of a processor to a person."""
        with self._lock:
            account, share, _ = self._account(person)
            account.left = max(account.left - used, -share * LONGEST)

    def wait(self, person: Hashable) -> float:
        """Return for how many seconds a person has to wait before the next page is made.

        From 0 to `LONGEST`, and 0 for whoever is here alone.
        """
        with self._lock:
            account, share, here = self._account(person)
            if len(self._accounts) > 2 * here + 100:
                full = account.seen - (BURST / LEAST + LONGEST)  # nobody seen before owes anything
                self._accounts = {p: a for p, a in self._accounts.items() if a.seen > full}
            return max(0.0, -account.left / share) if here > 1 else 0.0

    def _account(self, person: Hashable) -> tuple[_Account, float, int]:
        """Return somebody's account, with what has come in, the share, and how many are here."""
        now = self._clock()
        account = self._accounts.setdefault(person, _Account(BURST, now))
        since, account.seen = account.seen, now
        here = sum(now - other.seen < PRESENT for other in self._accounts.values())
        share = max(LEAST, 1 / here)
        account.left = min(BURST, account.left + share * (now - since))
        return account, share, here


class _Thread(local):
    counted = 0.0  # seconds of its processor time that have been put down
    making = False  # whether it makes a page or a part already
    waited = False  # whether its person had used too much


SHARES: Final = Shares()
_THREAD: Final = _Thread()


def person() -> str | None:
    """Return whose page this thread makes."""
    session = get_script_run_ctx()
    return None if session is None else session.session_id


def fairly(make: Callable[P, R]) -> Callable[P, R]:
    """Let a function that makes a page, or a part of one, wait until its person may go on.

    What its thread uses of a processor is put down to the person, and `RUN`; what other threads
    compute for somebody takes turns (`nnviz.training.turns`).
    """

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> R:
        whose, inside = person(), _THREAD.making
        _put_down(whose, 0.0 if inside else RUN)
        wait = SHARES.wait(whose)
        if not inside:
            _THREAD.waited = wait > 0
        if wait:
            time.sleep(wait)
        _THREAD.making = True
        try:
            return make(*args, **kwargs)
        finally:
            _THREAD.making = inside
            _put_down(whose)

    return made


def _put_down(whose: Hashable, besides: float = 0.0) -> None:
    used = time.thread_time()
    SHARES.use(whose, used - _THREAD.counted + besides)
    _THREAD.counted = used


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one page of this process be drawn after the other, for as long as they are quick.

    Two threads that share the interpreter's lock hinder each other more than they help: one that
    lets go of it for a moment, as NumPy does, waits 5 ms until it has it again. Nobody waits for a
    page that takes long: after `QUEUED` seconds the next one is drawn beside it. Nor does anybody
    wait for the page of somebody who has used more than their share.
    """
    mine = not _THREAD.waited and _DRAWING.acquire(timeout=QUEUED)
    try:
        yield
    finally:
        if mine:
            _DRAWING.release()


_DRAWING: Final = Semaphore()
