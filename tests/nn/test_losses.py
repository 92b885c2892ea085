"""Losses against their definitions, their slopes and predictions that are all wrong."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE, LOSSES, log_softmax, softmax
from tests.nn import tables

few = settings(max_examples=60, deadline=None, derandomize=True)
probability = st.floats(0.001, 0.999)


def test_the_registry():
    assert set(LOSSES) == set(tables.LOSSES)
    assert all(LOSSES[name].name == name for name in LOSSES)


def test_the_tutorials_errors():
    squared = LOSSES["squared_error"]
    np.testing.assert_allclose(
        squared.value([0.7985731042296965, 0.8710191478537642], [1, 0]),
        [0.040572794339660705, 0.7586743559278976],
        rtol=1e-9,
    )
    np.testing.assert_allclose(
        squared.derivative(0.8710191478537642, 0), 1.7420382957075284, rtol=1e-9
    )
    # The article's figure is the error of the rounded prediction.
    np.testing.assert_allclose(squared.value(0.87101915, 0), 0.7586743596667225, rtol=1e-12)


def test_cross_entropy_is_the_surprise():
    entropy = LOSSES["binary_cross_entropy"]
    np.testing.assert_allclose(
        entropy.value([0.25, 0.25, 0.5], [1, 0, 0.5]),
        [math.log(4), math.log(4 / 3), math.log(2)],
        rtol=1e-15,
    )
    np.testing.assert_allclose(entropy.derivative([0.25, 0.25], [1, 0]), [-4, 4 / 3], rtol=1e-15)


@few
@given(probability, probability)
def test_derivatives_against_central_differences(prediction, target):
    for loss in LOSSES.values():
        step = 1e-5 * min(prediction, 1 - prediction)
        numeric = (
            loss.value(prediction + step, target) - loss.value(prediction - step, target)
        ) / (2 * step)
        np.testing.assert_allclose(
            loss.derivative(prediction, target), numeric, rtol=1e-7, atol=1e-6
        )


@few
@given(probability, probability)
def test_no_prediction_is_better_than_the_target(prediction, target):
    for loss in map(LOSSES.get, ELEMENTWISE):
        assert loss.value(prediction, target) >= loss.value(target, target) - 1e-15


@pytest.mark.parametrize("prediction", [0.0, 1.0])
def test_cross_entropy_of_a_prediction_that_is_sure_and_wrong_is_finite(prediction):
    loss = LOSSES["binary_cross_entropy"]
    assert 36 < loss.value(prediction, 1 - prediction) < 37
    assert loss.value(prediction, prediction) < 1e-15
    slope = loss.derivative(prediction, 1 - prediction)
    assert np.isfinite(slope)
    assert np.sign(slope) == (1 if prediction == 1 else -1)


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("prediction", [1e200, -np.inf, np.nan])
def test_a_prediction_off_the_scale_is_no_warning(name, prediction):
    LOSSES[name].value(prediction, 1.0)
    LOSSES[name].derivative(prediction, 1.0)
    if name == "squared_error":
        assert not np.isfinite(LOSSES[name].value(prediction, 1.0))


@pytest.mark.parametrize("name", LOSSES)
def test_shapes_and_types(name):
    for function in (LOSSES[name].value, LOSSES[name].derivative):
        assert isinstance(function(0.5, 1), np.float64)
        assert function(np.full((2, 3), 0.5), np.ones((2, 3))).shape == (2, 3)
        with pytest.raises(TypeError, match="prediction must hold numbers"):
            function("one", 1)
        with pytest.raises(TypeError, match="target must hold numbers"):
            function(0.5, None)


sums = st.floats(-700, 700)


@few
@given(st.lists(st.tuples(sums, st.floats(0, 1)), min_size=1, max_size=20))
def test_binary_cross_entropy_from_the_weighted_sum_is_pytorchs_with_logits(torch, pairs):
    z, target = np.array(pairs).T
    loss = LOSSES["binary_cross_entropy"]
    logits = torch.tensor(z, requires_grad=True)
    each = torch.nn.functional.binary_cross_entropy_with_logits(
        logits, torch.tensor(target), reduction="none"
    )
    each.sum().backward()
    np.testing.assert_allclose(loss.value_from_z(z, target), each.detach(), rtol=1e-12, atol=1e-12)
    # By the chain rule, which no clipping is in the way of.
    s = np.exp(-np.abs(z))
    by_z = loss.derivative_from_z(z, target) * (s / (1 + s) ** 2)
    np.testing.assert_allclose(by_z, logits.grad, rtol=1e-12, atol=1e-12)


def test_a_saturated_wrong_prediction_costs_what_its_weighted_sum_says():
    loss = LOSSES["binary_cross_entropy"]
    z = np.array([20.0, 55.0, 700.0, 1e300])
    np.testing.assert_allclose(loss.value_from_z(z, 0), [20.000000002061153, 55, 700, 1e300])
    np.testing.assert_allclose(loss.value_from_z(-z, 1), [20.000000002061153, 55, 700, 1e300])
    np.testing.assert_allclose(loss.value_from_z(z[:2], 1), np.exp(-z[:2]), rtol=1e-8)
    np.testing.assert_allclose(
        loss.derivative_from_z([20.0, -20.0], [0, 1]), [1 + np.exp(20), -1 - np.exp(20)]
    )


@few
@given(st.lists(sums, min_size=2, max_size=5), st.integers(0, 4))
def test_cross_entropy_from_the_weighted_sums_is_pytorchs(torch, z, place):
    z, target = np.array(z), np.zeros(len(z))
    target[place % len(z)] = 1.0
    loss = LOSSES["cross_entropy"]
    logits = torch.tensor(z[None])
    theirs = torch.nn.functional.cross_entropy(logits, torch.tensor(target[None])).item()
    assert loss.value_from_z(z, target).sum() == pytest.approx(theirs, rel=1e-12, abs=1e-300)
    np.testing.assert_allclose(softmax(z), torch.softmax(logits, 1)[0], rtol=1e-12)
    np.testing.assert_allclose(log_softmax(z), torch.log_softmax(logits, 1)[0], rtol=1e-12)
    np.testing.assert_allclose(
        loss.derivative(softmax(z), target)[softmax(z) > 1e-15],
        loss.derivative_from_z(z, target)[softmax(z) > 1e-15],
        rtol=1e-9,
    )


@few
@given(st.floats(-30, 30), probability)
def test_the_code_of_scripts_and_the_output_say_the_same(z, target):
    for name in ELEMENTWISE:
        loss = LOSSES[name]
        output = loss.link or loss.outputs[0]
        prediction = ACTIVATIONS[output].value(z)
        found = eval(loss.numpy, {"np": np, "z": z, "prediction": prediction, "target": target})
        expected = loss.of_output(output, z, prediction, target)
        assert found == pytest.approx(expected, rel=1e-12, abs=1e-13)
        assert loss.derivative_of_output(output, z, prediction, target) == pytest.approx(
            loss.derivative(prediction, target), rel=1e-3
        )
