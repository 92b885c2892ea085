"""Answers, losses and gradients of a plan, against `Network`, central differences and PyTorch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.architecture import Architecture
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.evaluation import (
    accuracy,
    gradient,
    losses,
    outputs,
    penalty,
    predicted_classes,
    predicted_values,
)
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from tests.plan_oracle import TorchPlan, keep_of, sample_of
from tests.training.kernels.test_kernel import CASES


def plan_of(case="binary cross-entropy", hidden=((4, "tanh"), (3, "sigmoid")), **hyperparameters):
    n_classes, architecture = CASES[case]
    return Plan(
        sample_of(17, n_classes),
        Architecture(hidden=hidden, **architecture),
        Hyperparameters(**hyperparameters),
    )


def moments(plan, n=1, seed=0):
    rng = generator(seed, "moments")
    return plan.start + rng.normal(0.0, 0.4, (n, plan.n_parameters))


def train_loss(plan, parameters, keep=None):
    """The loss that is gone down: mean over the rows, and penalties."""
    passed = evaluation.forward(plan, parameters[np.newaxis], plan.train_inputs, keep)
    rows = losses(plan, *passed[-1], plan.train_targets)
    return rows.mean(axis=-1)[0] + penalty(plan, parameters[np.newaxis])[0]


def keeps(plan):
    return keep_of(plan, len(plan.train_inputs), 5) if plan.hyperparameters.dropout else None


RECIPES = ({}, {"l1": 0.1}, {"l2": 0.3}, {"dropout": 0.4}, {"l1": 0.1, "l2": 0.3, "dropout": 0.4})


@pytest.mark.parametrize("hyperparameters", RECIPES, ids=repr)
@pytest.mark.parametrize("case", CASES)
def test_gradients_are_those_of_central_differences(case, hyperparameters):
    plan = plan_of(case, **hyperparameters)
    parameters, keep = moments(plan)[0], keeps(plan)
    got = gradient(plan, parameters, plan.train_inputs, plan.train_targets, keep)
    h = 1e-5
    for k, step in enumerate(h * np.eye(plan.n_parameters)):
        more, less = (train_loss(plan, parameters + sign * step, keep) for sign in (1, -1))
        assert got[k] == pytest.approx((more - less) / (2 * h), rel=1e-7, abs=1e-8), k


@pytest.mark.parametrize("hyperparameters", RECIPES, ids=repr)
@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_losses_and_gradients_are_pytorchs(torch, activation, case, hyperparameters):
    plan = plan_of(case, hidden=((4, activation), (3, activation)), **hyperparameters)
    parameters, keep = moments(plan)[0], keeps(plan)
    oracle = TorchPlan(torch, plan, parameters)
    loss = oracle.loss(plan.train_inputs, plan.train_targets, keep)
    loss.backward()
    assert train_loss(plan, parameters, keep) == pytest.approx(loss.item(), rel=1e-12)
    got = gradient(plan, parameters, plan.train_inputs, plan.train_targets, keep)
    expected = oracle.flat(lambda parameter: parameter.grad)
    np.testing.assert_allclose(got, expected, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_answers_are_those_of_a_network(activation):
    plan = plan_of(hidden=((5, activation), (2, "tanh")))
    many = moments(plan, 4)
    answers = outputs(plan, many, plan.train_inputs)
    every_layer = evaluation.activations(plan, many, plan.train_inputs)
    assert answers.shape == (4, len(plan.train_inputs), 1)
    for k, parameters in enumerate(many):
        parts = zip(plan.layers(parameters[np.newaxis]), plan.activations, strict=True)
        network = Network(tuple(Layer(w[0], b[0], name) for (w, b), name in parts))
        np.testing.assert_array_equal(network.parameters(), parameters)
        forward = network.forward(plan.train_inputs)
        np.testing.assert_allclose(answers[k], forward.activations[-1], rtol=1e-12)
        for mine, theirs in zip(every_layer, forward.activations[1:], strict=True):
            np.testing.assert_allclose(mine[k], theirs, rtol=1e-12, atol=1e-15)


def test_many_moments_are_worked_out_in_blocks_of_the_same_answers(monkeypatch):
    plan, many = plan_of(), moments(plan_of(), 50)
    whole = outputs(plan, many, plan.train_inputs)
    monkeypatch.setattr(evaluation, "_MOST_VALUES", 100)
    slices = list(evaluation.blocks(plan, 50, len(plan.train_inputs)))
    assert len(slices) > 10
    np.testing.assert_allclose(outputs(plan, many, plan.train_inputs), whole, rtol=1e-13)


def test_long_work_takes_few_turns_and_short_work_none(monkeypatch):
    turns = []

    class Counted:
        def __enter__(self):
            turns.append("begins")

        def __exit__(self, *reason):
            turns.append("ends")

    monkeypatch.setattr(evaluation, "TURNS", Counted())
    plan = plan_of()
    assert len(list(evaluation.blocks(plan, 50, 100))) > 1
    assert not turns
    # Each turn may have to be waited for behind others: as many as there are slices are too many.
    slices = list(evaluation.blocks(plan, 2_000, 1_000))
    assert turns == ["begins", "ends"] * (len(turns) // 2)
    assert 2 <= len(turns) // 2 < len(slices) / 20


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 60), st.integers(1, 4_000_000))
def test_blocks_cover_every_moment_once(n_moments, n_points):
    slices = list(evaluation.blocks(plan_of(), n_moments, n_points))
    covered = np.concatenate([np.arange(n_moments)[block] for block in slices])
    np.testing.assert_array_equal(covered, np.arange(n_moments))


def of_z(plan, z, answers, target):
    """Return the losses of one row of outputs."""
    return losses(plan, *(np.array([each], dtype=float) for each in (z, answers, target)))


def test_hand_worked_losses():
    number = plan_of("squared error of a number")
    np.testing.assert_allclose(of_z(number, [3], [3], [1]), [4.0])
    three = plan_of("squared error of three outputs")
    np.testing.assert_allclose(of_z(three, [9, 9, 9], [1, 0.5, 0], [0, 1, 0]), [1.25])
    two = plan_of()
    z = [-np.log(3.0)]  # of a prediction of 1/4
    np.testing.assert_allclose(of_z(two, z, [0.25], [1]), [np.log(4.0)])
    np.testing.assert_allclose(of_z(two, z, [0.25], [0]), [np.log(4 / 3)])
    five = plan_of("cross-entropy of five")
    fractions = np.array([0.1, 0.2, 0.3, 0.15, 0.25])
    loss = of_z(five, 7.0 + np.log(fractions), fractions, np.eye(5)[2])
    np.testing.assert_allclose(loss, [-np.log(0.3)])


def test_a_loss_grows_with_z_where_a_prediction_is_quite_wrong():
    two, five = plan_of(), plan_of("cross-entropy of five")
    for z, answer, target in ((-800.0, 0.0, 1.0), (800.0, 1.0, 0.0)):
        np.testing.assert_allclose(of_z(two, [z], [answer], [target]), [800.0])
    loss = of_z(five, 800.0 * np.eye(5)[0], np.eye(5)[0], np.eye(5)[1])
    np.testing.assert_allclose(loss, [800.0])
    np.testing.assert_allclose(of_z(two, [50.0], [1.0], [1.0]), [np.exp(-50.0)])


@pytest.mark.parametrize("case", CASES)
def test_a_run_that_has_diverged_has_no_finite_loss(case):
    plan = plan_of(case)
    parameters = np.full((1, plan.n_parameters), np.nan)
    answers = outputs(plan, parameters, plan.train_inputs)
    assert np.isnan(losses(plan, answers, answers, plan.train_targets)).all()


def test_penalties_are_of_weights_only():
    plan = plan_of(hidden=(), l1=0.5, l2=3.0)
    assert penalty(plan, np.array([[2.0, -4.0, 100.0]]))[0] == 0.5 * 6 + 1.5 * 20


def test_classes_told():
    two, tanh = plan_of(), plan_of("squared error of tanh")
    five = plan_of("cross-entropy of five")
    assert predicted_classes(two, np.array([[0.49], [0.5], [0.9]])).tolist() == [0, 1, 1]
    assert predicted_classes(tanh, np.array([[-0.1], [0.0], [0.4]])).tolist() == [0, 1, 1]
    assert predicted_classes(five, np.eye(5)[[3, 0]]).tolist() == [3, 0]
    y = np.array([0.0, 1.0, 0.0])
    assert accuracy(two, np.array([[0.49], [0.5], [0.9]]), y) == pytest.approx(2 / 3)


def test_accuracy_of_a_regression_is_r_squared():
    plan = plan_of("squared error of a number")
    mean, scale = plan.target_scale
    y = plan.sample.y
    perfect = ((y - mean) / scale)[:, np.newaxis]
    np.testing.assert_allclose(predicted_values(plan, perfect), y)
    assert accuracy(plan, perfect, y) == pytest.approx(1.0)
    at_mean = np.full_like(perfect, (y.mean() - mean) / scale)
    assert accuracy(plan, at_mean, y) == pytest.approx(0.0)
    same = np.full(3, 2.0)
    right = np.full((3, 1), (2.0 - mean) / scale)
    assert accuracy(plan, right + 1.0, same) == 0.0
