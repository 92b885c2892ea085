"""Linear regression: the error by hand, its gradient, and least squares against NumPy's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import (
    gradient,
    least_squares,
    mean_squared_error,
    predictions,
)


def oracle(X, y):
    """Return weights and bias of NumPy's own least squares."""
    found = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)[0]
    return found[:-1], found[-1]


def random_rows(seed, n_rows=25, n_columns=2):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(n_rows, n_columns)) * rng.uniform(0.1, 100, n_columns)
    X += rng.normal(size=n_columns) * 10
    return X, X @ rng.normal(size=n_columns) + rng.normal(size=n_rows) + rng.normal() * 50


def test_a_case_worked_by_hand():
    # Two houses with weights 2 and -1, bias 10: 2 · 3 - 1 · 4 + 10 = 12, and 2 · 5 - 0 + 10 = 20.
    X, y = [[3, 4], [5, 0]], [10, 23]
    assert predictions(X, [2, -1], 10).tolist() == [12, 20]
    # Misses 2 and -3: (4 + 9) / 2.
    assert mean_squared_error(X, y, [2, -1], 10) == 6.5
    # 2 / 2 · (2 · 3 - 3 · 5), 2 / 2 · (2 · 4 - 3 · 0), 2 / 2 · (2 - 3).
    assert gradient(X, y, [2, -1], 10).tolist() == [-9, 8, -1]


def test_a_plane_through_all_rows_is_found_exactly():
    X = np.array([[1.0, 0], [0, 1], [2, 2], [3, 1]])
    found = least_squares(X, X @ [4, -7] + 3)
    np.testing.assert_allclose(found.weights, [4, -7], rtol=1e-13)
    assert found.bias == pytest.approx(3, rel=1e-12)
    assert found.error == pytest.approx(0, abs=1e-24)
    assert found.is_only


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("n_columns", [1, 2, 5])
def test_least_squares_is_that_of_numpy(seed, n_columns):
    X, y = random_rows(seed, n_columns=n_columns)
    found = least_squares(X, y)
    weights, bias = oracle(X, y)
    np.testing.assert_allclose(found.weights, weights, rtol=1e-9, atol=1e-9 * abs(weights).max())
    assert found.bias == pytest.approx(bias, rel=1e-9, abs=1e-9 * np.abs(y).max())
    assert found.error == pytest.approx(mean_squared_error(X, y, weights, bias), rel=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_least_squares_of_houses_is_that_of_numpy(seed):
    sample = houses(20, 30.0, seed)
    found = least_squares(sample.X, sample.y)
    weights, bias = oracle(sample.X, sample.y)
    np.testing.assert_allclose(found.weights, weights, rtol=1e-9)
    assert found.bias == pytest.approx(bias, rel=1e-9)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.floats(1e-4, 1e4), st.floats(1e-4, 1e4))
def test_units_change_the_weights_and_not_the_plane(seed, first, second):
    X, y = random_rows(seed)
    found, scaled = least_squares(X, y), least_squares(X * [first, second], y)
    np.testing.assert_allclose(scaled.weights * [first, second], found.weights, rtol=1e-9)
    assert scaled.error == pytest.approx(found.error, rel=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_the_gradient_is_the_slope(seed):
    X, y = random_rows(seed)
    place = np.random.default_rng(seed + 100).normal(size=3)

    def error(at):
        return mean_squared_error(X, y, at[:2], at[2])

    width = 1e-4
    slopes = [
        (error(place + width * one) - error(place - width * one)) / (2 * width) for one in np.eye(3)
    ]
    np.testing.assert_allclose(gradient(X, y, place[:2], place[2]), slopes, rtol=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_no_slope_is_left_at_least_squares(seed):
    X, y = random_rows(seed)
    found = least_squares(X, y)
    at_start = np.abs(gradient(X, y, np.zeros(2), 0.0))
    left = np.abs(gradient(X, y, found.weights, found.bias))
    assert (left < 1e-10 * at_start.max()).all()


@pytest.mark.parametrize("factor", [1.0, -2.5, 1e6, 1e-6])
def test_columns_that_move_together_share_the_weight(factor):
    X, y = random_rows(4, n_columns=1)
    together = np.column_stack([X, factor * X + 7])
    found = least_squares(together, y)
    assert found.rank == 1
    assert not found.is_only
    assert found.constant == ()
    # As good as the one column alone, and of all such planes the shortest in standardised columns.
    assert found.error == pytest.approx(least_squares(X, y).error, rel=1e-9)
    standard = (together - together.mean(axis=0)) / together.std(axis=0)
    shortest = np.linalg.lstsq(standard, y - y.mean(), rcond=1e-8)[0]
    np.testing.assert_allclose(found.weights * together.std(axis=0), shortest, rtol=1e-7)


def test_of_three_columns_one_may_be_the_sum_of_the_others():
    X, y = random_rows(8)
    found = least_squares(np.column_stack([X, X.sum(axis=1)]), y)
    assert found.rank == 2
    assert found.error == pytest.approx(least_squares(X, y).error, rel=1e-9)


def test_a_constant_column_tells_nothing():
    X, y = random_rows(5, n_columns=1)
    for value in (0.0, 0.1, 1e9):
        found = least_squares(np.column_stack([np.full(len(X), value), X]), y)
        alone = least_squares(X, y)
        assert found.constant == (0,)
        assert found.rank == 1
        np.testing.assert_allclose(found.weights, [0, alone.weights[0]], rtol=1e-12)
        assert found.bias == pytest.approx(alone.bias, rel=1e-12)


def test_one_row_and_equal_rows_have_a_flat_plane():
    for X, y in (([[3.0, 4.0]], [9.0]), ([[3.0, 4.0]] * 3, [8.0, 9.0, 10.0])):
        found = least_squares(X, y)
        assert found.weights.tolist() == [0, 0]
        assert found.bias == 9.0
        assert found.rank == 0


def test_two_rows_leave_a_choice():
    found = least_squares([[0.0, 0.0], [1.0, 1.0]], [1.0, 3.0])
    assert found.rank == 1
    np.testing.assert_allclose(found.weights, [1, 1], rtol=1e-12)
    assert found.error == pytest.approx(0, abs=1e-25)


def test_what_is_no_number_is_refused():
    with pytest.raises(ValueError, match="finite"):
        least_squares([[1.0, np.nan]], [1.0])
    with pytest.raises(ValueError, match="2 numbers"):
        least_squares([[1.0, 2.0], [2.0, 1.0]], [1.0])
