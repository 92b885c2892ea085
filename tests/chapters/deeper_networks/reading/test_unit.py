"""What a unit does, against sums that are added up one by one."""

import math

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.items import Unit
from nnviz.chapters.deeper_networks.reading.values import unit_reading
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import Architecture
from nnviz.nn.rng import generator
from nnviz.training.plan import Plan
from tests.nn import tables


def made(hidden, **choices):
    return Plan(toys.make("circle", 40, 0.2, 3), Architecture(hidden=hidden, **choices), seed=3)


def random_parameters(plan, seed=0):
    return generator(seed, "reading").normal(0, 1.0, plan.n_parameters)


def by_hand(plan, parameters, row):
    """Return sums and answers of every layer for what the network is given, as lists."""
    left, given, layers = list(parameters), list(row), []
    for n_units, activation in zip(plan.sizes[1:], plan.activations, strict=True):
        n_inputs = len(given)
        weights, left = left[: n_inputs * n_units], left[n_inputs * n_units :]
        bias, left = left[:n_units], left[n_units:]
        sums = [
            sum(given[i] * weights[i * n_units + j] for i in range(n_inputs)) + bias[j]
            for j in range(n_units)
        ]
        if activation == "softmax":
            total = sum(math.exp(z) for z in sums)
            answers = [math.exp(z) / total for z in sums]
        else:
            answers = [tables.ACTIVATIONS[activation][1](z) for z in sums]
        layers.append((given, sums, answers))
        given = answers
    return layers


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
def test_every_unit_of_a_network(activation):
    plan = made(((3, activation), (2, activation)))
    parameters = random_parameters(plan)
    point = plan.sample.X[5]
    rows = [by_hand(plan, parameters, row) for row in plan.train_inputs]
    at = by_hand(plan, parameters, plan.inputs(point[np.newaxis])[0])
    for layer in range(3):
        given, sums, answers = at[layer]
        for unit, (z, a) in enumerate(zip(sums, answers, strict=True)):
            found = unit_reading(plan, parameters, Unit(layer + 1, unit), point)
            assert found.inputs == pytest.approx(given, rel=1e-12)
            assert found.z == pytest.approx(z, rel=1e-9)
            assert found.a == pytest.approx(a, rel=1e-9)
            assert found.inputs @ found.weights + found.bias == pytest.approx(z, rel=1e-9)
            assert found.n_on == sum(row[layer][1][unit] > 0 for row in rows)
            assert found.n_rows == len(plan.split.train)
            of_unit = [row[layer][2][unit] for row in rows]
            assert (found.lowest, found.highest) == pytest.approx((min(of_unit), max(of_unit)))
            h = 1e-6
            f = tables.ACTIVATIONS[plan.activations[layer]][1]
            assert found.slope == pytest.approx((f(z + h) - f(z - h)) / (2 * h), abs=1e-8)


def test_softmax_looks_at_the_others():
    plan = Plan(
        toys.make("blobs", 60, 0.5, 2, 3),
        Architecture(hidden=((3, "tanh"),), output="softmax", loss="cross_entropy"),
    )
    parameters = random_parameters(plan)
    point = plan.sample.X[7]
    rows = [by_hand(plan, parameters, row) for row in plan.train_inputs]
    _, sums, answers = by_hand(plan, parameters, plan.inputs(point[np.newaxis])[0])[1]
    found = [unit_reading(plan, parameters, Unit(2, unit), point) for unit in range(3)]
    for unit in range(3):
        assert found[unit].a == pytest.approx(answers[unit], rel=1e-9)
        assert found[unit].sums == pytest.approx(sums, rel=1e-9)
        assert found[unit].n_on == sum(row[1][1][unit] == max(row[1][1]) for row in rows)
    assert sum(each.n_on for each in found) == len(rows)


def test_only_the_plane_of_a_wider_sample_need_be_given():
    X = generator(1, "wide").normal(size=(12, 3))
    plan = Plan(Sample(X, np.arange(12) % 2, ("a", "b", "c")), Architecture(("x1", "x3")))
    parameters = random_parameters(plan)
    rest = X[plan.split.train, 2].mean()
    short = unit_reading(plan, parameters, Unit(1, 0), X[0, :2])
    assert short.z == unit_reading(plan, parameters, Unit(1, 0), [X[0, 0], X[0, 1], rest]).z


def test_what_is_not_there_is_refused():
    plan = made(((3, "tanh"),))
    parameters = random_parameters(plan)
    for layer, unit in ((2, 0), (0, 3), (1, 1), (-1, 0)):
        with pytest.raises(ValueError, match="must be between"):
            unit_reading(plan, parameters, Unit(layer + 1, unit), [0.0, 0.0])
    with pytest.raises(ValueError, match="2 columns"):
        unit_reading(plan, parameters, Unit(1, 0), [0.0, 0.0, 0.0])


def test_numbers_beyond_float64_pass_in_silence():
    plan = made(((3, "relu"),), output="linear", loss="squared_error")
    found = unit_reading(plan, np.full(plan.n_parameters, 1e300), Unit(2, 0), [5.0, 5.0])
    assert found.z == math.inf


def test_read_only():
    plan = made(((3, "tanh"),))
    found = unit_reading(plan, random_parameters(plan), Unit(1, 0), [0.0, 0.0])
    with pytest.raises(ValueError, match="read-only"):
        found.weights[0] = 1.0
