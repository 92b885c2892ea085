"""The names of parameters against the network that they stand for, and cases written by hand."""

import re
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.training.parameter_names import parameter_keys, parameter_names
from tests.runs import plan_of


def test_the_parameters_of_a_neuron():
    neuron = plan_of(features=("sin x1", "x1*x2"))
    assert parameter_names(neuron) == (
        "weight of x1", "weight of x2", "weight of sin x1", "weight of x1·x2", "bias",
    )  # fmt: skip
    assert parameter_keys(neuron) == ("w1", "w2", "w3", "w4", "b")


def test_the_parameters_of_a_hidden_layer():
    network = plan_of(hidden=((2, "tanh"),))
    assert parameter_names(network) == (
        "x1 → unit 1", "x1 → unit 2", "x2 → unit 1", "x2 → unit 2",
        "bias of unit 1", "bias of unit 2",
        "unit 1 → output", "unit 2 → output", "bias of the output",
    )  # fmt: skip
    assert parameter_keys(network) == (
        "w1.1", "w1.2", "w2.1", "w2.2", "b1", "b2", "v1", "v2", "c",
    )  # fmt: skip


def test_units_of_several_layers_are_told_apart():
    deep = plan_of(hidden=((1, "tanh"), (2, "relu")))
    assert parameter_names(deep)[3:] == (
        "unit 1 of layer 1 → unit 1 of layer 2", "unit 1 of layer 1 → unit 2 of layer 2",
        "bias of unit 1 of layer 2", "bias of unit 2 of layer 2",
        "unit 1 of layer 2 → output", "unit 2 of layer 2 → output", "bias of the output",
    )  # fmt: skip
    assert parameter_keys(deep) == (
        "w1.1", "w2.1", "b1", "h2.w1.1", "h2.w1.2", "h2.b1", "h2.b2", "v1", "v2", "c",
    )  # fmt: skip


def test_names_and_keys_point_at_the_very_numbers_of_the_network():
    plan = plan_of(hidden=((3, "tanh"),), features=("x1^2",))
    network = plan.network(np.arange(16.0))
    values = dict(zip(parameter_keys(plan), network.parameters(), strict=True))
    named = dict(zip(parameter_names(plan), network.parameters(), strict=True))
    first, output = network.layers
    assert values["w3.2"] == named["x1² → unit 2"] == first.weights[2, 1]
    assert values["b3"] == named["bias of unit 3"] == first.bias[2]
    assert values["v2"] == named["unit 2 → output"] == output.weights[1, 0]
    assert values["c"] == named["bias of the output"] == output.bias[0]


@given(st.lists(st.integers(1, 8), max_size=4), st.booleans())
def test_there_is_one_of_each_and_all_differ(sizes, more):
    features = ("sin x1", "sin x2") if more else ()
    model = plan_of(hidden=tuple((n, "relu") for n in sizes), features=features)
    assert sum((a + 1) * b for a, b in pairwise(model.sizes)) == model.n_parameters
    for names in (parameter_names(model), parameter_keys(model)):
        assert len(names) == len(set(names)) == model.n_parameters
    assert all(re.fullmatch(r"[a-z0-9.]+", key) for key in parameter_keys(model))


def test_other_things_have_no_parameters():
    for name in (parameter_names, parameter_keys):
        with pytest.raises(TypeError, match="Plan"):
            name("neuron")
