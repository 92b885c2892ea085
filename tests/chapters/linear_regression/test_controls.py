"""The values that the sliders offer."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.address import START, flat
from nnviz.chapters.linear_regression.controls import hand_values, marks, rate_values, rounded
from nnviz.chapters.linear_regression.curvature import curvature_of
from nnviz.chapters.linear_regression.descent import LARGEST_START, regression_plan
from nnviz.chapters.linear_regression.houses import TRUTH, houses
from nnviz.chapters.linear_regression.regression import least_squares
from nnviz.data.sample import Sample

RNG = np.random.default_rng(7)


def sample_of(scale, y_scale, seed=0):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(15, 2)) * scale + 3 * scale
    return Sample(X, (X @ [2, -1] / scale + rng.normal(size=15)) * y_scale, ("a", "b"), (), "t")


def test_every_house_can_be_reached_and_the_truth_is_a_value():
    truth = (TRUTH.per_square_metre, TRUTH.per_year, TRUTH.bias)
    for seed in range(20):
        sample = houses(20, 60.0, seed)
        answer = least_squares(sample.X, sample.y)
        offered = hand_values(sample, answer, made_up=True)
        reached = (*answer.weights.tolist(), answer.bias)
        for values, at, true, start in zip(offered, reached, truth, START, strict=True):
            assert values[0] < at < values[-1]
            assert true in values
            assert start in values


@pytest.mark.parametrize("scale", [1e-3, 1.0, 250.0])
@pytest.mark.parametrize("y_scale", [1e-2, 1.0, 1e3])
def test_least_squares_of_own_rows_is_within_reach(scale, y_scale):
    sample = sample_of(scale, y_scale)
    answer = least_squares(sample.X, sample.y)
    for values, at in zip(
        hand_values(sample, answer, made_up=False), (*answer.weights, answer.bias), strict=True
    ):
        assert min(max(at, -LARGEST_START), LARGEST_START) == pytest.approx(
            np.clip(at, values[0], values[-1])
        )
        assert 100 <= len(values) <= 500
        assert list(values) == sorted(set(values))
        assert max(map(abs, values)) <= LARGEST_START


@pytest.mark.parametrize("scale", [1e-6, 1.0, 100.0, 1e9])
def test_the_slider_of_rates_holds_both_largest_ones(scale):
    sample = sample_of(scale, 1.0)
    bends = [curvature_of(regression_plan(sample, 0.0, standardise=on)) for on in (True, False)]
    values = rate_values(*bends)
    assert len(values) < 1200
    for curved in bends:
        assert values[0] < curved.largest_rate / 5
        assert curved.largest_rate < values[-1]


def test_a_rate_keeps_four_digits():
    assert rounded(0.000062007) == 0.00006201


def test_the_flat_plane_is_at_the_mean_with_few_digits():
    sample = sample_of(1.0, 123.456)
    w1, w2, bias = flat(sample)
    assert (w1, w2) == (0.0, 0.0)
    assert bias == pytest.approx(sample.y.mean(), rel=5e-3)
    assert flat(Sample([[1.0, 2.0]], [0.0], ("a", "b"), (), "t")) == (0.0, 0.0, 0.0)


def test_nought_is_named_where_there_is_room():
    assert marks((-1.0, 0.0, 6.0)) == (-1.0, 6.0)
    assert marks((-100.0, 0.0, 400.0)) == (-100.0, 0.0, 400.0)
    assert marks((1.0, 2.0)) == (1.0, 2.0)
