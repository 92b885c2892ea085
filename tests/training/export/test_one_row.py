"""Scripts of trainings with one row at a time: every parameter is the same to the last bit."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.sample import Sample
from nnviz.data.tutorial import eight_rows
from nnviz.nn.architecture import Architecture
from nnviz.training.export.script import notebook, script, title
from nnviz.training.export.segments import segments_to
from nnviz.training.export.torch import torch_script
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Stage, Timeline
from tests.clean_process import output, outputs

STEPS = 300


def plan_of(order="tutorial", rate=0.1, hidden=(), *, loss="squared_error", seed=3, **choices):
    architecture = Architecture(
        choices.pop("inputs", ("x1", "x2")),
        choices.pop("standardise", False),
        hidden,
        choices.pop("output", "sigmoid"),
        loss,
        "glorot" if hidden else "tutorial",
    )
    chosen = Hyperparameters(learning_rate=rate, batch_size=1, order=order, **choices)
    sample = eight_rows()
    return Plan(Sample(sample.X, sample.y), architecture, chosen, test_fraction=0.0, seed=seed)


def faster(plan, rate):
    return replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=rate))


NEURON = plan_of()
NETWORK = plan_of(hidden=((4, "tanh"),), rate=0.5)
TIMELINES = {
    "tutorial": Timeline.of(plan_of(), STEPS, 10),
    "shuffled": Timeline.of(plan_of("shuffled"), STEPS, 10),
    "in turn": Timeline.of(plan_of("in turn"), STEPS, 10),
    "chaotic": Timeline.of(plan_of(rate=10.0, inputs=("x1", "x2", "x1*x2")), STEPS, 10),
    "network": Timeline.of(NETWORK, STEPS, 10),
    "deep": Timeline.of(
        plan_of("shuffled", 1.0, ((3, "relu"), (5, "softplus"), (2, "leaky_relu"))), STEPS, 10
    ),
    "cross-entropy": Timeline.of(plan_of("in turn", loss="binary_cross_entropy"), STEPS, 10),
    "standardised": Timeline.of(
        plan_of(standardise=True, inputs=("x1", "x2", "sin x1")), STEPS, 10
    ),
    "another rate": Timeline((Stage(0, NEURON), Stage(120, faster(NEURON, 3.0))), STEPS, 10),
    "another order": Timeline(
        (Stage(0, NEURON), Stage(120, plan_of("shuffled", seed=8))), STEPS, 10
    ),
    "by hand": Timeline(
        (Stage(0, NETWORK), Stage(75, NETWORK, ((2, 0.25), (16, -1.5)))), STEPS, 10
    ),
    "more units": Timeline(
        (Stage(0, NETWORK), Stage(75, plan_of(hidden=((6, "tanh"),), rate=0.5))), STEPS, 10
    ),
    "an input more": Timeline(
        (Stage(0, NEURON), Stage(75, plan_of(inputs=("x1", "x2", "x1^2")))), STEPS, 10
    ),
    "a hidden layer": Timeline((Stage(0, NEURON), Stage(75, NETWORK)), STEPS, 10),
    "standardised from there on": Timeline(
        (Stage(0, NEURON), Stage(75, plan_of(standardise=True, inputs=("x1", "x2", "sin x1")))),
        STEPS, 10,
    ),
    "standardised up to there": Timeline(
        (
            Stage(0, plan_of(standardise=True, inputs=("x1", "x2", "x1^2"), hidden=((3, "tanh"),))),
            Stage(75, plan_of("shuffled", hidden=((5, "tanh"),), inputs=("x1", "x2", "sin x1"))),
        ),
        STEPS, 10,
    ),
    "two changes at one step": Timeline(
        (
            Stage(0, NEURON), Stage(75, plan_of(inputs=("x1", "x2", "x1^2"))),
            Stage(75, plan_of(inputs=("x1", "x2", "x1^2"), seed=9), ((2, 0.5),)),
        ),
        STEPS, 10,
    ),
    "two starts": Timeline(
        (Stage(0, NEURON), Stage(0, NETWORK), Stage(0, faster(NETWORK, 0.2), ((0, 2.0),))),
        STEPS, 10,
    ),
}  # fmt: skip


def printed(lines):
    pairs = [line.split(":", 1) for line in lines]
    return {name: ast.literal_eval(value.strip()) for name, value in pairs}


def parameters_of(numbers):
    layers = [values for name, values in numbers.items() if name.startswith("layer ")]
    return np.concatenate([np.ravel(values) for values in layers])


@pytest.mark.parametrize("name", TIMELINES)
def test_the_parameters_are_the_same_to_the_last_bit(name, tmp_path):
    timeline = TIMELINES[name]
    history = record(timeline)
    for step in (0, 75, 76, STEPS):
        numbers = printed(output(script(timeline, step), tmp_path))
        np.testing.assert_array_equal(parameters_of(numbers), history.parameters_at(step))
        n_rows = len(timeline.plan.sample.X)
        total = numbers["training loss"] * n_rows
        assert numbers["cumulative error"] == pytest.approx(total, rel=1e-12)
        assert numbers["epoch"] == history.epoch_at(step)


def test_pytorch_comes_to_the_same_numbers(torch, tmp_path):
    names = [name for name in TIMELINES if name != "chaotic"]
    scripts = [torch_script(TIMELINES[name], STEPS) for name in names]
    for name, lines in zip(names, outputs(scripts, tmp_path), strict=True):
        parameters = parameters_of(printed(lines))
        expected = record(TIMELINES[name]).parameters_at(STEPS)
        np.testing.assert_allclose(parameters, expected, rtol=1e-9, atol=1e-12, err_msg=name)


def test_another_optimizer_takes_the_same_rows(tmp_path):
    for choices in (
        {"optimizer": "adam"},
        {"l2": 0.01},
        {"schedule": "halve", "schedule_epochs": 5},
    ):
        timeline = Timeline.of(plan_of("shuffled", **choices), STEPS, 10)
        numbers = printed(output(script(timeline, STEPS), tmp_path))
        expected = record(timeline).parameters_at(STEPS)
        np.testing.assert_allclose(parameters_of(numbers), expected, rtol=1e-9)


def test_the_script_is_short_lines_and_the_notebook_has_its_parts():
    for timeline in TIMELINES.values():
        text = script(timeline, STEPS)
        assert max(map(len, text.splitlines())) <= 100
        assert "@" not in text.replace("activations[-1] @ W", "").replace("W @ derror_dz", "")
        assert "shuffled(" not in text
        assert '"nbformat": 4' in notebook(timeline, STEPS)
    assert title(segments_to(TIMELINES["tutorial"], 7), 7) == (
        "Trains a single neuron with 7 one-row updates."
    )


def test_rows_one_by_one_and_batches_are_not_mixed():
    batches = replace(NEURON, hyperparameters=Hyperparameters())
    with pytest.raises(ValueError, match="one row at a time all the way"):
        script(Timeline((Stage(0, NEURON), Stage(9, batches)), STEPS), 20)
