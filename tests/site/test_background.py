"""Computations in slices: by the page that waits, or by a thread as long as it is asked."""

import threading
import time
from dataclasses import dataclass

import pytest

from nnviz.site import background
from nnviz.site.background import Background, Known, Studies
from nnviz.training.trials import Study, Trials
from nnviz.training.turns import Turns, computes_for


def counting(n):
    """Yield 0, 1 ... n - 1."""
    yield from range(n)


def test_the_page_gets_one_slice_at_least_and_all_of_them_in_the_end():
    slices = Background(counting, kept=4)
    assert slices.known(3) == Known()
    for k in range(3):
        known = slices.work(3, first=-1, later=-1)
        assert known == Known(tuple(range(k + 1)))
        assert known.latest == k
    assert slices.work(3, first=-1, later=-1) == Known((0, 1, 2), complete=True)
    assert slices.work(3) is slices.known(3)


def test_there_is_time_for_several_slices():
    calls = []

    def slices(n):
        for k in range(n):
            calls.append(k)
            yield k

    work = Background(slices, kept=1)
    assert work.work(5, first=60).complete
    assert calls == [0, 1, 2, 3, 4]
    assert work.work(5).results == (0, 1, 2, 3, 4)
    assert len(calls) == 5


def test_the_first_picture_and_the_later_ones_have_times_of_their_own():
    def endless(_):
        while True:
            time.sleep(0.002)
            yield 0

    work = Background(endless, kept=1)
    few = len(work.work("x", first=-1, later=60).results)
    more = len(work.work("x", first=-1, later=0.1).results)
    assert few == 1
    assert more > 3


def test_only_the_newest_keys_are_kept_and_only_the_newest_result_where_that_is_enough():
    work = Background(counting, kept=2, latest_only=True)
    for n in (3, 4, 5):
        assert work.work(n, first=60).results == (n - 1,)
    assert work.known(3) == Known()
    assert work.known(4).complete
    work.work(3)
    assert work.known(5).complete
    assert work.known(4) == Known()
    work.clear()
    assert work.known(5) == Known()


def test_keys_are_told_apart_by_their_identity():
    work = Background(counting, kept=4, identity=lambda n: n % 10)
    work.work(3, first=60)
    assert work.known(13).results == (0, 1, 2)


def test_an_error_reaches_the_page_and_the_next_call_begins_anew():
    broken = [True]

    def slices(_):
        yield 1
        if broken:
            raise RuntimeError("broken")
        yield 2

    work = Background(slices, kept=1)
    with pytest.raises(RuntimeError, match="broken"):
        work.work(0, first=60)
    broken.clear()
    assert work.work(0, first=60) == Known((1, 2), complete=True)


def test_a_thread_works_as_long_as_it_is_asked(monkeypatch):
    monkeypatch.setattr(background, "FORGOTTEN", 0.2)
    n_slices = [0]

    def endless(_):
        while True:
            time.sleep(0.005)
            n_slices[0] += 1
            yield n_slices[0]

    work = Background(endless, kept=1, latest_only=True)
    assert work.ask("x", after=0.0) == Known()
    assert wait_until(lambda: work.ask("x", after=0.0).latest, 10.0)
    time.sleep(0.5)
    forgotten = n_slices[0]
    time.sleep(0.2)
    assert n_slices[0] == forgotten  # nobody has asked
    assert wait_until(lambda: work.ask("x", after=0.0).latest > forgotten, 10.0)


def test_waiting_ends_with_the_result_or_in_time():
    go_on = threading.Event()

    def slices(_):
        go_on.wait(30)
        yield "found"

    work = Background(slices, kept=1, threads=1)
    assert work.wait(0, seconds=0.0) == Known()
    assert work.wait(0, seconds=0.05) == Known()
    go_on.set()
    assert work.wait(0) == Known(("found",), complete=True)


def test_waiting_keeps_asking(monkeypatch):
    monkeypatch.setattr(background, "FORGOTTEN", 0.02)

    def slices(n):
        for k in range(n):
            time.sleep(0.05)  # longer than a thread remembers
            yield k

    assert Background(slices, kept=1).wait(3).results == (0, 1, 2)


def test_an_error_in_a_thread_is_logged_and_shown_as_failed(caplog):
    calls = []

    def slices(_):
        calls.append(1)
        yield 1
        raise RuntimeError("broken")

    work = Background(slices, kept=1)
    assert work.wait(0) == Known((1,), failed=True)
    assert work.wait(0).failed
    assert len(calls) == 1
    assert wait_until(lambda: "broken" in caplog.text, 10.0)


def test_threads_take_turns_with_the_keys():
    order = []

    def slices(name):
        for _ in range(5):
            time.sleep(0.01)
            order.append(name)
            yield name

    work = Background(slices, kept=2, threads=1)
    work.ask("a", after=0.0)
    work.ask("b", after=0.0)
    work.wait("a")
    work.wait("b")
    assert order.index("b") < 5


def test_a_generator_is_never_run_twice_at_once():
    inside, most = [0], [0]

    def slices(n):
        for k in range(n):
            inside[0] += 1
            most[0] = max(most[0], inside[0])
            time.sleep(0.002)
            inside[0] -= 1
            yield k

    work = Background(slices, kept=1)

    def visit():
        while not work.work(30, first=0.01, later=0.01).complete:
            work.ask(30, after=0.0)

    visitors = [threading.Thread(target=visit) for _ in range(3)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(30)
    assert work.known(30).results == tuple(range(30))
    assert most == [1]


def wait_until(check, seconds):
    end = time.monotonic() + seconds
    while not check():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def test_a_slice_that_trains_is_given_up_when_nobody_asks_any_more(monkeypatch):
    monkeypatch.setattr(background, "ABANDONED", 0.05)
    turns, begun, taken = Turns(1), [], []

    def slices(key):
        begun.append(key)
        for _ in range(1000):
            with turns:
                taken.append(key)
                time.sleep(0.002)
        yield "all"

    work = Background(slices, kept=4)
    work.ask("x", after=0)
    while work._jobs:
        time.sleep(0.005)
    assert 1 <= len(taken) < 500
    work.ask("x", after=0)  # it begins anew
    while len(begun) < 2:
        time.sleep(0.005)


def test_one_person_has_at_most_a_fourth_of_the_threads():
    running, most, done = set(), [], threading.Event()

    def slices(key):
        for _ in range(3):
            running.add(key)
            most.append(sum(other[0] == "many" for other in running))
            done.wait(0.05)
            running.discard(key)
            yield key

    work = Background(slices, kept=20, threads=8)
    keys = [("many", n) for n in range(8)]
    computes_for("many")
    for key in keys:
        work.ask(key, after=0)
    computes_for("one")
    assert work.wait(("one", 0), seconds=10).complete
    computes_for("many")
    for key in keys:
        assert work.wait(key, seconds=20).complete
    computes_for(None)
    assert max(most) <= 2


@dataclass(frozen=True)
class Numbers(Study[int]):
    """Two variants, three repeats: the configs are 0 to 5."""

    first: int = 0

    @property
    def shape(self):
        return 3, 2

    def config_of(self, trial):
        return self.first + 2 * trial[0] + trial[1]


def test_a_study_is_shown_as_it_comes_and_says_when_it_cannot():
    studies = Studies(lambda config: 1 / (6 - config), Trials)
    known = studies.work(Numbers())
    while not known.complete:
        known = studies.work(Numbers())
    assert known.values.tolist() == [[1 / 6, 1 / 5], [1 / 4, 1 / 3], [1 / 2, 1]]
    assert studies.ask(Numbers()).complete
    wrong = Numbers(2)  # its last but one config divides by 0
    studies.background.wait(wrong, 10)
    with pytest.raises(RuntimeError, match="failed in its thread"):
        studies.ask(wrong)
