"""Where each parameter stands, against a list that is put together from the sizes."""

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.parameters_by_name import (
    Place,
    index_of,
    input_label,
    parameter_label,
    place_of,
    the_unit,
)
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.training.evaluation import layers_of
from nnviz.training.plan import Plan


def plan(hidden=((3, "tanh"), (2, "relu")), **choices):
    return Plan(toys.make("circle", 20, 0.0, 1), Architecture(hidden=hidden, **choices))


BLOBS = Plan(
    toys.make("blobs", 30, 0.0, 1, 3),
    Architecture(hidden=((2, "tanh"),), output="softmax", loss="cross_entropy"),
)


@pytest.mark.parametrize("made", [plan(), plan(()), plan(((4, "tanh"),)), BLOBS])
def test_every_parameter_is_where_the_layers_say(made):
    layers = layers_of(made, np.arange(made.n_parameters, dtype=float)[np.newaxis])
    seen = []
    for layer, (weights, bias) in enumerate(layers):
        for (source, unit), number in np.ndenumerate(weights[0]):
            assert index_of(made, layer, source, unit) == number
            assert place_of(made, int(number)) == Place(layer, source, unit)
            seen.append(number)
        for unit, number in enumerate(bias[0]):
            assert index_of(made, layer, None, unit) == number
            assert place_of(made, int(number)) == Place(layer, None, unit)
            seen.append(number)
    assert sorted(seen) == list(range(made.n_parameters))


def test_what_is_not_there_is_refused():
    made = plan()
    for layer, source, unit in ((3, 0, 0), (0, 2, 0), (0, 0, 3), (-1, 0, 0), (2, None, 1)):
        with pytest.raises(ValueError, match="must be between"):
            index_of(made, layer, source, unit)
    with pytest.raises(ValueError, match="number of a parameter"):
        place_of(made, made.n_parameters)


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
    assert the_unit(made, 2, 0) == "the output"
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
