"""A world that moves away from a trained network, row by row and back by learning again."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.architecture import Architecture
from nnviz.history import record
from nnviz.plan import Plan
from nnviz.recipe import Recipe
from nnviz.scores import scores
from nnviz.shift import shifted
from nnviz.shift_fall import fall, moved_world
from nnviz.timeline import Timeline
from nnviz.toys import make

PLAN = Plan(
    make("moons", 120, 0.2, 1),
    Architecture(hidden=((8, "tanh"),)),
    Recipe(optimizer="adam", learning_rate=0.03),
)
LINE = Plan(make("gauss", 60, 0.3, 1), Architecture(hidden=(), standardise=True))


def trained(plan, steps=1200):
    history = record(Timeline.of(plan, steps))
    return history.parameters_at(history.last_step)


def test_a_line_is_asked_about_every_moved_row():
    parameters = np.array([1.5, -0.5, 0.25])
    found = fall(LINE, parameters, by=(-4, 1), turn=60, n_points=5)
    X, y = LINE.sample.X, LINE.sample.y
    train, test = LINE.split.train, LINE.split.test
    mean, scale = X[train].mean(axis=0), X[train].std(axis=0)
    for k, share in enumerate((0, 0.25, 0.5, 0.75, 1)):
        assert found.share[k] == share
        moved = shifted(LINE.sample, test, (-4 * share, share), 60 * share).X
        z = (moved - mean) / scale @ parameters[:2] + parameters[2]
        wrong = (z >= 0) != (y[test] == 1)
        assert found.error[k] == pytest.approx(wrong.mean())
        loss = np.logaddexp(0, np.where(y[test] == 1, -z, z)).mean()
        assert found.loss[k] == pytest.approx(loss)


def test_it_falls_on_the_way_and_learning_again_brings_it_back():
    parameters = trained(PLAN)
    by, turn = (1.0, 2.0), 60.0
    found = fall(PLAN, parameters, by, turn)
    still = scores(PLAN, parameters[np.newaxis])
    assert found.error[0] == pytest.approx(1 - still.test_accuracy[0])
    assert found.error[0] < 0.05
    assert found.error[-1] > 0.25
    again = moved_world(PLAN, by, turn)
    np.testing.assert_array_equal(again.split.test, PLAN.split.test)
    relearned = scores(again, trained(again)[np.newaxis])
    assert 1 - relearned.test_accuracy[0] < 0.05


def test_the_moved_world_holds_out_the_rows_that_the_fall_is_about():
    again = moved_world(PLAN, (2, -1), 30)
    rows = shifted(PLAN.sample, PLAN.split.test, (2, -1), 30)
    np.testing.assert_array_equal(again.sample.X[again.split.test], rows.X)
    assert replace(again, sample=PLAN.sample) == PLAN


def test_a_plan_that_standardises_undoes_a_mere_move():
    moved = moved_world(PLAN, (64.0, -32.0))
    np.testing.assert_allclose(moved.train_inputs, PLAN.train_inputs, atol=1e-12)


def test_what_is_refused():
    parameters = np.zeros(LINE.n_parameters)
    with pytest.raises(ValueError, match="no rows are held out"):
        fall(replace(LINE, test_share=0.0), parameters)
    with pytest.raises(ValueError, match="parameters must hold 3 numbers, but holds 2"):
        fall(LINE, parameters[:2])
    with pytest.raises(ValueError, match="n_points must be between 2 and 200, not 1"):
        fall(LINE, parameters, n_points=1)
    with pytest.raises(ValueError, match="turn must be between -360 and 360"):
        fall(LINE, parameters, turn=1000)
    with pytest.raises(TypeError, match="plan must be a Plan"):
        moved_world(LINE.sample)
