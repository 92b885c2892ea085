"""Every preset is trained, and its words are held to what comes out."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.training import evaluation
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Timeline


@cache
def trained(name):
    return record(PRESETS[name].timeline())


@cache
def epochs_of(name):
    """Return the scores at the start and after every epoch."""
    history = trained(name)
    plan = history.plan_at(0)
    path = history.parameters_every(plan.updates_per_epoch, 0, history.last_step)
    return scores(plan, path)


def instead(name, **choices):
    """Return the scores at the end of the same training with something else in it."""
    preset = PRESETS[name]
    changed = replace(preset, settings=preset.settings.with_choices(choices))
    history = record(changed.timeline())
    plan = history.plan_at(0)
    return scores(plan, history.parameters_at(history.last_step)[np.newaxis])


def answers_of_layers(name):
    history = trained(name)
    plan = history.plan_at(0)
    last = history.parameters_at(history.last_step)[np.newaxis]
    return [a[0] for a in evaluation.activations(plan, last, plan.train_inputs)]


def test_there_are_enough_of_them_and_each_is_told():
    assert len(PRESETS) >= 14
    for name, preset in PRESETS.items():
        assert name == preset.name
        assert re.fullmatch(r"[a-z0-9-]+", name)
        for words in (preset.invitation, preset.see):
            assert words[0].isupper()
            assert words.rstrip()[-1] in ".?"
        assert not preset.title.endswith(".")
    assert len({preset.title for preset in PRESETS.values()}) == len(PRESETS)
    assert len({preset.timeline() for preset in PRESETS.values()}) == len(PRESETS)


def test_the_same_every_time():
    preset = PRESETS["circle"]
    again = record(preset.timeline())
    last = again.last_step
    assert last == preset.epochs * preset.plan().updates_per_epoch
    assert np.array_equal(again.parameters_at(last), trained("circle").parameters_at(last))


def test_circle():
    at = epochs_of("circle")
    assert at.train_loss[-1] < 0.01
    assert at.train_accuracy[-1] == 1.0
    assert sum(units for units, _ in PRESETS["circle"].settings.hidden) == 6


def test_a_line_is_enough():
    assert epochs_of("line").train_accuracy[-1] >= 0.98


def test_xor():
    guess = np.log(2.0)
    line = epochs_of("xor-line")
    assert abs(line.train_loss[-1] - guess) < 0.01
    assert instead("xor-line", rate=0.03).train_loss[0] > 0.68
    assert epochs_of("xor").train_loss[-1] < 0.05
    product = epochs_of("xor-product")
    assert product.train_accuracy[-1] == product.test_accuracy[-1] == 1.0


def test_spiral():
    at = epochs_of("spiral")
    assert (at.train_loss[:51] > 0.4).all()
    assert at.train_loss[-1] < 0.05
    assert epochs_of("spiral-sines").train_loss[-1] < 0.01
    plain = instead("spiral-sines", inputs=("x1", "x2"))
    assert plain.train_loss[0] > 0.2


def test_zeros():
    history = trained("zeros")
    plan = history.plan_at(0)
    for step in (0, 1, history.last_step):
        layers = plan.layers(history.parameters_at(step)[np.newaxis])
        for weights, _ in layers:
            assert (weights == 0).all()
        assert all((bias == 0).all() for _, bias in layers[:-1])
    assert layers[-1][1][0, 0] != 0
    glorot = instead("zeros", init="glorot")
    assert glorot.train_loss[0] < 0.05


def test_too_fast_and_too_slow():
    at = epochs_of("too-fast")
    assert (at.train_loss[1:] > at.train_loss[0]).all()
    assert instead("too-fast", rate=0.3).train_loss[0] < 0.02
    history = trained("explodes")
    assert history.diverged_at is not None
    assert history.diverged_at <= history.plan_at(0).updates_per_epoch
    path = history.parameters_every(1, 0, history.last_step)
    assert np.linalg.norm(path[-1] - path[-2]) > 1e70
    assert instead("explodes", rate=0.1).train_accuracy[0] > 0.9
    at = epochs_of("too-slow")
    assert (np.diff(at.train_loss) < 0).all()
    assert at.train_loss[-1] > 0.6
    assert instead("too-slow", rate=0.1).train_loss[0] < 0.1


def test_memorising_and_three_cures():
    at = epochs_of("memorising")
    last = at.test_loss[-1]
    assert at.train_loss[-1] < 0.001
    assert at.train_accuracy[-1] == 1.0
    assert at.test_loss.argmin() < 200
    assert last > 3 * at.test_loss.min()
    assert epochs_of("l2").train_loss[-1] > 0.05
    assert epochs_of("l2").test_loss[-1] < last / 3
    stopped = trained("early")
    assert stopped.stopped_at is not None
    assert stopped.stopped_at < 0.25 * trained("memorising").last_step
    assert epochs_of("early").test_loss[-1] < last / 2
    assert epochs_of("dropout").test_loss[-1] == pytest.approx(last / 2, rel=0.15)


def test_dead():
    first, second, output = answers_of_layers("dead")
    assert (second <= 0).all()
    assert (first > 0).any()
    assert np.ptp(output) == 0
    assert epochs_of("dead").train_accuracy[-1] == pytest.approx(0.5, abs=0.01)
    leaky = tuple((n, "leaky_relu") for n, _ in PRESETS["dead"].settings.hidden)
    assert instead("dead", hidden=leaky).train_loss[0] < 0.05


def test_vanishing():
    history = trained("vanishing")
    plan = history.plan_at(0)
    per_epoch = plan.updates_per_epoch
    for parameters in history.parameters_every(per_epoch, per_epoch, history.last_step):
        gradient = evaluation.gradient(plan, parameters, plan.train_inputs, plan.train_targets)
        (first, _), *_, (last, _) = plan.layers(gradient[np.newaxis])
        assert np.linalg.norm(first) < np.linalg.norm(last) / 100
    assert np.abs(epochs_of("vanishing").train_loss - np.log(2.0)).max() < 0.04
    # What the note under the tutorial's words says of Adam.
    settings = PRESETS["vanishing"].settings.with_choices({"optimizer": "adam", "rate": 0.01})
    adam = record(Timeline.of(settings.plan(), 1000 * per_epoch))
    assert scores(plan, adam.parameters_at(adam.last_step)[np.newaxis]).train_accuracy[0] == 1
    one = instead("vanishing", hidden=((4, "sigmoid"),))
    assert one.train_loss[0] < 0.1
    # What is said of it beside the tutorial.
    assert instead("vanishing", optimizer="adam", rate=0.01).train_accuracy[0] == 1


def test_one_row():
    at = epochs_of("one-row")
    ups = (np.diff(at.train_loss) > 0).mean()
    assert ups == pytest.approx(0.4, abs=0.05)
    assert at.train_loss[-1] < 0.1
    assert instead("one-row", batch=1000).train_loss[0] > 0.4


def test_adam():
    at = epochs_of("adam")
    assert at.train_loss[-1] < 0.2
    slow = instead("adam", optimizer="sgd").train_loss[0]
    assert at.train_loss[0] - slow < 0.1
    assert instead("adam", optimizer="sgd", rate=0.3).train_loss[0] < 0.2


def test_classes():
    assert PRESETS["classes"].plan().n_outputs == 4
    assert epochs_of("classes").train_accuracy[-1] == 1.0
    assert answers_of_layers("classes")[-1].sum(axis=1) == pytest.approx(1.0)


def test_numbers():
    plane = PRESETS["plane"].plan()
    last = trained("plane").parameters_at(trained("plane").last_step)
    X, y = plane.sample.X[plane.split.train], plane.sample.y[plane.split.train]
    steepness = np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)[0][:2]
    slopes = steepness * plane.standardiser.scale / plane.target_scale[1]
    assert last[:2] == pytest.approx(slopes, rel=0.02)
    assert epochs_of("plane").train_accuracy[-1] > 0.97
    assert epochs_of("bumps").train_accuracy[-1] > 0.95
    assert instead("bumps", hidden=()).train_accuracy[0] < 0.1


def test_the_eight_rows():
    at = epochs_of("eight-rows")
    assert at.train_accuracy[-1] == 1.0
    assert at.train_loss[-1] < 0.05
    alone = instead("eight-rows", hidden=())
    assert alone.train_accuracy[0] <= 6 / 8


def test_each_is_a_timeline_of_its_plan():
    for preset in PRESETS.values():
        timeline = preset.timeline()
        assert timeline == Timeline.of(preset.plan(), timeline.steps)
