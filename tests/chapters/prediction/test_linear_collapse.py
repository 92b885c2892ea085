"""Folding: linear layers are one layer, on every row; with an activation between they are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.prediction.linear_collapse import (
    Collapse,
    SwitchedUnit,
    collapse_layers,
    compare,
    random_stack,
    switched_unit,
    with_activation_between,
)
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network
from nnviz.nn.rng import generator
from nnviz.training.record import record
from tests.random_networks import random_network
from tests.runs import timeline_of

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
    collapse = collapse_layers(by_hand())
    # [1, -1] . [3, 4] = -1 and [2, 1] . [3, 4] = 10; [0.5, -0.5] . [3, 4] - 1 = -1.5.
    (layer,) = collapse.collapsed.layers
    np.testing.assert_array_equal(layer.weights, [[-1.0], [10.0]])
    np.testing.assert_array_equal(layer.bias, [-1.5])
    assert layer.activation == "linear"
    assert collapse.exact
    # The row (1, 1): -1 + 10 - 1.5 = 7.5; in the stack 3 * 3.5 + 4 * -0.5 - 1 = 7.5.
    result = compare(collapse, [[1.0, 1.0], [-1.0, 2.0]])
    np.testing.assert_array_equal(result.stacked, [7.5, 19.5])
    np.testing.assert_array_equal(result.collapsed, [7.5, 19.5])
    np.testing.assert_array_equal(result.differences, [0, 0])
    assert (result.worst, result.worst_difference, result.same) == (0, 0, True)


def test_relu_between_by_hand():
    collapse = collapse_layers(by_hand("relu"))
    assert not collapse.exact
    np.testing.assert_array_equal(collapse.collapsed.layers[0].weights, [[-1.0], [10.0]])
    # On the row (1, 1) relu makes the second unit's -0.5 a 0, so 4 * 0.5 is missing below.
    result = compare(collapse, [[-1.0, 2.0], [1.0, 1.0]])
    np.testing.assert_array_equal(result.stacked, [19.5, 9.5])
    np.testing.assert_array_equal(result.collapsed, [19.5, 7.5])
    np.testing.assert_array_equal(result.differences, [0, -2])
    assert (result.worst, result.worst_difference, result.same) == (1, 2, False)


def test_where_relu_lets_everything_through_nothing_differs():
    result = compare(collapse_layers(by_hand("relu")), [[-1.0, 2.0], [0.5, 3.0]])
    assert result.same


def test_a_difference_that_rounding_cannot_make_is_one():
    network = random_stack(2, 3, "linear", "linear", seed=0)
    exact = collapse_layers(network)
    (layer,) = exact.collapsed.layers
    for change, same in ((1e-14, True), (1e-9, False)):
        moved = Network((Layer(layer.weights, layer.bias + change, "linear"),))
        result = compare(Collapse(network, moved, exact.products, exact=True), X)
        assert result.same is same


def test_the_products_go_layer_by_layer():
    network = random_network((2, 4, 3, 2, 1), ["linear"] * 3 + ["sigmoid"], seed=3)
    collapse = collapse_layers(network)
    products = collapse.products
    assert [p.weights.shape for p in products] == [(2, 4), (2, 3), (2, 2), (2, 1)]
    assert products[0] is network.layers[0]
    assert [p.activation for p in products] == ["linear"] * 3 + ["sigmoid"]
    for k, product in enumerate(products, 1):
        expected = Network(network.layers[:k]).forward(X).pre_activations[-1]
        np.testing.assert_allclose(X @ product.weights + product.bias, expected, rtol=1e-12)
    assert collapse.collapsed.layers == (products[-1],)


def test_one_layer_is_its_own_product():
    network = random_network((2, 1), ["sigmoid"], seed=0)
    collapse = collapse_layers(network)
    assert collapse.exact
    assert collapse.collapsed.layers == network.layers
    assert compare(collapse, X).worst_difference == 0


sizes = st.lists(st.integers(1, 6), min_size=1, max_size=5)
seeds = st.integers(0, 10_000)


@given(
    hidden=sizes, n_inputs=st.integers(1, 5), last=st.sampled_from(list(ACTIVATIONS)), seed=seeds
)
def test_linear_layers_are_one_layer_on_every_row(hidden, n_inputs, last, seed):
    layers = (n_inputs, *hidden, 1)
    network = random_network(layers, ["linear"] * len(hidden) + [last], seed)
    rows = generator(seed, "rows").normal(0, 10, size=(20, n_inputs))
    result = compare(collapse_layers(network), rows)
    assert collapse_layers(network).exact
    assert collapse_layers(network).collapsed.sizes == (n_inputs, 1)
    assert (np.abs(result.collapsed - result.stacked) <= 1e-12 * terms(network, rows)).all()
    assert result.same


@pytest.mark.parametrize("between", NOT_LINEAR)
@pytest.mark.parametrize("n_hidden", [1, 2, 3])
def test_with_an_activation_between_they_are_not(between, n_hidden):
    for seed in range(20):
        network = random_stack(n_hidden, 3, between, "linear", seed=seed)
        result = compare(
            collapse_layers(network), generator(seed, "rows").normal(0, 3, size=(50, 2))
        )
        assert not collapse_layers(network).exact
        assert not result.same
        assert result.worst_difference > 1e-3


def test_the_difference_of_every_row_and_the_worst_of_them():
    network = random_stack(2, 3, "tanh", "sigmoid", seed=0)
    result = compare(collapse_layers(network), X)
    np.testing.assert_array_equal(result.stacked, network.predict(X)[:, 0])
    np.testing.assert_array_equal(result.differences, result.collapsed - result.stacked)
    assert result.worst_difference == max(abs(result.differences))
    assert abs(result.differences[result.worst]) == result.worst_difference
    np.testing.assert_array_equal(result.X, X)


def test_a_trained_linear_network_of_the_tutorials_rows_collapses_to_rounding():
    # 2-4-1, linear, sigmoid at the end, 10,000 updates: rounding leaves at most 4.4e-16.
    data = eight_rows()
    timeline = timeline_of(
        rows=tuple(map(tuple, data.X.tolist())),
        targets=tuple(map(int, data.y)),
        hidden=((4, "linear"),),
        seed=0,
    )
    run = record(timeline)
    network = run.network_at(run.last_step)
    result = compare(collapse_layers(network), X)
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
    collapse = collapse_layers(by_hand())
    result = compare(collapse, X)
    for array in (
        result.X, result.stacked, result.collapsed, result.differences,
        *(p.weights for p in collapse.products), *(p.bias for p in collapse.products),
    ):  # fmt: skip
        with pytest.raises(ValueError, match="read-only"):
            array[:] = 0


def test_weights_that_are_too_large_are_refused():
    huge = Layer([[1e200]], [0.0], "linear")
    with pytest.raises(ValueError, match="small enough for their product to be finite"):
        collapse_layers(Network((huge, huge)))
    # The weights alone would fit; the bias does not.
    bias = Layer([[0.0]], [1e200], "linear")
    with pytest.raises(ValueError, match="small enough for their product to be finite"):
        collapse_layers(Network((bias, huge)))


def test_what_cannot_be_compared_is_refused():
    collapse = collapse_layers(by_hand())
    with pytest.raises(ValueError, match="X must have 2 columns, but has 3"):
        compare(collapse, np.ones((4, 3)))
    two = collapse_layers(random_network((2, 3, 2), ["linear", "linear"], seed=0))
    with pytest.raises(ValueError, match="network must have one output, but has 2"):
        compare(two, X)
    large = collapse_layers(Network((Layer([[1e300], [0.0]], [0.0], "linear"),)))
    with pytest.raises(ValueError, match="small enough for finite outputs"):
        compare(large, [[1e50, 0.0]])


def test_a_stack_needs_a_valid_seed():
    with pytest.raises(ValueError, match="seed must be between 0"):
        random_stack(2, 3, "tanh", "linear", seed=-1)


def test_the_first_unit_that_relu_turns_off_on_some_rows_only():
    hidden = Layer([[1.0, 1.0], [0.0, 0.0]], [9.0, -2.0], "linear")
    network = Network((hidden, Layer([[1.0], [1.0]], [0.0], "linear")))
    found = switched_unit(network, [[2.5, 0.0], [1.0, 0.0], [4.0, 0.0]])
    assert found == SwitchedUnit(unit=1, off=1, on=2, sum_off=-1.0, sum_on=2.0)
    assert switched_unit(network, [[3.0, 0.0], [4.0, 0.0]]) is None
