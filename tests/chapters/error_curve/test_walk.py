"""Walking down a curve: each step, each regime, the challenge, and walks that leave the scale."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.error_curve.address import RATES
from nnviz.chapters.error_curve.walk import (
    POINT_A,
    POINT_B,
    SMALL_ERROR,
    judge_challenge,
    steps_to_reach,
    walk,
)
from nnviz.nn.curves import quadratic, weight_slice
from nnviz.nn.network import Layer, Network
from nnviz.nn.regimes import judge

few = settings(max_examples=60, deadline=None, derandomize=True)
NEURON = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
SLICE = weight_slice(NEURON, [2, 1.5], 0, 0)


@pytest.mark.parametrize(
    ("rate", "factor", "name"),
    [
        (0.001, 0.998, "creeps"),
        (0.01, 0.98, "creeps"),
        (0.1, 0.8, "converges"),
        (0.5, 0, "one step"),
        (0.9, -0.8, "zig-zags"),
        (1.0, -1, "for ever"),
        (1.1, -1.2, "diverges"),
    ],
)
def test_the_tutorials_rates_on_the_quadratic(rate, factor, name):
    path = walk(quadratic(), POINT_A, [rate] * 5)
    np.testing.assert_allclose(path.x, POINT_A * float(factor) ** np.arange(6), atol=1e-15)
    found = judge(quadratic(), rate, POINT_A)
    assert found.name == name
    assert found.factor == pytest.approx(factor, abs=1e-12)
    assert found.sentence.endswith(".")


def test_a_must_come_down_and_b_must_go_up():
    assert POINT_A == -POINT_B == 0.871
    assert walk(quadratic(), POINT_A, [0.1]).steps[0] < 0
    assert walk(quadratic(), POINT_B, [0.1]).steps[0] > 0
    assert walk(quadratic(), POINT_A, [1.0]).x[-1] == POINT_B


def test_the_edges_of_the_regimes():
    assert judge(quadratic(), 0.05, 1).name == "converges"
    assert judge(quadratic(), 0.0499, 1).name == "creeps"
    assert judge(quadratic(), 0.0, 1).name == "stands still"
    assert judge(quadratic(), 0.499, 1).name == "converges"
    assert judge(quadratic(), 0.501, 1).name == "zig-zags"
    assert judge(quadratic(), 0.999, 1).name == "zig-zags"
    assert judge(quadratic(), 1.001, 1).name == "diverges"


@few
@given(st.floats(-100, 100), st.lists(st.floats(0, 2), max_size=8))
def test_a_walk_holds_what_it_says(start, rates):
    path = walk(quadratic(), start, rates)
    assert path.stopped_at is None
    assert len(path.x) == len(path.error) == len(path.slope) == len(rates) + 1
    assert path.learning_rates.tolist() == rates
    np.testing.assert_array_equal(path.error, quadratic().value(path.x))
    np.testing.assert_array_equal(path.slope, quadratic().slope(path.x))
    np.testing.assert_array_equal(path.steps, -path.learning_rates * path.slope[:-1])
    np.testing.assert_array_equal(path.x[1:], path.x[:-1] + path.steps)


@few
@given(st.floats(0.1, 100), st.floats(0.001, 3))
def test_the_regime_is_what_the_walk_does(start, rate):
    name = judge(quadratic(), rate, start).name
    x = walk(quadratic(), start, [rate] * 30).x
    falls = abs(x[-1]) < start
    assert falls == (name in ("creeps", "converges", "one step", "zig-zags"))
    assert (x[1] < -1e-6 * start) == (name in ("zig-zags", "for ever", "diverges"))


def test_a_walk_that_diverges_stops_and_says_where():
    path = walk(quadratic(), 0.871, [1.1] * 10_000)
    assert path.stopped_at == len(path.steps) == len(path.x) - 1
    assert abs(path.x[-1]) > 1e12 >= abs(path.x[-2])
    assert len(path.learning_rates) == len(path.steps) < 200


@pytest.mark.parametrize("rate", [1e13, 1e100])
def test_absurd_rates_end_the_walk_at_once(rate):
    path = walk(quadratic(), 1.0, [rate, rate, rate])
    assert path.stopped_at == 1
    assert len(path.x) == 2


def test_a_walk_that_starts_lost_takes_no_step():
    path = walk(quadratic(), 1e13, [0.1])
    assert path.stopped_at == 0
    assert len(path.steps) == 0


def test_a_walk_of_no_steps():
    path = walk(quadratic(), 0.871, [])
    assert path.x.tolist() == [0.871]
    assert path.stopped_at is None
    with pytest.raises(ValueError, match="read-only"):
        path.x[0] = 1


def test_a_slice_walks_to_where_one_update_of_that_weight_takes_it():
    path = walk(SLICE, 1.45, [1.0, 0.1])
    np.testing.assert_allclose(path.x[1], 1.45 - 0.39141785971630727, rtol=1e-9)
    assert path.error[0] > path.error[1] > path.error[2]


@pytest.mark.parametrize("start", [0.871, -0.871])
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5, 0.9])
def test_steps_to_reach_counts_the_steps_of_a_walk(start, rate):
    n_steps = steps_to_reach(quadratic(), start, rate)
    error = walk(quadratic(), start, [rate] * n_steps).error
    assert error[-1] < 1e-3 <= error[-2]
    # The error shrinks by the factor squared: 0.758641 (1 - 2 rate)^(2 n) <= 0.001.
    if rate != 0.5:
        factor = abs(1 - 2 * rate)
        assert n_steps == np.ceil(np.log(1e-3 / 0.758641) / (2 * np.log(factor)))
    else:
        assert n_steps == 1


def test_steps_to_reach_may_be_none_or_never():
    assert steps_to_reach(quadratic(), 0.01, 0.1) == 0
    for rate in (0.0, 1.0, 1.1, 1e100):
        assert steps_to_reach(quadratic(), 0.871, rate) is None
    assert steps_to_reach(quadratic(), 0.871, 0.1, at_most=14) is None
    assert steps_to_reach(quadratic(), 0.871, 0.1, at_most=15) == 15
    assert steps_to_reach(quadratic(), 0.871, 0.1, tolerance=0.5) == 1
    assert steps_to_reach(SLICE, 1.45, 1.0, tolerance=0.01) > 5


@pytest.mark.parametrize(
    ("function", "arguments", "error", "sentence"),
    [
        (walk, (None, 0, [0.1]), TypeError, "curve must be a Curve"),
        (walk, (quadratic(), "a", [0.1]), TypeError, "start must be a number"),
        (walk, (quadratic(), np.nan, [0.1]), ValueError, "start must be a finite"),
        (walk, (quadratic(), 0, 0.1), TypeError, "learning_rates must be a list"),
        (walk, (quadratic(), 0, [-0.1]), ValueError, "a learning rate must be at least 0"),
        (walk, (quadratic(), 0, [np.inf]), ValueError, "a learning rate must be a finite"),
        (walk, (quadratic(), 0, [0.1] * 100_001), ValueError, "at most 100000 rates"),
        (judge, (quadratic(), -1, 0), ValueError, "the learning rate must be at least 0"),
        (judge, (quadratic(), "a", 0), TypeError, "the learning rate must be a number"),
        (judge, (quadratic(), 0.1, np.nan), ValueError, "x must be a finite number"),
        (judge, (3, 0.1, 0), TypeError, "curve must be a Curve"),
        (steps_to_reach, (3, 1, 0.1), TypeError, "curve must be a Curve"),
        (steps_to_reach, (quadratic(), 1, -1), ValueError, "rate must be at least 0"),
        (steps_to_reach, (quadratic(), 1, 1, -1), ValueError, "tolerance must be at least 0"),
        (steps_to_reach, (quadratic(), 1, 1, 1, 10**9), ValueError, "at_most must be between"),
    ],
)
def test_what_is_refused(function, arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        function(*arguments)


def judged(rates, start=POINT_A, curve=None):
    curve = curve or quadratic()
    return judge_challenge(curve, walk(curve, start, rates), RATES)


@pytest.mark.parametrize("start", [POINT_A, -2.0, 0.04])
def test_half_lands_in_one_step_from_anywhere(start):
    found = judged([0.5], start)
    assert (found.n_steps, found.exact) == (1, True)
    assert judged([0.5, 0.1], start) == found


def test_close_to_half_is_small_but_not_exact():
    found = judged([0.49])
    assert (found.n_steps, found.exact) == (1, False)


@pytest.mark.parametrize("rate", [0.1, 0.9])
def test_steps_are_counted_to_the_first_small_error(rate):
    n = steps_to_reach(quadratic(), POINT_A, rate, SMALL_ERROR)
    found = judged([rate] * (n + 3))
    assert (found.n_steps, found.exact) == (n, False)
    assert judged([rate] * (n - 1)).n_steps is None


def test_a_walk_that_starts_below_has_not_met_the_challenge():
    found = judged([0.5], start=0.01)
    assert (found.n_steps, found.exact) == (0, False)


def test_a_diverging_walk_never_gets_there():
    assert judged([10.0] * 50).n_steps is None


def test_on_a_weight_a_large_rate_gets_there_in_one_step():
    found = judged([7.0], 1.45, SLICE)
    assert found.n_steps == 1
    # From the flat shoulder no rate that is offered does it; the page must not ask for one.
    assert judged([], 1.45, SLICE).possible
    assert not judged([], 3.9, SLICE).possible
    assert judged([1.0], 1.45, SLICE).n_steps is None
