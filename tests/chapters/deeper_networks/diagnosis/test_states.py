"""What is measured of many moments, against one moment after the other."""

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.states import states
from nnviz.data import toys
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import Architecture
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.scores import scores
from tests.parameter_positions import index_of

SQUARED = {"output": "tanh", "loss": "squared_error"}


def made(activation="tanh", name="circle", hyperparameters=None, share=0.5, **choices):
    architecture = Architecture(hidden=((3, activation), (2, activation)), **choices)
    return Plan(
        toys.make(name, 40, 0.2, 3), architecture, hyperparameters or Hyperparameters(), share, 3
    )


def some(plan, n=5, size=1.0):
    return generator(2, "states").normal(0, size, (n, plan.n_parameters))


PLANS = [
    *(made(activation) for activation in ACTIVATIONS),
    made(hyperparameters=Hyperparameters(l1=0.01, l2=0.1)),
    made(**SQUARED),
    made(name="plane", output="linear", loss="squared_error"),
    made(name="blobs", output="softmax", loss="cross_entropy"),
    made(share=0.0),
    Plan(toys.make("circle", 40, 0.2, 3), Architecture(hidden=())),
]


@pytest.mark.parametrize("plan", PLANS, ids=map(str, range(len(PLANS))))
def test_gradients_and_scores_of_every_moment(plan):
    path = some(plan)
    found = states(plan, path)
    for moment, parameters in enumerate(path):
        whole = evaluation.gradient(plan, parameters, plan.train_inputs, plan.train_targets)
        assert found.gradient[moment] == pytest.approx(np.linalg.norm(whole), rel=1e-9)
        free = Plan(
            plan.sample, plan.architecture, Hyperparameters(), plan.test_fraction, plan.seed
        )
        bare = evaluation.gradient(free, parameters, plan.train_inputs, plan.train_targets)
        layers = plan.layers(bare[np.newaxis])
        lengths = [np.sqrt((w**2).sum() + (b**2).sum()) for w, b in layers]
        assert found.gradients[moment] == pytest.approx(lengths, rel=1e-9, abs=1e-15)
    expected = scores(plan, path)
    for name in ("train_loss", "test_loss", "train_accuracy", "test_accuracy"):
        assert np.array_equal(getattr(found.scores, name), getattr(expected, name), equal_nan=True)


@pytest.mark.parametrize("activation", ["relu", "tanh", "sigmoid", "softplus", "leaky_relu"])
def test_units_that_do_not_move(activation):
    plan = made(activation)
    parameters = np.array(some(plan, 2, 0.1))
    for layer, n_units in ((0, 3), (1, 2)):
        for unit in range(n_units):
            parameters[:, index_of(plan, layer, None, unit)] = 0.5
    parameters[1, index_of(plan, 0, None, 1)] = -20.0
    parameters[1, index_of(plan, 1, None, 0)] = -20.0
    found = states(plan, parameters)
    still = activation in ("relu", "tanh", "sigmoid")
    assert found.idle.tolist() == [[False] * 5, [False, still, False, still, False]]
    assert found.slopes.shape == (2, 5)
    z = plan.train_inputs @ plan.layers(parameters)[0][0][1]
    slopes = ACTIVATIONS[activation].derivative(z + plan.layers(parameters)[0][1][1])
    assert found.slopes[1, :3] == pytest.approx(slopes.max(axis=0), rel=1e-6, abs=1e-15)


def test_one_row_that_moves_a_unit_is_enough():
    plan = made("relu")
    parameters = np.zeros((1, plan.n_parameters))
    parameters[0, index_of(plan, 0, 0, 0)] = 1.0
    most = plan.train_inputs[:, 0].max()
    parameters[0, index_of(plan, 0, None, 0)] = -0.999 * most
    assert not states(plan, parameters).idle[0, 0]
    parameters[0, index_of(plan, 0, None, 0)] = -1.001 * most
    assert states(plan, parameters).idle[0, 0]


def test_equal_units_are_equal_in_front_and_behind():
    plan = made()
    assert states(plan, np.zeros((1, plan.n_parameters))).equal.tolist() == [[True, True]]
    assert states(plan, some(plan, 1)).equal.tolist() == [[False, False]]
    for layer, source, unit, expected in (
        (0, 1, 2, [False, True]),
        (0, None, 0, [False, True]),
        (1, 1, 1, [False, False]),
        (2, 1, 0, [True, False]),
        (2, None, 0, [True, True]),
    ):
        parameters = np.zeros((1, plan.n_parameters))
        parameters[0, index_of(plan, layer, source, unit)] = 0.1
        assert states(plan, parameters).equal.tolist() == [expected]


def test_a_layer_of_one_unit_is_not_called_equal():
    plan = Plan(toys.make("circle", 40, 0.2, 3), Architecture(hidden=((1, "tanh"),)))
    assert not states(plan, np.zeros((1, plan.n_parameters))).equal.any()


def test_numbers_beyond_float64_pass_in_silence():
    plan = made("relu", **SQUARED)
    found = states(plan, np.full((1, plan.n_parameters), 1e300))
    assert found.gradient.shape == (1,)
