"""Held-out rows: their share of every class, nested, seeded."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.sample import Sample
from nnviz.data.split import MOST_TEST, split, split_by_number
from nnviz.data.toys import make


@st.composite
def samples(draw):
    n_classes = draw(st.integers(2, 5))
    y = draw(st.lists(st.integers(0, n_classes - 1), min_size=1, max_size=120))
    X = np.arange(2.0 * len(y)).reshape(-1, 2)
    if draw(st.booleans()):
        return Sample(X, y, classes=())
    return Sample(X, y, classes=tuple("abcde"[:n_classes]))


shares = st.floats(0, MOST_TEST)
seeds = st.integers(0, 2**32 - 1)


@given(samples(), shares, seeds)
def test_every_row_is_in_one_part_and_each_class_gives_its_share(sample, share, seed):
    parts = split(sample, share, seed)
    for rows in (parts.train, parts.test):
        assert rows.dtype == np.int64
        assert (np.diff(rows) > 0).all()
        with pytest.raises(ValueError, match="read-only"):
            rows[...] = 0
    assert sorted([*parts.train, *parts.test]) == list(range(sample.n_rows))
    assert len(parts.train) >= 1
    for k in set(sample.y) if sample.classes else [None]:
        of_class = np.ones(sample.n_rows, bool) if k is None else sample.y == k
        assert of_class[parts.train].any()
        exact = Fraction(share) * int(of_class.sum())
        assert abs(int(of_class[parts.test].sum()) - exact) <= 1


@given(samples(), shares, shares, seeds)
def test_a_larger_share_holds_out_the_same_rows_and_more(sample, one, other, seed):
    fewer, more = split(sample, min(one, other), seed), split(sample, max(one, other), seed)
    assert set(fewer.test) <= set(more.test)


@given(samples(), seeds)
def test_no_share_holds_nothing_out(sample, seed):
    assert split(sample, 0, seed).test.size == 0


@given(samples(), shares, seeds)
def test_the_same_seed_splits_alike(sample, share, seed):
    one, again = split(sample, share, seed), split(sample, share, seed)
    np.testing.assert_array_equal(one.test, again.test)
    np.testing.assert_array_equal(one.train, again.train)


@pytest.mark.parametrize("n_classes", [2, 3, 4, 5])
@pytest.mark.parametrize("share", [0.1, 0.25, 0.3, 0.5, 0.77])
def test_over_classes_of_equal_size_the_share_is_the_nearest_there_is(n_classes, share):
    for per_class in (5, 10, 33):
        sample = make("blobs", 2 * 5 * 33, 0, 1, n_classes)
        rows = np.concatenate([np.flatnonzero(sample.y == k)[:per_class] for k in range(n_classes)])
        smaller = Sample(sample.X[rows], sample.y[rows], classes=sample.classes)
        n_test = len(split(smaller, share, 3).test)
        assert abs(n_test - share * len(rows)) <= 0.5 + 1e-9


def test_every_row_is_held_out_as_often_as_the_others():
    sample = make("gauss", 20, 0, 1)
    counts = np.zeros(20)
    for seed in range(2000):
        counts[split(sample, 0.3, seed).test] += 1
    # Six of 20 each time: 600 expected of 2,000, with a deviation of about 20.
    np.testing.assert_allclose(counts, 600, atol=90)


def test_two_seeds_hold_out_different_rows():
    sample = make("gauss", 100, 0, 1)
    assert set(split(sample, 0.5, 1).test) != set(split(sample, 0.5, 2).test)


def test_a_class_of_one_row_is_learned_from():
    sample = Sample(np.zeros((5, 2)), [0, 0, 0, 0, 1])
    assert all(4 in split(sample, 0.9, seed).train for seed in range(20))


def test_a_class_without_rows_is_no_trouble():
    sample = Sample(np.zeros((4, 2)), [0, 0, 2, 2], classes=("a", "b", "c"))
    assert len(split(sample, 0.5, 0).test) == 2


def test_what_is_refused():
    sample = make("gauss", 20, 0, 1)
    with pytest.raises(ValueError, match=r"test_fraction must be between 0 and 0.9, not 0.95"):
        split(sample, 0.95, 0)
    with pytest.raises(TypeError, match="sample must be a Sample"):
        split(sample.X, 0.5, 0)
    with pytest.raises(ValueError, match="seed must be between"):
        split(sample, 0.5, -1)


@given(samples(), st.data(), seeds)
def test_a_number_of_rows_is_drawn_from_each_class_alike_and_more_of_them_are_the_same(
    sample, data, seed
):
    if sample.n_rows < 2:
        return
    n, more = sorted(data.draw(st.lists(st.integers(1, sample.n_rows - 1), min_size=2, max_size=2)))
    parts = split_by_number(sample, n, seed)
    assert len(parts.train) == n
    assert sorted([*parts.train, *parts.test]) == list(range(sample.n_rows))
    assert set(parts.train) <= set(split_by_number(sample, more, seed).train)
    for k in set(sample.y) if sample.classes else []:
        of_class = sample.y == k
        exact = Fraction(int(of_class.sum()) * n, sample.n_rows)
        assert abs(int(of_class[parts.train].sum()) - exact) <= 1
    in_order = split_by_number(sample, n, seed, "in order")
    assert in_order.train.tolist() == list(range(n))
    assert in_order.test.tolist() == list(range(n, sample.n_rows))


def test_a_small_class_gives_its_part_of_the_number_and_no_more():
    sample = Sample(np.zeros((100, 2)), np.repeat([0, 1], [90, 10]))
    for n, of_small in ((10, 1), (50, 5), (99, 10)):
        assert sample.y[split_by_number(sample, n, 4).train].sum() == of_small
