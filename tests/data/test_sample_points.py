"""Points put in, moved and taken out: what changes, what stays, what is refused."""

import numpy as np
import pytest

from nnviz.data.sample import MOST_ROWS, Sample
from nnviz.data.sample_points import moved, with_point, without

SAMPLE = Sample(
    [[1, 2, 10], [3, 4, 20], [5, 6, 60]], [0, 1, 2], ("u", "v", "w"), ("a", "b", "c"), "kind"
)
NUMBERS = Sample([[1, 2], [3, 4]], [0.5, 1.5], ("u", "v"), (), "t")


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
