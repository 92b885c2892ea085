"""What a click shows: every number in it is read again and reckoned with."""

import re

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.items import Unit
from nnviz.chapters.deeper_networks.reading.values import edge_reading, unit_reading
from nnviz.chapters.deeper_networks.reading.words import (
    edge_latex,
    edge_words,
    unit_latex,
    unit_words,
)
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from tests.chapters.deeper_networks.reading.test_unit import random_parameters
from tests.parameter_positions import index_of
from tests.reading import read


def made(activation="tanh", n=3, **choices):
    architecture = Architecture(hidden=((n, activation), (2, activation)), **choices)
    return Plan(toys.make("circle", 40, 0.2, 3), architecture, seed=3)


def unit(plan, layer, number, parameters=None, point=(1.0, -2.0)):
    parameters = random_parameters(plan) if parameters is None else parameters
    return unit_reading(plan, parameters, Unit(layer + 1, number), point)


def edge(plan, layer, source, number, parameters=None, point=(1.0, -2.0)):
    parameters = random_parameters(plan) if parameters is None else parameters
    index = index_of(plan, layer, source, number)
    return edge_reading(plan, parameters, index, point)


def reckoned(formula):
    """Return both sides of the last equals sign as numbers."""
    flat = re.sub(r"\\begin{aligned}|\\end{aligned}|\\\\|&|\\quad", " ", formula)
    sides = flat.split("=")
    text = sides[-2].replace(r"\cdot", "*")
    return eval(text), float(sides[-1])


@pytest.mark.parametrize("n", [1, 3, 8])
def test_the_formula_with_numbers_adds_up(n):
    plan = made(n=n)
    for layer in range(3):
        found = unit(plan, layer, 0)
        symbols, numbers, made_of = unit_latex(plan, found)
        left, right = reckoned(numbers)
        assert left == pytest.approx(right, abs=2e-3 * (n + 1))
        assert right == pytest.approx(found.z, rel=1e-3)
        assert symbols.count("w_") == len(found.weights)
        assert symbols.count("b") - symbols.count("begin") == 1
        assert made_of.endswith(f"= {found.a:.4g}")
    assert (r"\begin{aligned}" in unit_latex(plan, unit(plan, 1, 0))[0]) is (n >= 3)


def test_the_words_of_a_unit():
    plan = made()
    found = unit(plan, 0, 1)
    words = unit_words(plan, found)
    assert words[0].startswith("Unit 2 of layer 1 adds up 2 inputs times weights and its bias: ")
    z, a = re.search(r"bias: (\S+)\. Its tanh makes of this (\S+)\.$", words[0]).groups()
    assert (float(read(z)), float(read(a))) == pytest.approx((found.z, found.a), rel=1e-3)
    on, rows = re.search(r"above 0 for (\d+) of (\d+) training rows", words[1]).groups()
    assert (int(on), int(rows)) == (found.n_on, 20)
    assert f"{found.n_on / 20:.0%}" in words[1]
    assert unit_words(plan, unit(plan, 2, 0))[0].startswith("The output adds up 2 inputs")


def test_a_relu_that_is_always_on_or_never():
    plan = made("relu")
    parameters = np.array(random_parameters(plan))
    bias = index_of(plan, 0, None, 0)
    parameters[bias] = 100.0
    assert "for 20 of 20 training rows (100%): it bends nothing there." in " ".join(
        unit_words(plan, unit(plan, 0, 0, parameters))
    )
    parameters[bias] = -100.0
    words = unit_words(plan, unit(plan, 0, 0, parameters))
    assert "for 0 of 20 training rows (0%): it is dead." in words[1]
    assert words[2] == "It gives 0 for every training row."


def test_softmax():
    sample = toys.make("blobs", 60, 0.5, 2, 3)
    plan = Plan(sample, Architecture(hidden=((3, "tanh"),), output="softmax", loss="cross_entropy"))
    found = unit(plan, 1, 2)
    words = unit_words(plan, found)
    assert words[0].startswith("Output 2 adds up 3 inputs")
    assert f"the largest output for {found.n_on} of 30 training rows" in words[1]
    assert unit_latex(plan, found)[2].count("e^{") == 6


def test_the_words_of_an_edge():
    plan = made()
    found = edge(plan, 1, 2, 0)
    words = " ".join(edge_words(plan, found))
    match = re.search(
        r"^For this point unit 3 of layer 1 is (\S+)\. Times the weight (\S+) that adds (\S+) to "
        r"the sum of unit 1 of layer 2, (\S+)\. The derivative of the training loss by this weight "
        r"is (\S+): a little more of it makes the loss (higher|lower), so a step down the gradient "
        r"makes it (smaller|larger)\. Check: moved up by (\S+) the loss is (\S+), moved down (\S+);"
        r" the difference divided by (\S+) is (\S+)\.$",
        words,
    )
    *numbers, after = match.groups()
    given, weight, added, z, derivative = (float(read(each)) for each in numbers[:5])
    assert given * weight == pytest.approx(added, rel=2e-3)
    assert z == pytest.approx(found.z, rel=1e-3)
    nudge, above, below, twice = (float(read(each)) for each in numbers[7:])
    assert twice == pytest.approx(2 * nudge)
    assert (above - below) / twice == pytest.approx(derivative, rel=1e-3, abs=1e-6)
    assert float(read(after)) == pytest.approx(derivative, rel=1e-3)
    assert (numbers[5], numbers[6]) == (
        ("higher", "smaller") if derivative > 0 else ("lower", "larger")
    )


def test_an_input_is_called_by_its_column_and_a_bias_by_its_unit():
    X = np.column_stack([np.arange(12.0), np.arange(12.0) ** 2 % 7])
    sample = Sample(X, np.arange(12) % 2, ("<b>$height_cm}", "width"))
    plan = Plan(sample, Architecture(inputs=("x1", "x2", "x1^2")))
    words = edge_words(plan, edge(plan, 0, 1, 0))
    assert words[0].startswith("For this point width, standardised, is ")
    formula = edge_latex(plan, edge(plan, 0, 0, 0))[0]
    assert r"\text{b height cm}" in formula
    assert "<" not in formula
    assert "$" not in formula
    bias = edge_words(plan, edge(plan, 0, None, 1))
    assert bias[0].startswith("The bias of unit 2 of layer 1 is ")
    assert edge_latex(plan, edge(plan, 0, None, 1))[0].startswith("b = ")


def test_penalties_and_zero():
    plan = Plan(
        toys.make("circle", 40, 0.2, 3),
        Architecture(hidden=((2, "relu"),)),
        Hyperparameters(l2=0.5),
    )
    parameters = np.array(random_parameters(plan))
    parameters[index_of(plan, 0, None, 0)] = -100.0
    words = edge_words(plan, edge(plan, 1, 0, 0, parameters))
    weight = parameters[index_of(plan, 1, 0, 0)]
    said = re.search(r"Of that derivative (\S+) comes from the penalty", " ".join(words)).group(1)
    assert float(read(said)) == pytest.approx(0.5 * weight, rel=1e-3)
    words = edge_words(plan, edge(plan, 0, None, 0, parameters))
    assert words[1] == (
        "The derivative of the training loss by this bias is 0, so a step down the gradient leaves "
        "it as it is."
    )
    assert "kink" not in words[-1]


def test_at_a_kink_difference_and_derivative_need_not_agree():
    plan = made("relu", output="sigmoid")
    # Every unit of the first layer has the sum 0 for every row: moved up it gives something.
    parameters = np.array(random_parameters(plan))
    (weights, bias), *_ = plan.layers(parameters[np.newaxis])
    weights[:], bias[:] = 0.0, 0.0
    found = edge(plan, 0, None, 0, parameters)
    assert found.derivative == 0 != found.by_difference
    assert "kink at 0, where there is no one slope" in edge_words(plan, found)[-1]


def test_numbers_that_are_none_are_said_so():
    plan = made("relu", output="sigmoid")
    parameters = np.full(plan.n_parameters, 1e300)
    assert "not a number" in " ".join(edge_words(plan, edge(plan, 0, 0, 0, parameters)))
    assert unit_words(plan, unit(plan, 1, 0, parameters))
    assert unit_latex(plan, unit(plan, 1, 0, parameters))


def own_loss(plan, parameters):
    """Return the mean squared error of the training rows with the penalty, by the textbook."""
    a, at, penalty = plan.train_inputs, 0, 0.0
    ways = {"tanh": np.tanh, "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
            "relu": lambda z: np.maximum(z, 0.0)}  # fmt: skip
    for n_in, n_out, name in zip(plan.sizes, plan.sizes[1:], plan.activations, strict=False):
        w = parameters[at : at + n_in * n_out].reshape(n_in, n_out)
        b = parameters[at + n_in * n_out : at + (n_in + 1) * n_out]
        at += (n_in + 1) * n_out
        a, penalty = ways[name](a @ w + b), penalty + 0.5 * (w**2).sum()
    l2 = plan.hyperparameters.l2
    return ((a[:, 0] - plan.train_targets[:, 0]) ** 2).mean() + l2 * penalty


def test_what_is_said_of_any_weight_is_so():
    """Layers, penalty, parameter and point at random; up, down and sizes derived anew."""
    rng, seen = np.random.default_rng(3), set()
    for k in range(80):
        hidden = tuple(
            (int(rng.integers(1, 4)), str(rng.choice(["tanh", "relu", "sigmoid"])))
            for _ in range(rng.integers(0, 3))
        )
        l2 = float(rng.choice([0.0, 0.01, 1.0]))
        sample = toys.make("circle", 20, 0.2, k)
        architecture = Architecture(hidden=hidden, loss="squared_error", output="sigmoid")
        plan = Plan(sample, architecture, Hyperparameters(l2=l2), seed=k)
        parameters = rng.normal(0, rng.choice([0.3, 2.0, 8.0]), plan.n_parameters)
        index = int(rng.integers(plan.n_parameters))
        found = edge_reading(plan, parameters, index, rng.normal(size=2))
        text = " ".join(edge_words(plan, found))
        moved = np.tile(parameters, (2, 1))
        moved[:, index] += 1e-6, -1e-6
        up, down = (own_loss(plan, each) for each in moved)
        slope = (up - down) / 2e-6
        told = float(
            read(re.search(r"by this (?:weight|bias) is ([^\s,:]+(?: × \S+?)?)[,:]", text)[1])
        )
        kink = "passes its kink" in text
        if not kink:
            assert told == pytest.approx(slope, rel=1e-2, abs=1e-8)
        if abs(slope) > 1e-7 and not kink:
            assert ("makes the loss higher" in text) == (up > down)
            assert ("makes it smaller" in text) == (up > down)
        assert ("leaves it as it is" in text) == (told == 0)
        assert ("comes from the penalty" in text) == (
            bool(l2) and "this weight" in text and told != 0
        )
        if given := re.search(r"is (\S+)\. Times the weight (\S+) that adds (\S+) to", text):
            one, weight, adds = (float(read(each)) for each in given.groups())
            assert one * weight == pytest.approx(adds, rel=3e-3, abs=1e-9)
        seen |= {
            word for word in ("higher", "lower", "penalty", "as it is", "kink") if word in text
        }
    assert seen >= {"higher", "lower", "penalty", "as it is"}
