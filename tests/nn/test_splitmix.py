"""Random numbers by their place: the published ones, and orders of which none is preferred."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.nn.splitmix import DROPOUT, GAMMA, ORDER, key_of, mixed, numbered, shuffled

SEEDS = st.integers(0, 2**32 - 1)


def test_the_numbers_are_the_published_ones():
    # The reference implementation's first five of seed 1234567.
    assert [numbered(1234567, k) for k in range(1, 6)] == [
        6457827717110365317,
        3203168211198807973,
        9817491932198370423,
        4593380528125082431,
        16408922859458223821,
    ]


def test_the_first_numbers_of_seed_0_are_the_published_ones():
    first = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F, 0xF88BB8A8724C81EC]
    assert [numbered(0, k) for k in range(1, 5)] == first


@given(st.integers(0, 2**64 - 1), st.integers(1, 10**12))
def test_a_number_is_found_by_its_place_alone(key, k):
    assert numbered(key, k) == numbered((key + (k - 1) * GAMMA) % 2**64, 1)
    assert 0 <= numbered(key, k) < 2**64


def test_every_bit_depends_on_every_bit():
    states = [numbered(9, k) for k in range(1, 201)]
    flipped = np.zeros(64)
    for bit in range(64):
        changed = [mixed(state) ^ mixed(state ^ (1 << bit)) for state in states]
        shares = [np.mean([number >> place & 1 for number in changed]) for place in range(64)]
        flipped[bit] = np.mean(shares)
        assert min(shares) > 0.25, bit
        assert max(shares) < 0.75, bit
    np.testing.assert_allclose(flipped, 0.5, atol=0.03)


@pytest.mark.parametrize("n", [2, 3, 4])
def test_no_order_is_preferred(n):
    orders = [tuple(order) for order in permutations(range(n))]
    counts = dict.fromkeys(orders, 0)
    times = 500 * len(orders)
    for epoch in range(times):
        counts[tuple(shuffled(n, key_of(7, ORDER, epoch)))] += 1
    chi_square = sum((count - 500) ** 2 / 500 for count in counts.values())
    # Of a fair shuffle it exceeds its mean by four of its deviations once in 10,000 seeds.
    freedom = len(orders) - 1
    assert chi_square < freedom + 4 * np.sqrt(2 * freedom)
    # One that is too even would be no chance either.
    assert chi_square > freedom * 0.02


def test_seeds_next_to_each_other_have_orders_of_their_own():
    firsts = [shuffled(10, key_of(seed, ORDER, 0))[0] for seed in range(2_000)]
    counts = np.bincount(firsts, minlength=10)
    assert ((counts - 200) ** 2 / 200).sum() < 9 + 4 * np.sqrt(18)


@given(SEEDS, st.integers(0, 10**6), st.integers(0, 60))
def test_every_row_comes_once_and_equal_seeds_give_equal_orders(seed, epoch, n):
    order = shuffled(n, key_of(seed, ORDER, epoch))
    assert sorted(order) == list(range(n))
    assert order == shuffled(n, key_of(seed, ORDER, epoch))


@given(SEEDS, st.integers(0, 10**6))
def test_another_epoch_seed_or_stream_is_another_order(seed, epoch):
    order = shuffled(40, key_of(seed, ORDER, epoch))
    assert order != shuffled(40, key_of(seed, ORDER, epoch + 1))
    assert order != shuffled(40, key_of(seed ^ 1, ORDER, epoch))
    assert order != shuffled(40, key_of(seed, DROPOUT, epoch))


@pytest.mark.parametrize("seed", [-1, 2**32, 1.5, "1"])
def test_what_is_no_seed_is_refused(seed):
    with pytest.raises((TypeError, ValueError), match="seed"):
        key_of(seed, ORDER, 0)
