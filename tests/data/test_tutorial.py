"""The tutorial's eight rows."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows


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


def test_the_rows_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        eight_rows().X[0, 0] = 5
