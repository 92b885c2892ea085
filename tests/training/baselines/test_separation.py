"""The best straight line, against a look at every set of rows."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from nnviz.data.tutorial import eight_rows
from nnviz.nn.inputs import engineer
from nnviz.training.baselines.separation import best_line, separating_line, whitened

DATA = eight_rows()


def separable(X, y):
    """Ask a linear program of another form: any weights with a margin of 1 at least."""
    X, signs = np.asarray(X, dtype=float), 2.0 * np.asarray(y) - 1.0
    sides = np.column_stack([X, np.ones(len(X))]) * signs[:, None]
    free = [(None, None)] * sides.shape[1]
    no_cost, margin = np.zeros(len(free)), -np.ones(len(X))
    return linprog(no_cost, A_ub=-sides, b_ub=margin, bounds=free).status == 0


def check(line, X, y):
    """The line must have exactly the rows on the wrong side that it says."""
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    right = ((X @ line.weights + line.bias) * (2 * y - 1)) > 0
    wrong = set(line.wrong_rows)
    assert line.n_correct == len(y) - len(wrong)
    assert right[[i for i in range(len(y)) if i not in wrong]].all()


def test_the_eight_rows():
    line = best_line(DATA.X, DATA.y)
    assert line.n_correct == 6
    assert line.wrong_rows in {(3, 4), (1, 5), (6, 7)}
    check(line, DATA.X, DATA.y)


@pytest.mark.parametrize(
    ("feature", "n_correct"),
    [("sin x1", 8), ("sin x2", 7), ("x1^2", 7), ("x2^2", 7), ("x1*x2", 7)],
)
def test_only_sin_x1_frees_the_eight_rows(feature, n_correct):
    X = engineer(DATA.X, ("x1", "x2", feature))
    line = best_line(X, DATA.y)
    assert (line.n_correct == 8) == separable(X, DATA.y) == (feature == "sin x1")
    assert line.n_correct <= n_correct
    check(line, X, DATA.y)


points = st.integers(1, 3).flatmap(
    lambda n: st.lists(
        st.tuples(st.tuples(*[st.integers(0, 3)] * n), st.integers(0, 1)), min_size=1, max_size=7
    )
)


@given(points)
@settings(max_examples=60)
def test_no_line_does_better(rows):
    X, y = np.array([row for row, _ in rows]), np.array([target for _, target in rows])
    line = best_line(X, y)
    check(line, X, y)
    if line.n_correct < len(y):
        for kept in combinations(range(len(y)), line.n_correct + 1):
            assert not separable(X[list(kept)], y[list(kept)])


@pytest.mark.parametrize(
    ("X", "y", "n_correct"),
    [
        ([[0, 0]], [1], 1),
        ([[0, 0], [1, 1]], [0, 0], 2),
        ([[2, 3], [2, 3], [2, 3]], [0, 1, 1], 2),
        ([[0, 0], [0, 0], [1, 0], [0, 1]], [0, 1, 0, 1], 3),
        ([[0, 0], [1, 1], [1, 0], [0, 1]], [0, 0, 1, 1], 3),
        ([[0], [1], [2], [3]], [0, 1, 0, 1], 3),
        ([[0, 0, 5], [1, 2, 5], [2, 4, 5], [3, 6, 5]], [0, 1, 0, 1], 3),
        ([[1e6, 0], [1e6 + 1e-3, 0], [1e6 + 2e-3, 1e-3]], [0, 1, 0], 3),
    ],
)
def test_corner_cases(X, y, n_correct):
    line = best_line(X, y)
    assert line.n_correct == n_correct
    check(line, X, y)


def test_rows_on_a_grid_are_found_in_time():
    rng = np.random.default_rng(0)
    X, y = rng.integers(0, 4, size=(40, 3)), rng.integers(0, 2, 40)
    line = best_line(X, y)
    check(line, X, y)
    rivals = np.sign(X @ rng.normal(size=(3, 20_000)) + 5 * rng.normal(size=20_000))
    assert (rivals == (2 * y - 1)[:, None]).sum(axis=0).max() <= line.n_correct


def test_separable_rows_are_never_too_many():
    X = np.random.default_rng(1).normal(size=(2_000, 5))
    assert best_line(X, X.sum(axis=1) > 0).n_correct == 2_000


def test_a_line_that_some_rows_must_lie_on():
    X, signs = np.array([[0.0, 1.0], [0.0, -1.0]]), np.array([1.0, -1.0])
    weights, bias = separating_line(X, signs, np.array([[1.0, 0.0], [3.0, 0.0]]))
    np.testing.assert_allclose([weights[0], bias], 0, atol=1e-12)
    assert weights[1] > 0
    assert separating_line(X, signs, np.array([[0.0, 3.0]])) is None
    assert separating_line(X[:1], signs[:1], X[:1]) is None


def test_whitened_rows_keep_equal_rows_equal():
    X = np.array([[0.1, 0.2], [0.3, 0.6], [0.1, 0.2], [0.7, 1.4]])
    points = whitened(X)
    assert points.shape == (4, 1)
    assert points[0] == points[2]


@pytest.mark.parametrize(
    ("X", "y", "error", "says"),
    [
        ([], [], ValueError, "X must be"),
        ([[1.0, 2.0]], [0, 1], ValueError, "y must hold 1"),
        ([[1.0, np.nan]], [0], ValueError, "finite"),
        ([[1.0, 1e13]], [0], ValueError, "at most 1 × 10¹²"),
        ([[1.0, 2.0]], [0.5], ValueError, "0 or 1"),
        ([["a", "b"]], [0], TypeError, "numbers"),
    ],
)
def test_bad_input_is_refused(X, y, error, says):
    with pytest.raises(error, match=says):
        best_line(X, y)


def test_too_many_lines_are_refused():
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="fewer rows or fewer inputs"):
        best_line(rng.normal(size=(40, 5)), rng.integers(0, 2, 40))
