"""A world that turns and moves, against complex numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.generalization.shift import shifted
from nnviz.data.sample import Sample
from nnviz.data.toys import make

small = st.floats(-20, 20)


@given(by=st.tuples(small, small), turn=st.floats(-360, 360), seed=st.integers(0, 50))
def test_turning_is_multiplying_with_a_complex_number(by, turn, seed):
    sample = make("moons", 30, 0.2, seed)
    plane = sample.X @ [1, 1j]
    expected = (plane - plane.mean()) * np.exp(1j * np.pi * turn / 180) + plane.mean()
    moved = shifted(sample, by=by, turn=turn)
    np.testing.assert_allclose(moved.X @ [1, 1j], expected + complex(*by), atol=1e-9)
    np.testing.assert_array_equal(moved.y, sample.y)


def test_a_quarter_turn_and_a_move_by_hand():
    sample = Sample([[0.0, 0.0], [2.0, 0.0], [1.0, 3.0]], [0, 1, 0])
    moved = shifted(sample, by=(10, 0), turn=90)
    np.testing.assert_allclose(moved.X, [[12.0, 0.0], [12.0, 2.0], [9.0, 1.0]], atol=1e-12)


@given(rows=st.lists(st.integers(0, 19), min_size=1, max_size=8))
def test_a_row_ends_at_the_same_place_whichever_others_are_asked_for(rows):
    sample = make("gauss", 20, 0.5, 3)
    world = shifted(sample, by=(1.5, -2), turn=33)
    some = shifted(sample, rows, by=(1.5, -2), turn=33)
    np.testing.assert_array_equal(some.X, world.X[rows])
    np.testing.assert_array_equal(some.y, sample.y[rows])


def test_no_shift_changes_no_bit():
    sample = make("xor", 40, 0.3, 1)
    assert shifted(sample) == sample
    assert shifted(sample, np.arange(40), (0.0, 0.0), 0.0) == sample


def test_other_columns_names_and_targets_stay():
    X = [[1.0, 2.0, 7.0], [3.0, 1.0, 8.0]]
    sample = Sample(X, [5.0, -1.0], columns=("age", "area", "floor"), classes=(), target="price")
    moved = shifted(sample, [1], by=(1, 1), turn=45)
    assert (moved.columns, moved.classes, moved.target) == (("age", "area", "floor"), (), "price")
    assert moved.X[0, 2] == 8.0
    assert moved.y[0] == -1.0
    np.testing.assert_array_equal(sample.X, X)


def test_what_is_refused():
    sample = make("gauss", 20, 0, 1)
    with pytest.raises(ValueError, match="rows must hold at least one row to move"):
        shifted(sample, [])
    with pytest.raises(ValueError, match="each of rows must be between 0 and 19, not 20"):
        shifted(sample, [20])
    with pytest.raises(ValueError, match="by must be two numbers, one for each axis, not 3"):
        shifted(sample, by=(1, 2, 3))
    with pytest.raises(ValueError, match="turn must be between -360 and 360, not 400"):
        shifted(sample, turn=400)
    with pytest.raises(ValueError, match="each of by must be a finite number"):
        shifted(sample, by=(np.nan, 0))
    with pytest.raises(TypeError, match="sample must be a Sample"):
        shifted(sample.X)
