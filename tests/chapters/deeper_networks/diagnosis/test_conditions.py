"""What is the matter with a training, against trainings that are made to be so."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.conditions import KINDS, conditions
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.data import toys
from nnviz.data.sample import Sample
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
    weights, _ = history.plan_at(0).layers(history.parameters_at(500)[np.newaxis])[0]
    assert np.ptp(weights, axis=2).max() < 1e-12
    assert np.abs(weights).max() > 0


def test_vanishing():
    history = trained("vanishing")
    found = only(history, "vanishing")
    plan = history.plan_at(0)
    gradient = evaluation.gradient(
        plan, history.parameters_at(history.last_step), plan.train_inputs, plan.train_targets
    )
    lengths = [np.sqrt((w**2).sum() + (b**2).sum()) for w, b in plan.layers(gradient[np.newaxis])]
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


def test_a_highest_and_a_lowest_are_those_of_all_epochs():
    history = trained("memorising")
    plan = history.plan_at(0)
    path = history.parameters_every(plan.updates_per_epoch, 0, history.last_step)
    tested = scores(plan, path).test_loss
    found = only(history, "overfitting")
    assert found.every
    assert found.other == tested.min()
    assert found.step == plan.updates_per_epoch * tested.argmin() == 430
    history = trained("one-row")
    found, plan = only(history, "oscillating"), history.plan_at(0)
    path = history.parameters_every(plan.updates_per_epoch, 0, history.last_step)
    lately = scores(plan, path).train_loss[-(-found.step // plan.updates_per_epoch) :]
    assert found.value >= lately.max()
    assert found.other <= lately.min()


def test_a_layer_is_behind_if_it_moves_less_whatever_its_gradient_is():
    plan = PRESETS["vanishing"].plan()
    for optimizer in ("adam", "rmsprop"):
        other = replace(plan, hyperparameters=Hyperparameters(optimizer, 0.01))
        history = record(Timeline.of(other, 300))
        for step in (0, 10, 300):
            assert "vanishing" not in kinds(history, step), (optimizer, step)
    found = only(trained("vanishing"), "vanishing")
    way = trained("vanishing").parameters_at(2_600) - trained("vanishing").parameters_at(found.step)
    first, *_, last = [np.sqrt((w**2).sum() + (b**2).sum()) for w, b in plan.layers(way[None])]
    assert found.moved == pytest.approx(last / first)
    assert np.isnan(only(trained("vanishing"), "vanishing", 0).moved)


def test_a_penalty_times_a_rate_above_one_turns_every_weight():
    plan = PRESETS["circle"].plan()
    for rate, l2, factor in ((10.0, 3.0, -29.0), (0.5, 2.5, -0.25)):
        chosen = Hyperparameters("sgd", rate, plan.hyperparameters.batch_size, l2=l2)
        history = record(Timeline.of(replace(plan, hyperparameters=chosen), 20))
        found = found_at(history, 1)[0]
        assert (found.kind, found.value, found.other) == ("penalty", pytest.approx(factor), l2)
    for optimizer, rate, l2 in (("sgd", 0.3, 3.0), ("adam", 10.0, 3.0)):
        chosen = Hyperparameters(optimizer, rate, l2=l2)
        history = record(Timeline.of(replace(plan, hyperparameters=chosen), 20))
        assert "penalty" not in kinds(history, 1)


def test_a_run_that_the_schedule_has_stopped_is_not_stuck():
    plan = PRESETS["xor-line"].plan()
    chosen = Hyperparameters("sgd", 0.1, schedule="cosine", schedule_epochs=5)
    history = record(Timeline.of(replace(plan, hyperparameters=chosen), 1_000))
    found = only(history, "cooled")
    assert found.other == history.learning_rate_at(history.last_step) == 0
    assert "stuck" not in kinds(history)


def test_nothing_that_fits_nothing_overfits():
    rng = np.random.default_rng(0)
    noise = Sample(rng.normal(size=(40, 2)), rng.normal(size=40), ("x1", "x2"), (), "y")
    plan = Plan(noise, Architecture(hidden=((8, "tanh"),), loss="squared_error", output="linear"))
    plan = replace(plan, hyperparameters=Hyperparameters("adam", 0.01))
    history = record(Timeline.of(plan, 6_000))
    seen = []
    for step in range(0, history.last_step, 100):
        at = scores(plan, history.parameters_at(step)[np.newaxis])
        if "overfitting" in kinds(history, step):
            seen.append(at.train_accuracy[0])
    assert seen
    assert min(seen) >= 0.5


def test_equal_units_stay_so_unless_the_optimizer_remembers_unequal_ones():
    plan = replace(PRESETS["zeros"].plan(), architecture=Architecture(hidden=((3, "sigmoid"),)))
    plan = replace(plan, hyperparameters=Hyperparameters("momentum", 0.1))
    units = [[index_of(plan, 0, k, u) for u in range(3)] for k in (0, 1)]
    alike = [*units, [index_of(plan, 0, None, u) for u in range(3)]]
    alike.append([index_of(plan, 1, u, 0) for u in range(3)])
    by_hand = tuple((index, 0.5 + k) for k, each in enumerate(alike) for index in each)
    later = record(Timeline((Stage(0, plan), Stage(100, plan, by_hand)), 200))
    found = only(later, "equal", 100)
    assert not found.lasts
    assert "equal" not in kinds(later, 110)
    first = record(Timeline((Stage(0, plan, by_hand),), 200))
    assert only(first, "equal", 0).lasts
    assert only(first, "equal", 200).lasts


def test_refuses_a_step_that_is_not_there():
    with pytest.raises(ValueError, match="step"):
        conditions(trained("circle"), 10_000)
