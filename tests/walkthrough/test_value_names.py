"""What the values are called: as in the tutorial for its neuron, else as NumPy finds them."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.nn.network import Layer, Network
from nnviz.walkthrough.value_names import ValueNames


def names_of(sizes):
    layers = [Layer(np.ones(pair), np.zeros(pair[1]), "tanh") for pair in pairwise(sizes)]
    return ValueNames.of(Network(tuple(layers)))


def test_the_tutorials_names():
    names = names_of((2, 1))
    assert names.inputs() == "input_vector"
    assert names.input(0) == names.source(0, 0) == "input_vector[0]"
    assert names.weights(0, 0) == "weights_1"
    assert names.weight(0, 1, 0) == "weights_1[1]"
    assert names.bias(0, 0) == "bias"
    assert names.pre_activation(0, 0) == "layer_1"
    assert names.activation(0, 0) == "prediction"
    assert names.gradient("prediction") == "derror_dprediction"
    assert names.local(0, 0) == "dprediction_dlayer1"
    assert names.by_bias(0, 0) == "dlayer1_dbias"
    assert names.by_weights(0, 0) == "dlayer1_dweights"
    assert names.gradient(names.bias(0, 0)) == "derror_dbias"
    assert names.gradient(names.weights(0, 0)) == "derror_dweights"
    assert names.gradient(names.pre_activation(0, 0)) == "derror_dlayer1"
    assert names.gradient(names.weight(0, 1, 0)) == "derror_dweights[1]"


def test_the_names_of_a_network():
    names = names_of((2, 3, 1))
    assert names.inputs() == "x"
    assert names.input(1) == names.source(0, 1) == "x[1]"
    assert names.weights(0, 2) == "W1[:,2]"
    assert names.weight(0, 0, 1) == "W1[0,1]"
    assert names.bias(0, 0) == "b1[0]"
    assert names.pre_activation(0, 0) == "z1[0]"
    assert names.activation(0, 0) == names.source(1, 0) == "a1[0]"
    assert names.weight(1, 2, 0) == "W2[2,0]"
    assert names.bias(1, 0) == "b2[0]"
    assert names.pre_activation(1, 0) == "z2[0]"
    assert names.activation(1, 0) == "prediction"
    assert names.local(0, 1) == "da1[1]_dz1[1]"
    assert names.local(1, 0) == "dprediction_dz2[0]"
    assert names.by_bias(0, 1) == "dz1[1]_db1[1]"
    assert names.by_weights(0, 1) == "dz1[1]_dW1[:,1]"
    assert names.gradient("prediction") == "derror_dprediction"
    assert names.gradient("a1[0]") == "derror_da1[0]"
    assert names.gradient("W2[2,0]") == "derror_dW2[2,0]"


@pytest.mark.parametrize(("sizes", "neuron"), [((1, 1), True), ((4, 1), True), ((2, 1, 1), False)])
def test_only_one_unit_alone_is_the_tutorials_neuron(sizes, neuron):
    assert names_of(sizes) == ValueNames(neuron, len(sizes) - 2)


def all_names(names, sizes):
    yield names.inputs()
    yield from (names.input(i) for i in range(sizes[0]))
    for layer in range(len(sizes) - 1):
        for j in range(sizes[layer + 1]):
            values = [
                names.weights(layer, j),
                *(names.weight(layer, i, j) for i in range(sizes[layer])),
                names.bias(layer, j),
                names.pre_activation(layer, j),
                names.activation(layer, j),
            ]
            yield from values
            yield from map(names.gradient, values)
            yield names.local(layer, j)
            yield names.by_bias(layer, j)
            yield names.by_weights(layer, j)


@given(st.integers(1, 12), st.lists(st.integers(1, 12), max_size=11))
def test_no_two_values_share_a_name(n_inputs, hidden):
    sizes = (n_inputs, *hidden, 1)
    names = list(all_names(names_of(sizes), sizes))
    assert len(set(names)) == len(names)


@given(st.lists(st.integers(1, 4), min_size=1, max_size=3))
def test_the_names_of_weights_and_biases_find_them_in_numpy(hidden):
    sizes = (2, *hidden, 1)
    names = names_of(sizes)
    shapes = list(pairwise(sizes))
    arrays = {f"W{i + 1}": np.arange(n * m).reshape(n, m) for i, (n, m) in enumerate(shapes)}
    arrays |= {f"b{i + 1}": np.arange(m) for i, (_, m) in enumerate(shapes)}
    arrays["x"] = np.arange(sizes[0])
    for layer, (n, m) in enumerate(shapes):
        for j in range(m):
            assert eval(names.bias(layer, j), arrays) == j
            assert list(eval(names.weights(layer, j), arrays)) == [i * m + j for i in range(n)]
            for i in range(n):
                assert eval(names.weight(layer, i, j), arrays) == i * m + j
    assert [eval(names.input(i), arrays) for i in range(sizes[0])] == list(range(sizes[0]))
