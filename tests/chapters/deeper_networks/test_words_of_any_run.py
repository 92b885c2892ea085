"""The sentence at any step of any run: what it says is derived anew, from the parameters alone."""

import re
from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.diagnosis.conditions import conditions
from nnviz.chapters.deeper_networks.diagnosis.words import clause
from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.nn.initializers import INITIALIZERS
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.reading import read

ACTIVATIONS = {
    "tanh": np.tanh,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "relu": lambda z: np.maximum(z, 0),
}


@st.composite
def runs(draw):
    layers = draw(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(sorted(ACTIVATIONS))),
                           max_size=4))  # fmt: skip
    chosen = Hyperparameters(
        draw(st.sampled_from(sorted(OPTIMIZERS))),
        draw(st.sampled_from([0.001, 0.03, 0.3, 3.0, 10.0])),
        draw(st.sampled_from([1, 5, 100])),
        l2=draw(st.sampled_from([0.0, 0.0, 0.3])),
        schedule=draw(st.sampled_from(sorted(SCHEDULES))),
        schedule_epochs=draw(st.sampled_from([1, 5, 100])),
    )
    initialisation = draw(st.sampled_from(sorted(INITIALIZERS)))
    sample = toys.make(
        draw(st.sampled_from(["circle", "xor", "gauss"])), 24, 0.6, draw(st.integers(0, 9))
    )
    architecture = Architecture(hidden=tuple(layers), initialisation=initialisation)
    plan = replace(Plan(sample, architecture, chosen, 0.5), seed=draw(st.integers(0, 9)))
    return record(Timeline.of(plan, 40 * plan.updates_per_epoch))


def sums(plan, parameters, inputs):
    """Return z and a of every layer, by the textbook."""
    found, a, at = [], inputs, 0
    for n_in, n_out, activation in zip(plan.sizes, plan.sizes[1:], plan.activations, strict=False):
        w = parameters[at : at + n_in * n_out].reshape(n_in, n_out)
        b = parameters[at + n_in * n_out : at + n_in * n_out + n_out]
        at += n_in * n_out + n_out
        z = a @ w + b
        a = ACTIVATIONS[activation](z)
        found.append((w, b, z, a))
    return found


def loss(plan, parameters, which):
    rows = getattr(plan.split, which)
    z = sums(plan, parameters, getattr(plan, f"{which}_inputs"))[-1][2][:, 0]
    return float(np.mean(np.logaddexp(0, z) - plan.sample.y[rows] * z))


def number(text):
    return float(read(text.replace(",", "")))


@given(runs(), st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_what_a_condition_says_is_so(run, part):
    step, plan = round(part * run.last_step), run.plan
    here = run.parameters_at(step)
    every = np.arange(0, step + 1, plan.updates_per_epoch)
    with np.errstate(all="ignore"):
        now = loss(plan, here, "train")
        told = [clause(run, step, each) for each in conditions(run, step)]
        for text in told:
            holds(text, run, plan, step, here, every, now)
    assert told


def holds(text, run, plan, step, here, every, now):
    def losses(which, since=0):
        return np.array([loss(plan, run.parameters_at(k), which) for k in every if k >= since])

    if found := re.search(
        r"since update ([\d,]+) the training loss jumps between (\S+) and (\S+)$", text
    ):
        lately = losses("train", number(found[1]))
        assert number(found[2]) <= lately.min() * (1 + 1e-2)
        assert number(found[3]) >= lately.max() * (1 - 1e-2)
    elif found := re.search(
        r"test loss was lowest (at the start|after [\d,]+ updates?), (\S+), and", text
    ):
        tested = losses("test")
        then = re.search(r"[\d,]+", found[1])
        assert every[tested.argmin()] == (number(then[0]) if then else 0)
        assert abs(number(found[2]) / tested.min() - 1) < 1e-2
        assert loss(plan, here, "test") > tested.min()
        assert now < losses("train")[tested.argmin()]
    elif found := re.search(r"hardly moved since update ([\d,]+)", text):
        assert np.ptp(losses("train", number(found[1]))) < 0.03 * now
        if cooled := re.search(r"the learning rate down to (\S+)$", text):
            rate = plan.hyperparameters.learning_rate
            assert number(cooled[1]) <= 0.01 * rate
        if "stuck" in text:
            assert run.learning_rate_at(step) > 0.01 * plan.hyperparameters.learning_rate
    elif "keeps falling" in text:
        assert (np.diff(losses("train")) < 0).all()
    elif found := re.search(r"so the first layer hardly learns: since update ([\d,]+)", text):
        way = here - run.parameters_at(int(number(found[1])))
        moved = [
            np.sqrt((w**2).sum() + (b**2).sum())
            for w, b, _, _ in sums(plan, way, plan.train_inputs)
        ]
        assert moved[-1] > 9 * moved[0]
    elif found := re.search(r"multiplies every weight by (\S+), besides", text):
        chosen = plan.hyperparameters
        factor = 1 - run.learning_rate_at(step) * chosen.l2
        assert chosen.optimizer == "sgd"
        assert abs(number(found[1]) - factor) < 1e-3 * abs(factor)
    elif found := re.search(r"of (layer (\d)|the hidden layer) (?:are|is) dead", text):
        layer = int(found[2] or 1) - 1
        a = sums(plan, here, plan.train_inputs)[layer][3]
        n_dead = int((a == 0).all(axis=0).sum())
        assert n_dead == a.shape[1] or ("unit" in text and n_dead > 0)
        if "the same answer" in text:
            assert np.ptp(sums(plan, here, plan.train_inputs)[-1][3]) == 0
    elif found := re.search(r"the (\d) units of (layer (\d)|the hidden layer) are equal", text):
        layer = int(found[3] or 1) - 1
        w = sums(plan, here, plan.train_inputs)[layer][0]
        assert np.ptp(w, axis=1).max() <= 1e-9 * max(np.abs(w).max(), 1e-300)
        if "stay equal" in text:
            later = run.parameters_at(run.last_step)
            w = sums(plan, later, plan.train_inputs)[layer][0]
            assert np.ptp(w, axis=1).max() <= 1e-6 * max(np.abs(w).max(), 1e-300)
    elif found := re.search(r"training loss is (\S+) times smaller than", text):
        assert abs(number(found[1]) / (losses("train")[0] / now) - 1) < 0.06
    elif found := re.search(r"training loss is (lower|higher) than (?:at the start|after)", text):
        assert (now < losses("train")[0]) == (found[1] == "lower"), text
