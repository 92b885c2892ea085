"""Networks that read digits: how well they do, and that their updates are PyTorch's."""

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.plans import (
    THREE_EIGHT,
    digit_plan,
    digit_timeline,
)
from nnviz.data.digits import digit_part
from nnviz.training.evaluation import gradient
from nnviz.training.export.script import script
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Timeline
from tests.clean_process import output
from tests.effort import at_most
from tests.plan_oracle import TorchPlan, rows_of
from tests.training.export.test_script import hold


def accuracies(plans):
    found = []
    for plan in plans:
        history = record(digit_timeline(plan))
        found.append(scores(plan, history.parameters[-1:]).test_accuracy[0])
    return np.array(found)


def test_ten_digits_from_a_thousand_pictures_and_other_peoples_hands():
    drawn = accuracies(digit_plan(1000, seed, units=16) for seed in range(6))
    others = accuracies(digit_plan(1000, seed, units=16, split_by="in order") for seed in range(6))
    assert drawn.mean() == pytest.approx(0.967, abs=0.01)
    assert others.mean() == pytest.approx(0.927, abs=0.01)
    assert others.max() < drawn.min()


def test_which_pictures_are_learned_from():
    plan = digit_plan(1000, 3)
    assert len(plan.split.train) == 1000
    counts = np.bincount(plan.sample.y[plan.split.train].astype(int))
    share = np.bincount(plan.sample.y.astype(int)) * 1000 / 1797
    assert (np.abs(counts - share) <= 1).all()
    first = digit_plan(1000, split_by="in order").split
    assert first.train.tolist() == list(range(1000))
    assert first.test.tolist() == list(range(1000, 1797))


def test_a_training_on_a_thousand_pictures_takes_no_time():
    record(digit_timeline(digit_plan(50, units=3), 1))
    plan = digit_plan(1000, 9, units=16)
    with at_most(0.3):
        record(digit_timeline(plan))


def test_updates_of_softmax_and_sigmoid_on_64_inputs_are_pytorchs(torch):
    plans = [digit_plan(100, units=units) for units in (0, 16, 32)]
    plans.append(digit_plan(60, kinds=THREE_EIGHT))
    for plan in plans:
        oracle = TorchPlan(torch, plan, plan.start)
        oracle.loss(plan.train_inputs, plan.train_targets).backward()
        slopes = oracle.flat(lambda parameter: parameter.grad)
        mine = gradient(plan, plan.start, plan.train_inputs, plan.train_targets)
        np.testing.assert_allclose(mine, slopes, rtol=1e-10, atol=1e-10)
        oracle = TorchPlan(torch, plan, plan.start)
        for update in range(30):
            oracle.update(rows_of(plan, update), plan.hyperparameters.learning_rate)
        path = record(Timeline.of(plan, 30)).parameters_at(30)
        np.testing.assert_allclose(path, oracle.flat(), rtol=1e-10, atol=1e-10)
        assert np.abs(path - plan.start).max() > 1e-3


def test_every_step_between_checkpoints_is_repeated_exactly():
    plan = digit_plan(300, units=32)
    history = record(digit_timeline(plan, 40))
    assert history.segments[0].stride > 1
    one_by_one = record(digit_timeline(plan, 1), shown_every=1).parameters_between(0, 10)
    np.testing.assert_array_equal(history.parameters_between(0, 10), one_by_one)


def test_a_script_trains_the_same_network(tmp_path):
    for plan, kinds in [
        (digit_plan(200, 5, units=4), range(10)),
        (digit_plan(40, 5, kinds=THREE_EIGHT, split_by="in order"), THREE_EIGHT),
    ]:
        timeline = digit_timeline(plan, 3)
        code = script(timeline, timeline.steps, digit_part(kinds))
        hold(output(code, tmp_path), timeline, timeline.steps)
        assert max(map(len, code.splitlines())) <= 100
