"""The lines across the error curve: which model they speak of, and what is not found yet."""

import json

import pytest

from nnviz.chapters.live_training.figures.baselines import yardstick_legend, yardstick_lines
from nnviz.chart import theme
from nnviz.training.baselines.yardsticks import yardsticks
from tests.runs import plan_of
from tests.traces import checked

yardstick_lines = checked(yardstick_lines)

AXES = ("x2", "y2")


def measures(quick=False, **choices):
    return yardsticks(plan_of(**choices), quick=quick)


def text(*args, **choices):
    return yardstick_legend(measures(*args, **choices), "2")["text"]


def test_two_lines_from_the_first_update_to_the_last():
    guess, best = yardstick_lines(measures(), 500, "2")
    assert list(guess.x) == list(best.x) == [0, 500]
    assert list(guess.y) == [2.0, 2.0]
    assert list(best.y) == pytest.approx(2 * [1.8838062484862979], rel=1e-9)
    assert {guess.xaxis, best.xaxis, guess.yaxis, best.yaxis} == set(AXES)


def test_they_are_told_apart_by_their_dash_and_have_no_colour_of_a_run():
    lines = yardstick_lines(measures(), 500, "2")
    assert {line.line.color for line in lines} == {theme.INK}
    assert all(0.5 < line.opacity < 0.8 for line in lines)
    assert len({line.line.dash for line in lines}) == 2
    # The dashes of runs have names; these have their lengths.
    assert all("px" in line.line.dash for line in lines)
    strokes = yardstick_legend(measures(), "2")["text"].split("<b>")[1:]
    assert len({stroke.split("</b>")[0] for stroke in strokes}) == 2


@pytest.mark.parametrize(
    ("choices", "says"),
    [
        ({}, "lowest found: 1.8838"),
        ({"features": ("sin x1",)}, "best of this neuron: → 0"),
        ({"hidden": ((2, "relu"),)}, "lowest found: → 0.6666"),
        ({"hidden": ((4, "tanh"),)}, "best of this network: → 0"),
        ({"hidden": ((4, "linear"),)}, "lowest found: 1.8838"),
    ],
)
def test_the_best_is_that_of_the_model(choices, says):
    assert says in text(**choices)
    assert "always 0.5: 2" in text(**choices)


def test_what_is_pointed_at_says_how_it_was_found_and_how_sure_it_is():
    searched = yardstick_lines(measures(), 9, "2")[1].hovertemplate
    assert "searches" in searched.replace("<br>", " ")
    assert "Not proven." in searched.replace("<br>", " ")
    proven = yardstick_lines(measures(hidden=((4, "tanh"),)), 9, "2")[1].hovertemplate
    assert "That is certain: nothing can be lower." in proven.replace("<br>", " ")
    assert max(len(line) for line in proven.removesuffix("<extra></extra>").split("<br>")) <= 60
    legend = yardstick_legend(measures(), "2")
    assert "Not proven." in legend["hovertext"].replace("<br>", " ")


def test_while_it_is_looked_for_there_is_no_line_and_the_legend_says_so():
    guess, best = yardstick_lines(measures(quick=True), 500, "2")
    assert list(guess.y) == [2.0, 2.0]
    assert list(best.y) == [None, None]
    assert "lowest error of this model: being looked for" in text(quick=True)
    json.dumps(best.to_plotly_json(), allow_nan=False, default=list)
