"""The scripts of the page, run as a learner would run them."""

import re

import pytest

from nnviz.chapters.home.darts import ByHand, Corrected, play, spread
from nnviz.chapters.home.four_steps import walk
from nnviz.chapters.home.script import darts_snippet, four_steps_snippet
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
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


def test_the_throws_need_numpy_alone():
    script = darts_snippet(play([ByHand(210, 12)]))
    assert re.findall(r"^\s*(?:import|from) .*", script, re.M) == ["import numpy as np"]


NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]\d+)?")


def run(script, folder):
    """Run a script far from the project, without the user's own packages."""
    return [
        [float(number) for number in NUMBER.findall(line)] for line in [*output(script, folder), ""]
    ]


@pytest.mark.parametrize("n_steps", [0, 3, 8, 42])
def test_the_script_prints_the_numbers_on_the_screen(n_steps, tmp_path):
    moment = walk(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, n_steps)
    layer, trace = moment.trace.layers[0], moment.trace
    *rounds, values, parameters, _ = run(four_steps_snippet(moment), tmp_path)
    assert [int(number) for number, _ in rounds] == list(range(1, moment.round + 1))
    for (_, printed), error in zip(rounds, moment.errors, strict=False):
        assert printed == pytest.approx(error, rel=1e-9)
    assert rounds[-1][1] == pytest.approx(trace.error, rel=1e-9)
    assert values == pytest.approx([layer.pre_activations[0], trace.prediction[0]], rel=1e-9)
    # NumPy prints eight digits of an array.
    assert parameters == pytest.approx(trace.updated.parameters().tolist(), abs=1e-8)


def test_the_four_steps_need_numpy_alone():
    moment = walk(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, 5)
    assert re.findall(r"^\s*(?:import|from) .*", four_steps_snippet(moment), re.M) == [
        "import numpy as np"
    ]
