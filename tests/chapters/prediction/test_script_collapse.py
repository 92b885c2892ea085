"""The script of stacked layers: it runs by itself and prints what the page shows."""

import json
import re

import numpy as np
import pytest

from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chapters.prediction.script_collapse import collapse_snippet
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network
from tests.clean_process import output

X = eight_rows().X
ROW = re.compile(r"row (\d+) stack: (\S+) folded: (\S+) difference: (\S+)")


def states(n_hidden, n_units, between, last):
    collapse = collapse_layers(random_stack(n_hidden, n_units, between, last, seed=2))
    return collapse, compare(collapse, X)


@pytest.mark.parametrize(
    ("n_hidden", "n_units", "between", "last"),
    [
        (2, 3, "linear", "sigmoid"),
        (1, 1, "linear", "linear"),
        *((3, 4, name, "linear") for name in ACTIVATIONS if name != "linear"),
        (1, 2, "sigmoid", "sigmoid"),
    ],
)
def test_the_script_prints_the_numbers_on_the_screen(n_hidden, n_units, between, last, tmp_path):
    collapse, comparison = states(n_hidden, n_units, between, last)
    weights, bias, *rows = output(collapse_snippet(collapse, comparison), tmp_path)
    (layer,) = collapse.collapsed.layers
    for line, name, values in (
        (weights, "folded weights: ", layer.weights),
        (bias, "folded bias: ", layer.bias),
    ):
        assert line.startswith(name)
        np.testing.assert_allclose(json.loads(line.removeprefix(name)), values, rtol=1e-12)
    printed = np.array([ROW.fullmatch(line).groups() for line in rows], dtype=float)
    np.testing.assert_array_equal(printed[:, 0], range(1, 9))
    np.testing.assert_allclose(printed[:, 1], comparison.stacked, rtol=1e-12)
    np.testing.assert_allclose(printed[:, 2], comparison.collapsed, rtol=1e-12)
    np.testing.assert_allclose(printed[:, 3], comparison.differences, atol=1e-14)


def test_the_script_is_short_lines_and_needs_numpy_alone():
    script = collapse_snippet(*states(3, 4, "leaky_relu", "sigmoid"))
    assert max(map(len, script.splitlines())) <= 100
    assert re.findall(r"^\s*(?:import|from) .*", script, re.M) == ["import numpy as np"]
    assert script.count("def ") == 2


def test_one_layer_is_folded_already(tmp_path):
    collapse = collapse_layers(Network((Layer([[0.5], [-1.0]], [0.25], "sigmoid"),)))
    weights, bias, *rows = output(collapse_snippet(collapse, compare(collapse, X)), tmp_path)
    assert (weights, bias) == ("folded weights: [[0.5], [-1.0]]", "folded bias: [0.25]")
    assert all(line.endswith("difference: 0.0") for line in rows)


def test_every_activation_can_be_written():
    for name in ACTIVATIONS:
        assert f"def {name}(z):" in collapse_snippet(*states(1, 2, name, "linear"))
