"""Activation functions against their definitions, their slopes and the edges of float64."""

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.nn.activations import ACTIVATIONS, sigmoid

few = settings(max_examples=60, deadline=None, derandomize=True)
any_float = st.floats(allow_nan=False, allow_infinity=False)


def test_the_registry():
    assert list(ACTIVATIONS) == ["sigmoid", "tanh", "relu", "leaky_relu", "linear", "softplus"]
    assert all(ACTIVATIONS[name].name == name for name in ACTIVATIONS)
    assert ACTIVATIONS["sigmoid"].value is sigmoid
    with pytest.raises(TypeError):
        ACTIVATIONS["sigmoid"] = ACTIVATIONS["tanh"]  # type: ignore[index]


def test_the_tutorials_predictions():
    np.testing.assert_allclose(sigmoid(1.3774), 0.7985731042296965, rtol=1e-9)
    np.testing.assert_allclose(sigmoid(1.91), 0.8710191478537642, rtol=1e-9)


@pytest.mark.parametrize(
    ("name", "value_at_minus_two", "value_at_two"),
    [
        ("sigmoid", 1 / (1 + math.exp(2)), 1 / (1 + math.exp(-2))),
        ("tanh", -math.tanh(2), math.tanh(2)),
        ("relu", 0, 2),
        ("leaky_relu", -0.02, 2),
        ("linear", -2, 2),
        ("softplus", math.log(1 + math.exp(-2)), math.log(1 + math.exp(2))),
    ],
)
def test_values(name, value_at_minus_two, value_at_two):
    value = ACTIVATIONS[name].value
    np.testing.assert_allclose(value([-2.0, 2.0]), [value_at_minus_two, value_at_two], rtol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivatives_against_central_differences(name):
    activation = ACTIVATIONS[name]
    z = np.linspace(-6.05, 6.05, 24)  # no point within the step of the kink at 0
    numeric = (activation.value(z + 1e-5) - activation.value(z - 1e-5)) / 2e-5
    np.testing.assert_allclose(activation.derivative(z), numeric, rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize("name", ["relu", "leaky_relu"])
def test_at_the_kink_the_slope_is_that_of_the_left_side(name):
    activation = ACTIVATIONS[name]
    assert activation.has_kink
    assert activation.derivative(0.0) == activation.derivative(-1.0) != activation.derivative(1.0)


def test_nothing_else_has_a_kink():
    smooth = {name for name in ACTIVATIONS if not ACTIVATIONS[name].has_kink}
    assert smooth == {"sigmoid", "tanh", "linear", "softplus"}


@few
@given(any_float)
def test_sigmoid_has_its_mirror_and_its_bounds(z):
    assert 0 <= sigmoid(z) <= 1
    assert sigmoid(z) + sigmoid(-z) == pytest.approx(1, rel=1e-15)


def test_sigmoid_keeps_its_digits():
    getcontext().prec = 60
    for z in (-700.0, -40.0, -1.91, -1e-9, 0.0, 0.3, 1.91, 30.0):
        exact = 1 / (1 + (-Decimal(z)).exp())
        assert sigmoid(z) == pytest.approx(float(exact), rel=1e-15)
        slope = exact * (1 - exact)
        assert ACTIVATIONS["sigmoid"].derivative(z) == pytest.approx(float(slope), rel=1e-15)


def test_the_slope_of_tanh_keeps_its_digits():
    getcontext().prec = 60
    for z in (-30.0, -2.0, 0.0, 0.3, 2.0, 30.0):
        grown, shrunk = Decimal(z).exp(), (-Decimal(z)).exp()
        exact = 4 / (grown + shrunk) ** 2
        assert ACTIVATIONS["tanh"].derivative(z) == pytest.approx(float(exact), rel=4e-15)


# Warnings are errors in the tests, so these would fail on an overflow.
@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("z", [1000.0, 1e308, np.inf])
def test_no_warning_at_the_edges_of_float64(name, z):
    activation = ACTIVATIONS[name]
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        right, left = activation.value(z), activation.value(-z)
        slopes = activation.derivative([-z, z])
    assert not np.isnan([right, left, *slopes]).any()
    if name in ("sigmoid", "tanh"):
        assert right == 1.0
        assert abs(left) == (1.0 if name == "tanh" else 0.0)
        np.testing.assert_array_equal(slopes, [0.0, 0.0])
    else:
        assert right == z
        assert slopes[1] == 1.0


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_shapes_and_types(name):
    for function in (ACTIVATIONS[name].value, ACTIVATIONS[name].derivative):
        assert isinstance(function(1), np.float64)
        assert function([1, 2]).shape == (2,)
        assert function(np.ones((2, 3, 4))).shape == (2, 3, 4)
        z = np.ones(3)
        assert not np.shares_memory(function(z), z)
        with pytest.raises(TypeError, match="z must hold numbers"):
            function("one")


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_nan_stays_visible(name):
    assert np.isnan(ACTIVATIONS[name].value(np.nan))
