"""The formulas of each step: that their arithmetic comes out."""

import re

import pytest

from nnviz.chapters.home.words_four_steps_working import working
from nnviz.data import tutorial
from nnviz.walkthrough.four_steps import first_neuron, walk


def lines(n_steps):
    moment = walk(first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, n_steps)
    return [line for _, formulas in working(moment) for line in formulas]


def sides(line):
    """Work out each side of a formula in which only numbers are left."""
    line = line.replace(r"\cdot", "*").replace(r"2\,", "2*").replace("^2", "**2")
    line = re.sub(r"\\frac\{1\}\{1 \+ e\^\{(.*?)\}\}", r"1/(1+2.718281828459045**(\1))", line)
    return [eval(side) for side in line.split("=")[1:]]


@pytest.mark.parametrize("n_steps", [2, 3, 4, 6, 7, 8, 30, 31, 32, 398, 399, 400])
def test_both_sides_of_every_formula_are_equal(n_steps):
    worked = [line for line in lines(n_steps) if not re.search(r"=.*\\text", line)]
    assert worked
    for line in worked:
        *before, result = sides(line)
        assert before == pytest.approx([result] * len(before), rel=2e-3, abs=1e-3)


def test_the_results_are_those_of_the_tutorials_row():
    assert lines(2)[1].endswith("= 1.91")
    assert lines(2)[3].endswith("= 0.871")
    assert lines(3)[1].endswith("= 0.7587")
    assert lines(4)[1].endswith("= 0.1957")
    assert [line.rpartition(" = ")[2] for line in lines(4)[2:]] == ["1.059", "-0.9536", "-0.1957"]


def test_the_first_formulas_have_names_and_the_input_its_numbers():
    assert all(r"\text{sum}" in line for line in lines(0))
    assert lines(1) == [r"\text{input}[0] = 2", r"\text{input}[1] = 1.5"]
