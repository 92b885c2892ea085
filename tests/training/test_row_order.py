"""Which rows updates are made with: the tutorial's numbers, and the orders that are not random."""

import numpy as np
import pytest

from nnviz.training.row_order import picked_rows
from tests.runs import plan_of, run_of


def picks(steps=10_000, **choices):
    return run_of(steps=steps, **choices).picks(0, steps)


@pytest.mark.parametrize("features", [(), ("sin x1",), ("sin x1", "x1^2")])
def test_the_neuron_follows_np_random_seed(features):
    n_inputs = 2 + len(features)
    stream = np.random.RandomState(7)
    parameters = [stream.randn() for _ in range(n_inputs + 1)]
    rows = [stream.randint(8) for _ in range(500)]
    np.testing.assert_array_equal(plan_of(seed=7, features=features).start, parameters)
    np.testing.assert_array_equal(picks(500, seed=7, features=features), rows)


def test_rows_drawn_in_blocks_are_those_drawn_one_by_one():
    stream = np.random.RandomState(3)
    stream.standard_normal(3)
    rows = [stream.randint(5) for _ in range(70_000)]
    np.testing.assert_array_equal(picked_rows("tutorial", 5, 3, 70_000, 3), rows)


def test_a_hidden_layer_sees_the_same_rows():
    np.testing.assert_array_equal(picks(hidden=((4, "tanh"),)), picks())


def test_shuffled_is_every_row_once_per_epoch_in_a_new_order():
    epochs = picks(803, order="shuffled")[:800].reshape(100, 8)
    np.testing.assert_array_equal(np.sort(epochs, axis=1), np.tile(np.arange(8), (100, 1)))
    assert len(np.unique(epochs, axis=0)) > 90


def test_in_turn_is_the_rows_as_they_stand():
    np.testing.assert_array_equal(picks(19, order="in turn"), np.arange(19) % 8)


@pytest.mark.parametrize("order", ["tutorial", "shuffled"])
def test_the_seed_decides(order):
    first, again, other = (picks(order=order, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert (first != other).any()


def test_what_is_shared_cannot_be_changed():
    with pytest.raises(ValueError, match="read-only"):
        picked_rows("tutorial", 8, 0, 100, 3)[0] = 5
