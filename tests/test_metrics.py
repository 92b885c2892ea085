"""Counting right and wrong."""

import numpy as np
import pytest

from nnviz.metrics import Confusion, accuracy, confusion, n_correct

PREDICTIONS, TARGETS = [0.9, 0.5, 0.4, 0.6, 0.1], [1, 1, 1, 0, 0]


def test_every_row_is_counted_once():
    assert confusion(PREDICTIONS, TARGETS) == Confusion(2, 1, 1, 1)
    assert n_correct(PREDICTIONS, TARGETS) == 3
    assert accuracy(PREDICTIONS, TARGETS) == 0.6


def test_the_threshold_itself_says_one():
    assert n_correct([0.7], [1], threshold=0.7) == 1
    assert confusion(PREDICTIONS, TARGETS, threshold=0.95) == Confusion(0, 0, 2, 3)
    assert confusion(PREDICTIONS, TARGETS, threshold=0) == Confusion(3, 2, 0, 0)


@pytest.mark.parametrize(
    ("predictions", "targets", "threshold", "error"),
    [
        ([], [], 0.5, ValueError),
        ([0.5], [0, 1], 0.5, ValueError),
        ([np.nan], [0], 0.5, ValueError),
        ([0.5], [2], 0.5, ValueError),
        ([0.5], [0], np.inf, ValueError),
        (["yes"], [0], 0.5, TypeError),
        ([0.5], [0], None, TypeError),
    ],
)
def test_bad_input_is_refused(predictions, targets, threshold, error):
    for count in (confusion, n_correct, accuracy):
        with pytest.raises(error):
            count(predictions, targets, threshold)
