"""Engineered features and standardising."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.data.tutorial import eight_rows
from nnviz.nn.inputs import FEATURES, Standardiser, engineer
from tests.nn import tables

few = settings(max_examples=40, deadline=None, derandomize=True)


def test_the_registry():
    assert set(FEATURES) == set(tables.FEATURES)
    assert all(FEATURES[name].name == name for name in FEATURES)


def test_every_feature_by_hand_and_as_a_script_writes_it():
    X = np.array([[2.0, -3.0], [0.5, 0.0]])
    names = {"np": np, "x1": X[:, 0], "x2": X[:, 1]}
    for name, expected in tables.FEATURES.items():
        np.testing.assert_allclose(engineer(X, [name])[:, 0], expected, rtol=1e-14)
        np.testing.assert_allclose(eval(FEATURES[name].numpy, names), expected, rtol=1e-14)
        assert FEATURES[name].words.format(x1="x1", x2="x2").startswith(("x", "sin x"))


def test_columns_come_in_the_order_of_the_names():
    X = eight_rows().X
    np.testing.assert_array_equal(engineer(X, ("x2", "x1")), X[:, ::-1])


@pytest.mark.parametrize(
    ("names", "error", "sentence"),
    [
        ([], ValueError, "at least one feature"),
        (["x1", "x1"], ValueError, "each feature once"),
        (["x3"], ValueError, "a feature must be one of x1, x2, .* not 'x3'"),
        ("x1", TypeError, "names must be a list, not 'x1'"),
        (None, TypeError, "names must be a list"),
        ([1], TypeError, "a feature must be one of"),
    ],
)
def test_bad_names(names, error, sentence):
    with pytest.raises(error, match=sentence):
        engineer([[1.0, 2.0]], names)


def test_features_need_two_columns():
    with pytest.raises(ValueError, match="X must have 2 columns, but has 3"):
        engineer([[1.0, 2.0, 3.0]], ["x1"])


@few
@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=9))
def test_standardised_columns_have_mean_0_and_deviation_1_or_are_constant(rows):
    standard = Standardiser.fit(rows).transform(rows)
    assert np.isfinite(standard).all()
    for column, original in zip(standard.T, np.array(rows).T, strict=True):
        if np.ptp(original) > 1e-6 * max(1.0, np.abs(original).max()):
            assert column.std() == pytest.approx(1)
            assert column.mean() == pytest.approx(0, abs=1e-8)
        elif np.ptp(original) == 0:
            np.testing.assert_allclose(column, 0, atol=1e-9)


def test_the_scale_of_the_training_rows_is_used_on_others():
    standardiser = Standardiser.fit([[0.0, 10.0], [2.0, 30.0]])
    np.testing.assert_array_equal(standardiser.mean, [1, 20])
    np.testing.assert_array_equal(standardiser.scale, [1, 10])
    np.testing.assert_array_equal(standardiser.transform([[3.0, 0.0]]), [[2, -2]])


def test_a_constant_column_becomes_zero():
    X = np.column_stack([np.full(7, 0.1), np.arange(7.0)])
    np.testing.assert_allclose(Standardiser.fit(X).transform(X)[:, 0], 0, atol=1e-15)


def test_the_largest_and_the_smallest_numbers_stay_finite():
    for X in ([[1e100], [-1e100]], [[1e-320], [2e-320]], [[1e-150], [3e-150]]):
        standardiser = Standardiser.fit(X)
        assert np.isfinite(standardiser.transform([[1e100]])).all()


def test_what_a_standardiser_refuses():
    with pytest.raises(ValueError, match="scale must hold numbers clearly above 0"):
        Standardiser([0.0], [0.0])
    with pytest.raises(ValueError, match="scale must hold 1 number, but holds 2"):
        Standardiser([0.0], [1.0, 1.0])
    with pytest.raises(ValueError, match="X must have 1 column, but has 2"):
        Standardiser([0.0], [1.0]).transform([[1.0, 2.0]])
    with pytest.raises(ValueError, match="empty"):
        Standardiser.fit([[]])
    with pytest.raises(ValueError, match="read-only"):
        Standardiser([0.0], [1.0]).mean[0] = 2
