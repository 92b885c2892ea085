"""Folding: linear layers are one layer, on every row; with an activation between they are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.prediction.linear_collapse import (
    Fold,
    compare,
    fold,
    random_stack,
    with_activation_between,
)
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network
from nnviz.nn.rng import generator
from nnviz.training.run import record
from nnviz.training.run_config import RunConfig
from tests.random_networks import random_network

X = eight_rows().X
NOT_LINEAR = [name for name in ACTIVATIONS if name != "linear"]


def by_hand(between="linear", last="linear"):
    return Network(
        (
            Layer([[1.0, -1.0], [2.0, 1.0]], [0.5, -0.5], between),
            Layer([[3.0], [4.0]], [-1.0], last),
        )
    )


def terms(network, rows):
    """The sizes of everything that is added up, the scale of what rounding can do."""
    total = np.abs(rows)
    for layer in network.layers:
        total = total @ np.abs(layer.weights) + np.abs(layer.bias)
    return total[:, 0]


def test_two_layers_by_hand():
    folded = fold(by_hand())
    # [1, -1] . [3, 4] = -1 and [2, 1] . [3, 4] = 10; [0.5, -0.5] . [3, 4] - 1 = -1.5.
    (layer,) = folded.folded.layers
    np.testing.assert_array_equal(layer.weights, [[-1.0], [10.0]])
    np.testing.assert_array_equal(layer.bias, [-1.5])
    assert layer.activation == "linear"
    assert folded.exact
    # The row (1, 1): -1 + 10 - 1.5 = 7.5; in the stack 3 * 3.5 + 4 * -0.5 - 1 = 7.5.
    result = compare(folded, [[1.0, 1.0], [-1.0, 2.0]])
    np.testing.assert_array_equal(result.stacked, [7.5, 19.5])
    np.testing.assert_array_equal(result.folded, [7.5, 19.5])
    np.testing.assert_array_equal(result.differences, [0, 0])
    assert (result.worst, result.worst_difference, result.same) == (0, 0, True)


def test_relu_between_by_hand():
    folded = fold(by_hand("relu"))
    assert not folded.exact
    np.testing.assert_array_equal(folded.folded.layers[0].weights, [[-1.0], [10.0]])
    # On the row (1, 1) relu makes the second unit's -0.5 a 0, so 4 * 0.5 is missing below.
    result = compare(folded, [[-1.0, 2.0], [1.0, 1.0]])
    np.testing.assert_array_equal(result.stacked, [19.5, 9.5])
    np.testing.assert_array_equal(result.folded, [19.5, 7.5])
    np.testing.assert_array_equal(result.differences, [0, -2])
    assert (result.worst, result.worst_difference, result.same) == (1, 2, False)


def test_where_relu_lets_everything_through_nothing_differs():
    result = compare(fold(by_hand("relu")), [[-1.0, 2.0], [0.5, 3.0]])
    assert result.same


def test_a_difference_that_rounding_cannot_make_is_one():
    network = random_stack(2, 3, "linear", "linear", seed=0)
    exact = fold(network)
    (layer,) = exact.folded.layers
    for change, same in ((1e-14, True), (1e-9, False)):
        moved = Network((Layer(layer.weights, layer.bias + change, "linear"),))
        result = compare(Fold(network, moved, exact.products, exact=True), X)
        assert result.same is same


def test_the_products_go_layer_by_layer():
    network = random_network((2, 4, 3, 2, 1), ["linear"] * 3 + ["sigmoid"], seed=3)
    folded = fold(network)
    products = folded.products
    assert [p.weights.shape for p in products] == [(2, 4), (2, 3), (2, 2), (2, 1)]
    assert products[0] is network.layers[0]
    assert [p.activation for p in products] == ["linear"] * 3 + ["sigmoid"]
    for k, product in enumerate(products, 1):
        expected = Network(network.layers[:k]).forward(X).pre_activations[-1]
        np.testing.assert_allclose(X @ product.weights + product.bias, expected, rtol=1e-12)
    assert folded.folded.layers == (products[-1],)


def test_one_layer_is_its_own_fold():
    network = random_network((2, 1), ["sigmoid"], seed=0)
    folded = fold(network)
    assert folded.exact
    assert folded.folded.layers == network.layers
    assert compare(folded, X).worst_difference == 0


sizes = st.lists(st.integers(1, 6), min_size=1, max_size=5)
seeds = st.integers(0, 10_000)


@given(
    hidden=sizes, n_inputs=st.integers(1, 5), last=st.sampled_from(list(ACTIVATIONS)), seed=seeds
)
def test_linear_layers_are_one_layer_on_every_row(hidden, n_inputs, last, seed):
    layers = (n_inputs, *hidden, 1)
    network = random_network(layers, ["linear"] * len(hidden) + [last], seed)
    rows = generator(seed, "rows").normal(0, 10, size=(20, n_inputs))
    result = compare(fold(network), rows)
    assert fold(network).exact
    assert fold(network).folded.sizes == (n_inputs, 1)
    assert (np.abs(result.folded - result.stacked) <= 1e-12 * terms(network, rows)).all()
    assert result.same


@pytest.mark.parametrize("between", NOT_LINEAR)
@pytest.mark.parametrize("n_hidden", [1, 2, 3])
def test_with_an_activation_between_they_are_not(between, n_hidden):
    for seed in range(20):
        network = random_stack(n_hidden, 3, between, "linear", seed=seed)
        result = compare(fold(network), generator(seed, "rows").normal(0, 3, size=(50, 2)))
        assert not fold(network).exact
        assert not result.same
        assert result.worst_difference > 1e-3


def test_the_difference_of_every_row_and_the_worst_of_them():
    network = random_stack(2, 3, "tanh", "sigmoid", seed=0)
    result = compare(fold(network), X)
    np.testing.assert_array_equal(result.stacked, network.predict(X)[:, 0])
    np.testing.assert_array_equal(result.differences, result.folded - result.stacked)
    assert result.worst_difference == max(abs(result.differences))
    assert abs(result.differences[result.worst]) == result.worst_difference
    np.testing.assert_array_equal(result.X, X)


def test_a_trained_linear_network_of_the_tutorials_rows_folds_as_the_facts_say():
    # 2-4-1, linear, sigmoid at the end, 10,000 updates: rounding leaves at most 4.4e-16.
    data = eight_rows()
    config = RunConfig(
        rows=tuple(map(tuple, data.X.tolist())),
        targets=tuple(map(int, data.y)),
        hidden=((4, "linear"),),
        seed=0,
    )
    run = record(config)
    network = run.network_at(run.last_step)
    result = compare(fold(network), X)
    assert result.same
    assert result.worst_difference <= 4.5e-16


@pytest.mark.parametrize("n_hidden", [1, 2, 3])
@pytest.mark.parametrize("n_units", [1, 2, 3, 4])
def test_a_random_stack(n_hidden, n_units):
    network = random_stack(n_hidden, n_units, "tanh", "sigmoid", seed=5)
    assert network.sizes == (2, *[n_units] * n_hidden, 1)
    assert [la.activation for la in network.layers] == ["tanh"] * n_hidden + ["sigmoid"]
    assert all((la.bias != 0).all() and (abs(la.bias) <= 1).all() for la in network.layers)
    other = random_stack(n_hidden, n_units, "relu", "linear", seed=5)
    np.testing.assert_array_equal(network.parameters(), other.parameters())
    another = random_stack(n_hidden, n_units, "tanh", "sigmoid", seed=6)
    assert (network.parameters() != another.parameters()).all()


def test_another_activation_between_leaves_the_numbers_and_the_last_layer():
    network = random_stack(2, 3, "linear", "sigmoid", seed=1)
    bent = with_activation_between(network, "tanh")
    np.testing.assert_array_equal(bent.parameters(), network.parameters())
    assert [layer.activation for layer in bent.layers] == ["tanh", "tanh", "sigmoid"]


def test_results_cannot_be_changed():
    folded = fold(by_hand())
    result = compare(folded, X)
    for array in (
        result.X, result.stacked, result.folded, result.differences,
        *(p.weights for p in folded.products), *(p.bias for p in folded.products),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0


def test_what_cannot_be_folded_is_refused():
    with pytest.raises(TypeError, match="network must be a Network, not 3"):
        fold(3)
    huge = Layer([[1e200]], [0.0], "linear")
    with pytest.raises(ValueError, match="small enough for their product to be finite"):
        fold(Network((huge, huge)))
    # The weights alone would fit; the bias does not.
    bias = Layer([[0.0]], [1e200], "linear")
    with pytest.raises(ValueError, match="small enough for their product to be finite"):
        fold(Network((bias, huge)))


def test_what_cannot_be_compared_is_refused():
    folded = fold(by_hand())
    with pytest.raises(TypeError, match="fold must be a Fold"):
        compare(by_hand(), X)
    with pytest.raises(ValueError, match="X must have 2 columns, but has 3"):
        compare(folded, np.ones((4, 3)))
    two = fold(random_network((2, 3, 2), ["linear", "linear"], seed=0))
    with pytest.raises(ValueError, match="network must have one output, but has 2"):
        compare(two, X)
    large = fold(Network((Layer([[1e300], [0.0]], [0.0], "linear"),)))
    with pytest.raises(ValueError, match="small enough for finite outputs"):
        compare(large, [[1e50, 0.0]])


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ((0, 3, "tanh", "linear"), ValueError, "n_hidden must be between 1 and 8, not 0"),
        ((2, 0, "tanh", "linear"), ValueError, "n_units must be between 1 and 64, not 0"),
        ((2, 2.5, "tanh", "linear"), TypeError, "n_units must be a whole number"),
        ((2, 3, "step", "linear"), ValueError, "between must be one of sigmoid, tanh"),
        ((2, 3, "tanh", None), TypeError, "last must be one of sigmoid, tanh"),
    ],
)
def test_what_no_stack_can_be_made_of(arguments, error, sentence):
    with pytest.raises(error, match=sentence):
        random_stack(*arguments, seed=0)


def test_neither_without_a_seed_nor_of_anything_but_a_network():
    with pytest.raises(ValueError, match="seed must be between 0"):
        random_stack(2, 3, "tanh", "linear", seed=-1)
    with pytest.raises(TypeError, match="network must be a Network"):
        with_activation_between(None, "tanh")
