"""Activation functions against their definitions, PyTorch, and the edges of float64."""

import math
from decimal import Decimal, getcontext

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import njit

from nnviz.nn.activations import ACTIVATIONS, sigmoid
from nnviz.nn.source_code import math_names, source_code
from tests.nn import tables

few = settings(max_examples=60, deadline=None, derandomize=True)
any_float = st.floats(allow_nan=False, allow_infinity=False)


def test_the_registry():
    assert set(ACTIVATIONS) == set(tables.ACTIVATIONS)
    assert all(ACTIVATIONS[name].name == name for name in ACTIVATIONS)
    with pytest.raises(TypeError):
        ACTIVATIONS["sigmoid"] = ACTIVATIONS["tanh"]  # type: ignore[index]


def test_the_tutorials_predictions():
    np.testing.assert_allclose(sigmoid(1.3774), 0.7985731042296965, rtol=1e-9)
    np.testing.assert_allclose(sigmoid(1.91), 0.8710191478537642, rtol=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_values(name):
    _, by_hand, _ = tables.ACTIVATIONS[name]
    z = [-5.0, -2.0, -0.3, 0.0, 0.3, 2.0, 5.0]
    np.testing.assert_allclose(
        ACTIVATIONS[name].value(z), list(map(by_hand, z)), rtol=1e-13, atol=1e-16
    )


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_value_and_derivative_are_pytorchs(torch, name):
    activation, (theirs, _, _) = ACTIVATIONS[name], tables.ACTIVATIONS[name]
    z = np.concatenate([np.linspace(-60, 60, 241), np.geomspace(1e-9, 1e-2, 8)])
    tensor = torch.tensor(z, requires_grad=True)
    values = theirs(torch, tensor)
    values.sum().backward()
    np.testing.assert_allclose(activation.value(z), values.detach().numpy(), rtol=1e-14, atol=1e-15)
    np.testing.assert_allclose(activation.derivative(z), tensor.grad, rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivatives_against_central_differences(name):
    activation = ACTIVATIONS[name]
    z = np.linspace(-6.05, 6.05, 24)  # no point within the step of the kink at 0
    numeric = (activation.value(z + 1e-5) - activation.value(z - 1e-5)) / 2e-5
    np.testing.assert_allclose(activation.derivative(z), numeric, rtol=1e-7, atol=1e-10)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_scalar_function_is_the_array_functions_and_compiles(name):
    activation = ACTIVATIONS[name]
    compiled = njit(activation.scalar, error_model="numpy")
    z = [*np.linspace(-45, 45, 181), 0.0, 1e-12, -1e-12, 750.0, -750.0, 1e308, -1e308]
    ours = np.array([activation.scalar(float(each)) for each in z])
    np.testing.assert_allclose(ours[:, 0], activation.value(z), rtol=1e-15)
    np.testing.assert_allclose(ours[:, 1], activation.derivative(z), rtol=1e-15)
    np.testing.assert_array_equal(np.array([compiled(float(each)) for each in z]), ours)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_code_of_scripts_computes_the_same(name):
    activation, z = ACTIVATIONS[name], np.linspace(-30, 30, 121)
    code = source_code(activation.array_value, name)
    code += source_code(activation.array_derivative, "derivative")
    found = {"np": np, "math": math}
    exec(code, found)
    np.testing.assert_array_equal(found[name](z), activation.value(z))
    np.testing.assert_array_equal(found["derivative"](z), activation.derivative(z))
    scalar = source_code(activation.scalar, "both")
    found = {each: getattr(math, each) for each in math_names(scalar)}
    exec(scalar, found)
    for each in z.tolist():
        assert found["both"](each) == activation.scalar(each)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_at_a_kink_the_derivative_is_that_of_the_left_side(name):
    activation, (_, _, jumps) = ACTIVATIONS[name], tables.ACTIVATIONS[name]
    left, at, right = activation.derivative([-1e-9, 0.0, 1e-9])
    assert activation.has_kink == jumps
    assert (left == at) if jumps else (left == pytest.approx(right, abs=1e-6))
    assert (abs(left - right) > 0.1) == jumps


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_is_said_of_it_is_so(name):
    activation, z = ACTIVATIONS[name], np.linspace(-800, 800, 4001)
    values, derivatives = activation.value(z), activation.derivative(z)
    assert activation.lowest <= values.min()
    assert values.max() <= activation.highest
    flat = (np.abs(derivatives[[0, -1]]) < 1e-12).all()
    assert activation.saturates == flat
    assert activation.dies == (not values[z <= 0].any() and not derivatives[z <= 0].any())
    if activation.plot_range:
        low, high = activation.plot_range
        assert low < activation.lowest < activation.highest < high
    assert len(activation.sign) <= 5
    assert "{z}" in activation.sentence
    assert len(activation.worked) == len(activation.worked_derivative) == 2
    assert len({each.title for each in ACTIVATIONS.values()}) == len(ACTIVATIONS)


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


def test_the_derivative_of_tanh_keeps_its_digits():
    getcontext().prec = 60
    for z in (-30.0, -2.0, 0.0, 0.3, 2.0, 30.0):
        grown, shrunk = Decimal(z).exp(), (-Decimal(z)).exp()
        exact = 4 / (grown + shrunk) ** 2
        assert ACTIVATIONS["tanh"].derivative(z) == pytest.approx(float(exact), rel=4e-15)


# Warnings are errors in the tests, so these would fail on an overflow.
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_warning_at_the_edges_of_float64(name):
    activation = ACTIVATIONS[name]
    for z in (1000.0, 1e308, np.inf):
        with np.errstate(over="raise", invalid="raise", divide="raise"):
            left, right = activation.value([-z, z])
            derivatives = activation.derivative([-z, z])
        assert not np.isnan([left, right, *derivatives]).any()
        assert right == min(activation.highest, z)
        assert derivatives[1] == (0.0 if activation.saturates else 1.0)
        if np.isfinite(activation.lowest) and activation.saturates:
            assert (left, derivatives[0]) == (activation.lowest, 0.0)


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
    assert np.isnan(ACTIVATIONS[name].scalar(math.nan)[0])
