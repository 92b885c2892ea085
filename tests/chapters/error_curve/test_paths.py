"""Shoulders: where the error of a weight is almost flat."""

import numpy as np
import pytest

from nnviz.chapters.error_curve.paths import flat_regions
from nnviz.data.tutorial import first_neuron
from nnviz.nn.curves import quadratic, weight_slice

SLICE = weight_slice(first_neuron(), (2.0, 1.5), 0.0, 0)


def test_a_weight_has_one_flat_region_on_each_side():
    right, wrong = flat_regions(SLICE, -4, 4)
    assert (right.low, wrong.high) == (-4, 4)
    assert right.error < 0.001
    assert wrong.error > 0.98


@pytest.mark.parametrize("fraction", [0.05, 0.1, 0.5])
def test_inside_a_flat_region_the_slope_is_small_and_outside_it_is_not(fraction):
    found = flat_regions(SLICE, -4, 4, fraction)
    x = np.linspace(-4, 4, 401)
    steepness = np.abs(SLICE.slope(x))
    flat = np.any([(s.low <= x) & (x <= s.high) for s in found], axis=0)
    assert flat.any()
    np.testing.assert_array_equal(flat, steepness < fraction * steepness.max())


def test_the_lowest_point_of_a_parabola_is_flat_too():
    (around_zero,) = flat_regions(quadratic(), -2, 2)
    assert around_zero.low == pytest.approx(-0.2, abs=0.011)
    assert around_zero.high == pytest.approx(0.2, abs=0.011)
    assert around_zero.error == pytest.approx(0, abs=1e-4)
    assert flat_regions(quadratic(), 1, 2) == ()
