"""The gradient check: passes what is right, and catches what is wrong."""

import dataclasses

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn import gradient_check
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.gradient_check import TOLERANCE, check
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.network import Layer, Network, gradients
from tests.random_networks import random_network, random_rows


@pytest.mark.parametrize("n_hidden", [0, 1, 2, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_every_gradient_passes(loss, activation, n_hidden):
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    network = random_network(
        (3, *(4, 3, 2)[:n_hidden], 2), [activation] * n_hidden + [output], seed=10 + n_hidden
    )
    X, y = random_rows(network, seed=10 + n_hidden)
    result = check(network, X, y, loss=loss)
    assert result.worst < TOLERANCE
    assert not result.at_kink.any()
    np.testing.assert_array_equal(result.analytic, gradients(network, X, y, loss))
    assert result.numeric.shape == result.relative_difference.shape == result.analytic.shape


def test_the_tutorials_gradient():
    network = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
    result = check(network, [[2, 1.5]], [0], loss="squared_error")
    np.testing.assert_allclose(
        result.numeric, [0.39141785971630727, 0.2935633947872305, 0.19570892985815364], rtol=1e-9
    )
    assert result.worst == result.relative_difference.max() < 1e-9


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_a_wrong_derivative_is_caught(name, monkeypatch):
    right = ACTIVATIONS[name]
    slip = dataclasses.replace(right, array_derivative=lambda z: right.derivative(right.value(z)))
    monkeypatch.setattr("nnviz.nn.network.ACTIVATIONS", {**ACTIVATIONS, name: slip})
    network = random_network((2, 3, 1), (name, name), seed=1)
    assert check(network, eight_rows().X, eight_rows().y, loss="squared_error").worst > 1e-3


def test_one_part_in_a_million_is_caught(monkeypatch):
    monkeypatch.setattr(gradient_check, "gradients", lambda *args: gradients(*args) * (1 + 1e-6))
    network = random_network((2, 3, 1), ("tanh", "sigmoid"), seed=1)
    result = check(network, eight_rows().X, eight_rows().y, loss="squared_error")
    assert result.worst == pytest.approx(1e-6, rel=0.1)


def test_a_kink_is_marked_and_not_blamed():
    # z = w x + b is 0 exactly: to one side relu has slope 0, to the other 1.
    network = Network((Layer([[1.0]], [-2.0], "relu"), Layer([[1.0]], [0.0], "linear")))
    result = check(network, [[2.0]], [1.0], loss="squared_error")
    np.testing.assert_array_equal(result.at_kink, [True, True, False, False])
    assert result.relative_difference[0] > 0.5
    assert result.worst < TOLERANCE


def test_saturated_units_do_not_cry_wolf():
    network = Network((Layer([[60.0]], [0.0], "sigmoid"),))
    for target in (0.0, 1.0):
        result = check(network, [[0.5]], [target], loss="squared_error")
        assert 0 < np.abs(result.analytic).max() < 1e-10
        assert result.worst < TOLERANCE


def test_what_leaves_float64_is_no_warning():
    network = Network((Layer([[1e300]], [0.0], "linear"), Layer([[1e300]], [0.0], "linear")))
    result = check(network, [[1.0]], [1.0], loss="squared_error")
    assert not np.isfinite(result.analytic).all()


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"network": 3}, TypeError, "network must be a Network"),
        ({"X": [[1.0]]}, ValueError, "X must have 2 columns"),
        ({"y": [1.0, 2.0]}, ValueError, "y must have 1 rows"),
        ({"loss": "hinge"}, ValueError, "loss must be one of"),
        ({"step": 0.0}, ValueError, "step must be between 1e-09 and 0.1"),
        ({"step": 1.0}, ValueError, "step must be between 1e-09 and 0.1"),
        ({"step": None}, TypeError, "step must be a number"),
    ],
)
def test_what_is_refused(arguments, error, sentence):
    network = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
    good = {"network": network, "X": [[2, 1.5]], "y": [0], "loss": "squared_error"}
    with pytest.raises(error, match=sentence):
        check(**{**good, **arguments})
