"""What is offered, by what is the matter; every offer is a plan that can be trained."""

from dataclasses import replace
from functools import cache

import pytest

from nnviz.chapters.deeper_networks.diagnosis.conditions import KINDS, conditions
from nnviz.chapters.deeper_networks.diagnosis.remedies import _REMEDIES, MOST, remedies
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline


@cache
def trained(name):
    return record(PRESETS[name].timeline())


def offered(name, step=None):
    history = trained(name)
    return remedies(history, history.last_step if step is None else step)


def test_every_kind_of_condition_is_thought_of():
    assert set(_REMEDIES) == set(KINDS)


def test_offers_are_different_plans_for_a_condition_that_is_there():
    for name in list(PRESETS):
        history = trained(name)
        for step in (0, history.last_step):
            found = remedies(history, step)
            kinds = [condition.kind for condition in conditions(history, step)]
            assert len(found) <= MOST
            assert len({remedy.change for remedy in found}) == len(found)
            assert [kinds.index(remedy.kind) for remedy in found] == sorted(
                kinds.index(remedy.kind) for remedy in found
            )
            for remedy in found:
                assert remedy.change != history.plan_at(step)
                assert remedy.words[0].isupper()
                assert remedy.words[-1] != "."
                assert record(Timeline.of(remedy.change, 2)).last_step <= 2


@pytest.mark.parametrize(
    ("name", "kind", "first"),
    [
        ("xor-line", "stuck", "Add a hidden layer of four tanh units: one border is not enough"),
        ("zeros", "equal", "Begin with random weights: Glorot"),
        ("explodes", "diverged", "Take a smaller learning rate: 0.1 instead of 1"),
        ("too-slow", "slow", "Take a larger learning rate: 0.01 instead of 0.001"),
        ("memorising", "overfitting", "Make large weights cost: L2 of 0.01"),
        ("early", "stopped", "Wait longer before the run is stopped: 90 epochs"),
        ("dead", "all dead", "Use leaky relu instead of relu: it always lets something through"),
        ("too-fast", "all saturated", "Take a smaller learning rate: 3 instead of 30"),
        (
            "vanishing",
            "vanishing",
            "Use tanh instead of sigmoid: its slope goes up to 1, not to a quarter",
        ),
        ("one-row", "oscillating", "Take a smaller learning rate: 0.1 instead of 0.3"),
    ],
)
def test_the_first_offer_fits_the_condition(name, kind, first):
    found = offered(name)[0]
    assert (found.kind, found.words) == (kind, first)


def test_nothing_is_offered_where_all_is_well():
    for name in ["circle", "plane", "spiral", "classes"]:
        assert offered(name) == ()


def test_what_the_words_say_is_what_is_changed():
    plan = PRESETS["memorising"].plan()
    l2, stop, dropout, smaller = offered("memorising")
    assert l2.change == replace(plan, hyperparameters=replace(plan.hyperparameters, l2=0.01))
    assert stop.change == replace(plan, hyperparameters=replace(plan.hyperparameters, patience=20))
    assert dropout.change == replace(
        plan, hyperparameters=replace(plan.hyperparameters, dropout=0.2)
    )
    assert smaller.change.architecture.hidden == ((4, "tanh"), (4, "tanh"))
    rate, batch, _ = offered("one-row")
    assert (rate.change.hyperparameters.learning_rate, batch.change.hyperparameters.batch_size) == (
        0.1,
        4,
    )
    assert not rate.anew
    assert all(remedy.anew for remedy in offered("zeros"))


def test_a_rate_stays_within_its_limits():
    plan = Plan(
        toys.make("circle", 40, 0.0, 1), Architecture(), Hyperparameters("sgd", 100.0, l2=10.0)
    )
    for remedy in remedies(record(Timeline.of(plan, 300)), 0):
        assert 0 < remedy.change.hyperparameters.learning_rate <= 100.0


def test_linear_layers_and_inputs_that_are_there_already():
    made = Architecture(("x1", "x2", "sin x1"), hidden=((3, "linear"),))
    plan = Plan(toys.make("xor", 100, 0.0, 1), made, Hyperparameters("sgd", 0.1))
    history = record(Timeline.of(plan, 1_500))
    words = [remedy.words for remedy in remedies(history, history.last_step)]
    assert words[0] == "Use tanh instead of linear: linear units only add up"
    assert not any("sines" in each for each in words)
