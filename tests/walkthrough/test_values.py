"""The values of an update and their names."""

import dataclasses
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import tutorial
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.names import CODE, NAMINGS, PLAIN
from nnviz.walkthrough.steps import Step, update_steps
from nnviz.walkthrough.values import ValueNames, path_contribution, step_values
from tests.nn import tables
from tests.random_networks import random_network, random_rows

RATE = 0.05


class Oracle:
    """The same update in PyTorch; each unit reads a copy of its own of what it is fed.

    The gradient of that copy is what the path through this unit alone contributes.
    """

    def __init__(self, torch, network, x, target, loss):
        self.torch, self.network = torch, network
        target = torch.tensor([target], dtype=torch.float64)
        self.loss = lambda prediction: tables.LOSSES[loss](torch, prediction, target)
        self.weights = [self.leaf(layer.weights) for layer in network.layers]
        self.bias = [self.leaf(layer.bias) for layer in network.layers]
        self.inputs = [self.leaf(x)]
        self.copies, self.sums = [], []
        self.prediction = self.send(self.inputs[0], keep=True)
        self.error = self.loss(self.prediction)
        self.error.backward()
        before = [parameter.detach().clone() for parameter in self.weights + self.bias]
        torch.optim.SGD(self.weights + self.bias, lr=RATE).step()
        half = len(network.layers)
        self.old_weights, self.old_bias = before[:half], before[half:]
        self.prediction_after = self.send(self.inputs[0])

    def leaf(self, values):
        return self.torch.tensor(np.array(values, dtype=np.float64)).requires_grad_()

    def activate(self, i, z):
        return tables.ACTIVATIONS[self.network.layers[i].activation][0](self.torch, z)

    def send(self, a, *, keep=False):
        for i, (weights, bias) in enumerate(zip(self.weights, self.bias, strict=True)):
            copies = [a.clone() for _ in bias]
            sums = [copy @ weights[:, k] + bias[k] for k, copy in enumerate(copies)]
            activations = [self.activate(i, z) for z in sums]
            a = self.torch.stack(activations)
            if keep:
                for value in (*copies, *sums, a):
                    value.retain_grad()
                self.copies.append(copies)
                self.sums.append(sums)
                self.inputs.append(a)
        return a

    def slope(self, of, at):
        at = at.detach().clone().requires_grad_()
        of(at).backward()
        return at.grad

    def values(self, step):
        i, j = step.layer, step.unit
        x, z, a = self.inputs[i].detach(), self.sums[i][j], self.inputs[i + 1]
        weights, bias = self.old_weights[i][:, j], self.old_bias[i][j]
        products = x * weights
        found = {
            "take": lambda: self.inputs[0],
            "term": lambda: (products[step.source], products.cumsum(0)[step.source]),
            "bias": lambda: z,
            "sum": lambda: z,
            "activation": lambda: a[j],
            "error": lambda: self.error,
            "derror_dprediction": lambda: self.prediction.grad,
            "contribution": lambda: self.copies[i + 1][step.source].grad[j],
            "derror_dactivation": lambda: a.grad[j],
            "dactivation_dpre_activation": lambda: self.slope(lambda at: self.activate(i, at), z),
            "derror_dpre_activation": lambda: z.grad,
            "dpre_activation_dbias": lambda: self.slope(lambda at: x @ weights + at, bias),
            "derror_dbias": lambda: self.bias[i].grad[j],
            "dpre_activation_dweights": lambda: self.slope(lambda at: x @ at + bias, weights),
            "derror_dweights": lambda: self.weights[i].grad[:, j],
            "update_bias": lambda: self.bias[i][j],
            "update_weights": lambda: self.weights[i][:, j],
            "again": lambda: (self.prediction_after[0], self.loss(self.prediction_after)),
        }[step.kind]()
        found = found if isinstance(found, tuple) else (found,)
        return np.concatenate([np.atleast_1d(value.detach().numpy()) for value in found])


def every_step(network):
    both = [update_steps(network, every_term=every_term) for every_term in (True, False)]
    return list(dict.fromkeys(step for steps in both for step in steps))


def case(loss, activation, n_hidden, seed):
    output = "sigmoid" if loss == "binary_cross_entropy" else activation
    sizes = (2 + (seed + n_hidden) % 3, *((4, 3, 2), (1, 2, 3))[seed % 2][:n_hidden], 1)
    network = random_network(sizes, [activation] * n_hidden + [output], seed)
    X, y = random_rows(network, seed, n_samples=1)
    return network, X[0], y[0, 0]


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("n_hidden", [0, 1, 2, 3])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_every_value_of_every_step_is_pytorchs(torch, loss, activation, n_hidden, seed):
    network, x, target = case(loss, activation, n_hidden, seed)
    trace = trace_update(network, x, target, loss=loss, learning_rate=RATE)
    oracle = Oracle(torch, network, x, target, loss)
    for step in every_step(network):
        np.testing.assert_allclose(
            np.array(step_values(trace, step)),
            oracle.values(step),
            rtol=1e-10,
            atol=1e-14,
            err_msg=str(step),
            strict=True,
        )


@pytest.mark.parametrize("seed", range(4))
def test_the_paths_add_up_and_each_is_the_weight_times_what_comes_back(seed):
    network = random_network((3, 4, 3, 1), ("tanh", "softplus", "sigmoid"), seed)
    trace = trace_update(network, [0.3, -0.8, 1.1], 1)
    for i, n_paths in enumerate((3, 1)):
        after = trace.layers[i + 1]
        for j, whole in enumerate(trace.layers[i].derror_dactivations):
            paths = [path_contribution(trace, i, j, k) for k in range(n_paths)]
            assert sum(paths) == pytest.approx(whole, rel=1e-13, abs=1e-16)
            by_hand = [
                after.derror_dpre_activations[k] * after.weights[j, k] for k in range(n_paths)
            ]
            assert paths == by_hand


TUTORIAL = {
    "take": (2, 1.5),
    "bias": (1.91,),
    "sum": (1.91,),
    "activation": (0.8710191478537642,),
    "error": (0.7586743559278976,),
    "derror_dprediction": (1.7420382957075284,),
    "dactivation_dpre_activation": (0.11234479192586665,),
    "dpre_activation_dbias": (1,),
    "derror_dbias": (0.19570892985815364,),
    "dpre_activation_dweights": (2, 1.5),
    "derror_dweights": (0.39141785971630727, 0.2935633947872305),
    "update_bias": (-0.19570892985815364,),
    "update_weights": (1.45 - 0.39141785971630727, -0.66 - 0.2935633947872305),
    "again": (0.3848563884**0.5, 0.3848563884),
}


def test_the_tutorials_figures():
    network = Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))
    trace = trace_update(network, [2, 1.5], 0, learning_rate=1)
    seen = set()
    for step in every_step(network):
        if step.kind == "term":
            expected = ((2.9, 2.9), (-0.99, 1.91))[step.source]
        else:
            expected = TUTORIAL[step.kind]
        np.testing.assert_allclose(step_values(trace, step), expected, rtol=1e-9)
        seen.add(step.kind)
    assert seen == {*TUTORIAL, "term"}


def test_they_are_plain_numbers():
    network, x, target = case("squared_error", "tanh", 2, 0)
    trace = trace_update(network, x, target)
    for step in every_step(network):
        values = step_values(trace, step)
        assert isinstance(values, tuple)
        assert {type(value) for value in values} == {float}


def test_sums_that_leave_float64_are_no_warning():
    # Both terms still fit into a float64, their sum does not: the unit is saturated.
    network = Network((Layer([[1.7e208], [1.7e208]], [0.0], "sigmoid"),))
    trace = trace_update(network, [1e100, 1e100], 1)
    assert step_values(trace, Step("term", source=0)) == pytest.approx((1.7e308, 1.7e308))
    assert step_values(trace, Step("term", source=1)) == pytest.approx((1.7e308, np.inf))
    assert step_values(trace, Step("sum")) == (np.inf,)


def test_a_path_that_leaves_float64_is_no_warning():
    network = Network((Layer([[1.0]], [0.0], "linear"), Layer([[2.0]], [0.0], "linear")))
    trace = trace_update(network, [1.0], 0)
    hidden, output = trace.layers
    huge = dataclasses.replace(output, weights=np.array([[1e200]]),
                               derror_dpre_activations=np.array([1e200]))  # fmt: skip
    assert path_contribution(dataclasses.replace(trace, layers=(hidden, huge)), 0, 0, 0) == np.inf


def test_what_is_refused():
    network, x, target = case("squared_error", "tanh", 1, 0)
    with pytest.raises(ValueError, match=r"there is no step 'jump'\."):
        step_values(trace_update(network, x, target), Step("jump"))


def names_of(sizes, naming=CODE, row=None):
    layers = [Layer(np.ones(pair), np.zeros(pair[1]), "tanh") for pair in pairwise(sizes)]
    row = [0.3] * sizes[0] if row is None else row
    return ValueNames.of(trace_update(Network(tuple(layers)), row, [0.0]), naming)


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
    assert names_of(sizes).neuron is neuron
    assert names_of(sizes).last == len(sizes) - 2


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


def test_plain_names():
    names = names_of((2, 1), PLAIN)
    assert names.weight(0, 1, 0) == "weight 2"
    assert names.gradient(names.weight(0, 1, 0)) == "slope along weight 2"
    assert names.spoken(names.pre_activation(0, 0)) == "the weighted sum"
    names = names_of((2, 3, 1), PLAIN)
    assert names.weight(0, 0, 1) == "weight input 1 → unit 2"
    assert names.weight(1, 2, 0) == "weight unit 3 → output"
    assert names.source(1, 0) == "output of unit 1"
    assert names.spoken(names.bias(1, 0)) == "the bias of output"
    assert names_of((2, 3, 2, 1), PLAIN).bias(1, 0) == "bias of unit 2.1"


def test_the_inputs_of_a_plant_are_what_it_gets():
    plants = (tutorial.FIRST_ROW, tutorial.SECOND_ROW, *tutorial.eight_rows().X)
    for row in plants:
        names = names_of((2, 1), PLAIN, row)
        assert [names.input(i) for i in range(2)] == ["hours of sun", "glasses of water"]
        assert names.spoken(names.input(1)) == "the glasses of water"
        assert names.weight(0, 0, 0) == "weight 1"
        assert names_of((2, 1), CODE, row).input(0) == "input_vector[0]"
    for row in ((2.0, 1.25), (1.5, 2.0), (2.0, 1.5, 3.0), (2.0,)):
        assert names_of((len(row), 1), PLAIN, row).input(0) == "input 1"


@given(st.integers(1, 12), st.lists(st.integers(1, 12), max_size=11), st.sampled_from(NAMINGS))
def test_no_two_values_share_a_name(n_inputs, hidden, naming):
    sizes = (n_inputs, *hidden, 1)
    names = list(all_names(names_of(sizes, naming), sizes))
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
