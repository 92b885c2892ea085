"""The exponential functions of the batches against those of Python, compiled and not."""

import math

import numpy as np
import pytest
from numba import vectorize

from nnviz.training.kernels import elementary

FAR = np.linspace(-699.0, 0.0, 40_001)
NEAR = np.concatenate([-np.logspace(-300, 0, 2_001), np.linspace(-3.0, 0.0, 10_001)])
CASES = {
    "exp": np.concatenate([FAR, NEAR, -NEAR, -FAR]),
    "tanh": np.concatenate([FAR, NEAR, -NEAR, -FAR]),
    "log1p": np.concatenate([-NEAR[np.abs(NEAR) <= 1.0], np.linspace(0.0, 1.0, 10_001)]),
}


@pytest.mark.parametrize("name", CASES)
def test_it_is_the_function_of_math_to_a_few_last_digits(name):
    given = CASES[name]
    expected = np.array([getattr(math, name)(x) for x in given.tolist()])
    found = vectorize(["float64(float64)"], nopython=True)(getattr(elementary, name))(given)
    np.testing.assert_allclose(found, expected, rtol=4 * 2.0**-52, atol=0)
    uncompiled = [getattr(elementary, name)(x) for x in given[::97].tolist()]
    np.testing.assert_array_equal(uncompiled, found[::97])


def test_beyond_its_limits():
    assert elementary.exp(-1e6) == elementary.exp(-700.0) < 1e-300
    assert elementary.exp(1e6) == elementary.exp(700.0) > 1e300
    assert (elementary.tanh(math.inf), elementary.tanh(-math.inf)) == (1.0, -1.0)
    assert math.isnan(elementary.exp(math.nan))
    assert math.isnan(elementary.tanh(math.nan))
    assert math.copysign(1.0, elementary.tanh(-0.0)) == -1.0
