"""Remedies that are tried, against the same training made step by step."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.remedies import Remedy, remedies
from nnviz.chapters.deeper_networks.diagnosis.trials import (
    MOST_UPDATES,
    Outcome,
    Trial,
    affordable,
    trials,
    try_remedy,
)
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline
from tests.parameter_positions import index_of


@cache
def trained(name):
    return record(PRESETS[name].timeline())


def loss(timeline, step):
    history = record(timeline)
    found = scores(history.plan_at(step), history.parameters_at(step)[np.newaxis])
    return found.train_loss[0], found.test_loss[0]


def test_from_here():
    history = trained("too-slow")
    remedy = remedies(history, 700)[0]
    assert not remedy.anew
    trial = try_remedy(remedy, history.timeline, 700, 500)
    plan = history.plan_at(0)
    changed = Timeline((Stage(0, plan), Stage(700, remedy.change)), 1_200)
    assert (trial.after.train_loss, trial.after.test_loss) == loss(changed, 1_200)
    same = (trial.without.train_loss, trial.without.test_loss)
    assert same == loss(history.timeline, 1_200)
    assert (trial.n_updates, trial.helps) == (500, True)


def test_from_the_start():
    history = trained("zeros")
    remedy = remedies(history, 700)[0]
    assert remedy.anew
    trial = try_remedy(remedy, history.timeline, 700, 500)
    assert trial.after.train_loss == loss(Timeline.of(remedy.change, 500), 500)[0]
    assert trial.without.train_loss == loss(history.timeline, 500)[0]
    assert trial.n_updates == 500


def test_a_stage_at_the_same_step_is_replaced_with_what_was_set_by_hand():
    plan = PRESETS["circle"].plan()
    slow = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.001))
    by_hand = ((index_of(plan, 0, 0, 0), 3.0),)
    timeline = Timeline((Stage(0, plan), Stage(50, slow, by_hand), Stage(90, plan)), 200)
    quick = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.5))
    trial = try_remedy(Remedy("slow", "", quick), timeline, 50, 100)
    changed = Timeline((Stage(0, plan), Stage(50, quick, by_hand)), 150)
    assert trial.after.train_loss == loss(changed, 150)[0]
    unchanged = Timeline((Stage(0, plan), Stage(50, slow, by_hand)), 150)
    assert trial.without.train_loss == loss(unchanged, 150)[0]


def test_a_trial_that_ends_early_says_so():
    history = trained("memorising")
    stop = remedies(history, history.last_step)[1]
    trial = try_remedy(stop, history.timeline, history.last_step, 2_000)
    assert trial.n_updates == record(Timeline.of(stop.change, 2_000)).stopped_at < 2_000


def test_helps():
    def outcome(train, test, diverged=False):
        return Outcome(10, train, test, diverged)

    plan = PRESETS["circle"].plan()
    for kind, after, without, expected in (
        ("stuck", outcome(0.5, 0.9), outcome(0.6, 0.1), True),
        ("stuck", outcome(0.55, 0.1), outcome(0.6, 0.9), False),
        ("overfitting", outcome(0.5, 0.4), outcome(0.1, 0.6), True),
        ("overfitting", outcome(0.1, 0.6), outcome(0.5, 0.6), False),
        ("diverged", outcome(0.1, 0.1), outcome(0.0, 0.0, True), True),
        ("diverged", outcome(0.0, 0.0, True), outcome(0.0, 0.0, True), False),
        ("slow", outcome(0.0, 0.0, True), outcome(0.5, 0.5), False),
    ):
        assert Trial(Remedy(kind, "", plan), 10, after, without).helps is expected


def test_all_of_them_as_one_after_the_other():
    history = trained("one-row")
    offered = remedies(history, 3_000)
    assert {remedy.anew for remedy in offered} == {False}
    n = affordable(history, 3_000, offered)
    assert n == MOST_UPDATES
    assert trials(history, 3_000, offered) == tuple(
        try_remedy(remedy, history.timeline, 3_000, n) for remedy in offered
    )


def test_nothing_is_tried_where_it_would_take_too_long():
    preset = replace(PRESETS["one-row"], epochs=4_000)
    history = record(preset.timeline())
    plan = history.plan_at(0)
    slower = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.1))
    offered = (Remedy("oscillating", "", slower),)
    assert affordable(history, 1_000, offered) == MOST_UPDATES
    assert affordable(history, history.last_step, offered) == 0
    assert trials(history, history.last_step, offered) == ()
    assert affordable(history, 0, ()) == 0


@pytest.mark.parametrize("name", ["xor-line", "zeros", "explodes", "dead", "vanishing"])
def test_the_best_of_what_is_offered_helps(name):
    history = trained(name)
    found = trials(history, history.last_step, remedies(history, history.last_step))
    assert found[0].helps
    if name != "explodes":
        assert found[0].after.train_loss < 0.1
