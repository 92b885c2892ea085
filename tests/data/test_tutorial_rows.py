"""The eight rows, and what a data set refuses."""

import numpy as np
import pytest

from nnviz.data.tutorial_rows import DATASETS, Dataset, eight_rows


def test_the_eight_rows_are_the_tutorials():
    data = eight_rows()
    rows = {(x1, x2): int(t) for (x1, x2), t in zip(data.X.tolist(), data.y, strict=True)}
    assert list(rows) == [
        (3, 1.5), (2, 1), (4, 1.5), (3, 4), (3.5, 0.5), (2, 0.5), (5.5, 1), (1, 1)
    ]  # fmt: skip
    assert list(rows.values()) == [0, 1, 0, 1, 0, 1, 1, 0]
    assert data.X.dtype == data.y.dtype == np.float64


def test_guessing_a_half_scores_two():
    assert ((0.5 - eight_rows().y) ** 2).sum() == 2.0


def test_a_point_that_no_line_can_please():
    X, y = eight_rows().X, eight_rows().y
    one, other = X[1], X[6]
    assert y[1] == y[6] == 1
    assert y[2] == y[4] == 0
    middle = (X[2] + X[4]) / 2
    np.testing.assert_array_equal(middle, [3.75, 1.0])
    np.testing.assert_allclose(one + (other - one) / 2, middle)


def test_the_registry_makes_each_set_under_its_name():
    assert [DATASETS[name]().name for name in DATASETS] == list(DATASETS)


def test_a_data_set_is_read_only_and_its_own():
    X, y = np.ones((2, 2)), np.ones(2)
    data = Dataset("mine", X, y, "Mine", "Two rows.")
    X[0, 0] = y[0] = 5
    assert data.X[0, 0] == data.y[0] == 1
    with pytest.raises(ValueError, match="read-only"):
        data.X[0, 0] = 5
    with pytest.raises(ValueError, match="read-only"):
        data.y[0] = 5


def test_what_a_data_set_refuses():
    with pytest.raises(ValueError, match="X and y must have as many rows, but have 1 and 2"):
        Dataset("bad", [[1.0]], [1.0, 0.0], "", "")
    with pytest.raises(ValueError, match="X must hold finite numbers only"):
        Dataset("bad", [[np.nan]], [1.0], "", "")
    with pytest.raises(ValueError, match="y must hold at least one number"):
        Dataset("bad", [[1.0]], [], "", "")
