"""What is the matter with a training, against trainings that are made to be so."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.conditions import KINDS, conditions
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.training import evaluation
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline
from tests.parameter_positions import index_of


@cache
def trained(name):
    return record(PRESETS[name].timeline())


def found_at(history, step=None):
    return conditions(history, history.last_step if step is None else step)


def kinds(history, step=None):
    return [each.kind for each in found_at(history, step)]


def only(history, kind, step=None):
    (found,) = [each for each in found_at(history, step) if each.kind == kind]
    return found


def with_biases(activation, layer, units, value, **choices):
    """Return a history in which the biases of some units are set by hand at the start."""
    plan = Plan(toys.make("circle", 60, 0.2, 1), Architecture(hidden=((3, activation),) * 2))
    plan = replace(plan, hyperparameters=Hyperparameters(**choices))
    by_hand = tuple((index_of(plan, layer, None, unit), value) for unit in units)
    return record(Timeline((Stage(0, plan, by_hand),), 300))


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("circle", "learned"),
        ("xor-line", "stuck"),
        ("zeros", "equal"),
        ("explodes", "diverged"),
        ("too-slow", "slow"),
        ("memorising", "overfitting"),
        ("early", "stopped"),
        ("dead", "all dead"),
        ("vanishing", "vanishing"),
        ("one-row", "oscillating"),
        ("plane", "settled"),
        ("spiral", "learning"),
    ],
)
def test_what_the_presets_come_to(name, first):
    assert kinds(trained(name))[0] == first


def test_there_is_always_something_in_the_order_of_importance():
    for name in list(PRESETS):
        history = trained(name)
        for step in (0, history.last_step // 3, history.last_step):
            here = [KINDS.index(kind) for kind in kinds(history, step)]
            assert here
            assert here == sorted(here)


def test_diverged():
    history = trained("explodes")
    found = only(history, "diverged", 0)
    assert found.step == history.diverged_at == history.last_step + 1
    assert found.value == np.abs(history.parameters_at(history.last_step)).max()


def test_stopped_only_at_the_end():
    history = trained("early")
    assert only(history, "stopped").step == history.last_step
    assert "stopped" not in kinds(history, history.last_step - 1)


def test_dead_units_are_named():
    history = with_biases("relu", 1, (0, 2), -50.0)
    found = only(history, "dead", 0)
    assert (found.layer, found.units, found.n_units) == (1, (0, 2), 3)
    assert found.value == pytest.approx(2 / 3)
    every, behind = found_at(with_biases("relu", 0, (0, 1, 2), -50.0), 0)[:2]
    assert (every.kind, behind.layer) == ("all dead", 1)
    assert (every.layer, every.units, every.value) == (0, (0, 1, 2), 1.0)


@pytest.mark.parametrize("activation", ["tanh", "sigmoid"])
def test_full_units(activation):
    history = with_biases(activation, 0, (1,), -9.0)
    found = only(history, "saturated", 0)
    assert (found.layer, found.units) == (0, (1,))
    plan = history.plan_at(0)
    layers = evaluation.activations(plan, history.parameters_at(0)[np.newaxis], plan.train_inputs)
    a = layers[0][0, :, 1]
    slope = 1 - a**2 if activation == "tanh" else a * (1 - a)
    assert found.value == pytest.approx(slope.max())
    assert "saturated" not in kinds(with_biases("softplus", 0, (1,), -9.0), 0)


def test_equal_units_do_not_stay_so_with_dropout():
    history = trained("zeros")
    for layer, found in zip((0, 1), found_at(history, 700), strict=False):
        assert (found.kind, found.layer, found.n_units) == ("equal", layer, (4, 2)[layer])
        assert found.value == 0
    plan = history.plan_at(0)
    dropped = replace(plan, hyperparameters=replace(plan.hyperparameters, dropout=0.5))
    assert "equal" not in kinds(record(Timeline.of(dropped, 100)), 0)


def test_equal_units_that_do_get_a_gradient():
    plan = PRESETS["zeros"].plan()
    made = replace(plan.architecture, hidden=((4, "sigmoid"),))
    history = record(Timeline.of(replace(plan, architecture=made), 500))
    found = only(history, "equal")
    assert found.value > 0
    weights, _ = evaluation.layers_of(
        plan=history.plan_at(0), parameters=history.parameters_at(500)[np.newaxis]
    )[0]
    assert np.ptp(weights, axis=2).max() < 1e-12
    assert np.abs(weights).max() > 0


def test_vanishing():
    history = trained("vanishing")
    found = only(history, "vanishing")
    plan = history.plan_at(0)
    gradient = evaluation.gradient(
        plan, history.parameters_at(history.last_step), plan.train_inputs, plan.train_targets
    )
    lengths = [
        np.sqrt((w**2).sum() + (b**2).sum())
        for w, b in evaluation.layers_of(plan, gradient[np.newaxis])
    ]
    assert found.other == pytest.approx(lengths[0], rel=1e-9)
    assert found.value == pytest.approx(lengths[-1] / lengths[0], rel=1e-9)
    assert "vanishing" not in kinds(trained("circle"), 0)


def test_overfitting():
    history = trained("memorising")
    found = only(history, "overfitting")
    plan = history.plan_at(0)
    then, now = (
        scores(plan, history.parameters_at(step)[np.newaxis])
        for step in (found.step, history.last_step)
    )
    assert (found.other, found.value) == (then.test_loss[0], now.test_loss[0])
    assert now.train_loss[0] < then.train_loss[0]
    assert now.test_loss[0] > 3 * then.test_loss[0]
    assert "overfitting" not in kinds(history, found.step)
    assert "overfitting" not in kinds(trained("l2"))
    untested = replace(plan, test_fraction=0.0)
    assert "overfitting" not in kinds(record(Timeline.of(untested, 3_000)))


def test_jumping():
    history = trained("one-row")
    found = only(history, "oscillating")
    plan = history.plan_at(0)
    path = history.parameters_every(1, found.step, history.last_step)
    losses = scores(plan, path).train_loss
    assert found.value in losses
    assert found.other in losses
    assert found.value >= 1.5 * found.other
    assert "oscillating" not in kinds(trained("too-slow"))


def test_slow_still_and_settled():
    found = only(trained("too-slow"), "slow")
    assert found.step == 0
    assert 0.9 < found.value / found.other < 1
    still = only(trained("xor-line"), "stuck")
    assert abs(still.value - still.other) < 0.01 * still.value
    settled = only(trained("plane"), "settled")
    assert settled.value < 0.1


def test_flat():
    plan = PRESETS["zeros"].plan()
    everything = replace(plan, hyperparameters=Hyperparameters("sgd", 1.0, 1000))
    history = record(Timeline.of(everything, 300))
    found = only(history, "flat")
    gradient = evaluation.gradient(
        plan, history.parameters_at(300), plan.train_inputs, plan.train_targets
    )
    assert found.value == pytest.approx(np.linalg.norm(gradient), abs=1e-12)
    assert "flat" not in kinds(trained("xor-line"), 0)


def test_a_change_of_rows_begins_a_new_comparison():
    plan = PRESETS["memorising"].plan()
    other = replace(plan, test_fraction=0.3)
    timeline = Timeline((Stage(0, plan), Stage(2_000, other)), 2_500)
    history = record(timeline)
    assert only(history, "learning", 2_100).step == 2_000
    assert only(history, "learning", 1_999).step == 0


def test_refuses_a_step_that_is_not_there():
    with pytest.raises(ValueError, match="step"):
        conditions(trained("circle"), 10_000)
