"""Eight numbers at once: what compiled code makes of them is what Python does, bit by bit."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numba import njit

from nnviz.training.kernels import simd
from nnviz.training.kernels.simd import (
    at_least,
    at_most,
    eight,
    fused,
    if_positive,
    magnitude,
    power_of_two,
    put,
    root,
    spread,
    total,
    totals,
    with_signs,
)

EIGHT = arrays(np.float64, 8, elements=st.floats())
NUMBER = st.floats()


def everything(values, number, out):
    """Write the results of all that can be done with eight numbers, one after the other."""
    x, y = eight(values, 0), eight(values, 8)
    put(out, 0, x + y)
    put(out, 8, x - y)
    put(out, 16, x * y)
    put(out, 24, x / y)
    put(out, 32, number + x)
    put(out, 40, x - number)
    put(out, 48, number * x)
    put(out, 56, number / x)
    put(out, 64, -x)
    put(out, 72, magnitude(x))
    put(out, 80, with_signs(x, y))
    put(out, 88, at_most(x, number))
    put(out, 96, at_least(x, number))
    put(out, 104, if_positive(x, y, number))
    put(out, 112, if_positive(x, number, y))
    put(out, 120, if_positive(x, x, y))
    put(out, 128, if_positive(x, 1.0, number))
    put(out, 136, spread(number))
    put(out, 144, (x - number) * y + number)
    put(out, 152, root(x))
    put(out, 160, fused(x, y, number))
    put(out, 168, fused(number, x, y))
    put(out, 176, fused(x, x, -y))
    out[184] = total(x)


compiled = njit(error_model="numpy")(everything)


@given(EIGHT, EIGHT, NUMBER)
def test_compiled_it_is_the_same_to_the_last_bit(x, y, number):
    values, out, expected = np.concatenate([x, y]), np.zeros(185), np.zeros(185)
    compiled(values, number, out)
    with np.errstate(all="ignore"):
        everything(values, number, expected)
    # Which of the many NaNs it is nobody can see; the sign of zero is seen by 1 / x.
    np.testing.assert_array_equal(out, expected)
    there = ~np.isnan(expected)
    np.testing.assert_array_equal(np.signbit(out)[there], np.signbit(expected)[there])


@njit(error_model="numpy")
def _powers(values, out):
    put(out, 0, power_of_two(eight(values, 0) + 1.5 * 2.0**52))


@pytest.mark.parametrize("first", range(-1022, 1016, 8))
def test_powers_of_two_are_exact(first):
    exponents, out = np.arange(first, first + 8), np.zeros(8)
    _powers(exponents.astype(float), out)
    np.testing.assert_array_equal(out, np.ldexp(1.0, exponents))
    np.testing.assert_array_equal(power_of_two(exponents + 1.5 * 2.0**52), out)


def test_nothing_beside_the_eight_is_touched():
    values, out = np.arange(20.0), np.full(20, -1.0)

    @njit
    def move(values, out):
        put(out, 5, eight(values, 3))

    move(values, out)
    np.testing.assert_array_equal(out, [-1] * 5 + list(range(3, 11)) + [-1] * 7)


def test_the_sum_has_one_order():
    # From left to right the 1 would be lost beside 1e16, and the sum be 0.
    values = np.array([1e16, 1.0, 0.0, 0.0, -1e16, 0.0, 0.0, 0.0])
    assert total(values) == 1.0
    assert njit(lambda values: total(eight(values, 0)))(values) == 1.0


def test_a_fused_sum_is_rounded_once():
    # 1 - 2**-54 rounds to 1; what is left of it is seen when 1 is taken away before rounding.
    x, y = np.full(8, 1.0 + 2.0**-27), np.full(8, 1.0 - 2.0**-27)
    out = np.zeros(8)
    njit(lambda x, y, out: put(out, 0, fused(eight(x, 0), eight(y, 0), -1.0)))(x, y, out)
    np.testing.assert_array_equal(out, np.full(8, -(2.0**-54)))
    np.testing.assert_array_equal(fused(x, y, -1.0), out)


@given(arrays(np.float64, 64, elements=st.floats()))
def test_eight_sums_at_once_are_those_sums(values):
    out = np.zeros(8)
    _sums(values, out)
    with np.errstate(all="ignore"):
        expected = [total(eight(values, i)) for i in range(0, 64, 8)]
        np.testing.assert_array_equal(totals(values, 0), expected)
    np.testing.assert_array_equal(out, expected)


@njit(error_model="numpy")
def _sums(values, out):
    put(out, 0, totals(values, 0))


def test_not_a_number_passes_every_limit():
    # A run that leaves the range of float64 has to be noticed.
    x = np.full(8, np.nan)
    assert np.isnan(at_most(x, 1.0)).all()
    assert np.isnan(at_least(x, 1.0)).all()
    out = np.zeros(16)

    @njit
    def limited(values, out):
        put(out, 0, at_most(eight(values, 0), 1.0))
        put(out, 8, at_least(eight(values, 0), 1.0))

    limited(x, out)
    assert np.isnan(out).all()


def test_eight_it_is():
    assert simd.LANES == 8
