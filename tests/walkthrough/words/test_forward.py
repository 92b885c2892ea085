"""What is said of each step: the numbers are the trace's, and rising is rising."""

import re
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.backpropagation.figure_backprop import graph_plans
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.text.digits import digits
from nnviz.walkthrough.finite_differences import nudge
from nnviz.walkthrough.step_values import step_values
from nnviz.walkthrough.update_effect import Ledger, ledger
from nnviz.walkthrough.words.checks import proof
from nnviz.walkthrough.words.forward import backprop
from nnviz.walkthrough.words.values import value_meanings
from tests.walks import random_walk, tutorial_walk


def told(walk, position):
    place = walk.place(position)
    trace = walk.traces[place.update]
    book = ledger(trace, walk.start.X, walk.start.y)
    return trace, place.step, backprop(trace, place.step, walk.taken[place.update].row, book)


def test_the_tutorials_update_word_for_word():
    walk = tutorial_walk(1)
    said = [told(walk, i)[2] for i in range(15)]
    assert said[1] == "The weighted sum begins: 2 times its weight 1.45 makes 2.9."
    assert said[2] == (
        "The next number: 1.5 times its weight −0.66 makes −0.99. The sum so far is 1.91."
    )
    assert said[4] == "The sigmoid squeezes 1.91 between 0 and 1: the prediction is 0.871."
    assert said[9] == (
        "Multiply the three along the path. If the bias rises a little, the error rises 0.1957 "
        "times as much."
    )
    assert said[12] == (
        "The update goes against the slope, by the learning rate times the slope: 0.1 times "
        "0.1957. The bias falls from 0 to −0.01957."
    )
    assert said[14] == (
        "The same row again: its error falls from 0.7587 to 0.7297. But nobody asked the others: "
        "the error of row 1 rises."
    )


@pytest.mark.parametrize("loss", ELEMENTWISE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(2, 1), (3, 4, 2, 1)])
def test_rising_is_rising_and_the_numbers_are_the_traces(sizes, activation, loss):
    for every_term in (True, False):
        walk = random_walk(sizes, activation, loss, every_term=every_term)
        for position in range(walk.last + 1):
            trace, step, text = told(walk, position)
            slopes = re.findall(r"(?:rises?|falls?) ([\d.]+(?: × 10\S+)?) times as much", text)
            values = step_values(trace, step)
            if len(values) == 1 and slopes:
                assert slopes == [digits(abs(values[0]))]
                assert ("falls " + slopes[0] in text) is (values[0] < 0)
            if step.kind in ("activation", "error", "sum", "bias"):
                assert digits(values[0]) in text


def test_paths_are_counted_and_added():
    walk = random_walk((2, 2, 2, 1), "tanh")
    said = [told(walk, i)[2] for i in range(len(walk.steps))]
    assert sum("along two paths" in text for text in said) == 4
    assert sum(text.startswith("Add over both paths.") for text in said) == 2
    wide = random_walk((2, 1, 3, 1), "tanh")
    said = [told(wide, i)[2] for i in range(len(wide.steps))]
    assert sum("along three paths" in text for text in said) == 3
    assert sum(text.startswith("Add over all 3 paths.") for text in said) == 1


def test_the_ledger_is_told():
    walk = tutorial_walk(1)
    trace, step = walk.traces[0], walk.steps[-1]

    def after(before, later):
        return backprop(trace, step, 1, Ledger(np.array(before), np.array(later)))

    assert after([0.2, 0.7], [0.1, 0.6]).endswith("No other row got worse.")
    assert after([0.7, 0.2, 0.1], [0.8, 0.1, 0.3]).endswith("the error of rows 1 and 3 rise.")
    assert after([0.1, 0.7], [0.1, 0.6]).endswith("from 0.7587 to 0.7297.")
    assert after([0.2, 0.7, 0.1], [0.1, 0.6, np.nan]).endswith("from 0.7587 to 0.7297.")


@pytest.mark.parametrize(
    ("error_after", "told"),
    [
        (0.5, "falls from 0.7587 to 0.5"),
        (0.9, "rises from 0.7587 to 0.9"),
        (np.inf, "rises from 0.7587 to infinity"),
        (np.nan, "goes from 0.7587 to not a number"),
        (None, "stays at 0.7587"),
    ],
)
def test_which_way_the_error_goes(error_after, told):
    walk = tutorial_walk(1)
    trace = walk.traces[0]
    after = trace.error if error_after is None else error_after
    book = Ledger(np.array([1.0, trace.error]), np.array([1.0, after]))
    text = backprop(replace(trace, error_after=after), walk.steps[-1], 1, book)
    assert text == f"The same row again: its error {told}."


@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_numbers_that_have_left_are_told_in_words(value):
    walk = tutorial_walk(1)
    trace = walk.traces[0]
    layer = replace(
        trace.layers[0],
        **{
            name: np.full_like(getattr(trace.layers[0], name), value)
            for name in (
                "pre_activations", "activations", "derror_dactivations", "derror_dweights",
                "dactivations_dpre_activations", "derror_dpre_activations", "derror_dbias",
            )
        },
    )  # fmt: skip
    broken = replace(trace, layers=(layer,), error=value, prediction=np.array([value]))
    book = Ledger(np.array([value, 1.0]), np.array([value, value]))
    for step in walk.steps:
        assert backprop(broken, step, 1, book)


def test_a_proof_says_what_was_tried_and_how_close_it_came():
    walk = tutorial_walk(1)
    trace = walk.traces[0]
    step = walk.steps[walk.position(0, "derror_dbias")]
    tried = nudge(trace, step)
    text = proof(tried)
    assert text.startswith("✓ Tried out, a tiny move up and down: 0.1957089299. Relative")
    assert proof(None) == ""
    wrong = replace(tried, relative_differences=(0.001,))
    assert proof(wrong).startswith("✗")
    assert "kink" in proof(replace(tried, at_kink=True))
    assert "cannot be compared" in proof(replace(tried, relative_differences=(np.nan,)))


@pytest.mark.parametrize("sizes", [(1, 1), (4, 1), (2, 2, 1), (3, 4, 2, 1)])
def test_every_box_and_every_way_along_a_weight_has_a_meaning(sizes):
    walk = random_walk(sizes, "tanh")
    meanings = value_meanings(walk.traces[0].network, "squared_error")
    plan, _ = graph_plans(sizes)
    named = {key for key in plan.boxes if not key.startswith("unit")}
    named |= {key for key in plan.arrows if key.startswith("edge")}
    assert named <= set(meanings)
    assert len(set(meanings.values())) == len(meanings)
