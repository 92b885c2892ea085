"""The challenge: who lands in one step, and how many steps it took otherwise."""

import pytest

from nnviz.chapters.error_curve.challenge import SMALL_ERROR, judge
from nnviz.chapters.error_curve.descent import (
    POINT_A,
    quadratic,
    steps_to_reach,
    walk,
    weight_slice,
)
from nnviz.walkthrough.four_steps import first_neuron

SLICE = weight_slice(first_neuron(), (2.0, 1.5), 0.0, 0)


def judged(rates, start=POINT_A, curve=None):
    curve = curve or quadratic()
    return judge(curve, walk(curve, start, rates))


@pytest.mark.parametrize("start", [POINT_A, -2.0, 0.04])
def test_half_lands_in_one_step_from_anywhere(start):
    found = judged([0.5], start)
    assert (found.n_steps, found.in_one_step, found.exact) == (1, True, True)
    assert judged([0.5, 0.1], start) == found


def test_close_to_half_is_small_but_not_exact():
    found = judged([0.49])
    assert (found.in_one_step, found.exact) == (True, False)


@pytest.mark.parametrize("rate", [0.1, 0.9])
def test_steps_are_counted_to_the_first_small_error(rate):
    n = steps_to_reach(quadratic(), POINT_A, rate, SMALL_ERROR)
    found = judged([rate] * (n + 3))
    assert (found.n_steps, found.in_one_step) == (n, False)
    assert judged([rate] * (n - 1)).n_steps is None


def test_a_walk_that_starts_below_has_not_met_the_challenge():
    found = judged([0.5], start=0.01)
    assert (found.n_steps, found.in_one_step) == (0, False)


def test_a_diverging_walk_never_gets_there():
    assert judged([10.0] * 50).n_steps is None


def test_on_a_weight_a_large_rate_gets_there_in_one_step():
    found = judged([7.0], 1.45, SLICE)
    assert (found.n_steps, found.in_one_step) == (1, True)
    assert judged([1.0], 1.45, SLICE).n_steps is None


def test_what_is_refused():
    with pytest.raises(TypeError, match="walk must be a Walk"):
        judge(quadratic(), [0.5])
    with pytest.raises(TypeError, match="curve must be a Curve"):
        judge(None, walk(quadratic(), 1, []))
    with pytest.raises(ValueError, match="tolerance must be at least 0"):
        judge(quadratic(), walk(quadratic(), 1, []), -1)
