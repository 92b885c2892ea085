"""Shoulders: where the error of a weight is almost flat."""

import numpy as np
import pytest

from nnviz.chapters.error_curve.flat_regions import shoulders
from nnviz.nn.curves import quadratic, weight_slice
from nnviz.walkthrough.four_steps import first_neuron

SLICE = weight_slice(first_neuron(), (2.0, 1.5), 0.0, 0)


def test_a_weight_has_one_shoulder_on_each_side():
    right, wrong = shoulders(SLICE, -4, 4)
    assert (right.low, wrong.high) == (-4, 4)
    assert right.error < 0.001
    assert wrong.error > 0.98


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_inside_a_shoulder_the_slope_is_small_and_outside_it_is_not(share):
    found = shoulders(SLICE, -4, 4, share)
    x = np.linspace(-4, 4, 401)
    steepness = np.abs(SLICE.slope(x))
    flat = np.any([(s.low <= x) & (x <= s.high) for s in found], axis=0)
    assert flat.any()
    np.testing.assert_array_equal(flat, steepness < share * steepness.max())


def test_the_lowest_point_of_a_parabola_is_flat_too():
    (around_zero,) = shoulders(quadratic(), -2, 2)
    assert around_zero.low == pytest.approx(-0.2, abs=0.011)
    assert around_zero.high == pytest.approx(0.2, abs=0.011)
    assert around_zero.error == pytest.approx(0, abs=1e-4)
    assert shoulders(quadratic(), 1, 2) == ()


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (("curve", 0, 1), TypeError, "curve must be a Curve"),
        ((SLICE, 1, 1), ValueError, "low must be below high"),
        ((SLICE, float("nan"), 1), ValueError, "low must be a finite number"),
        ((SLICE, 0, "1"), TypeError, "high must be a number"),
        ((SLICE, 0, 1, 2), ValueError, "share must be between 0 and 1"),
    ],
)
def test_what_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        shoulders(*arguments)
