"""Dense networks: shapes, parameters, predictions, and gradients against central differences."""

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE, LOSSES
from nnviz.nn.network import Layer, Network, backward, gradients
from nnviz.nn.rng import generator
from tests.random_networks import random_network, random_rows

few = settings(max_examples=30, deadline=None, derandomize=True)


def tutorial_neuron():
    return Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))


def error(network, X, y, loss):
    return LOSSES[loss].value(network.predict(X), y).sum()


def central_differences(network, X, y, loss, step=1e-5):
    parameters = network.parameters()
    slopes = []
    for direction in np.eye(len(parameters)):
        up = network.with_parameters(parameters + step * direction)
        down = network.with_parameters(parameters - step * direction)
        slopes.append((error(up, X, y, loss) - error(down, X, y, loss)) / (2 * step))
    return np.array(slopes)


def test_the_tutorials_predictions():
    forward = tutorial_neuron().forward([[1.66, 1.56], [2, 1.5]])
    np.testing.assert_allclose(forward.pre_activations[0][:, 0], [1.3774, 1.91], rtol=1e-9)
    np.testing.assert_allclose(
        forward.activations[-1][:, 0], [0.7985731042296965, 0.8710191478537642], rtol=1e-9
    )


def test_a_network_by_hand():
    # Two inputs, two relu units, one linear output.
    network = Network(
        (
            Layer([[1.0, -1.0], [2.0, 1.0]], [0.5, -0.5], "relu"),
            Layer([[3.0], [4.0]], [-1.0], "linear"),
        )
    )
    forward = network.forward([[1.0, 1.0], [-1.0, 2.0]])
    # z of the first row: 1 + 2 + 0.5 = 3.5 and -1 + 1 - 0.5 = -0.5, which relu makes 0.
    np.testing.assert_array_equal(forward.pre_activations[0], [[3.5, -0.5], [3.5, 2.5]])
    np.testing.assert_array_equal(forward.activations[1], [[3.5, 0.0], [3.5, 2.5]])
    # The output: 3 * 3.5 + 4 * 0 - 1 = 9.5, and 10 more for the second row.
    np.testing.assert_array_equal(network.predict([[1.0, 1.0], [-1.0, 2.0]]), [[9.5], [19.5]])
    np.testing.assert_array_equal(forward.activations[0], [[1.0, 1.0], [-1.0, 2.0]])
    np.testing.assert_array_equal(network.parameters(), [1, -1, 2, 1, 0.5, -0.5, 3, 4, -1])
    assert network.sizes == (2, 2, 1)
    assert (network.n_inputs, network.n_outputs, network.n_parameters) == (2, 1, 9)


def test_linear_layers_fold_into_one():
    deep = random_network((2, 4, 1), ("linear", "linear"), seed=0)
    first, second = deep.layers
    folded = Network(
        (
            Layer(
                first.weights @ second.weights, first.bias @ second.weights + second.bias, "linear"
            ),
        )
    )
    X = eight_rows().X
    np.testing.assert_allclose(deep.predict(X), folded.predict(X), rtol=0, atol=1e-14)


@few
@given(st.lists(st.integers(1, 5), min_size=2, max_size=5), st.integers(0, 99))
def test_parameters_there_and_back(sizes, seed):
    network = random_network(sizes, ["tanh"] * (len(sizes) - 1), seed)
    numbers = np.arange(network.n_parameters, dtype=float)
    np.testing.assert_array_equal(network.with_parameters(numbers).parameters(), numbers)
    assert network.with_parameters(numbers).sizes == tuple(sizes) == network.sizes
    assert network.n_parameters == sum((a + 1) * b for a, b in itertools.pairwise(sizes))


def test_rows_do_not_see_each_other():
    network = random_network((3, 4, 2), ("tanh", "sigmoid"), seed=1)
    X = generator(1).normal(size=(6, 3))
    for row, prediction in zip(X, network.predict(X), strict=True):
        np.testing.assert_allclose(network.predict([row])[0], prediction, rtol=1e-14)


@pytest.mark.parametrize("n_hidden", [0, 1, 2, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_gradients_against_central_differences(loss, activation, n_hidden):
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    sizes = (2 + n_hidden % 3, *(4, 3, 2)[:n_hidden], 1 + n_hidden % 2)
    network = random_network(sizes, [activation] * n_hidden + [output], seed=n_hidden)
    X, y = random_rows(network, seed=n_hidden)
    np.testing.assert_allclose(
        gradients(network, X, y, loss),
        central_differences(network, X, y, loss),
        rtol=1e-7,
        atol=1e-9,
    )


def test_one_gradient_by_hand():
    # Row [2, 1.5] with target 0 through the tutorial's neuron.
    z = 2 * 1.45 + 1.5 * -0.66 + 0
    prediction = 1 / (1 + np.exp(-z))
    derror_dprediction = 2 * (prediction - 0)
    dprediction_dz = prediction * (1 - prediction)
    by_hand = [
        derror_dprediction * dprediction_dz * 2,
        derror_dprediction * dprediction_dz * 1.5,
        derror_dprediction * dprediction_dz * 1,
    ]
    got = gradients(tutorial_neuron(), [[2, 1.5]], [0], "squared_error")
    np.testing.assert_allclose(got, by_hand, rtol=1e-12)
    np.testing.assert_allclose(
        got, [0.39141785971630727, 0.2935633947872305, 0.19570892985815364], rtol=1e-9
    )


def test_the_gradient_is_the_sum_over_rows():
    network = random_network((2, 3, 1), ("tanh", "sigmoid"), seed=3)
    X, y = eight_rows().X, eight_rows().y
    for loss in ELEMENTWISE:
        alone = [gradients(network, [x], [t], loss) for x, t in zip(X, y, strict=True)]
        np.testing.assert_allclose(gradients(network, X, y, loss), sum(alone), rtol=1e-12)


def test_targets_may_be_a_column():
    network, data = tutorial_neuron(), eight_rows()
    np.testing.assert_array_equal(
        gradients(network, data.X, data.y, "squared_error"),
        gradients(network, data.X, data.y[:, np.newaxis], "squared_error"),
    )


def test_a_saturated_and_wrong_unit_still_learns_by_cross_entropy():
    # sigmoid(100) is 1 to the last digit: its slope is 4e-44, the slope of the loss 9e15.
    neuron = Network((Layer([[100.0]], [0.0], "sigmoid"),))
    got = gradients(neuron, [[1.0]], [0.0], "binary_cross_entropy")
    np.testing.assert_array_equal(got, [1.0, 1.0])
    stuck = gradients(neuron, [[1.0]], [0.0], "squared_error")
    assert 0 < stuck.max() < 1e-40


def test_numbers_beyond_float64_are_a_result_and_no_warning():
    network = Network((Layer([[1e200]], [0.0], "linear"), Layer([[-1e200]], [0.0], "relu")))
    assert network.predict([[1.0]])[0, 0] == 0.0
    assert network.predict([[-1.0]])[0, 0] == np.inf
    assert not np.isfinite(gradients(network, [[-1.0]], [0.0], "squared_error")).all()


def test_networks_are_values():
    weights = np.array([[1.0]])
    layer = Layer(weights, [0.0], "linear")
    weights[0, 0] = 5
    assert layer.weights[0, 0] == 1
    for array in (layer.weights, layer.bias):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 2
    with pytest.raises(dataclasses.FrozenInstanceError):
        layer.activation = "tanh"
    network = Network([layer])
    assert network.layers == (layer,)
    network.parameters()[0] = 7
    assert network.parameters()[0] == 1


@pytest.mark.parametrize(
    ("weights", "bias", "activation", "error", "sentence"),
    [
        ([1.0], [0.0], "linear", ValueError, "weights must be a table"),
        ([[1.0]], [0.0, 1.0], "linear", ValueError, "bias must hold 1 number, but holds 2"),
        ([[np.nan]], [0.0], "linear", ValueError, "weights must hold finite numbers only"),
        ([[1.0]], [np.inf], "linear", ValueError, "bias must hold finite numbers only"),
        ([["a"]], [0.0], "linear", TypeError, "weights must hold numbers"),
        ([[1.0]], [0.0], "step", ValueError, "activation must be one of sigmoid, tanh"),
        ([[1.0]], [0.0], None, TypeError, "activation must be one of sigmoid, tanh"),
    ],
)
def test_what_a_layer_refuses(weights, bias, activation, error, sentence):
    with pytest.raises(error, match=sentence):
        Layer(weights, bias, activation)


def test_what_a_network_refuses():
    one, two = Layer([[1.0]], [0.0], "linear"), Layer([[1.0], [1.0]], [0.0], "linear")
    with pytest.raises(ValueError, match="at least one layer"):
        Network(())
    with pytest.raises(ValueError, match=r"as many inputs .* but 2 follow 1"):
        Network((one, two))
    with pytest.raises(TypeError, match="each of the layers must be a Layer"):
        Network((one, "linear"))
    with pytest.raises(TypeError, match="layers must be a list"):
        Network(one)
    for numbers in ([1.0], [1.0, 2.0, 3.0], [1.0, np.nan], [[1.0, 2.0]], []):
        with pytest.raises(ValueError, match="parameters must"):
            Network((one,)).with_parameters(numbers)


@pytest.mark.parametrize(
    ("X", "y", "loss", "error", "sentence"),
    [
        ([1.0, 2.0], [1], "squared_error", ValueError, "X must be a table"),
        ([[1.0]], [1], "squared_error", ValueError, "X must have 2 columns, but has 1"),
        ([[1.0, np.nan]], [1], "squared_error", ValueError, "X must hold finite numbers"),
        ([[1.0, 1e300]], [1], "squared_error", ValueError, "X must hold numbers of at most"),
        (None, [1], "squared_error", TypeError, "X must hold numbers"),
        ([[1.0, 2.0]], [1, 0], "squared_error", ValueError, "y must have 1 rows"),
        ([[1.0, 2.0]], [[1, 0]], "squared_error", ValueError, "y must have 1 column, but has 2"),
        ([[1.0, 2.0]], [], "squared_error", ValueError, "y must hold at least one"),
        ([[1.0, 2.0]], ["a"], "squared_error", TypeError, "y must hold numbers"),
        ([[1.0, 2.0]], [2], "binary_cross_entropy", ValueError, "y must be between 0 and 1"),
        ([[1.0, 2.0]], [1], "hinge", ValueError, "loss must be one of squared_error"),
        ([[1.0, 2.0]], [1], None, TypeError, "loss must be one of squared_error"),
    ],
)
def test_what_gradients_refuse(X, y, loss, error, sentence):
    with pytest.raises(error, match=sentence):
        gradients(tutorial_neuron(), X, y, loss)


def test_gradients_need_a_network():
    with pytest.raises(TypeError, match="network must be a Network"):
        gradients("network", [[1.0]], [1.0], "squared_error")


def test_backward_gives_every_partial_its_shape():
    network = random_network((3, 4, 2), ("tanh", "sigmoid"), seed=5)
    X, y = random_rows(network, seed=5, n_samples=6)
    by_layer = backward(network, network.forward(X), y, "squared_error")
    for at, n_inputs, n_units in zip(by_layer, (3, 4), (4, 2), strict=True):
        assert at.derror_dactivations.shape == (6, n_units)
        assert at.dactivations_dpre_activations.shape == (6, n_units)
        assert at.derror_dpre_activations.shape == (6, n_units)
        assert at.derror_dweights.shape == (n_inputs, n_units)
        assert at.derror_dbias.shape == (n_units,)
        assert at.derror_dinputs.shape == (6, n_inputs)
    np.testing.assert_array_equal(by_layer[1].derror_dinputs, by_layer[0].derror_dactivations)
