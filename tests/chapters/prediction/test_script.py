"""The scripts of the page, run as a learner would run them."""

import json
import re

import numpy as np
import pytest

from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chapters.prediction.script import collapse_snippet, prediction_snippet
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from tests.clean_process import output


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("bias", [0.0, -2.5])
def test_the_script_prints_what_the_screen_shows(tmp_path, activation, bias):
    layer = Layer(np.array([[1.45], [-0.66]]), [bias], activation)
    trace = trace_update(Network((layer,)), (1.66, 1.56), 1, learning_rate=0)
    printed = dict(line.split(" ") for line in output(prediction_snippet(trace, 0.3), tmp_path))
    z, p = float(trace.layers[0].pre_activations[0]), float(trace.prediction[0])
    assert float(printed["layer_1"]) == pytest.approx(z, rel=1e-9)
    assert float(printed["prediction"]) == pytest.approx(p, rel=1e-9)
    assert int(printed["answer"]) == decide(p, 0.3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sign", [1, -1])
def test_it_holds_where_a_link_goes_farthest(tmp_path, activation, sign):
    layer = Layer(np.array([[100.0], [100.0]]) * sign, [100.0 * sign], activation)
    trace = trace_update(Network((layer,)), (100, 100), 1, learning_rate=0)
    printed = dict(line.split(" ") for line in output(prediction_snippet(trace, 0.5), tmp_path))
    p = float(trace.prediction[0])
    assert float(printed["prediction"]) == pytest.approx(p, rel=1e-9, abs=1e-300)
    assert int(printed["answer"]) == decide(p, 0.5)


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
