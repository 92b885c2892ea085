"""Rows to learn from: what makes them equal, what is refused, points put in, moved, taken out."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.sample import MOST_COLUMNS, MOST_ROWS, Sample, moved, with_point, without

X = np.array([[0.0, 1.0], [2.0, 3.0], [4.0, 5.0]])
Y = np.array([0.0, 1.0, 1.0])
SAMPLE = Sample(
    [[1, 2, 10], [3, 4, 20], [5, 6, 60]], [0, 1, 2], ("u", "v", "w"), ("a", "b", "c"), "kind"
)
NUMBERS = Sample([[1, 2], [3, 4]], [0.5, 1.5], ("u", "v"), (), "t")


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
        ({"X": np.zeros((3, 0)), "columns": ()}, "X"),
        (
            {"X": np.zeros((3, 65)), "columns": tuple(map(str, range(65)))},
            "1 to 64 columns, not 65",
        ),
        ({"X": np.zeros((50_001, 2)), "y": np.zeros(50_001)}, "50,000 rows, not 50,001"),
        ({"y": Y[:2]}, "y"),
        ({"y": [0.0, 1.0, 2.0]}, "number of a class, 0 to 1"),
        ({"y": [0.0, 0.5, 1.0]}, "number of a class, 0 to 1"),
        ({"columns": ("a", "a")}, "2 different names"),
        ({"columns": ("a",)}, "2 different names"),
        ({"classes": ("a",)}, "2 to 10 classes, not 1"),
        ({"classes": tuple("abcdefghijk")}, "2 to 10 classes, not 11"),
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


def same_names(one, other):
    return (one.columns, one.classes, one.target) == (other.columns, other.classes, other.target)


def test_a_point_is_put_in_last_with_the_means_of_what_is_not_seen():
    result = with_point(SAMPLE, -1, 0.5, 2)
    assert result.X.tolist() == [*SAMPLE.X.tolist(), [-1, 0.5, 30]]
    assert result.y.tolist() == [0, 1, 2, 2]
    assert same_names(result, SAMPLE)
    assert SAMPLE.n_rows == 3
    thirds = Sample([[0, 0, 0], [0, 0, 0], [1, 1, 2]], [0, 1, 0], ("u", "v", "w"))
    assert with_point(thirds, 5, 5, 1).X[3].tolist() == [5, 5, 0.6667]
    assert with_point(NUMBERS, 0, 0, -7.25).y.tolist() == [0.5, 1.5, -7.25]


def test_a_point_is_moved_in_the_plane_only():
    result = moved(SAMPLE, 1, 9, -9)
    assert result.X.tolist() == [[1, 2, 10], [9, -9, 20], [5, 6, 60]]
    assert np.array_equal(result.y, SAMPLE.y)
    assert same_names(result, SAMPLE)
    assert SAMPLE.X[1].tolist() == [3, 4, 20]


def test_a_point_is_taken_out_and_its_class_keeps_its_name():
    result = without(SAMPLE, 0)
    assert result.X.tolist() == [[3, 4, 20], [5, 6, 60]]
    assert result.y.tolist() == [1, 2]
    assert same_names(result, SAMPLE)


def test_two_points_of_two_classes_stay():
    with pytest.raises(ValueError, match="At least 2 points must stay"):
        without(NUMBERS, 0)
    sample = Sample([[1, 2], [3, 4], [5, 6]], [0, 1, 0], classes=("a", "b"))
    with pytest.raises(ValueError, match="the last point of class b: put in another one first"):
        without(sample, 1)
    assert without(sample, 0).n_rows == 2
    # What has one class only from the start, as a link may, can still lose a point.
    lonely = Sample([[1, 2], [3, 4], [5, 6]], [1, 1, 1])
    assert without(lonely, 0).n_rows == 2


@pytest.mark.parametrize("row", [-1, 3, 1.5, "1", None, True])
def test_there_must_be_such_a_row(row):
    with pytest.raises((TypeError, ValueError), match=r"^row must be"):
        moved(SAMPLE, row, 0, 0)
    with pytest.raises((TypeError, ValueError), match=r"^row must be"):
        without(SAMPLE, row)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1.1e12, -1e300, "1", None])
def test_a_point_lies_where_numbers_are(value):
    with pytest.raises((TypeError, ValueError), match=r"^x1 must be"):
        with_point(SAMPLE, value, 0, 1)
    with pytest.raises((TypeError, ValueError), match=r"^x2 must be"):
        moved(SAMPLE, 0, 0, value)
    with pytest.raises((TypeError, ValueError), match=r"^y must be"):
        with_point(NUMBERS, 0, 0, value)


@pytest.mark.parametrize("y", [-1, 3, 0.5, float("nan"), "a", None])
def test_a_class_is_one_of_those_that_there_are(y):
    with pytest.raises((TypeError, ValueError), match=r"^y must be"):
        with_point(SAMPLE, 0, 0, y)


def test_no_more_points_than_a_sample_holds():
    full = Sample(np.zeros((MOST_ROWS, 2)), np.zeros(MOST_ROWS))
    with pytest.raises(ValueError, match="50,000 points, the most there can be"):
        with_point(full, 0, 0, 1)
