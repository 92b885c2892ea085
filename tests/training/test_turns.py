"""Turns are taken in the order in which they are asked for, and only by whom somebody waits for."""

import threading
import time

import pytest

from nnviz.training.turns import AbandonedError, Turns, computes_for, while_wanted


def test_one_who_comes_again_and_again_does_not_keep_others_waiting():
    turns, order, done = Turns(1), [], threading.Event()

    def long():
        while not done.is_set():
            with turns:
                order.append("long")
                time.sleep(0.002)

    greedy = threading.Thread(target=long)
    greedy.start()
    while not order:
        time.sleep(0.001)
    for _ in range(10):
        before = len(order)
        with turns:
            assert len(order) - before <= 2  # the turn that was being taken, and no second one
    done.set()
    greedy.join(10)


def test_no_more_compute_at_once_than_there_are_places():
    turns, now, most = Turns(2), [], []

    def work():
        for _ in range(20):
            with turns:
                now.append(1)
                most.append(len(now))
                time.sleep(0.0005)
                now.pop()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(most) == 120
    assert max(most) == 2


def test_what_nobody_waits_for_gets_no_turn():
    turns = Turns(1)
    wanted = iter((True, False))
    with while_wanted(lambda: next(wanted)):
        with turns:
            pass
        with pytest.raises(AbandonedError), turns:
            pass
    with turns:  # and the place is free
        pass


def test_people_take_turns_and_not_their_threads():
    turns, order, ready = Turns(1), [], threading.Barrier(7)

    def work(person):
        computes_for(person)
        ready.wait()
        with turns:
            order.append(person)
            time.sleep(0.02)

    people = ["many"] * 5 + ["one"]
    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    with turns:
        for thread in threads:
            thread.start()
        ready.wait()
        time.sleep(0.2)  # all of them wait now
    for thread in threads:
        thread.join(10)
    assert order.index("one") <= 1
    assert len(order) == 6


def test_a_thread_that_has_a_place_needs_no_other():
    turns = Turns(1)
    with turns, turns:
        pass
    taken = threading.Thread(target=lambda: turns.__enter__())
    taken.start()
    taken.join(10)
    assert not taken.is_alive()  # the place was given back, once


def test_a_page_that_is_drawn_goes_before_what_its_person_has_in_the_background():
    turns, order, ready = Turns(1), [], threading.Barrier(5)

    def work(name):
        computes_for("one")
        ready.wait()
        if name == "page":
            time.sleep(0.1)  # the last to come
            with turns:
                order.append(name)
            return
        with while_wanted(lambda: True), turns:
            order.append(name)

    names = ["background"] * 3 + ["page"]
    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    with turns:
        for thread in threads:
            thread.start()
        ready.wait()
        time.sleep(0.3)
    for thread in threads:
        thread.join(10)
    assert order == ["page", *["background"] * 3]
