"""Tests of who waits when the processor is asked for by many."""

import threading
import time
from contextlib import suppress

import pytest

from nnviz.site import fair_shares
from nnviz.site.fair_shares import (
    BURST,
    LEAST,
    LONGEST,
    PRESENT,
    RUN,
    Shares,
    fairly,
    one_at_a_time,
)


class _Room:
    """A room of people on one clock, all of whom use what they are told to."""

    def __init__(self, n):
        self.now, self.people = 0.0, range(n)
        self.shares = Shares(clock=lambda: self.now)

    def used(self, seconds, *, each, greedy=None, think=2.0):
        """Return what the greedy one got of a processor, and how long the others waited in all."""
        waited = got = 0.0
        begin, ready = self.now, 0.0
        while self.now < begin + seconds:
            for person in self.people:
                waited += self.shares.wait(person)
                self.shares.use(person, each)
            until = self.now + think
            while greedy and self.now < until:
                if self.now >= ready:
                    ready = self.now + self.shares.wait("greedy")
                if self.now >= ready:
                    self.shares.use("greedy", greedy)
                    got += greedy
                self.now += max(greedy, 0.01)
            self.now = max(self.now, until)
        return got / seconds, waited


def test_nobody_waits_who_does_what_people_do():
    assert _Room(30).used(120, each=0.05) == (0.0, 0.0)


def test_whoever_floods_gets_the_least_share_and_nobody_else_waits():
    # What a long run owes is forgiven in part: nobody waits longer than LONGEST.
    for each_time, most in ((0.01, LEAST), (0.1, LEAST), (1.0, 1 / LONGEST)):
        share, waited = _Room(30).used(300, each=0.04, greedy=each_time)
        assert LEAST / 2 < share <= most + BURST / 300 + 0.01, each_time
        assert waited == 0


def test_who_is_here_alone_never_waits_and_two_share_by_halves():
    alone = Shares(clock=lambda: 0.0)
    alone.use("one", 60)
    assert alone.wait("one") == 0
    now = 0.0
    two = Shares(clock=lambda: now)
    two.wait("other")
    two.use("one", BURST + 1)
    assert two.wait("one") == pytest.approx(2)
    now = 2.0
    two.wait("other")
    assert two.wait("one") == pytest.approx(0)
    two.use("one", 100)
    assert two.wait("one") == pytest.approx(LONGEST)
    now += PRESENT + 1  # the other one has gone
    assert two.wait("one") == 0


def test_accounts_of_those_who_left_are_forgotten():
    now = 0.0
    shares = Shares(clock=lambda: now)
    for visitor in range(1000):
        now += 1
        shares.wait(visitor)
    assert len(shares._accounts) < 250


def test_what_a_thread_has_used_is_put_down_once_even_if_its_page_fails(monkeypatch):
    shares = Shares(clock=lambda: 0.0)
    monkeypatch.setattr(fair_shares, "SHARES", shares)
    monkeypatch.setattr(fair_shares, "person", lambda: "one")

    @fairly
    def part():
        end = time.thread_time() + 0.1
        while time.thread_time() < end:
            pass
        raise RuntimeError

    @fairly
    def page():
        with suppress(RuntimeError):
            part()

    thread = threading.Thread(target=page)
    thread.start()
    thread.join()
    assert BURST - 0.25 < shares._accounts["one"].left < BURST - 0.05


def test_every_run_is_put_down_once_with_what_it_costs_elsewhere(monkeypatch):
    shares = Shares(clock=lambda: 0.0)
    monkeypatch.setattr(fair_shares, "SHARES", shares)
    monkeypatch.setattr(fair_shares, "person", lambda: "one")

    @fairly
    def part():
        pass

    @fairly
    def page():
        part()
        part()

    def runs():
        for _ in range(100):
            page()
        part()  # a part that runs by itself

    thread = threading.Thread(target=runs)
    thread.start()
    thread.join()
    used = BURST - shares._accounts["one"].left
    assert 101 * RUN <= used < 101 * RUN + 0.1


def _drawn(log, name, until=None):
    def draw():
        with suppress(RuntimeError), one_at_a_time():
            log.append(f"{name} begins")
            if until is None:
                raise RuntimeError
            until.wait(10)
            log.append(f"{name} ends")

    thread = threading.Thread(target=draw)
    thread.start()
    return thread


def _wait_for(log, entry):
    while entry not in log:
        time.sleep(0.001)


def test_pages_are_drawn_one_after_the_other_even_if_one_fails(monkeypatch):
    monkeypatch.setattr(fair_shares, "QUEUED", 10.0)
    log, done = [], threading.Event()
    _drawn(log, "broken").join()
    first = _drawn(log, "first", done)
    _wait_for(log, "first begins")
    second = _drawn(log, "second", done)
    time.sleep(0.05)
    assert log == ["broken begins", "first begins"]
    done.set()
    first.join()
    second.join()
    assert log[1:] == ["first begins", "first ends", "second begins", "second ends"]


def test_nobody_waits_for_a_page_that_takes_long(monkeypatch):
    monkeypatch.setattr(fair_shares, "QUEUED", 0.01)
    log, done, ended = [], threading.Event(), threading.Event()
    ended.set()
    long = _drawn(log, "long", done)
    _wait_for(log, "long begins")
    _drawn(log, "quick", ended).join()
    assert log == ["long begins", "quick begins", "quick ends"]
    done.set()
    long.join()
    # Whoever did not wait for its turn has none to hand on.
    monkeypatch.setattr(fair_shares, "QUEUED", 10.0)
    done.clear()
    one = _drawn(log, "one", done)
    _wait_for(log, "one begins")
    other = _drawn(log, "other", done)
    time.sleep(0.05)
    assert log[4:] == ["one begins"]
    done.set()
    one.join()
    other.join()


def test_nobody_waits_for_whoever_has_used_too_much(monkeypatch):
    monkeypatch.setattr(fair_shares, "QUEUED", 10.0)
    monkeypatch.setattr(fair_shares, "LONGEST", 0.01)
    monkeypatch.setattr(fair_shares, "SHARES", Shares(clock=lambda: 0.0))
    monkeypatch.setattr(fair_shares, "person", lambda: threading.current_thread().name)
    fair_shares.SHARES.use("other", 0)
    fair_shares.SHARES.use("greedy", 60)
    log, done, ended = [], threading.Event(), threading.Event()
    ended.set()

    @fairly
    def page(until):
        with one_at_a_time():
            log.append(threading.current_thread().name)
            until.wait(10)

    greedy = threading.Thread(target=page, args=(done,), name="greedy")
    greedy.start()
    _wait_for(log, "greedy")
    other = threading.Thread(target=page, args=(ended,), name="other")
    other.start()
    other.join(5)
    assert log == ["greedy", "other"]
    assert not other.is_alive()
    done.set()
    greedy.join()
