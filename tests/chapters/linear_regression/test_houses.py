"""The made-up houses: realistic, reproducible, and made from the truth that they state."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.houses import AGES, AREAS, MOST_ROWS, TRUTH, houses


def test_houses_without_noise_are_the_truth_itself():
    sample = houses(MOST_ROWS, 0.0, 3)
    area, age = sample.X.T
    np.testing.assert_array_equal(sample.y, np.round(2.8 * area - 1.6 * age + 60))
    assert (TRUTH.per_square_metre, TRUTH.per_year, TRUTH.bias) == (2.8, -1.6, 60.0)


def test_houses_are_whole_numbers_within_what_is_said():
    sample = houses(MOST_ROWS, 30.0, 1)
    area, age = sample.X.T
    assert AREAS[0] <= area.min() < 60
    assert 165 < area.max() <= AREAS[1]
    assert AGES[0] <= age.min() < 8
    assert 52 < age.max() <= AGES[1]
    np.testing.assert_array_equal(sample.X, np.round(sample.X))
    assert (sample.y > 40).all()
    assert sample.columns == ("area (m²)", "age (years)")
    assert sample.classes == ()


def test_noise_has_the_deviation_that_is_stated():
    misses = np.concatenate([houses(60, 30.0, s).y - houses(60, 0.0, s).y for s in range(40)])
    assert misses.std() == pytest.approx(30.0, rel=0.05)
    assert abs(misses.mean()) < 2.0


def test_more_houses_leave_the_first_ones_as_they_were():
    few, many = houses(5, 20.0, 9), houses(50, 20.0, 9)
    np.testing.assert_array_equal(few.X, many.X[:5])
    np.testing.assert_array_equal(few.y, many.y[:5])
    assert houses(5, 20.0, 9) == few
    assert houses(5, 20.0, 10) != few


@pytest.mark.parametrize("wrong", [(2, 30.0, 0), (61, 30.0, 0), (20, -1.0, 0), (20, 101.0, 0)])
def test_what_no_houses_can_be_made_from_is_refused(wrong):
    with pytest.raises(ValueError, match="must be"):
        houses(*wrong)
