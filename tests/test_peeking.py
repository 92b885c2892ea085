"""Choosing by half of the rows, against the two halves judged row by row."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.architecture import Architecture
from nnviz.history import record
from nnviz.learning import learn
from nnviz.peeking import peeking
from nnviz.plan import Plan
from nnviz.recipe import Recipe
from nnviz.rng import generator
from nnviz.timeline import Timeline
from nnviz.toys import make

PLAN = Plan(
    make("moons", 40, 1.0, 1),
    Architecture(hidden=()),
    Recipe(optimizer="adam", learning_rate=0.1, batch_size=10, patience=1),
)


def test_a_line_judged_row_by_row():
    found = peeking(PLAN, 60)
    calm = replace(PLAN, recipe=replace(PLAN.recipe, patience=0))
    history = record(Timeline.of(calm, 60 * 2))
    X, y, train = PLAN.sample.X, PLAN.sample.y, PLAN.split.train
    scaled = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
    order = PLAN.split.test[generator(PLAN.seed, "peeking").permutation(20)]
    halves = [order[::2], order[1::2]]
    losses, errors = np.zeros((2, 61)), np.zeros((2, 61))
    for epoch in range(61):
        parameters = history.parameters_at(2 * epoch)
        z = (scaled @ parameters[:2] + parameters[2]) * np.where(y == 1, 1, -1)
        for k, half in enumerate(halves):
            losses[k, epoch] = np.logaddexp(0, -z[half]).mean()
            errors[k, epoch] = (z[half] < 0).mean()
    assert found.epochs == tuple(losses.argmin(axis=1))
    one, other = found.epochs
    assert one != other
    assert found.chosen_loss == pytest.approx((losses[0, one] + losses[1, other]) / 2)
    assert found.new_loss == pytest.approx((losses[1, one] + losses[0, other]) / 2)
    assert found.chosen_error == pytest.approx((errors[0, one] + errors[1, other]) / 2)
    assert found.new_error == pytest.approx((errors[1, one] + errors[0, other]) / 2)


@pytest.mark.parametrize("seed", range(6))
def test_who_did_not_choose_never_sees_a_lower_loss(seed):
    plan = replace(PLAN, architecture=Architecture(hidden=((8, "tanh"), (8, "tanh"))), seed=seed)
    found = peeking(plan, 80)
    assert found.new_loss >= found.chosen_loss
    # Both halves together are the rows held out, so neither is better than at its own best.
    assert found.chosen_loss <= learn(plan, 80).test_loss.min() + 1e-12


def test_what_is_refused():
    with pytest.raises(ValueError, match="two halves need at least four rows held out, not 2"):
        peeking(replace(PLAN, test_share=0.05), 5)
    with pytest.raises(ValueError, match="epochs must be between 1 and 2000, not 0"):
        peeking(PLAN, 0)
    with pytest.raises(TypeError, match="plan must be a Plan"):
        peeking(PLAN.sample, 5)
