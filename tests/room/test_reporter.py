"""Steps are written in the background: the newest of each pupil, together, and none is lost."""

import threading
import time

import pytest

from nnviz.room import reporter as module
from nnviz.room.problems import UnreachableError
from nnviz.room.reporter import Reporter
from nnviz.room.step import Step, is_link, marks_of, merged


class Written:
    """A store that takes down what it is given, and can be slow or out of reach."""

    def __init__(self):
        self.calls = []
        self.free = threading.Event()
        self.broken = 0
        self.swept = 0
        self.called = threading.Event()
        self.meanwhile = lambda: None

    def record(self, steps):
        self.called.set()
        self.meanwhile()
        if not self.free.wait(10):
            raise AssertionError
        if self.broken:
            self.broken -= 1
            raise UnreachableError("")
        self.calls.append(dict(steps))

    def sweep(self):
        self.swept += 1


def step(task):
    return Step("home", task, "-", "./")


def until(true):
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def store(monkeypatch):
    for name in ("WRITES_EVERY", "_TRIES_AGAIN_AFTER", "_SWEEPS_EVERY"):
        monkeypatch.setattr(module, name, 0.01)
    return Written()


def test_only_the_newest_step_of_each_is_written_and_nobody_waits(store):
    reporter = Reporter(store)
    reporter.report("a", step(1))
    assert store.called.wait(10)  # and is held up by its disk
    for task in range(2, 100):
        reporter.report("a", step(task))
        reporter.report("b", step(task))
    assert store.calls == []
    store.free.set()
    until(lambda: len(store.calls) >= 2)
    assert store.calls[:2] == [{"a": step(1)}, {"a": step(99), "b": step(99)}]
    until(lambda: store.swept > 1)  # rooms that are over end without being asked


def test_what_could_not_be_written_is_written_later_but_never_over_what_is_newer(store):
    store.free.set()
    store.broken = 1
    reporter = Reporter(store)
    reporter._waiting = {"a": step(1), "b": step(1)}
    store.meanwhile = lambda: reporter._waiting.update(a=step(2))
    assert not reporter.flush()
    reporter.start()
    until(lambda: store.calls)
    assert store.calls[0] == {"a": step(2), "b": step(1)}


def test_marks_say_what_came_of_each_task():
    assert marks_of([(True, None), (True, True), (True, False), (False, True)]) == "dRWr"
    assert marks_of([(False, False), (False, None)]) == "w-"
    assert len(marks_of([(False, None)] * 50)) == 20
    assert merged("dRW-", "--r-") == "dRW-"
    for link in ("./", "./?task=1", "error_curve", "error_curve?x=1,2&y=%C3%A9#"):
        assert is_link(link)
    for link in ("", "/", "//a.b", "a.b", "https://a", "javascript:x", "A?x", "home?é", "home? "):
        assert not is_link(link)
