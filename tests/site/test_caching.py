"""What is kept is computed once, told apart by all that it depends on, and bounded in bytes."""

import threading
import time
from dataclasses import dataclass

import numpy as np
import pytest

from nnviz.site import caching
from nnviz.site.background import MOST_BYTES, Background
from nnviz.site.caching import Newest, cached, held


@dataclass(frozen=True)
class Plan:
    """What a result depends on."""

    seed: int
    rate: float = 0.1


@dataclass(frozen=True)
class Result:
    """What is kept of it."""

    values: np.ndarray
    of: tuple[object, ...] = ()


def test_held_counts_everything_once_and_a_view_with_what_it_looks_at():
    values = np.zeros(100_000)
    assert 800_000 <= held(values) < 801_000
    assert held(Result(values[:10], (values, {"again": [values]}))) < 803_000
    assert held(Result(values, (np.ones(100_000),))) > 1_600_000
    assert held(b"x" * 5000, "y" * 5000) > 10_000
    assert held(np.sin, int, held, None) < 1000


def test_equal_arguments_are_computed_once_and_others_are_not_confused():
    computed = []

    @cached(Plan)
    def found(plan, step, _known=None, *, quick=False):
        computed.append((plan, step, quick))
        return len(computed)

    plans = [(Plan(2), 1), (Plan(1, 0.1 + 2**-55), 1)]
    steps = [(Plan(1), step) for step in (1.0, True, "1", (1,), ("1",), None)]
    asked = [(Plan(1), 1), *plans, *steps]
    first = [found(*each) for each in asked]
    assert first == list(range(1, len(asked) + 1))
    assert [found(*each) for each in asked] == first
    assert found(Plan(1), step=1) == found(Plan(1), 1, "another") == 1
    assert found(Plan(1), 1, quick=True) == len(asked) + 1
    with pytest.raises(TypeError, match="list"):
        found([1], 1)


def test_who_asks_for_what_is_being_computed_waits_and_an_error_is_not_kept():
    calls = []

    @cached()
    def slow(n):
        calls.append(n)
        time.sleep(0.05)
        if len(calls) == 1:
            raise ValueError(n)
        return n

    with pytest.raises(ValueError, match="7"):
        slow(7)
    threads = [threading.Thread(target=slow, args=(7,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert calls == [7, 7]


def test_what_is_kept_is_bounded_in_bytes_and_the_newest_stays():
    kept = Newest(10_000_000)
    for n in range(200):
        kept.put(n, Result(np.full(100_000 + 1000 * n, n)))
        assert kept.get(n)[0].values[0] == n
        assert kept.get(0 if n < 5 else n) is not None
        assert kept.n_bytes <= 10_000_000
    assert kept.get(150) is None
    kept.put("large", np.zeros(2_000_000))
    assert kept.get("large") is not None
    assert kept.get(199) is None


def test_two_hundred_results_of_three_megabytes_hold_no_more_than_is_allowed():
    caching.KEPT.clear()

    @cached(Plan)
    def large(plan):
        return Result(np.full(400_000, plan.seed))

    work = Background(lambda key: iter([np.full(400_000, key)]), kept=1000)
    for n in range(60):
        assert large(Plan(n)).values[0] == n
        assert work.work(n).latest[0] == n
    assert caching.KEPT.n_bytes <= caching.MOST_BYTES
    kept = sum(work.known(n).latest is not None for n in range(60))
    assert (kept - 1) * 3_200_000 <= MOST_BYTES  # and what has just been asked for
    assert work.known(59).latest is not None


def test_an_array_that_several_values_hold_counts_once_until_the_last_of_them_goes():
    shared = np.zeros(100_000)
    kept = Newest(2_000_000)
    for name in "abcdef":  # one more at a time is only what is its own
        kept.put(name, Result(np.full(20_000, 1.0), (shared[:5],)))
    assert 6 * 160_000 + 800_000 < kept.n_bytes < 6 * 161_000 + 801_000
    assert all(kept.get(name) for name in "abcdef")
    kept.put("a", Result(np.zeros(10)))
    assert kept.n_bytes > 5 * 160_000 + 800_000
    for name in "ghijklmn":
        kept.put(name, Result(np.zeros(220_000)))
    assert kept.n_bytes < 2_000_000
    kept.put("big", np.zeros(300_000))
    assert 2_400_000 <= kept.n_bytes < 2_401_000
