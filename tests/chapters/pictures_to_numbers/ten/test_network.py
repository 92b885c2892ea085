"""A network learns ten digits: how well it does, and that its updates are PyTorch's."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.ten.network import (
    UPDATES,
    TenConfig,
    digit_accuracy,
    measure,
    plan_of,
    probabilities,
    train_ten,
)
from nnviz.data.digits import PIXEL_NAMES, digit_sample, digits
from nnviz.data.sample import Sample
from nnviz.training.evaluation import gradient
from nnviz.training.kernels.kernel import compiled
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.effort import at_most
from tests.plan_oracle import TorchPlan, rows_of


def test_ten_digits_from_a_thousand_pictures_and_other_peoples_hands():
    drawn = np.array([measure(TenConfig(seed=seed)) for seed in range(6)])
    others = np.array([measure(TenConfig(seed=seed, hands="other")) for seed in range(6)])
    assert drawn.mean() == pytest.approx(0.967, abs=0.01)
    assert others.mean() == pytest.approx(0.927, abs=0.01)
    assert others.max() < drawn.min()


def test_which_pictures_are_learned_from():
    plan = plan_of(TenConfig(seed=3))
    assert plan.sizes == (64, 16, 10)
    assert 30 * plan.updates_per_epoch == UPDATES
    counts = np.bincount(plan.sample.y[plan.split.train].astype(int))
    share = np.bincount(plan.sample.y.astype(int)) * 1000 / 1797
    assert (np.abs(counts - share) <= 1).all()
    first = plan_of(TenConfig(hands="other")).split
    assert first.train.tolist() == list(range(1000))
    assert first.test.tolist() == list(range(1000, 1797))
    assert plan_of(TenConfig(units=0)).sizes == (64, 10)
    for wrong in ({"units": 33}, {"n_train": 9}, {"n_train": 1001}, {"hands": "mine"}):
        with pytest.raises(ValueError, match="must be"):
            TenConfig(**wrong)


def test_a_training_on_a_thousand_pictures_takes_no_time():
    compiled()
    plan = plan_of(TenConfig(seed=9))
    with at_most(0.3):
        record(Timeline.of(plan, UPDATES))


def test_every_step_is_repeated_exactly_and_scored():
    run = train_ten(TenConfig(200, 32))
    sparse = record(Timeline.of(run.plan, UPDATES))
    assert sparse.segments[0].stride > 1
    for step in (0, 1, 77, UPDATES):
        np.testing.assert_array_equal(sparse.parameters_at(step), run.parameters[step])
        said = probabilities(run, run.parameters[[step]], run.plan.test_inputs)[0]
        np.testing.assert_allclose(said.sum(axis=1), 1.0)
        right = said.argmax(axis=1) == run.labels
        assert run.n_right[step] == right.sum()
        assert run.accuracy(step) == right.mean()
        each = [right[run.labels == k].mean() for k in range(10)]
        np.testing.assert_allclose(run.digit_accuracy[step], each)
    assert measure(run.config) == pytest.approx(run.accuracy(UPDATES))
    assert run.train_accuracy(UPDATES) == 1.0


def test_without_a_unit_is_with_its_outgoing_weights_at_zero():
    run = train_ten(TenConfig(100, 5))
    unit, changed = 3, run.parameters.copy()
    begin = 64 * 5 + 5 + unit * 10
    changed[:, begin : begin + 10] = 0.0
    found = digit_accuracy(run, run.parameters, unit)
    np.testing.assert_array_equal(found, digit_accuracy(run, changed))
    assert (found[-1] != run.digit_accuracy[-1]).any()


def test_updates_of_softmax_and_sigmoid_on_64_inputs_are_pytorchs(torch):
    plans = [plan_of(TenConfig(100, units)) for units in (0, 16, 32)]
    one = replace(plans[0].architecture, output="sigmoid", loss="binary_cross_entropy")
    chosen = np.isin(digits().labels, (3, 8))
    X, y = digit_sample().X[chosen], (digits().labels[chosen] == 8).astype(float)
    sample = Sample(X, y, PIXEL_NAMES, ("3", "8"), "digit")
    plans.append(replace(plans[0], sample=sample, architecture=one, n_train=60))
    assert [plan.n_outputs for plan in plans] == [10, 10, 10, 1]
    for plan in plans:
        oracle = TorchPlan(torch, plan, plan.start)
        oracle.loss(plan.train_inputs, plan.train_targets).backward()
        slopes = oracle.flat(lambda parameter: parameter.grad)
        mine = gradient(plan, plan.start, plan.train_inputs, plan.train_targets)
        np.testing.assert_allclose(mine, slopes, rtol=1e-10, atol=1e-10)
        oracle = TorchPlan(torch, plan, plan.start)
        for update in range(20):
            oracle.update(rows_of(plan, update), plan.hyperparameters.learning_rate)
        path = record(Timeline.of(plan, 20)).parameters_at(20)
        np.testing.assert_allclose(path, oracle.flat(), rtol=1e-10, atol=1e-10)
        assert np.abs(path - plan.start).max() > 1e-3
