"""Units, weights and biases: their positions, their texts in links, their names in sentences."""

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.items import (
    Bias,
    Edge,
    Unit,
    biases,
    edges,
    input_label,
    item_of,
    item_text,
    parameter_index,
    parameter_item,
    parameter_label,
    the_unit,
)
from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.training.plan import Plan
from tests.parameter_positions import index_of


def plan(hidden=((3, "tanh"), (2, "relu")), **choices):
    return Plan(toys.make("circle", 20, 0.0, 1), Architecture(hidden=hidden, **choices))


BLOBS = Plan(
    toys.make("blobs", 30, 0.0, 1, 3),
    Architecture(hidden=((2, "tanh"),), output="softmax", loss="cross_entropy"),
)


@pytest.mark.parametrize("made", [plan(), plan(()), plan(((4, "tanh"),)), BLOBS])
def test_every_parameter_is_where_the_layers_say(made):
    layers = made.layers(np.arange(made.n_parameters, dtype=float)[np.newaxis])
    expected = {}
    for layer, (weights, bias) in enumerate(layers, start=1):
        expected |= {Edge(layer, *k): int(n) for k, n in np.ndenumerate(weights[0])}
        expected |= {Bias(layer, k): int(n) for k, n in enumerate(bias[0])}
    assert sorted(expected.values()) == list(range(made.n_parameters))
    assert set(expected) == {*edges(made.sizes), *biases(made.sizes)}
    for item, number in expected.items():
        assert parameter_index(item, made.sizes) == number
        assert parameter_item(number, made.sizes) == item


def test_a_parameter_that_is_not_there_is_refused():
    made = plan()
    for index in (-1, made.n_parameters):
        with pytest.raises(ValueError, match="number of a parameter must be between"):
            parameter_item(index, made.sizes)


def test_labels():
    made = plan()
    assert parameter_label(made, index_of(made, 0, 1, 2)) == "x2 → unit 3 of layer 1"
    assert parameter_label(made, index_of(made, 0, None, 0)) == "bias of unit 1 of layer 1"
    assert parameter_label(made, index_of(made, 1, 2, 0)) == (
        "unit 3 of layer 1 → unit 1 of layer 2"
    )
    assert parameter_label(made, index_of(made, 2, 1, 0)) == "unit 2 of layer 2 → output"
    assert parameter_label(made, index_of(made, 2, None, 0)) == "bias of the output"
    one = plan(((4, "tanh"),))
    assert parameter_label(one, index_of(one, 0, 0, 3)) == "x1 → unit 4"
    assert parameter_label(plan(()), 1) == "x2 → output"
    assert parameter_label(BLOBS, index_of(BLOBS, 1, 1, 2)) == "unit 2 → output 2"
    assert parameter_label(BLOBS, index_of(BLOBS, 1, None, 0)) == "bias of output 0"
    assert the_unit(made, Unit(3, 0)) == "the output"
    for each in (made, one, BLOBS):
        labels = [parameter_label(each, index) for index in range(each.n_parameters)]
        assert len(set(labels)) == len(labels)


def test_inputs_are_called_by_their_columns():
    X = np.array([[1.0, 2.0, 3.0], [2.0, 3.0, 5.0], [3.0, 1.0, 4.0], [0.0, 1.0, 2.0]])
    sample = Sample(X, np.array([0, 1, 0, 1]), ("height", "width", "age"))
    names = ("x1", "x3", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")
    made = Plan(sample, Architecture(inputs=names))
    assert [input_label(made, k) for k in range(7)] == [
        "height", "age", "height²", "width²", "height · width", "sin height", "sin width",
    ]  # fmt: skip
    assert parameter_label(made, index_of(made, 0, 1, 0)) == "age → unit 1 of layer 1"


@pytest.mark.parametrize(
    ("text", "item"),
    [("u.0.1", Unit(0, 1)), ("b.3.0", Bias(3, 0)), ("e.2.3.1", Edge(2, 3, 1)), ("", None)],
)
def test_items_have_names_in_the_address(text, item):
    plan = Settings().plan(None)
    assert item_of(text, plan) == item
    assert item_text(item) == text


@pytest.mark.parametrize("text", ["u.4.0", "b.0.0", "e.1.2.0", "u.1.4"])
def test_what_the_network_does_not_have_is_nothing(text):
    assert item_of(text, Settings().plan(None)) is None
