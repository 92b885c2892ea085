"""Curves: their slopes, and that a slice is the network's own error."""

import numpy as np
import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.curves import is_lost, quadratic, weight_slice
from nnviz.nn.network import Layer, Network, gradients
from nnviz.nn.trace import trace_update
from tests.random_networks import random_network, random_rows

NEURON = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))


def test_the_quadratic():
    curve = quadratic()
    np.testing.assert_allclose(curve.value([-2.0, 0.871]), [4.0, 0.758641])
    np.testing.assert_allclose(curve.slope([-2.0, 0.871]), [-4.0, 1.742])
    assert curve.value(3) == 9
    assert curve.value(1e200) == np.inf
    # One by one they are what they are together.
    xs = [-2.0, 0.871, 1e-200, 1e200]
    assert [float(curve.value(x)) for x in xs] == curve.value(xs).tolist()
    assert [float(curve.slope(x)) for x in xs] == curve.slope(xs).tolist()


@pytest.mark.parametrize(
    ("index", "name", "present"),
    [(0, "weight 1", 1.45), (1, "weight 2", -0.66), (2, "bias", 0.0)],
)
def test_a_slice_goes_through_the_present_parameter(index, name, present):
    curve = weight_slice(NEURON, [2, 1.5], 0, index)
    trace = trace_update(NEURON, [2, 1.5], 0)
    assert curve.x_label == name
    assert name in curve.title
    assert curve.value(present) == pytest.approx(0.7586743559278976, rel=1e-9)
    gradient = [*trace.layers[0].derror_dweights[:, 0], *trace.layers[0].derror_dbias]
    assert curve.slope(present) == pytest.approx(gradient[index], rel=1e-12)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (2, 3, 1), (3, 3, 2, 2)])
def test_every_slice_is_the_networks_error_and_gradient(sizes, activation):
    network = random_network(sizes, [activation] * (len(sizes) - 1), seed=4)
    X, y = random_rows(network, seed=4, n_samples=1)
    parameters = network.parameters()
    names = set()
    for index, direction in enumerate(np.eye(network.n_parameters)):
        curve = weight_slice(network, X[0], y[0], index)
        x = parameters[index] + np.array([-0.7, 0.0, 1.3])
        moved = [network.with_parameters(parameters + (at - parameters[index]) * direction)
                 for at in x]  # fmt: skip
        np.testing.assert_allclose(
            curve.value(x), [((other.predict(X) - y) ** 2).sum() for other in moved], rtol=1e-10
        )
        np.testing.assert_allclose(
            curve.slope(x),
            [gradients(other, X, y, "squared_error")[index] for other in moved],
            rtol=1e-10,
            atol=1e-14,
        )
        names.add(curve.title)
    assert len(names) == network.n_parameters


def test_the_slope_against_central_differences():
    for index in range(3):
        curve = weight_slice(NEURON, [2, 1.5], 0, index)
        x = np.linspace(-3, 3, 13)
        numeric = (curve.value(x + 1e-5) - curve.value(x - 1e-5)) / 2e-5
        np.testing.assert_allclose(curve.slope(x), numeric, rtol=1e-7, atol=1e-10)


def test_the_slice_is_no_parabola():
    curve = weight_slice(NEURON, [2, 1.5], 0, 0)
    curvature = np.diff(curve.slope(np.linspace(-3, 3, 50)))
    assert curvature.min() < 0 < curvature.max()


@pytest.mark.parametrize("curve", [quadratic(), weight_slice(NEURON, [2, 1.5], 0, 1)])
def test_shapes(curve):
    for function in (curve.value, curve.slope):
        assert isinstance(function(1), np.float64)
        assert function(np.ones((2, 3))).shape == (2, 3)
        assert function([]).shape == (0,)
        with pytest.raises(TypeError, match="x must hold numbers"):
            function("x")


def test_far_out_is_a_result_and_no_warning():
    relu = Network((Layer([[1.0]], [0.0], "relu"), Layer([[1.0]], [0.0], "linear")))
    curve = weight_slice(relu, [1e100], 0, 0)
    assert curve.value(1e12) == pytest.approx(1e224)
    assert curve.value(np.inf) == np.inf
    assert np.isnan(curve.slope(np.nan))


def test_is_lost():
    assert not is_lost(1e12, 1.0, 0.0)
    for point in ((1.1e12, 1.0, 0.0), (np.nan, 1.0, 0.0), (0.0, np.inf, 0.0), (0.0, 1.0, np.nan)):
        assert is_lost(*point)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((None, [2, 1.5], 0, 0), TypeError, "network must be a Network"),
        ((NEURON, [2], 0, 0), ValueError, "input_vector must hold 2 numbers"),
        ((NEURON, [2, np.nan], 0, 0), ValueError, "input_vector must hold finite"),
        ((NEURON, [2, 1.5], [0, 1], 0), ValueError, "target must hold 1 number"),
        ((NEURON, [2, 1.5], None, 0), TypeError, "target must hold numbers"),
        ((NEURON, [2, 1.5], 0, 3), ValueError, "index must be between 0 and 2, not 3"),
        ((NEURON, [2, 1.5], 0, -1), ValueError, "index must be between 0 and 2, not −1"),
        ((NEURON, [2, 1.5], 0, "w"), TypeError, "index must be a whole number"),
    ],
)
def test_what_a_slice_refuses(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        weight_slice(*arguments)
