"""The activations of the compiled updates against those that are read."""

from math import exp, expm1, log1p

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numba import njit

from nnviz.nn.activations import ACTIVATIONS
from nnviz.training.kernels import simd_activations
from nnviz.training.kernels.simd import eight, put
from nnviz.training.kernels.simd_activations import CODES, SOFTMAX, exp_and_less, log1p_of

ULP = 2.0**-52
# Where the exponential is smaller than this, the compiled one stops at it: it would have fewer
# digits otherwise, and nothing is learned from it.
SMALLEST = 1e-303


_activate = njit(error_model="numpy")(simd_activations.activate)


def activate(name, z):
    """Return values and slopes of numbers, as compiled code makes them."""
    padded = np.zeros(-(-len(z) // 8) * 8)
    padded[: len(z)] = z
    slopes = np.zeros_like(padded)
    _activate(CODES.index(name), padded, slopes, 0, len(padded))
    return padded[: len(z)], slopes[: len(z)]


def shares(z):
    """Return the softmax of sums, shape (n_units, 8), over the units."""
    a = np.concatenate([np.full(8, 7.0), np.ravel(z), np.full(8, 7.0)])
    _activate(SOFTMAX, a, np.zeros_like(a), 8, len(a) - 8)
    np.testing.assert_array_equal(a[:8], a[-8:])  # what belongs to other layers
    return a[8:-8].reshape(-1, 8)


@njit(error_model="numpy")
def _exponentials(x, grown, less, logarithms):
    for i in range(0, len(x), 8):
        one, other = exp_and_less(eight(x, i))
        put(grown, i, one)
        put(less, i, other)
        put(logarithms, i, log1p_of(one))


def sweep():
    """Numbers of all sizes from -1000 to 1000, and those that are special."""
    tiny = np.ldexp(1.0, np.arange(-1074, -30))
    near = np.concatenate([tiny, np.linspace(1e-9, 1.0, 5_003), np.linspace(1.0, 50.0, 5_003)])
    far = np.linspace(50.0, 1000.0, 5_003)
    return np.concatenate([-far[::-1], -near[::-1], [-0.0, 0.0], near, far])


def assert_few_ulp(got, expected, ulp):
    np.testing.assert_allclose(got, expected, rtol=ulp * ULP, atol=SMALLEST)


def test_every_activation_has_its_code():
    assert set(CODES) == {*ACTIVATIONS, "softmax"}
    assert CODES[SOFTMAX] == "softmax"
    assert [getattr(simd_activations, name.upper()) for name in CODES] == list(range(len(CODES)))


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values_and_slopes_are_those_of_the_readable_ones(name):
    z = sweep()
    values, slopes = activate(name, z)
    assert_few_ulp(values, ACTIVATIONS[name].value(z), 4)
    assert_few_ulp(slopes, ACTIVATIONS[name].derivative(z), 6)


def test_tanh_of_the_smallest_numbers_keeps_all_digits():
    z = np.ldexp(1.0, np.arange(-1074, -30))
    np.testing.assert_array_equal(activate("tanh", z)[0], z)
    np.testing.assert_array_equal(activate("tanh", -z)[0], -z)


@given(arrays(np.float64, 8, elements=st.floats(-1000.0, 1000.0)))
def test_they_are_so_everywhere(z):
    for name, activation in ACTIVATIONS.items():
        values, slopes = activate(name, z)
        assert_few_ulp(values, activation.value(z), 4)
        assert_few_ulp(slopes, activation.derivative(z), 6)


@given(arrays(np.float64, 8, elements=st.floats(-700.0, 0.0)))
def test_the_exponential_and_the_logarithm_have_all_their_digits(x):
    grown, less, logarithms = np.zeros(8), np.zeros(8), np.zeros(8)
    _exponentials(x, grown, less, logarithms)
    assert_few_ulp(grown, [exp(number) for number in x], 2)
    np.testing.assert_allclose(less, [expm1(number) for number in x], rtol=3 * ULP, atol=5e-324)
    assert_few_ulp(logarithms, [log1p(number) for number in grown], 3)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_infinity_has_its_limit_and_not_a_number_stays(name):
    z = np.array([np.inf, -np.inf, np.nan, 1e308, -1e308, 0.0, -0.0, 1.0])
    values, slopes = activate(name, z)
    with np.errstate(all="ignore"):
        assert_few_ulp(values, ACTIVATIONS[name].value(z), 4)
        expected = ACTIVATIONS[name].derivative(z)
    there = ~np.isnan(z)
    assert_few_ulp(slopes[there], expected[there], 6)


@pytest.mark.parametrize("place", range(8))
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_not_a_number_stays_in_its_lane(name, place):
    z = np.linspace(-3.0, 3.0, 8)
    clean, _ = activate(name, z)
    z[place] = np.nan
    values, _ = activate(name, z)
    assert np.isnan(values[place])
    others = np.arange(8) != place
    np.testing.assert_array_equal(values[others], clean[others])


@given(arrays(np.float64, (5, 8), elements=st.floats(-1000.0, 1000.0)), st.integers(1, 5))
def test_softmax_gives_each_lane_its_shares(z, n_units):
    z = z[:n_units]
    grown = np.exp(z - z.max(axis=0))
    assert_few_ulp(shares(z), grown / grown.sum(axis=0), 6)
    np.testing.assert_allclose(shares(z).sum(axis=0), 1.0, rtol=4 * ULP)


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@pytest.mark.parametrize("unit", range(3))
def test_softmax_of_what_is_no_number_is_none(unit, bad):
    z = np.zeros((3, 8))
    z[unit, 4] = bad
    others = np.arange(8) != 4
    assert np.isnan(shares(z)[:, 4]).all()
    np.testing.assert_array_equal(shares(z)[:, others], np.full((3, 7), 1.0 / 3.0))


@pytest.mark.parametrize("unit", range(2))
def test_softmax_of_minus_infinity_is_nothing(unit):
    z = np.zeros((2, 8))
    z[unit, 3] = -np.inf
    np.testing.assert_allclose(shares(z)[[unit, 1 - unit], 3], [0.0, 1.0], atol=SMALLEST)
