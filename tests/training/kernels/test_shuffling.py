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
        drop(keep, 8, 88, 0, share, np.uint64(splitmix.key_of(3, splitmix.DROPOUT, update)))
        kept.append(keep[8:88].copy())
    assert np.isnan(keep[:8]).all()
    assert np.isnan(keep[88:]).all()
    kept = np.array(kept)
    np.testing.assert_array_equal(np.unique(kept), [0.0, 1.0 / (1.0 - share)])
    deviation = np.sqrt(share * (1.0 - share) / kept.size)
    assert abs((kept == 0.0).mean() - share) < 4 * deviation
    # As often in every lane and for every unit.
    each = np.sqrt(share * (1.0 - share) / len(kept))
    assert np.abs((kept == 0.0).mean(axis=0) - share).max() < 5 * each


def test_rows_have_units_of_their_own_whichever_eight_they_are_in():
    first, second, both = np.zeros(16), np.zeros(16), np.zeros(16)
    key = np.uint64(77)
    drop(first, 0, 16, 0, 0.5, key)
    drop(second, 0, 16, 8, 0.5, key)
    drop(both, 0, 16, 8, 0.5, key)
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(second, both)
    for rows, begin in ((first, 0), (second, 8)):
        for unit in range(2):
            for lane in range(8):
                number = splitmix.numbered(77, (begin + lane) * 2 + unit + 1)
                assert (rows[unit * 8 + lane] == 0.0) == ((number >> 11) * 2.0**-53 < 0.5)
