"""The state in one sentence, read again and held to the network itself."""

import re
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.diagnosis.conditions import conditions
from nnviz.chapters.deeper_networks.diagnosis.words import clause
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.chapters.deeper_networks.words import (
    checkpoint_sentence,
    checkpoint_sentences,
    epochs_told,
    most_checkpoints,
)
from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.text.digits import digits
from nnviz.training import evaluation
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import Stage, Timeline
from tests.effort import at_most
from tests.parameter_positions import index_of
from tests.reading import read

RIGHT = r"the (\w+) loss is (\S+) and ([\d,]+) of ([\d,]+) \w+ rows are right"


@cache
def trained(name):
    return record(PRESETS[name].timeline())


def last(name):
    history = trained(name)
    return checkpoint_sentence(history, history.last_step)


@pytest.mark.parametrize("name", list(PRESETS))
def test_one_sentence_with_the_numbers_of_the_network(name):
    history = trained(name)
    plan = history.plan_at(0)
    for step in (0, 1, history.last_step // 2, history.last_step):
        said = checkpoint_sentence(history, step)
        assert said[0].isupper()
        assert said.endswith(".")
        assert not re.search(r"\.\s", said), "one sentence"
        if not plan.sample.classes:
            continue
        at = scores(plan, history.parameters_at(step)[np.newaxis])
        told = re.findall(RIGHT, said)
        assert [part[0] for part in told] == (["training", "test"][: 1 + (plan.test_fraction > 0)])
        for which, loss, right, n_rows in told:
            rows = plan.split.train if which == "training" else plan.split.test
            name = which.replace("training", "train")
            assert float(read(loss)) == pytest.approx(getattr(at, f"{name}_loss")[0], rel=1e-3)
            inputs = getattr(plan, f"{name}_inputs")
            answers = evaluation.outputs(plan, history.parameters_at(step)[np.newaxis], inputs)
            hits = (evaluation.predicted_classes(plan, answers)[0] == plan.sample.y[rows]).sum()
            assert (int(right), int(n_rows)) == (hits, len(rows))


def test_when():
    history = trained("spiral")
    assert checkpoint_sentence(history, 0).startswith("Before training the training loss is ")
    assert checkpoint_sentence(history, 1).startswith("After 1 update (0.048 epochs) ")
    assert checkpoint_sentence(history, 21).startswith("After 21 updates (1 epoch) ")
    assert checkpoint_sentence(history, 10_500).startswith("After 10,500 updates (500 epochs) ")
    assert (epochs_told(1.0), epochs_told(12.5)) == ("1 epoch", "12.5 epochs")
    assert epochs_told(1234.0) == "1,234 epochs"
    # Whole only where it is: neither 1 nor 1.0, nor 100.
    assert [epochs_told(e) for e in (0.996, 1.004, 99.9999)] == [
        "0.996 epochs", "1.004 epochs", "99.9999 epochs",
    ]  # fmt: skip


def test_nothing_is_said_of_test_rows_that_are_not_there():
    assert "test" not in last("eight-rows")


def test_regression_speaks_of_the_target():
    history = trained("bumps")
    plan = history.plan_at(0)
    said = last("bumps")
    train, test, share = re.search(
        r"the error in target is (\S+) over the training rows and (\S+) over the test rows "
        r"\(root mean square\), with (\S+)% of the variance explained",
        said,
    ).groups()
    parameters = history.parameters_at(history.last_step)[np.newaxis]
    for number, rows in ((train, plan.split.train), (test, plan.split.test)):
        answers = evaluation.outputs(plan, parameters, plan.inputs(plan.sample.X[rows]))
        off = evaluation.predicted_values(plan, answers)[0] - plan.sample.y[rows]
        assert float(number) == pytest.approx(np.sqrt((off**2).mean()), rel=1e-3)
        if rows is plan.split.train:
            around = plan.sample.y[rows] - plan.sample.y[rows].mean()
            expected = 1 - (off**2).sum() / (around**2).sum()
    assert float(share) == pytest.approx(100 * expected, rel=1e-2)
    assert "no better than the mean" in checkpoint_sentence(history, 0)
    low, high = re.search(
        r"the training error in target jumps between (\S+) and (\S+)\.$", said
    ).groups()
    assert float(low) <= float(train) <= float(high)
    factor = re.search(
        r"error in target is (\S+) times smaller", checkpoint_sentence(history, 2_000)
    ).group(1)
    first, then = (
        scores(plan, history.parameters_at(step)[np.newaxis]).train_loss[0] for step in (0, 2_000)
    )
    assert float(factor) == pytest.approx(np.sqrt(first / then), rel=0.05)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("circle", r"; there is little left to learn\.$"),
        ("xor-line", r"; the training loss has hardly moved since update 966: it is stuck\.$"),
        (
            "zeros",
            r"; the 4 units of layer 1 are equal and no gradient reaches them "
            r"now\.$",
        ),
        ("explodes", r"; at update 8 the numbers grow too large for the computer, the largest .+"),
        ("too-slow", r"; the training loss keeps falling, but only by 5\.8% so far\.$"),
        (
            "memorising",
            r"; it overfits: of all epochs the test loss was lowest after 430 updates, 0.257, "
            r"and has risen since, while that of the training rows fell\.$",
        ),
        (
            "early",
            r"; the run was stopped here, as the test loss has not become lower for 30 epochs\.$",
        ),
        (
            "dead",
            r"; all 4 units of layer 2 are dead: each gives 0 for every training row, and the "
            r"network the same answer for every one of them\.$",
        ),
        (
            "too-fast",
            r"; both units of layer 2 are at an end of tanh for every training row, where no slope "
            r"is above \S+ × \S+\.$",
        ),
        (
            "vanishing",
            r"; the gradient of the first layer is [\d,]+ times smaller than that of the last, so "
            r"the first layer hardly learns: since update 2,598 it has moved [\d,]+ times "
            r"less than the last\.$",
        ),
        ("one-row", r"; since update [\d,]+ the training loss jumps between \S+ and \S+\.$"),
        ("plane", r"; the training error in target has settled: it has hardly moved since .+\.$"),
        ("spiral", r"; the training loss is 22 times smaller than at the start\.$"),
    ],
)
def test_the_most_important_thing_comes_last(name, pattern):
    assert re.search(pattern, last(name)), last(name)


def test_as_a_clause_of_its_own_the_start_has_nothing_the_matter():
    history = trained("circle")
    assert clause(history, 0, conditions(history, 0)[0]) == "nothing is the matter"


def test_few_updates():
    ways = set()
    for name in ("spiral", "circle"):
        history = trained(name)
        pair = history.parameters_every(1, 0, 1)
        before, after = scores(history.plan_at(0), pair).train_loss
        way = "higher" if after > before else "lower"
        assert checkpoint_sentence(history, 1).endswith(
            f"; the training loss is {way} than at the start, where it was {digits(before)}."
        )
        ways.add(way)
    assert ways == {"higher", "lower"}
    assert ";" not in checkpoint_sentence(trained("circle"), 0)


def test_units_are_named_and_a_single_hidden_layer_has_no_number():
    def said(hidden, biases):
        plan = Plan(toys.make("circle", 60, 0.2, 1), Architecture(hidden=hidden))
        by_hand = tuple((index_of(plan, layer, None, unit), -50.0) for layer, unit in biases)
        return checkpoint_sentence(record(Timeline((Stage(0, plan, by_hand),), 10)), 0)

    relu = (3, "relu")
    assert "; unit 2 of the hidden layer is dead: it gives 0 for" in said((relu,), [(0, 1)])
    assert "; units 1 and 3 of layer 1 are dead: each gives" in said(
        (relu, (3, "tanh")), [(0, 0), (0, 2)]
    )
    assert "; the unit of the hidden layer is dead" in said(((1, "relu"),), [(0, 0)])
    assert "; unit 1 of the hidden layer is at an end of tanh" in said(((3, "tanh"),), [(0, 0)])


def test_many_moments_are_the_same_as_one_after_the_other():
    plan = PRESETS["memorising"].plan()
    changed = replace(plan, architecture=replace(plan.architecture, hidden=((6, "relu"),)))
    history = record(Timeline((Stage(0, plan), Stage(1_000, changed)), 2_000))
    steps = [0, 1, 500, 999, 1_000, 1_001, 1_500, 2_000]
    assert checkpoint_sentences(history, steps) == tuple(
        checkpoint_sentence(history, step) for step in steps
    )


def test_fewer_moments_where_there_are_many_rows():
    def most(n_rows):
        X = np.column_stack([np.arange(n_rows), np.arange(n_rows) % 7])
        sample = Sample(X, np.arange(n_rows) % 2)
        return most_checkpoints(Plan(sample, Architecture(hidden=((8, "relu"),) * 3)))

    assert most(250) == 60
    assert most(5_000) == 6_000_000 // (5_000 * 27)
    assert most(50_000) == 8


def test_a_hundred_moments_are_quick():
    plan = Plan(
        toys.make("spiral", 250, 0.1, 1),
        Architecture(hidden=((8, "tanh"),) * 4),
        Hyperparameters("sgd", 0.1),
    )
    history = record(Timeline.of(plan, 3_000))
    with at_most(0.3):  # measured: 0.05 s
        checkpoint_sentences(history, range(0, 3_000, 30))
