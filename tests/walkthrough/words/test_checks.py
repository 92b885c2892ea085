"""What is said of trying a derivative out: both numbers, and whether they are the same."""

import re

import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.walkthrough.finite_differences import DerivativeCheck, check_derivative
from nnviz.walkthrough.values import step_values
from nnviz.walkthrough.words.workings import check_sentence
from tests.reading import NUMBER, read
from tests.walks import random_walk


@pytest.mark.parametrize("loss", ELEMENTWISE)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sizes", [(3, 1), (2, 3, 2, 1)])
def test_every_derivative_is_proved_and_nothing_else_is(sizes, activation, loss):
    walk = random_walk(sizes, activation, loss)
    trace = walk.traces[0]
    for step in walk.steps:
        text = check_sentence(check_derivative(trace, step))
        assert bool(text) == (step.phase == "backward")
        if not text:
            continue
        assert text.startswith("✓ Tried out, a tiny move up and down: "), (step, text)
        tried, _, difference = text.partition(". Relative difference: ")
        shown = [float(read(n)) for n in re.findall(NUMBER, tried.partition("down: ")[2])]
        assert shown == pytest.approx(step_values(trace, step), rel=1e-6, abs=1e-8)
        assert float(read(difference)) <= 1e-7


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_a_number_that_has_left_can_not_be_compared(value):
    text = check_sentence(DerivativeCheck((value,), (value,), (float("nan"),), at_kink=False))
    assert text.endswith("cannot be compared: a number is too large, or too close to 0 or 1")
    assert "✓" not in text


def test_one_wrong_derivative_of_several_is_enough():
    text = check_sentence(DerivativeCheck((1.0, 2.0), (1.0, 2.1), (0.0, 0.047), at_kink=False))
    assert text == ("✗ Tried out, a tiny move up and down: 1 and 2.1. Relative difference: 0.047")
