"""The script of the darts: it runs by itself and prints the misses on the screen."""

import re

import pytest

from nnviz.chapters.home.darts import ByHand, Corrected, play, spread
from nnviz.chapters.home.script_darts import darts_snippet
from tests.clean_process import output

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]\d+)?")


@pytest.mark.parametrize("wind", [0, 3])
def test_the_script_prints_the_numbers_of_the_game(wind, tmp_path):
    throws = [ByHand(210, 12), *[Corrected(0.5)] * 3, ByHand(180, 8.5), *[Corrected(1.9)] * 20]
    game = play(throws, wind=wind, seed=4)
    *lines, last = output(darts_snippet(game), tmp_path)
    printed = [[float(number) for number in NUMBER.findall(line)] for line in lines]
    expected = zip(range(1, len(game) + 1), game.heights, game.misses, strict=True)
    for line, values in zip(printed, expected, strict=True):
        assert line == pytest.approx(values, rel=1e-12)
    assert float(NUMBER.findall(last)[-1]) == pytest.approx(spread(game.misses[-20:]), rel=1e-9)


def test_the_script_needs_numpy_alone():
    script = darts_snippet(play([ByHand(210, 12)]))
    assert re.findall(r"^\s*(?:import|from) .*", script, re.M) == ["import numpy as np"]
