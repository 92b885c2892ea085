"""From a prediction to an answer, and the coins that a probability stands for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.prediction.decision import decide, flip_coins


@pytest.mark.parametrize(("prediction", "answer"), [(0.49, 0), (0.5, 1), (0.51, 1), (-3, 0)])
def test_the_threshold_itself_is_a_1(prediction, answer):
    assert decide(prediction, 0.5) == answer


def test_equal_seeds_flip_equal_coins_and_others_do_not():
    np.testing.assert_array_equal(flip_coins(0.8, 3).came_up, flip_coins(0.8, 3).came_up)
    assert (flip_coins(0.8, 3).came_up != flip_coins(0.8, 4).came_up).any()


@given(st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**32 - 1))
def test_a_higher_probability_only_ever_turns_coins_to_1(p, q, seed):
    low, high = sorted((p, q))
    fewer, more = flip_coins(low, seed), flip_coins(high, seed)
    assert not (fewer.came_up & ~more.came_up).any()
    assert fewer.n_ones <= more.n_ones == more.came_up.sum()


def test_the_extremes_are_sure():
    assert flip_coins(0, 0).n_ones == 0
    assert flip_coins(1, 0).n_ones == 100


@pytest.mark.parametrize("probability", [0.1, 0.5, 0.8710191478537642])
def test_they_come_up_as_often_as_the_probability_says(probability):
    n = 10_000
    share = flip_coins(probability, 1, n).n_ones / n
    assert abs(share - probability) < 4 * np.sqrt(probability * (1 - probability) / n)


def test_nobody_can_change_them():
    with pytest.raises(ValueError, match="read-only"):
        flip_coins(0.5, 0).came_up[0] = True


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ((1.1, 0), ValueError, "probability must be between 0 and 1"),
        ((float("nan"), 0), ValueError, "probability must be a finite number"),
        ((0.5, -1), ValueError, "seed must be between 0"),
        ((0.5, 0, 0), ValueError, "n must be between 1"),
        (("half", 0), TypeError, "probability must be a number"),
    ],
)
def test_what_is_refused(arguments, error, says):
    with pytest.raises(error, match=says):
        flip_coins(*arguments)


def test_a_prediction_that_is_no_number_has_no_answer():
    with pytest.raises(ValueError, match="prediction must be a finite number"):
        decide(float("inf"), 0.5)
