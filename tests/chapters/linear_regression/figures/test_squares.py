"""Squared errors as squares."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.figures.squares import MOST_SQUARES, TALL, Squares
from nnviz.chapters.linear_regression.houses import houses
from nnviz.data.sample import Sample

HOUSES = houses(20, 30.0, 0)
PLANES = np.array([[1.0, 0.0, 200.0], [3.0, -1.5, 40.0]])


def corners(outlines, n):
    """Return the four corners of each square, shape (..., n, 4, 2)."""
    return outlines.reshape(*outlines.shape[:-2], n, 6, 2)[..., :4, :]


@pytest.mark.parametrize("feature", [0, 1])
def test_a_square_has_the_squared_error_as_its_area(feature):
    squares = Squares(HOUSES, feature)
    found = corners(squares.outlines(PLANES), 20)
    heights = np.ptp(found[..., 1], axis=-1)
    widths = np.ptp(found[..., 0], axis=-1) / squares.side
    misses = HOUSES.X @ PLANES[:, :2].T + PLANES[:, 2] - HOUSES.y[:, np.newaxis]
    np.testing.assert_allclose(heights, np.abs(misses.T), rtol=1e-12)
    np.testing.assert_allclose(widths * heights, misses.T**2, rtol=1e-9)
    # One corner is the row itself, and the one across is as high as what the plane says.
    np.testing.assert_array_equal(found[0, :, 0], np.column_stack([squares.x, HOUSES.y]))
    np.testing.assert_allclose(found[..., 2, 1], squares.answers(PLANES))
    # All go round the same way: else two that overlap would leave a hole.
    first, last = found[..., 1, :] - found[..., 0, :], found[..., 3, :] - found[..., 0, :]
    assert np.all(first[..., 0] * last[..., 1] - first[..., 1] * last[..., 0] <= 0)


def test_the_picture_is_as_tall_as_it_says():
    squares = Squares(HOUSES, 0)
    across, upright = (high - low for low, high in (squares.x_range, squares.y_range))
    assert upright * squares.side / across == pytest.approx(TALL)


def test_squares_stand_where_there_is_room():
    squares = Squares(HOUSES, 0)
    found = corners(squares.outlines(PLANES[0]), 20)
    middle = np.mean(squares.x_range)
    towards = np.sign(found[:, 2, 0] - squares.x)
    np.testing.assert_array_equal(towards, np.where(squares.x < middle, 1, -1))


def test_outlines_have_gaps():
    outlines = Squares(HOUSES, 0).outlines(PLANES)
    gaps = np.isnan(outlines).all(axis=-1)
    np.testing.assert_array_equal(gaps, np.tile([0, 0, 0, 0, 0, 1], 20) == np.ones((2, 1)))


@pytest.mark.parametrize("feature", [0, 1])
def test_the_line_is_the_plane_at_the_mean_of_the_other_column(feature):
    squares = Squares(HOUSES, feature)
    for plane, line in zip(PLANES, squares.line(PLANES), strict=True):
        for x, height in line:
            at = HOUSES.X.mean(axis=0)
            at[feature] = x
            assert height == pytest.approx(at @ plane[:2] + plane[2])
        assert tuple(line[:, 0]) == squares.x_range


def test_of_many_rows_forty_are_drawn():
    X = np.arange(2000.0).reshape(1000, 2)
    squares = Squares(Sample(X, X[:, 0], ("a", "b"), (), "t"), 1)
    assert len(squares.rows) == MOST_SQUARES == len(set(squares.rows.tolist()))
    assert (squares.rows[0], squares.rows[-1]) == (0, 999)
    np.testing.assert_array_equal(squares.x, X[squares.rows, 1])


def test_all_rows_lie_within_the_axes_and_equal_ones_have_room():
    for sample in (HOUSES, Sample([[5.0, 5.0]], [7.0], ("a", "b"), (), "t")):
        squares = Squares(sample, 0)
        for values, (low, high) in ((squares.x, squares.x_range), (squares.y, squares.y_range)):
            assert low < values.min() <= values.max() < high


def test_there_is_no_third_column():
    with pytest.raises(ValueError, match="feature"):
        Squares(HOUSES, 2)
