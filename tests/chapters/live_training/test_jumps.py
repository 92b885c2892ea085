"""The jumps against a look at every update."""

from itertools import pairwise

import numpy as np
import pytest

from nnviz.chapters.live_training import jumps as module
from nnviz.chapters.live_training.jumps import jumps
from tests.runs import plan_of, run_of


def error(run, step):
    return float(
        ((run.network_at(step).predict(run.plan.train_inputs)[:, 0] - run.plan.sample.y) ** 2).sum()
    )


@pytest.mark.parametrize("choices", [{"learning_rate": 1.0}, {"hidden": ((4, "tanh"),)}])
def test_jumps_are_the_largest_rises(choices):
    run = run_of(steps=150, seed=2, **choices)
    errors = [error(run, step) for step in range(151)]
    rises = sorted(
        ((after - before, step) for step, (before, after) in enumerate(pairwise(errors), 1)),
        reverse=True,
    )
    found = jumps(run, 7)
    assert [jump.step for jump in found] == [step for _, step in rises[:7]]
    for jump in found:
        assert jump.row == run.picks(jump.step - 1, jump.step)[0]
        assert jump.before == pytest.approx(errors[jump.step - 1], rel=1e-12)
        assert jump.after == pytest.approx(errors[jump.step], rel=1e-12)


def test_a_long_run_is_looked_at_where_its_record_rose_most(monkeypatch):
    monkeypatch.setattr(module, "MOST_UPDATES", 100)
    run = run_of(steps=2_000, learning_rate=1.0, seed=5)
    rises = np.diff(run.cumulative_errors)
    largest = {int(interval) for interval in np.argsort(-rises)[:4]}
    found = jumps(run, 4)
    assert {(jump.step - 1) // 100 for jump in found} == largest
    for jump in found:
        first = (jump.step - 1) // 100 * 100
        within = np.diff(run.cumulative_errors_between(first, first + 100))
        assert jump.step == first + 1 + within.argmax()
    falls = [jump.before - jump.after for jump in found]
    assert falls == sorted(falls)


def test_an_error_that_never_rises_has_no_jump():
    calm = run_of(rows=((0.0, 0.0), (1.0, 1.0)), targets=(1, 1), steps=100)
    assert jumps(calm) == ()
    assert jumps(run_of(learning_rate=0.0, steps=50)) == ()
    # Here it rises by what rounding leaves, and no more.
    dust = run_of(learning_rate=1e-12, steps=5_000)
    assert (np.diff(dust.cumulative_errors_between(0, 5_000)) > 0).any()
    assert jumps(dust) == ()


def test_a_run_of_one_update_has_one_jump_at_the_most():
    run = run_of(steps=1, learning_rate=100.0)
    assert len(jumps(run)) <= run.last_step


@pytest.mark.parametrize("most", [20_000, 100])
def test_a_branch_has_the_jumps_of_its_own_steps(monkeypatch, most):
    monkeypatch.setattr(module, "MOST_UPDATES", most)
    whole = run_of(steps=2_000, learning_rate=1.0, record_every=1)
    begin = (1_200, whole.parameters_at(1_200).tolist())
    branch = run_of(steps=2_000, learning_rate=1.0, record_every=1, begin=begin)
    errors = whole.cumulative_errors_between(1_200, 2_000)
    largest = 1_201 + np.argsort(-np.diff(errors), kind="stable")[:5]
    assert [jump.step for jump in jumps(branch)] == largest.tolist()


@pytest.mark.parametrize(("n", "kind"), [(0, ValueError), (101, ValueError), (2.5, TypeError)])
def test_a_bad_number_is_refused(n, kind):
    with pytest.raises(kind, match="n must be"):
        jumps(run_of(steps=10), n)


def test_only_a_run_has_jumps():
    with pytest.raises(TypeError, match="run must be a Record"):
        jumps(plan_of())
