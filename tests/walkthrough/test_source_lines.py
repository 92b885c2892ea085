"""The line that is lit is the line that computed the value."""

import inspect
from pathlib import Path

import pytest

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE, LOSSES
from nnviz.nn.network import backward
from nnviz.nn.trace import trace_update
from nnviz.walkthrough import source_lines
from nnviz.walkthrough.source_lines import line_of, source_line
from nnviz.walkthrough.steps import PHASE_OF, update_steps
from tests.random_networks import random_network

ROOT = Path(__file__).resolve().parents[2]

# What must stand in the line of each step, whatever activation and loss.
HOLDS = {
    "take": "network.forward(input_vector",
    "term": "activations[-1] @ layer.weights + layer.bias",
    "bias": "activations[-1] @ layer.weights + layer.bias",
    "sum": "activations[-1] @ layer.weights + layer.bias",
    "activation": "return ",
    "error": "return ",
    "derror_dprediction": "return ",
    "contribution": "derror_dz @ layer.weights.T",
    "derror_dactivation": "derror_dz @ layer.weights.T",
    "dactivation_dpre_activation": "return ",
    "derror_dpre_activation": "derror_dz = ",
    "dpre_activation_dbias": "dlayer1_dbias = 1",
    "derror_dbias": "derror_dz.sum(axis=0)",
    "dpre_activation_dweights": "dlayer1_dweights = input_vector",
    "derror_dweights": "inputs.T @ derror_dz",
    "update_bias": "layer.bias + bias_updates",
    "update_weights": "layer.weights + weight_updates",
    "again": "after.forward(input_vector",
}


def traces():
    for loss in ELEMENTWISE:
        for activation in ACTIVATIONS:
            for sizes in ((2, 1), (2, 3, 2, 1)):
                end = "sigmoid" if loss == "binary_cross_entropy" else activation
                names = [*[activation] * (len(sizes) - 2), end]
                network = random_network(sizes, names, seed=1)
                yield trace_update(network, [0.3, -0.4], 1, loss=loss)


def test_every_step_has_a_line_that_stands_where_it_says():
    seen = set()
    for trace in traces():
        for every_term in (True, False):
            for step in update_steps(trace.network, every_term=every_term):
                line = source_line(trace, step)
                seen.add(step.kind)
                assert HOLDS[step.kind] in line.text, step
                file, _, number = line.place.partition(":")
                lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
                assert lines[int(number) - 1].strip() == line.text
                assert inspect.getsource(line.function).splitlines()[line.index].strip() == (
                    line.text
                )
    assert seen == set(PHASE_OF) == set(HOLDS)


def test_the_functions_are_those_of_the_activation_and_the_loss():
    for trace in traces():
        last, loss = len(trace.layers) - 1, LOSSES[trace.loss]
        for step in update_steps(trace.network, every_term=False):
            line = source_line(trace, step)
            activation = ACTIVATIONS[trace.layers[step.layer].activation]
            expected = {
                "activation": activation.array_value,
                "dactivation_dpre_activation": activation.array_derivative,
                "error": loss.value_from_z or loss.value,
                "derror_dprediction": loss.derivative_from_z or loss.derivative,
            }.get(step.kind, line.function)
            assert line.function is expected
            if step.kind == "derror_dpre_activation":
                cancelled = trace.loss == "binary_cross_entropy" and step.layer == last
                assert ("prediction - y" in line.text) is cancelled


def test_what_is_searched_for_stands_in_one_line_alone(monkeypatch):
    asked = []
    real = source_lines.line_of
    monkeypatch.setattr(source_lines, "line_of", lambda *a: asked.append(a) or real(*a))
    for trace in traces():
        for step in update_steps(trace.network, every_term=False):
            source_line(trace, step)
    for function, fragment in asked:
        lines = [line for line in inspect.getsource(function).splitlines() if fragment in line]
        assert len(lines) == 1, (function, fragment)


def test_a_line_that_is_gone_is_an_error():
    with pytest.raises(LookupError, match="backward holds no line"):
        line_of(backward, "import os")
