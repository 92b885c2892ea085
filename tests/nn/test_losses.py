"""Losses against their definitions, their slopes and predictions that are all wrong."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.nn.losses import LOSSES

few = settings(max_examples=60, deadline=None, derandomize=True)
probability = st.floats(0.001, 0.999)


def test_the_registry():
    assert list(LOSSES) == ["squared_error", "binary_cross_entropy"]
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
    for loss in LOSSES.values():
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
