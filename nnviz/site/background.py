"""Long computations in slices: kept by value, shared by everybody, shown while they are partial.

A computation is a generator function: it takes a key (a frozen value that says everything about
it) and yields a result after every slice of work. A `Background` holds the generators of the
newest keys and what they have yielded. Slices run in one of two ways, which may be mixed:

- `Background.work` runs them in the thread of the page for a fraction of a second, so a page
  shows what there is, and `nnviz.site.frame.again` brings it back for more. This suits slices of
  up to a tenth of a second.
- `Background.ask` lets a thread run them, one after the other, as long as somebody asks. This
  suits slices that may be long. Between two slices the threads take turns with other keys; a slice
  that trains is given up in the middle when nobody asks any more (`nnviz.training.turns`).

Nothing has to be cancelled: what nobody works on or asks for stands still, and is dropped when
newer keys need its place. `Studies` are the computations that consist of trainings to compare. This
module does not know Streamlit.
"""

import logging
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Condition, Lock
from typing import Any, Final, Generic, Self, TypeVar

from nnviz.site.caching import held
from nnviz.training.trials import Study, Trial, Trials
from nnviz.training.turns import AbandonedError, computes_for, owner, while_wanted

K = TypeVar("K")
V = TypeVar("V")
R = TypeVar("R", bound=Trials[Any])

FIRST_SECONDS: Final = 0.08
"""Seconds of work before the first picture of a key."""

SECONDS: Final = 0.2
"""Seconds of work before what is known by then is shown."""

HEAD_START: Final = 0.05
"""Seconds in which the page that asks has the processor to itself."""

FORGOTTEN: Final = 2.0
"""Seconds after which a thread leaves a key that nobody asks for."""

MOST_BYTES: Final = 16 * 2**20
"""Of the results of all keys of one `Background`; the newest key is kept, whatever it holds."""

ABANDONED: Final = 15.0
"""Seconds after which a slice that trains is given up: what it has done is lost."""


@dataclass(frozen=True)
class Known(Generic[V]):
    """What is known of a key so far."""

    # what the generator has yielded; only the newest with ``latest_only``
    results: tuple[V, ...] = ()
    # Whether the generator has ended. That is noticed one slice after the last result.
    complete: bool = False
    # Whether it raised an error in a thread. It is not tried again while its key is kept.
    failed: bool = False

    @property
    def latest(self) -> V | None:
        """The newest result, or None before the first one."""
        return self.results[-1] if self.results else None

    def sound(self) -> Self:
        """Return it, unless a computation has failed: then raise RuntimeError."""
        if self.failed:
            raise RuntimeError("a training has failed in its thread; the log says why.")
        return self


class _Job(Generic[V]):
    """One generator, what it has yielded, and who works on it."""

    def __init__(self, slices: Iterator[V], *, latest_only: bool) -> None:
        self._slices, self._latest_only = slices, latest_only
        self.running = Lock()  # held during a slice
        self.changed = Condition()  # notified after a slice; guards `queued`
        self.known: Known[V] = Known()
        self.asked, self.queued, self.n_bytes = -FORGOTTEN, False, 0
        self.owner: Hashable = None  # who asked last

    @property
    def ended(self) -> bool:
        return self.known.complete or self.known.failed

    def run_slice(self) -> None:
        """Run one slice, unless the generator has ended."""
        with self.running:
            if self.ended:
                return
            old = () if self._latest_only else self.known.results
            try:
                result = next(self._slices)
                self.n_bytes = held(result) + (self.n_bytes if old else 0)
                self.known = Known((*old, result))
            except StopIteration:
                self.known = Known(self.known.results, complete=True)
            except BaseException:
                self.known = Known(self.known.results, failed=True)
                raise
            finally:
                with self.changed:
                    self.changed.notify_all()


class Background(Generic[K, V]):
    """The running computations of one kind.

    Parameters
    ----------
    slices : callable
        The generator function. Whatever it yields is shared by everybody: it must be read-only.
    kept : int
        How many keys are kept; the one that was used longest ago makes room.
    latest_only : bool, optional
        Keep only the newest result of a key, because each one replaces those before it.
    identity : callable, optional
        Returns what two equal keys have in common. By default their ``repr``, which writes floats
        in full; arrays need another one.
    threads : int, optional
        How many slices may run at once in threads, of one person a fourth of them. Those that
        compute for long take turns all the same.
    """

    def __init__(
        self,
        slices: Callable[[K], Iterator[V]],
        *,
        kept: int,
        latest_only: bool = False,
        identity: Callable[[K], Hashable] = repr,
        threads: int = 2,
    ) -> None:
        self._slices, self._kept, self._latest_only = slices, kept, latest_only
        self._identity = identity
        self._threads = ThreadPoolExecutor(threads, "background")  # starts none before it is asked
        self._lock = Lock()
        self._most = max(1, threads // 4)
        self._running: Counter[Hashable] = Counter()
        self._jobs: OrderedDict[Hashable, _Job[V]] = OrderedDict()

    def known(self, key: K) -> Known[V]:
        """Return what is known of a key, without working on it."""
        with self._lock:
            job = self._jobs.get(self._identity(key))
        return Known() if job is None else job.known

    def work(self, key: K, first: float = FIRST_SECONDS, later: float = SECONDS) -> Known[V]:
        """Work on a key in this thread for a moment, and return what is known then.

        At least one slice is run, so that whoever comes back often enough gets to the end.

        Parameters
        ----------
        key : K
        first, later : float
            Seconds before the first result of the key is there, and afterwards. A slice that has
            begun is finished.

        Raises
        ------
        Exception
            Whatever the generator raises; the next call begins anew.
        """
        job = self._job(key)
        end = time.monotonic() + (later if job.known.results else first)
        try:
            job.run_slice()
            while not job.ended and time.monotonic() < end:
                job.run_slice()
        except BaseException:
            with self._lock:
                self._jobs.pop(self._identity(key), None)
            raise
        return job.known

    def ask(self, key: K, after: float = HEAD_START) -> Known[V]:
        """Let a thread work on a key, and return what is known now.

        The thread leaves the key `FORGOTTEN` seconds after the last call.

        Parameters
        ----------
        key : K
        after : float
            Seconds before the thread begins, in which a picture can be drawn.
        """
        job = self._job(key)
        with job.changed:
            job.asked, job.owner = time.monotonic() + after, owner()
            if job.queued or job.ended:
                return job.known
            job.queued = True
        self._threads.submit(self._begin, job, after)
        return job.known

    def wait(self, key: K, seconds: float | None = None) -> Known[V]:
        """Ask for a key until its generator has ended, or for some seconds; return what is known.

        Parameters
        ----------
        key : K
        seconds : float or None
            None waits to the end.
        """
        job = self._job(key)
        end = None if seconds is None else time.monotonic() + seconds
        while not job.ended and (end is None or time.monotonic() < end):
            self.ask(key)
            left = FORGOTTEN / 2 if end is None else max(0.0, end - time.monotonic())
            with job.changed:
                if not job.ended:
                    job.changed.wait(min(left, FORGOTTEN / 2))
        return job.known

    def clear(self) -> None:
        """Drop all keys."""
        with self._lock:
            self._jobs.clear()

    def _job(self, key: K) -> _Job[V]:
        identity = self._identity(key)
        with self._lock:
            if identity not in self._jobs:
                self._jobs[identity] = _Job(self._slices(key), latest_only=self._latest_only)
            self._jobs.move_to_end(identity)
            while len(self._jobs) > self._kept or (
                len(self._jobs) > 1 and sum(job.n_bytes for job in self._jobs.values()) > MOST_BYTES
            ):
                self._jobs.popitem(last=False)
            return self._jobs[identity]

    def _drop(self, job: _Job[V]) -> None:
        """Forget a key whose slice was given up in the middle: whoever asks again begins anew."""
        with self._lock:
            for identity in [key for key, kept in self._jobs.items() if kept is job]:
                del self._jobs[identity]

    def _begin(self, job: _Job[V], after: float) -> None:
        time.sleep(after)
        self._continue(job)

    def _continue(self, job: _Job[V]) -> None:
        with job.changed:
            if job.ended or time.monotonic() - job.asked > FORGOTTEN:
                job.queued = False
                return
        person = job.owner
        with self._lock:
            crowded = self._running[person] >= self._most
            self._running[person] += not crowded
        if crowded:  # one person has at most a fourth of the threads
            self._threads.submit(self._begin, job, HEAD_START)
            return
        try:
            computes_for(person)
            with while_wanted(lambda: time.monotonic() - job.asked <= ABANDONED):
                job.run_slice()
        except AbandonedError:
            self._drop(job)
            return
        except Exception:
            logging.getLogger("nnviz").exception("A computation in the background failed")
        finally:
            with self._lock:
                self._running[person] -= 1
                self._running += Counter()  # forgets who has none
        # To the end of the queue, so that every key has its turn.
        self._threads.submit(self._continue, job)


class Studies(Generic[R]):
    """The studies of one kind, the newest kept.

    Parameters
    ----------
    measured : callable
        Trains by a config, and returns what is measured. Let it be `cached`: studies share configs.
    results : type
        Holds what has come of a study.
    """

    def __init__(self, measured: Callable[[Any], Any], results: type[R]) -> None:
        self._measured, self._results = measured, results
        self.background = Background[Study[Any], tuple[Trial, Any]](self._slices, kept=32)

    def _slices(self, study: Study[Any]) -> Iterator[tuple[Trial, Any]]:
        for trial in study.trials():
            yield trial, self._measured(study.config_of(trial))

    def work(self, study: Study[Any]) -> R:
        """Return what is known of a study, after working on it for a moment."""
        return self._of(study, self.background.work(study))

    def ask(self, study: Study[Any]) -> R:
        """Return what is known of a study; a thread works on the rest."""
        return self._of(study, self.background.ask(study))

    def known(self, study: Study[Any]) -> R:
        """Return what is known of a study, without working on it."""
        return self._of(study, self.background.known(study))

    def _of(self, study: Study[Any], known: Known[tuple[Trial, Any]]) -> R:
        return self._results.of(study, dict(known.sound().results))
