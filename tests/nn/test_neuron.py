"""The tutorial's class: golden runs, and every way the tutorial uses it."""

import copy
import inspect
import pickle

import numpy as np
import pytest

from nnviz import NeuralNetwork
from nnviz.data.tutorial import eight_rows
from nnviz.nn.rng import generator, tutorial_stream

GOLDEN = {
    0: (
        [1.764052345967664, 0.4001572083672233],
        0.9787379841057392,
        [0.038721835417866654, 0.3940516574012937],
        -1.047616961708107,
        (3.91540221569696, 2.250071380272835, 1.8872448514961768),
    ),
    1: (
        [1.6243453636632417, -0.6117564136500754],
        -0.5281717522634557,
        [0.3284757954014424, 0.4872859458287276],
        -0.9331755877807694,
        (3.328290993939036, 2.167606201350765, 1.8881209512356198),
    ),
    42: (
        [0.4967141530112327, -0.13826430117118466],
        0.6476885381006925,
        [0.1282886153411203, 0.4660309162638893],
        -0.947696525666605,
        (3.0675177766240234, 1.9038661901637803, 1.884571732907905),
    ),
}


def tutorial_neuron():
    network = NeuralNetwork(0.1, rng=generator(0))
    network.weights, network.bias = np.array([1.45, -0.66]), 0.0
    return network


@pytest.mark.parametrize("seed", GOLDEN)
def test_golden_runs(seed):
    start_weights, start_bias, end_weights, end_bias, (first, last, lowest) = GOLDEN[seed]
    np.random.seed(seed)  # the tutorial's call
    network = NeuralNetwork(0.1)
    np.testing.assert_allclose(network.weights, start_weights, rtol=1e-9)
    np.testing.assert_allclose(network.bias, start_bias, rtol=1e-9)
    errors = network.train(eight_rows().X, eight_rows().y, 10000)
    assert isinstance(errors, list)
    assert len(errors) == 100
    np.testing.assert_allclose(network.weights, end_weights, rtol=1e-9)
    np.testing.assert_allclose(network.bias, end_bias, rtol=1e-9)
    np.testing.assert_allclose((errors[0], errors[-1], min(errors)), (first, last, lowest), 1e-9)
    # A stream of one's own draws the same start and the same rows.
    own = NeuralNetwork(0.1, rng=tutorial_stream(seed))
    np.testing.assert_allclose(own.weights, start_weights, rtol=1e-9)
    assert own.train(eight_rows().X, eight_rows().y, 1000) == errors[:10]


def test_the_names_and_the_order_of_the_arguments():
    network = NeuralNetwork(0.1)
    assert network.learning_rate == 0.1
    assert network.weights.shape == (2,)
    assert np.ndim(network.bias) == 0
    assert list(inspect.signature(network.predict).parameters) == ["input_vector"]
    assert list(inspect.signature(network._compute_gradients).parameters) == [
        "input_vector",
        "target",
    ]
    assert list(inspect.signature(network._update_parameters).parameters) == [
        "derror_dbias",
        "derror_dweights",
    ]
    assert list(inspect.signature(network.train).parameters) == [
        "input_vectors",
        "targets",
        "iterations",
    ]


def test_predictions_and_sigmoid():
    network = tutorial_neuron()
    np.testing.assert_allclose(network.predict([1.66, 1.56]), 0.7985731042296965, rtol=1e-9)
    assert np.ndim(network.predict(np.array([2, 1.5]))) == 0
    np.testing.assert_allclose(
        network.predict([[1.66, 1.56], [2, 1.5]]), [0.7985731042296965, 0.8710191478537642]
    )
    assert network._sigmoid(0) == 0.5
    assert network._sigmoid_deriv(0) == 0.25
    np.testing.assert_allclose(network._sigmoid_deriv(1.91), 0.11234479192586665, rtol=1e-9)


def test_gradients_come_bias_first_and_agree_with_central_differences():
    network = tutorial_neuron()
    derror_dbias, derror_dweights = network._compute_gradients([2, 1.5], 0)
    np.testing.assert_allclose(derror_dbias, 0.19570892985815364, rtol=1e-9)
    np.testing.assert_allclose(
        derror_dweights, [0.39141785971630727, 0.2935633947872305], rtol=1e-9
    )

    def error(weights, bias):
        moved = tutorial_neuron()
        moved.weights, moved.bias = np.array(weights), bias
        return moved.predict([2, 1.5]) ** 2

    step = 1e-5
    up, down = error([1.45, -0.66], step), error([1.45, -0.66], -step)
    np.testing.assert_allclose(derror_dbias, (up - down) / (2 * step), rtol=1e-7)
    up, down = error([1.45 + step, -0.66], 0), error([1.45 - step, -0.66], 0)
    np.testing.assert_allclose(derror_dweights[0], (up - down) / (2 * step), rtol=1e-7)
    up, down = error([1.45, -0.66 + step], 0), error([1.45, -0.66 - step], 0)
    np.testing.assert_allclose(derror_dweights[1], (up - down) / (2 * step), rtol=1e-7)


def test_an_update_subtracts_the_rate_times_the_gradient():
    network = tutorial_neuron()
    network._update_parameters(2.0, np.array([1.0, -3.0]))
    np.testing.assert_allclose(network.bias, -0.2)
    np.testing.assert_allclose(network.weights, [1.35, -0.36])


def test_weights_may_be_replaced_by_a_list_and_the_rate_by_another():
    network = NeuralNetwork(0.1, rng=generator(0))
    network.weights, network.bias, network.learning_rate = [1.45, -0.66], 0, 1.0
    network._update_parameters(*network._compute_gradients([2, 1.5], 0))
    np.testing.assert_allclose(network.predict([2, 1.5]) ** 2, 0.3848563884, rtol=1e-9)


def test_any_number_of_inputs():
    data = eight_rows()
    wide = np.column_stack([data.X, np.sin(data.X[:, 0])])
    network = NeuralNetwork(0.1, 3, rng=tutorial_stream(0))
    assert network.weights.shape == (3,)
    # The one feature that makes the rows separable.
    assert network.train(wide, data.y, 10_000)[-1] < 1
    assert NeuralNetwork(0.1, n_inputs=1).predict([2.0]).shape == ()


def test_a_generator_makes_runs_repeatable_and_leaves_the_global_stream_alone():
    data = eight_rows()
    np.random.seed(5)  # the tutorial's call
    expected = np.random.randn()
    np.random.seed(5)
    runs = [NeuralNetwork(0.1, rng=generator(3)).train(data.X, data.y, 500) for _ in range(2)]
    assert runs[0] == runs[1]
    assert len(runs[0]) == 5
    assert np.random.randn() == expected


def test_train_may_go_on_and_may_do_nothing():
    data = eight_rows()
    whole = NeuralNetwork(0.1, rng=tutorial_stream(0))
    halves = NeuralNetwork(0.1, rng=tutorial_stream(0))
    errors = whole.train(data.X, data.y, 200)
    assert errors == halves.train(data.X, data.y, 100) + halves.train(data.X, data.y, 100)
    assert whole.train(data.X, data.y, 0) == []


def test_copies_and_pickles_predict_the_same():
    network = NeuralNetwork(0.1)
    for other in (copy.deepcopy(network), pickle.loads(pickle.dumps(network))):
        assert other.predict([1, 2]) == network.predict([1, 2])


def test_saturated_without_a_warning():
    network = NeuralNetwork(1e100, rng=generator(0))
    errors = network.train([[1e100, -1e100], [1.0, 1.0]], [0, 1], 101)
    assert np.isfinite(errors).all()


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (("0.1",), TypeError, "learning_rate must be a number, not '0.1'"),
        ((np.nan,), ValueError, "learning_rate must be a finite number"),
        ((-1,), ValueError, "learning_rate must be at least 0"),
        ((0.1, 0), ValueError, "n_inputs must be between 1 and 100,000"),
        ((0.1, 10**12), ValueError, "n_inputs must be between 1 and 100,000"),
        ((0.1, 2.0), TypeError, "n_inputs must be a whole number"),
    ],
)
def test_what_the_constructor_refuses(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        NeuralNetwork(*arguments)


def test_a_seed_is_no_rng():
    with pytest.raises(TypeError, match="rng must be a stream such as"):
        NeuralNetwork(0.1, rng=42)


@pytest.mark.parametrize(
    ("input_vector", "error", "sentence"),
    [
        ([1], ValueError, "input_vector must hold 2 numbers, but holds 1"),
        ([[1]], ValueError, "input_vector must have 2 columns, but has 1"),
        ([1, np.inf], ValueError, "input_vector must hold finite numbers only, but holds inf"),
        ([], ValueError, "input_vector must hold at least one number"),
        ("ab", TypeError, "input_vector must hold numbers"),
        ([1, 1e200], ValueError, "input_vector must hold numbers of at most"),
    ],
)
def test_what_predict_refuses(input_vector, error, sentence):
    with pytest.raises(error, match=sentence):
        NeuralNetwork(0.1).predict(input_vector)


@pytest.mark.parametrize(
    ("input_vectors", "targets", "iterations", "error", "sentence"),
    [
        ([[1, 2]], [1, 0], 1, ValueError, "targets must hold 1 number, but holds 2"),
        ([1, 2], [1], 1, ValueError, "input_vectors must be a table"),
        ([[1, 2, 3]], [1], 1, ValueError, "input_vectors must have 2 columns, but has 3"),
        ([], [], 1, ValueError, "input_vectors must be a table"),
        ([[1, 2]], [np.nan], 1, ValueError, "targets must hold finite numbers"),
        ([[1, 2]], [1], -1, ValueError, "iterations must be between 0 and"),
        ([[1, 2]], [1], 10**12, ValueError, "iterations must be between 0 and"),
        ([[1, 2]], [1], 1.5, TypeError, "iterations must be a whole number"),
    ],
)
def test_what_train_refuses(input_vectors, targets, iterations, error, sentence):
    with pytest.raises(error, match=sentence):
        NeuralNetwork(0.1).train(input_vectors, targets, iterations)


def test_a_target_is_one_number():
    with pytest.raises(TypeError, match="target must be a number, not 'yes'"):
        NeuralNetwork(0.1)._compute_gradients([1, 2], "yes")
