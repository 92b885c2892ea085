"""SGD noise against a walk of every update by hand."""

from itertools import pairwise

import numpy as np
import pytest

from nnviz.chapters.live_training.sgd_noise import SgdNoise, calm, sgd_noise
from nnviz.nn.network import gradients
from nnviz.nn.trace import trace_update
from tests.runs import ended_at_once, run_of


def train(**choices):
    return run_of(**{"steps": 1_000, **choices})


def error(network, plan):
    return float(np.square(network.predict(plan.train_inputs)[:, 0] - plan.sample.y).sum())


@pytest.mark.parametrize(
    "choices",
    [{}, {"hidden": ((4, "tanh"),), "standardise": True}, {"rate_changes": ((470, 1.0),)}],
    ids=repr,
)
def test_every_update_counted_by_a_second_walk(choices):
    run = train(**choices)
    plan, found = run.plan, sgd_noise(run, 450, 40)
    assert (found.first, found.last) == (450, 490)
    rises = against = 0
    for step in range(450, 490):
        row, network = run.picks(step, step + 1)[0], run.network_at(step)
        trace = trace_update(
            network,
            plan.train_inputs[row],
            plan.sample.y[row],
            learning_rate=run.learning_rate_at(step),
        )
        rises += error(trace.updated, plan) > error(network, plan)
        own = gradients(network, plan.train_inputs[[row]], plan.sample.y[[row]], plan.loss)
        against += own @ gradients(network, plan.train_inputs, plan.sample.y, plan.loss) < 0
    assert (found.rises, found.against) == (rises, against)
    assert 0 < rises < 40
    # All rows at once: the average of eight updates, each made from the same place.
    network, errors = run.network_at(450), [error(run.network_at(450), plan)]
    for step in range(450, 490):
        moved = [
            trace_update(
                network, x, target, learning_rate=run.learning_rate_at(step)
            ).updated.parameters()
            for x, target in zip(plan.train_inputs, plan.sample.y, strict=True)
        ]
        network = network.with_parameters(np.mean(moved, axis=0))
        errors.append(error(network, plan))
    np.testing.assert_allclose(found.all_at_once, errors, rtol=1e-10)
    assert found.calm_rises == sum(b > a for a, b in pairwise(errors))


def test_it_is_the_picking_that_makes_the_jitter():
    for step in (0, 100, 500):
        found = sgd_noise(train(), step)
        assert found.rises > 80
        assert found.calm_rises == 0
        assert found.one_by_one[0] == found.all_at_once[0]


def test_too_large_a_rate_is_not_calm_either():
    assert sgd_noise(train(learning_rate=10.0), 0).calm_rises > 0


def test_near_the_end_and_in_a_short_run():
    run = train()
    for step in (800, 900, 1_000):
        found = sgd_noise(run, step)
        assert (found.first, found.last, len(found.one_by_one)) == (800, 1_000, 201)
    short = sgd_noise(train(steps=30), 12)
    assert (short.first, short.last, len(short.all_at_once)) == (0, 30, 31)


def test_a_run_without_updates():
    found = sgd_noise(ended_at_once(), 0)
    assert (found.first, found.last, found.rises, found.calm_rises, found.against) == (
        0,
        0,
        0,
        0,
        0,
    )


def test_one_row_is_all_rows():
    run = run_of(rows=((1.0, 2.0),), targets=(1,), steps=50)
    found = sgd_noise(run, 0)
    np.testing.assert_allclose(found.one_by_one, found.all_at_once, rtol=1e-12)
    assert (found.rises, found.calm_rises, found.against) == (0, 0, 0)


def test_rounding_is_no_rise():
    made = SgdNoise(0, 3, np.array([1.0, 1.0 + 2e-16, 1.1, 1.0]), np.array([0.0, 1e-3]), 0)
    assert (made.rises, made.calm_rises) == (1, 1)


def test_all_rows_at_once_may_leave_float64():
    run = train(output="linear", learning_rate=1.0)
    errors = calm(run, run.last_step, 1_000)
    assert 1 <= len(errors) < 1_001
    assert np.isfinite(errors).all()
    assert errors[0] == run.cumulative_errors[-1]


@pytest.mark.parametrize(
    ("step", "n", "kind"),
    [(-1, 5, ValueError), (1_001, 5, ValueError), (0, 0, ValueError), (0.5, 5, TypeError)],
)
def test_what_is_not_there_is_refused(step, n, kind):
    with pytest.raises(kind, match="must be"):
        sgd_noise(train(), step, n)
