"""One update: every figure of the tutorial, one case by hand, exact against a training step."""

import numpy as np
import pytest

from nnviz import NeuralNetwork
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE, LOSSES
from nnviz.nn.network import Layer, Network, gradients
from nnviz.nn.rng import generator
from nnviz.nn.trace import trace_update
from tests.random_networks import random_network


def tutorial_neuron(weights=(1.45, -0.66), bias=0.0):
    return Network((Layer(np.reshape(weights, (2, 1)), [bias], "sigmoid"),))


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-9)


def test_the_tutorials_chain():
    trace = trace_update(tutorial_neuron(), [2, 1.5], 0, learning_rate=1)
    (layer,) = trace.layers
    close(layer.pre_activations, [1.91])
    close(trace.prediction, [0.8710191478537642])
    close(trace.error, 0.7586743559278976)
    close(trace.derror_dprediction, [1.7420382957075284])
    close(layer.derror_dactivations, [1.7420382957075284])
    close(layer.dactivations_dpre_activations, [0.11234479192586665])
    close(layer.derror_dweights[:, 0], [0.39141785971630727, 0.2935633947872305])
    close(layer.derror_dbias, [0.19570892985815364])
    close(trace.error_after, 0.3848563884)


@pytest.mark.parametrize(
    ("rate", "error_after"),
    [(1, 0.3848563884), (0.1, 0.7296962527), (0.01, 0.7558853810), (0.001, 0.7583965458)],
)
def test_the_tutorials_true_steps(rate, error_after):
    close(trace_update(tutorial_neuron(), [2, 1.5], 0, learning_rate=rate).error_after, error_after)


def test_the_articles_derror_dbias_is_the_one_at_weights_already_overwritten():
    overwritten = tutorial_neuron((-0.2920382957075285, -2.4020382957075284))
    trace = trace_update(overwritten, [2, 1.5], 0)
    (layer,) = trace.layers
    close(layer.pre_activations, [-4.187134034976349])
    close(trace.derror_dprediction, [0.029924958898515232])
    close(layer.dactivations_dpre_activations, [0.01473860365798816])
    close(layer.derror_dbias, [0.00044105210868680195])
    # The usual slip: the slope of the sigmoid at the prediction and not at layer_1.
    close(ACTIVATIONS["sigmoid"].derivative(trace.prediction), [0.24998600828511627])


def test_a_hidden_layer_by_hand():
    network = Network((Layer([[0.5]], [0.0], "relu"), Layer([[3.0]], [-1.0], "linear")))
    trace = trace_update(network, [2.0], 1.0, learning_rate=0.1)
    hidden, output = trace.layers
    # Forward: z = 0.5 * 2 = 1, a = 1, p = 3 * 1 - 1 = 2, error = (2 - 1)^2 = 1.
    assert (hidden.pre_activations[0], hidden.activations[0]) == (1, 1)
    assert (trace.prediction[0], trace.error) == (2, 1)
    # Back through the output: dE/dp = 2 * (2 - 1) = 2, dE/dw = 2 * 1, dE/db = 2, dE/da = 2 * 3.
    assert (trace.derror_dprediction[0], output.derror_dpre_activations[0]) == (2, 2)
    assert (output.derror_dweights[0, 0], output.derror_dbias[0]) == (2, 2)
    assert output.derror_dinputs[0] == hidden.derror_dactivations[0] == 6
    # Back through relu, which is on: dE/dz = 6 * 1, dE/dw = 6 * 2, dE/db = 6, dE/dx = 6 * 0.5.
    assert hidden.dactivations_dpre_activations[0] == 1
    assert hidden.derror_dpre_activations[0] == 6
    assert (hidden.derror_dweights[0, 0], hidden.derror_dbias[0]) == (12, 6)
    assert hidden.derror_dinputs[0] == 3
    # Update: 0.5 - 1.2 = -0.7, 0 - 0.6, 3 - 0.2 = 2.8, -1 - 0.2 = -1.2.
    np.testing.assert_allclose(trace.updated.parameters(), [-0.7, -0.6, 2.8, -1.2])
    np.testing.assert_allclose(hidden.weight_updates, [[-1.2]])
    np.testing.assert_allclose(output.bias_updates, [-0.2])
    # After: z = -1.4 - 0.6 = -2, which relu makes 0, so p = -1.2 and the error (-2.2)^2.
    np.testing.assert_allclose(trace.prediction_after, [-1.2])
    assert trace.error_after == pytest.approx(4.84)


@pytest.mark.parametrize("n_hidden", [0, 1, 2, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_the_trace_is_exactly_a_gradient_step(loss, activation, n_hidden):
    sizes = (3, *(4, 3, 2)[:n_hidden], 2)
    network = random_network(sizes, [activation] * n_hidden + ["sigmoid"], seed=n_hidden)
    x, target = generator(n_hidden).normal(size=3), [1.0, 0.25]
    trace = trace_update(network, x, target, loss=loss, learning_rate=0.3)
    stepped = network.parameters() - 0.3 * gradients(network, [x], [target], loss)
    np.testing.assert_array_equal(trace.updated.parameters(), stepped)
    np.testing.assert_array_equal(trace.prediction, network.predict([x])[0])
    np.testing.assert_array_equal(trace.prediction_after, trace.updated.predict([x])[0])
    for error, prediction in (
        (trace.error, trace.prediction),
        (trace.error_after, trace.prediction_after),
    ):
        expected = LOSSES[loss].value(prediction, target).sum()
        assert error == pytest.approx(expected, rel=1e-14)


def test_the_values_fit_together():
    network = random_network((2, 4, 3, 1), ("tanh", "relu", "sigmoid"), seed=2)
    trace = trace_update(network, [0.3, -0.8], 1, learning_rate=0.2)
    first, second, last = trace.layers
    for before, after in ((first, second), (second, last)):
        np.testing.assert_array_equal(after.inputs, before.activations)
        np.testing.assert_array_equal(before.derror_dactivations, after.derror_dinputs)
    for at, layer in zip(trace.layers, network.layers, strict=True):
        np.testing.assert_allclose(at.pre_activations, at.inputs @ at.weights + at.bias)
        np.testing.assert_allclose(
            at.derror_dpre_activations, at.derror_dactivations * at.dactivations_dpre_activations
        )
        np.testing.assert_allclose(
            at.derror_dweights, np.outer(at.inputs, at.derror_dpre_activations)
        )
        np.testing.assert_array_equal(at.derror_dbias, at.derror_dpre_activations)
        np.testing.assert_array_equal(at.weight_updates, -0.2 * at.derror_dweights)
        assert at.activation == layer.activation
    np.testing.assert_array_equal(first.inputs, trace.input_vector)
    np.testing.assert_array_equal(last.activations, trace.prediction)
    np.testing.assert_array_equal(last.derror_dactivations, trace.derror_dprediction)


def test_it_is_what_the_tutorials_class_does():
    neuron = NeuralNetwork(0.1, rng=generator(4))
    network = tutorial_neuron(neuron.weights, neuron.bias)
    for row, target in (([3, 1.5], 0), ([2, 1], 1), ([3, 4], 1)):
        neuron._update_parameters(*neuron._compute_gradients(row, target))
        network = trace_update(network, row, target, learning_rate=0.1).updated
        np.testing.assert_allclose(network.parameters(), [*neuron.weights, neuron.bias], rtol=1e-13)


def test_a_rate_of_0_changes_nothing():
    network = tutorial_neuron()
    trace = trace_update(network, [2, 1.5], 0, learning_rate=0)
    np.testing.assert_array_equal(trace.updated.parameters(), network.parameters())
    assert trace.error_after == trace.error


def test_an_update_beyond_float64_is_a_sentence():
    network = Network((Layer([[1e100]], [0.0], "linear"), Layer([[1e100]], [0.0], "linear")))
    with pytest.raises(ValueError, match="a smaller learning_rate, or smaller inputs, would not"):
        trace_update(network, [1e100], 0, learning_rate=1e100)


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"network": None}, TypeError, "network must be a Network"),
        ({"input_vector": [1]}, ValueError, "input_vector must hold 2 numbers, but holds 1"),
        ({"input_vector": [[1, 2]]}, ValueError, "input_vector must be one list"),
        ({"input_vector": [1, np.nan]}, ValueError, "input_vector must hold finite"),
        ({"input_vector": []}, ValueError, "input_vector must hold at least one"),
        ({"target": [1, 2]}, ValueError, "target must hold 1 number, but holds 2"),
        ({"target": "one"}, TypeError, "target must hold numbers"),
        ({"target": 3, "loss": "binary_cross_entropy"}, ValueError, "y must be between 0 and 1"),
        ({"loss": "hinge"}, ValueError, "loss must be one of"),
        ({"learning_rate": -1}, ValueError, "learning_rate must be at least 0"),
        ({"learning_rate": np.inf}, ValueError, "learning_rate must be a finite number"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate must be a number"),
    ],
)
def test_what_is_refused(arguments, error, sentence):
    good = {"network": tutorial_neuron(), "input_vector": [2, 1.5], "target": 0}
    with pytest.raises(error, match=sentence):
        trace_update(**{**good, **arguments})


@pytest.mark.parametrize("z", [20.0, 36.7, 55.0, 700.0])
def test_a_sure_and_wrong_prediction_costs_as_much_as_its_weighted_sum(z):
    network = Network((Layer([[1.0]], [0.0], "sigmoid"),))
    trace = trace_update(network, [z], 0.0, loss="binary_cross_entropy", learning_rate=0.0)
    assert trace.error == trace.error_after == pytest.approx(z + np.log1p(np.exp(-z)), rel=1e-15)
    assert trace.derror_dprediction[0] == pytest.approx(1 + np.exp(z), rel=1e-12)
    (layer,) = trace.layers
    assert layer.derror_dpre_activations[0] == pytest.approx(1.0, rel=1e-8)
    product = layer.derror_dactivations * layer.dactivations_dpre_activations
    np.testing.assert_allclose(product, layer.derror_dpre_activations, rtol=1e-8)
