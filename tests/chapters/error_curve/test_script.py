"""The scripts of the error curve page run by themselves and print the numbers on the screen."""

import re

import pytest

from nnviz.chapters.error_curve.script import (
    quadratic_walk_snippet,
    update_rules_snippet,
    weight_walk_snippet,
)
from nnviz.chapters.error_curve.walk import POINT_A, POINT_B, walk
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn.curves import quadratic, weight_slice
from nnviz.training.update_rules import UPDATE_RULES, apply_rule
from tests.clean_process import output

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]\d+)?")


def printed(script, folder):
    """Run a script far from the project, without the user's own packages; return its numbers."""
    return [[float(n) for n in NUMBER.findall(line)] for line in output(script, folder)]


def expect_walk(lines, expected):
    assert [int(numbers.pop(0)) for numbers in lines[1:]] == [*range(1, len(expected.x))]
    for numbers, *on_screen in zip(lines, expected.x, expected.error, expected.slope, strict=True):
        assert numbers == pytest.approx(on_screen, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(
    ("start", "rates"),
    [(POINT_A, ()), (POINT_A, (0.1, 0.5)), (POINT_B, (1.0, 1.0, 1.1)), (2.0, (0.9,) * 200)],
)
def test_the_walk_down_the_quadratic(start, rates, tmp_path):
    lines = printed(quadratic_walk_snippet(start, rates), tmp_path)
    expect_walk(lines, walk(quadratic(), start, rates))


@pytest.mark.parametrize(
    ("index", "start", "rates"),
    [(0, 1.45, (0.1, 10.0)), (0, 4.0, (1.0,) * 30), (1, -7.0, (0.5,)), (2, 5.0, (10.0, 10.0))],
)
def test_the_walk_along_a_parameter(index, start, rates, tmp_path):
    script = weight_walk_snippet(index, start, rates)
    curve = weight_slice(
        first_neuron(), tutorial.SECOND_ROW, tutorial.SECOND_TARGET, index
    )  # fmt: skip
    expect_walk(printed(script, tmp_path), walk(curve, start, rates))


@pytest.mark.parametrize("update_bias", [False, True])
def test_the_update_rules(update_bias, tmp_path):
    script = update_rules_snippet(0.1, update_bias=update_bias)
    lines = iter(printed(script, tmp_path))
    for mirrored in (False, True):
        for rule in UPDATE_RULES:
            result = apply_rule(rule, mirrored=mirrored, update_bias=update_bias)
            on_screen = [
                *result.input_vector, *result.weights_after, result.prediction_after,
                result.error_after,
            ]  # fmt: skip
            assert next(lines) == pytest.approx(on_screen, rel=1e-9)
    assert next(lines, None) is None
