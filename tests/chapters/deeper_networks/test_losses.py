"""How losses went, against the scores of those very steps."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.losses import loss_curve
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline


@pytest.mark.parametrize("name", ["circle", "spiral", "eight-rows", "explodes", "early"])
def test_every_moment_is_one_of_the_run(name):
    history = record(PRESETS[name].timeline())
    plan = history.plan_at(0)
    course = loss_curve(history)
    assert course.steps[0] == 0
    assert 1 <= len(course.steps) <= 110
    assert (np.diff(course.steps) >= min(plan.updates_per_epoch, history.last_step)).all()
    for step, train, test in zip(course.steps, course.train_loss, course.test_loss, strict=True):
        expected = scores(plan, history.parameters_at(int(step))[np.newaxis])
        assert train == expected.train_loss[0]
        assert test == expected.test_loss[0] or np.isnan(test)
    assert course.until(0) == slice(0, 1)
    assert course.until(history.last_step) == slice(0, len(course.steps))


def test_only_what_is_measured_alike_is_compared():
    plan = PRESETS["circle"].plan()
    slower = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.1))
    other_rows = replace(slower, test_fraction=0.3)
    timeline = Timeline((Stage(0, plan), Stage(300, slower), Stage(600, other_rows)), 900)
    course = loss_curve(record(timeline))
    assert course.until(299).start == 0
    assert course.until(599).start == 0
    changed = course.until(600).start
    assert course.steps[changed] == 600
    assert course.until(899).start == changed


def test_a_step_between_two_moments_sees_only_what_was_before():
    course = loss_curve(record(PRESETS["spiral"].timeline()))
    for step in (1, 500, 777):
        seen = course.steps[course.until(step)]
        assert seen[-1] <= step
        assert course.steps[course.until(step).stop] > step
