"""The questions about a deeper network, answered a second time by training and by leaving out."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chapters.deeper_networks.questions import deeper_questions, without_units
from nnviz.training import evaluation
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline
from tests.parameter_positions import index_of
from tests.reading import read

NAMES = ("circle", "classes", "plane", "zeros", "vanishing", "memorising", "bumps", "eight-rows")


@cache
def trained(name):
    return record(PRESETS[name].timeline())


def asked(history, step, about):
    return [each for each in deeper_questions(history, step) if each.about.startswith(about)]


def way(before, after):
    return ("it falls", "it stays the same", "it rises")[1 + (after > before) - (after < before)]


@pytest.mark.parametrize("name", NAMES)
def test_the_next_epoch(name):
    history = trained(name)
    plan = history.plan_at(0)
    for step in (0, 7, history.last_step // 2):
        after = step + plan.updates_per_epoch
        pair = np.array([history.parameters_at(step), history.parameters_at(after)])
        found = scores(plan, pair)
        for which, losses in (("training", found.train_loss), ("test", found.test_loss)):
            questions = asked(history, step, f"{which} loss")
            assert len(questions) == (which == "training" or plan.test_fraction > 0)
            for question in questions:
                assert question.answer == way(*losses)
                assert f"{plan.updates_per_epoch} update" in question.prompt
                numbers = re.search(r" from (\S+) to (\S+)\.$", question.reason)
                if numbers:
                    assert [float(read(each)) for each in numbers.groups()] == pytest.approx(
                        losses.tolist(), rel=1e-3
                    )
        for question in asked(history, step, "right"):
            before, then = np.round(found.train_accuracy * len(plan.split.train))
            expected = "more" if then > before else "fewer" if then < before else "as many"
            assert question.answer == expected
            assert question.reason.endswith(
                f"After it {then:.0f} training rows are right, before it {before:.0f}."
            )


def test_no_question_about_what_does_not_come():
    history = trained("circle")
    last = history.last_step
    assert not asked(history, last, "training loss")
    assert not asked(history, last - 12, "test loss")
    assert asked(history, last - 13, "test loss")
    plan = history.plan_at(0)
    slower = replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=0.1))
    changed = record(Timeline((Stage(0, plan), Stage(100, slower)), 200))
    assert not asked(changed, 95, "training loss")
    assert asked(changed, 100, "training loss")


@pytest.mark.parametrize("name", NAMES)
def test_holding_a_unit_is_the_same_as_cutting_it_off_and_giving_its_average_to_the_bias(name):
    history = trained(name)
    plan, parameters = history.plan_at(0), history.parameters_at(history.last_step // 2)
    if not plan.architecture.hidden:
        return
    layer = len(plan.architecture.hidden) - 1
    moments = parameters[np.newaxis]
    given = evaluation.activations(plan, moments, plan.train_inputs)[layer][0]
    expected = []
    for unit in range(given.shape[1]):
        changed = np.array(parameters)
        for output in range(plan.n_outputs):
            weight = index_of(plan, layer + 1, unit, output)
            bias = index_of(plan, layer + 1, None, output)
            changed[bias] += changed[weight] * given[:, unit].mean()
            changed[weight] = 0.0
        expected.append(scores(plan, changed[np.newaxis]).train_loss[0])
    assert without_units(plan, parameters) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("name", ["circle", "classes", "memorising", "bumps"])
def test_who_has_more_say(name):
    history = trained(name)
    plan = history.plan_at(0)
    n_asked = 0
    for step in range(0, history.last_step, history.last_step // 7):
        parameters = history.parameters_at(step)
        without = without_units(plan, parameters)
        for question in asked(history, step, "say"):
            n_asked += 1
            units = [int(re.search(r"unit (\d+)", each).group(1)) - 1 for each in question.options]
            answer = units[question.options.index(question.answer)]
            (other,) = set(units) - {answer}
            assert without[answer] == without.max()
            assert without[other] < without[answer]
            told = re.findall(r" (?:is|held) (\d[\d.]*\d)", question.reason)
            assert [float(each) for each in told] == pytest.approx(without[units], rel=1e-2)
    assert n_asked


def test_where_the_gradient_is_longer():
    history = trained("vanishing")
    (question,) = asked(history, 0, "gradient")
    assert question.answer == "of the output"
    plan = history.plan_at(0)
    whole = evaluation.gradient(
        plan, history.parameters_at(0), plan.train_inputs, plan.train_targets
    )
    layers = plan.layers(whole[np.newaxis])
    lengths = [np.sqrt((w**2).sum() + (b**2).sum()) for w, b in (layers[0], layers[-1])]
    told = re.search(r"is (\S+) long, that of the output (\S+)\.$", question.reason).groups()
    assert [float(read(each)) for each in told] == pytest.approx(lengths, rel=1e-2)
    assert not asked(trained("plane"), 0, "gradient")
    assert not asked(trained("classes"), 0, "gradient")


def test_equal_units_are_no_question_of_say():
    assert not asked(trained("zeros"), 0, "say")
    assert not asked(trained("plane"), 0, "say")


def test_a_run_that_breaks_off():
    history = trained("explodes")
    for step in range(history.last_step + 1):
        for question in deeper_questions(history, step):
            assert "not a number" not in question.reason


def test_the_same_state_is_the_same_question():
    history = trained("circle")
    first, again = deeper_questions(history, 5), deeper_questions(history, 5)
    assert first == again
    assert len({question.about for question in first}) == len(first)
    assert {question.about for question in first}.isdisjoint(
        question.about for question in deeper_questions(history, 6)
    )
