"""A hundred coins, as values: squares that came up 1, circles that came up 0, and their count."""

import math

import numpy as np
import pytest

from nnviz.chapters.prediction.decision import flip_coins
from nnviz.chapters.prediction.figure_coins import ROW, coins_track
from nnviz.chart import theme


def track(probability=0.871, seed=5):
    flips = flip_coins(probability, seed)
    return flips, coins_track(flips, 6, 4, axes="x3y3")


def test_coins_lie_there_once_the_prediction_is_known():
    flips, coins = track()
    assert not coins.values[:4].any()
    np.testing.assert_array_equal(coins.values[4], coins.values[5])
    np.testing.assert_array_equal(coins.values[4, :-1, 1], flips.came_up + 1)
    assert coins.values[4, -1].tolist() == [1, 0]
    assert coins.axes == "x3y3"


def test_squares_are_1_and_circles_0_each_in_the_colour_of_its_class():
    flips, coins = track()
    *items, _ = coins.items
    assert [len(item.wide.points) == 4 for item in items] == flips.came_up.tolist()
    fills = [coins.looks[look].fill for look in coins.values[4, :-1, 1]]
    assert fills == [theme.CLASS_COLOURS[int(came)] for came in flips.came_up]


def test_they_lie_in_rows_of_ten_and_none_touches_another():
    _, coins = track()
    *items, count = coins.items
    places = [item.wide.text for item in items]
    assert places == [(i % ROW, i // ROW) for i in range(100)]
    for (x, y), item in zip(places, items, strict=True):
        for px, py in item.wide.points:
            assert math.hypot(px - x, py - y) < 0.5
    assert count.start
    assert count.wide.text[0] > ROW - 0.5


@pytest.mark.parametrize("probability", [0.0, 8.242e-37, 0.5, 0.871, 1.0])
def test_the_count_names_both_signs_and_fits_beside_the_coins(probability):
    flips, coins = track(probability)
    _, told = coins.texts
    squares, circles = (line[1:] for line in told.split("\n")[2:])
    assert squares == f"■ {flips.came_up.sum()} came up 1"
    assert circles == f"● {(~flips.came_up).sum()} came up 0"
    # About 27 small letters have room.
    assert max(len(line) - 1 for line in told.split("\n")) <= 27


def test_the_count_names_the_probability():
    assert (
        track(0.7985731042296965)[1]
        .texts[1]
        .startswith("~100 coin flips, each 1 with\n~probability 0.7986\n")
    )
