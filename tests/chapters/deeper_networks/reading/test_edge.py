"""What a weight does, against losses that are worked out row by row."""

import math

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.reading.values import edge_reading
from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from tests.chapters.deeper_networks.reading.test_unit import by_hand, random_parameters
from tests.parameter_positions import index_of

PLANS = [
    Plan(toys.make("circle", 30, 0.2, 1), Architecture(hidden=((3, "tanh"), (2, "sigmoid")))),
    Plan(
        toys.make("xor", 30, 0.2, 1),
        Architecture(("x1", "x2", "x1*x2"), False, ((2, "softplus"),)),
        Hyperparameters(l1=0.01, l2=0.1),
    ),
    Plan(
        toys.make("blobs", 30, 0.2, 1, 3),
        Architecture(hidden=((2, "tanh"),), output="softmax", loss="cross_entropy"),
    ),
    Plan(
        toys.make("plane", 30, 0.2, 1),
        Architecture(hidden=((2, "tanh"),), output="linear", loss="squared_error"),
        Hyperparameters(l2=0.05),
    ),
    Plan(
        toys.make("circle", 30, 0.2, 1),
        Architecture(hidden=((2, "tanh"),), output="tanh", loss="squared_error"),
    ),
]


def loss_by_hand(plan, parameters):
    total = 0.0
    for row, targets in zip(plan.train_inputs, plan.train_targets, strict=True):
        answers = by_hand(plan, parameters, row)[-1][2]
        for a, t in zip(answers, targets, strict=True):
            if plan.architecture.loss == "squared_error":
                total += (a - t) ** 2
            elif plan.architecture.loss == "cross_entropy":
                total -= t * math.log(a)
            else:
                total -= t * math.log(a) + (1 - t) * math.log(1 - a)
    loss, at = total / len(plan.train_inputs), 0
    for n_inputs, n_units in zip(plan.sizes, plan.sizes[1:], strict=False):
        weights = parameters[at : at + n_inputs * n_units]
        loss += plan.hyperparameters.l1 * sum(abs(w) for w in weights)
        loss += plan.hyperparameters.l2 / 2 * sum(w * w for w in weights)
        at += (n_inputs + 1) * n_units
    return loss


@pytest.mark.parametrize("plan", PLANS, ids=str)
def test_every_parameter(plan):
    parameters = random_parameters(plan)
    point = plan.sample.X[4]
    layers = by_hand(plan, parameters, plan.inputs(point[np.newaxis])[0])
    for index in range(plan.n_parameters):
        found = edge_reading(plan, parameters, index, point)
        assert found.loss == pytest.approx(loss_by_hand(plan, parameters), rel=1e-9)
        moved = np.array(parameters)
        moved[index] += found.difference
        assert found.above == pytest.approx(loss_by_hand(plan, moved), rel=1e-9)
        moved[index] -= 2 * found.difference
        assert found.below == pytest.approx(loss_by_hand(plan, moved), rel=1e-9)
        assert found.derivative == pytest.approx(found.by_difference, rel=1e-5, abs=1e-9)
        given, sums, _ = layers[found.unit.layer - 1]
        assert found.z == pytest.approx(sums[found.unit.unit], rel=1e-9)
        if found.source is None:
            assert (found.given, found.contribution) == (1.0, parameters[index])
            assert found.penalty == 0
        else:
            assert found.given == pytest.approx(given[found.source.unit])
            assert found.contribution == pytest.approx(parameters[index] * found.given)
            sign = math.copysign(1.0, parameters[index])
            expected = plan.hyperparameters.l1 * sign + plan.hyperparameters.l2 * parameters[index]
            assert found.penalty == pytest.approx(expected)


def test_contributions_and_bias_make_the_sum():
    plan = PLANS[0]
    parameters = random_parameters(plan)
    point = [1.0, -2.0]
    parts = [
        edge_reading(plan, parameters, index_of(plan, 1, source, 0), point)
        for source in (0, 1, 2, None)
    ]
    assert sum(part.contribution for part in parts) == pytest.approx(parts[0].z, rel=1e-12)


def test_the_difference_grows_with_the_weight():
    plan = PLANS[0]
    parameters = random_parameters(plan)
    for value, expected in ((0.0, 1e-5), (-9.0, 1e-5), (50.0, 1e-4), (-3e4, 0.1)):
        parameters[0] = value
        assert edge_reading(plan, parameters, 0, [0.0, 0.0]).difference == pytest.approx(expected)


def test_what_is_not_there_is_refused():
    plan = PLANS[0]
    with pytest.raises(ValueError, match="number of a parameter"):
        edge_reading(plan, random_parameters(plan), plan.n_parameters, [0.0, 0.0])
