"""A line drawn by hand: what it gets right, its two sides, and why none gets all rows right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.live_training.by_hand import (
    FIRST_LINE,
    Ends,
    crossed_pairs,
    half_plane,
    hand_line,
)
from nnviz.data.sample import Sample
from nnviz.data.tutorial import eight_rows
from nnviz.training.baselines.separation import best_line

ROWS = eight_rows()
STEEP = (2.25, 0.0, 4.0, 4.5)
ENDS = st.tuples(*[st.floats(-1, 6.5)] * 4)


def test_the_first_line_gets_four_rows_right_and_a_steep_one_six() -> None:
    assert hand_line(ROWS, FIRST_LINE).n_correct == 4
    line = hand_line(ROWS, STEEP)
    assert line.n_correct == 6
    assert np.flatnonzero(~line.correct).tolist() == [6, 7]
    assert line.one_is_left


@given(ENDS)
def test_a_line_gets_at_least_half_and_never_more_than_the_best(ends: Ends) -> None:
    found = hand_line(ROWS, ends)
    assert 4 <= found.n_correct <= best_line(ROWS.X, ROWS.y).n_correct == 6
    # Which end is dragged where decides nothing, but for rows on the line itself.
    x0, y0, x1, y1 = ends
    heights = (x1 - x0) * (ROWS.X[:, 1] - y0) - (y1 - y0) * (ROWS.X[:, 0] - x0)
    if (np.abs(heights) > 1e-9).all():
        assert hand_line(ROWS, (x1, y1, x0, y0)).n_correct == found.n_correct


def area(corners: np.ndarray) -> float:
    x, y = corners.T if len(corners) else (np.zeros(1), np.zeros(1))
    return abs(float(x @ np.roll(y, -1) - y @ np.roll(x, -1))) / 2


@given(ENDS)
def test_both_sides_fill_the_box_and_lie_where_they_should(ends: Ends) -> None:
    x0, y0, x1, y1 = ends
    if np.hypot(x1 - x0, y1 - y0) < 1e-3:
        return
    sides = [half_plane(ends, (-2, 8, -3, 7), left=left) for left in (True, False)]
    assert sum(map(area, sides)) == pytest.approx(100)
    for corners, sign in zip(sides, (1, -1), strict=True):
        for x, y in corners:
            assert sign * ((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) >= -1e-6


def test_two_pairs_of_the_eight_rows_have_one_middle() -> None:
    ones, zeros = crossed_pairs(ROWS) or ((), ())
    assert (ones, zeros) == ((1, 6), (2, 4))
    np.testing.assert_array_equal(ROWS.X[list(ones)].mean(axis=0), ROWS.X[list(zeros)].mean(axis=0))
    assert ROWS.y[list(ones)].tolist() == [1, 1]
    assert ROWS.y[list(zeros)].tolist() == [0, 0]
    assert crossed_pairs(Sample(ROWS.X[:4], ROWS.y[:4])) is None
