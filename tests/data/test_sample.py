"""Rows to learn from: equal if everything in them is, refused with a sentence otherwise."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.sample import MOST_COLUMNS, MOST_ROWS, Sample

X = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
Y = np.array([0.0, 1.0, 1.0])


def test_it_knows_its_sizes():
    sample = Sample(X, Y, ("a", "b"), ("no", "yes"), "answer")
    assert (sample.n_rows, sample.n_classes) == (3, 2)
    assert Sample(X, Y, classes=()).n_classes == 0
    assert repr(sample) == f"Sample(3 rows, {sample.digest})"


def test_equal_samples_are_equal_and_hash_alike():
    one, other = Sample(X, Y), Sample(X.tolist(), Y.tolist())
    assert one == other
    assert hash(one) == hash(other)
    assert one != "sample"


@pytest.mark.parametrize(
    "other",
    [
        Sample(X[::-1], Y),
        Sample(X, 1.0 - Y),
        Sample(X, Y, ("x1", "x3")),
        Sample(X, Y, classes=("0", "2")),
        Sample(X, Y, classes=()),
        Sample(X, Y, target="label"),
        Sample(np.nextafter(X, 9.0), Y),
        Sample(np.column_stack([X, Y]), Y, ("x1", "x2", "x3")),
    ],
)
def test_whatever_differs_makes_another(other):
    assert other != Sample(X, Y)
    assert other.digest != Sample(X, Y).digest


def test_nobody_can_change_it():
    rows = X.copy()
    sample = Sample(rows, Y)
    rows[0, 0] = 9.0
    assert sample.X[0, 0] == 0.0
    with pytest.raises(ValueError, match="read-only"):
        sample.X[0, 0] = 1.0
    with pytest.raises(ValueError, match="read-only"):
        sample.y[0] = 1.0
    with pytest.raises(FrozenInstanceError):
        sample.target = "other"


@given(st.permutations(range(3)))
def test_the_order_of_the_rows_counts(order):
    same = list(order) == [0, 1, 2]
    assert (Sample(X[list(order)], Y[list(order)]) == Sample(X, Y)) == same


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"X": X[:, :1], "columns": ("a",)}, "2 to 12 columns, not 1"),
        ({"X": np.zeros((3, 13)), "columns": tuple("abcdefghijklm")}, "2 to 12 columns, not 13"),
        ({"X": np.zeros((50_001, 2)), "y": np.zeros(50_001)}, "50,000 rows, not 50,001"),
        ({"y": Y[:2]}, "y"),
        ({"y": [0.0, 1.0, 2.0]}, "number of a class, 0 to 1"),
        ({"y": [0.0, 0.5, 1.0]}, "number of a class, 0 to 1"),
        ({"columns": ("a", "a")}, "2 different names"),
        ({"columns": ("a",)}, "2 different names"),
        ({"classes": ("a",)}, "2 to 5 classes, not 1"),
        ({"classes": tuple("abcdef")}, "2 to 5 classes, not 6"),
        ({"classes": ("a", "a")}, "each name once"),
        ({"X": [[np.nan, 0.0]] * 3}, "X"),
        ({"X": [[np.inf, 0.0]] * 3}, "X"),
        ({"X": [[1e13, 0.0]] * 3}, "X"),
        ({"y": [np.nan, 0.0, 1.0]}, "y"),
    ],
)
def test_what_is_wrong_is_said(change, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Sample(**{"X": X, "y": Y, **change})


def test_the_limits_are_allowed():
    n, columns = MOST_ROWS, tuple(f"c{k}" for k in range(MOST_COLUMNS))
    sample = Sample(np.zeros((n, MOST_COLUMNS)), np.arange(n) % 5.0, columns, tuple("abcde"))
    assert (sample.n_rows, sample.n_classes) == (n, 5)
