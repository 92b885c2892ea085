"""The scripts of Linear regression print the numbers of the core, in a Python of their own."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import least_squares, mean_squared_error
from nnviz.chapters.linear_regression.script import descent_snippet, hand_snippet
from nnviz.data.sample import Sample
from tests.clean_process import output

HOUSES = houses(12, 30.0, 2)


def numbers(line):
    return [float(word) for word in line.split(":", 1)[1].split()]


def test_the_script_of_a_plane_by_hand(tmp_path):
    printed = output(hand_snippet(HOUSES, (2.5, -1.0, 80.0)), tmp_path)
    error = mean_squared_error(HOUSES.X, HOUSES.y, [2.5, -1.0], 80.0)
    answer = least_squares(HOUSES.X, HOUSES.y)
    assert numbers(printed[0]) == pytest.approx([error], rel=1e-12)
    assert numbers(printed[1].replace(", weights and bias", "")) == pytest.approx(
        [*answer.weights, answer.bias], rel=1e-9
    )
    assert numbers(printed[2]) == pytest.approx([answer.error], rel=1e-9)


@pytest.mark.parametrize(("scale", "rate", "step"), [(True, 0.3, 17), (False, 3e-5, 40)])
def test_the_script_of_a_run(tmp_path, scale, rate, step):
    run = descend(regression_plan(HOUSES, rate, standardise=scale), (1.0, 0.0, 200.0), 60)
    largest, weights, bias, error = map(numbers, output(descent_snippet(run, step), tmp_path))
    assert largest == pytest.approx([run.curvature.largest_rate], rel=1e-9)
    assert [*weights, *bias] == pytest.approx(run.in_units[step].tolist(), rel=1e-9)
    assert error == pytest.approx([run.errors[step]], rel=1e-9)


def test_constant_columns_and_names_of_any_kind_do_not_break_a_script(tmp_path):
    X = np.column_stack([HOUSES.X[:, 0], np.full(12, 3.0)])
    sample = Sample(X, HOUSES.y, ('a\n"""', "b\u2028{x}"), (), "t\r\nimport os")
    run = descend(regression_plan(sample, 0.3, standardise=True), (1.0, 0.0, 200.0), 20)
    printed = output(descent_snippet(run, 20), tmp_path)
    assert numbers(printed[-1]) == pytest.approx([run.errors[20]], rel=1e-9)
