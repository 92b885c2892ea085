"""What chance decides: the tutorial's numbers for the neuron, the order of the rows."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.training.initial_state import picks, start
from nnviz.training.run_config import RunConfig


def config(**choices):
    return RunConfig.from_dataset(eight_rows(), **choices)


@pytest.mark.parametrize("features", [(), ("sin x1",), ("sin x1", "x1^2")])
def test_the_neuron_follows_np_random_seed(features):
    n_inputs = 2 + len(features)
    stream = np.random.RandomState(7)
    parameters = [stream.randn() for _ in range(n_inputs + 1)]
    rows = [stream.randint(8) for _ in range(500)]
    chosen = config(seed=7, steps=500, features=features)
    np.testing.assert_array_equal(start(chosen).parameters(), parameters)
    np.testing.assert_array_equal(picks(chosen), rows)


def test_rows_drawn_in_blocks_are_those_drawn_one_by_one():
    stream = np.random.RandomState(3)
    stream.standard_normal(3)
    rows = [stream.randint(5) for _ in range(70_000)]
    data = RunConfig(rows=np.ones((5, 2)), targets=np.ones(5), seed=3, steps=70_000)
    np.testing.assert_array_equal(picks(data), rows)


def test_a_hidden_layer_sees_the_same_rows():
    np.testing.assert_array_equal(picks(config(hidden=((4, "tanh"),))), picks(config()))


def test_shuffled_is_every_row_once_per_epoch_in_a_new_order():
    epochs = picks(config(order="shuffled", steps=803))[:800].reshape(100, 8)
    np.testing.assert_array_equal(np.sort(epochs, axis=1), np.tile(np.arange(8), (100, 1)))
    assert len(np.unique(epochs, axis=0)) > 90


def test_in_turn_is_the_rows_as_they_stand():
    np.testing.assert_array_equal(picks(config(order="in turn", steps=19)), np.arange(19) % 8)


@pytest.mark.parametrize("order", ["random", "shuffled"])
def test_the_seed_decides(order):
    first, again, other = (picks(config(order=order, seed=seed)) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_the_network_starts_from_its_own_choices():
    chosen = config(hidden=((4, "tanh"),), output_activation="linear", seed=1)
    assert start(chosen).sizes == (2, 4, 1)
    assert [layer.activation for layer in start(chosen).layers] == ["tanh", "linear"]
    assert start(config(output_activation="linear")).layers[0].activation == "linear"
    other = config(hidden=((4, "tanh"),), output_activation="linear", seed=2)
    assert (start(chosen).parameters() != start(other).parameters()).any()
