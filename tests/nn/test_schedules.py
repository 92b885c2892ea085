"""Schedules of the learning rate, against hand-worked epochs and what their sentences say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.nn.schedules import SCHEDULES, factor


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ("constant", [1, 1, 1, 1, 1, 1]),
        ("halve", [1, 1, 1, 1, 0.5, 0.25]),
        ("inverse", [1, 0.8, 2 / 3, 4 / 7, 0.5, 1 / 3]),
        ("cosine", [1, (2 + 2**0.5) / 4, 0.5, (2 - 2**0.5) / 4, 0, 0]),
        ("warm up", [0.25, 0.5, 0.75, 1, 1, 1]),
    ],
)
def test_hand_worked_epochs(schedule, expected):
    np.testing.assert_allclose(factor(schedule, 4, [0, 1, 2, 3, 4, 8]), expected, atol=1e-15)


def test_there_are_no_others():
    assert set(SCHEDULES) == {"constant", "halve", "inverse", "cosine", "warm up"}
    assert all(schedule.words.endswith(".") for schedule in SCHEDULES.values())


@given(st.sampled_from(sorted(SCHEDULES)), st.integers(1, 100_000), st.integers(0, 10**7))
def test_the_rate_is_never_raised_nor_turned_round(schedule, epochs, epoch):
    value = factor(schedule, epochs, epoch)
    assert 0.0 <= value <= 1.0
    assert factor(schedule, epochs, np.array([epoch, epoch])).tolist() == [value, value]


@given(st.sampled_from(["halve", "inverse", "cosine"]), st.integers(1, 300))
def test_what_falls_begins_at_one_and_does_not_rise(schedule, epochs):
    values = factor(schedule, epochs, np.arange(1_000))
    assert values[0] == 1.0
    assert (np.diff(values) <= 0.0).all()
