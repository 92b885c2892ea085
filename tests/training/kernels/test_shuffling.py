"""The streams of the compiled updates are those of `splitmix`, number by number."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numba import njit

from nnviz.nn import splitmix
from nnviz.training.kernels import shuffling

SEEDS = st.integers(0, 2**32 - 1)

key_of = njit(shuffling.key_of)
shuffle = njit(shuffling.shuffle)
drop = njit(error_model="numpy")(shuffling.drop)
shuffle_epochs = njit(shuffling.shuffle_epochs)


@given(SEEDS, st.sampled_from([splitmix.ORDER, splitmix.DROPOUT]), st.integers(0, 10**6))
def test_keys_are_the_same(seed, stream, index):
    key = key_of(np.uint64(seed), np.uint64(stream), index)
    assert int(key) == splitmix.key_of(seed, stream, index)


@given(st.integers(0, 2**64 - 1), st.integers(1, 300))
def test_orders_are_the_same(key, n):
    order = np.full(n, -1)
    shuffle(order, np.uint64(key))
    assert order.tolist() == splitmix.shuffled(n, key)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_share_of_units_is_left_out_and_the_rest_makes_up_for_it(share):
    keep = np.full(8 * 12, np.nan)
    kept = []
    for update in range(400):
        drop(keep, 1, 11, 0, 8, share, np.uint64(splitmix.key_of(3, splitmix.DROPOUT, update)))
        kept.append(keep[8:88].copy())
    assert np.isnan(keep[:8]).all()
    assert np.isnan(keep[88:]).all()
    kept = np.array(kept)
    np.testing.assert_array_equal(np.unique(kept), [0.0, 1.0 / (1.0 - share)])
    deviation = np.sqrt(share * (1.0 - share) / kept.size)
    assert abs((kept == 0.0).mean() - share) < 4 * deviation
    # As often in every row and for every unit.
    each = np.sqrt(share * (1.0 - share) / len(kept))
    assert np.abs((kept == 0.0).mean(axis=0) - share).max() < 5 * each


def test_rows_have_units_of_their_own_whichever_chunk_they_are_in():
    first, second, both = np.zeros(16), np.zeros(16), np.zeros(32)
    key = np.uint64(77)
    drop(first, 0, 2, 0, 8, 0.5, key)
    drop(second, 0, 2, 8, 8, 0.5, key)
    drop(both, 0, 2, 0, 16, 0.5, key)
    assert not np.array_equal(first, second)
    together = np.concatenate([first.reshape(2, 8), second.reshape(2, 8)], axis=1)
    np.testing.assert_array_equal(together, both.reshape(2, 16))
    for rows, begin in ((first, 0), (second, 8)):
        for unit in range(2):
            for row in range(8):
                number = splitmix.numbered(77, (begin + row) * 2 + unit + 1)
                assert (rows[unit * 8 + row] == 0.0) == ((number >> 11) * 2.0**-53 < 0.5)


@given(SEEDS, st.integers(0, 1000), st.integers(1, 5), st.integers(1, 40))
def test_epochs_are_shuffled_one_after_the_other(seed, first, n_epochs, n_rows):
    orders = np.zeros((n_epochs, n_rows), dtype=np.int32)
    shuffle_epochs(np.uint64(seed), first, orders)
    for epoch, order in enumerate(orders, first):
        key = splitmix.key_of(seed, splitmix.ORDER, epoch)
        assert order.tolist() == splitmix.shuffled(n_rows, key)
