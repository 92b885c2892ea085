"""Where a run would have been stopped, against runs that really stop there."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.generalization.early_stop import early_stop, scores_at
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import Learning, learn
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

PLAN = Plan(
    make("moons", 60, 1.0, 1),
    Architecture(hidden=((8, "tanh"), (8, "tanh"))),
    Hyperparameters(optimizer="adam", learning_rate=0.02, batch_size=10),
)


@pytest.mark.parametrize("patience", [1, 3, 10, 40])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_patience_ends_where_the_run_with_that_patience_ends(patience, seed):
    plan = replace(PLAN, seed=seed)
    patient = replace(plan, hyperparameters=replace(plan.hyperparameters, patience=patience))
    per_epoch = plan.updates_per_epoch
    history = record(Timeline.of(patient, 100 * per_epoch))
    found = early_stop(learn(plan, 100), patience)
    stopped = None if found.stop is None else found.stop.epoch * per_epoch
    assert stopped == history.stopped_at


def test_of_noisy_rows_stopping_early_keeps_the_better_network():
    found = early_stop(learn(PLAN, 300), 20)
    assert found.stop is not None
    assert found.lowest.test_loss <= found.kept.test_loss < found.end.test_loss / 1.5
    assert found.end.train_loss < found.kept.train_loss
    assert found.end.epoch == 300


def test_the_scores_of_an_epoch_are_what_was_measured():
    learning = learn(PLAN, 20)
    found = scores_at(learning, 7)
    assert (
        found.epoch,
        found.train_loss,
        found.test_loss,
        found.train_error,
        found.test_error,
    ) == (
        7,
        learning.train_loss[7],
        learning.test_loss[7],
        learning.train_error[7],
        learning.test_error[7],
    )


def run_of(losses):
    losses = np.array(losses)
    return Learning(PLAN, len(losses) - 1, losses, losses, losses, losses, diverged=False)


def test_a_hand_made_run():
    found = early_stop(run_of([9.0, 5.0, 4.0, 6.0, 4.0, 4.5, 1.0, 2.0]), 3)
    # Lower than 4 at epoch 2 it does not become for three epochs: 3, 4 and 5.
    assert (found.stop.epoch, found.kept.epoch, found.lowest.epoch, found.end.epoch) == (5, 2, 6, 7)
    assert early_stop(run_of([9.0, 5.0, 4.0]), 3).stop is None


@given(st.lists(st.integers(0, 20), min_size=3, max_size=40), st.integers(1, 8))
def test_brute_force(losses, patience):
    stops = [
        epoch
        for epoch in range(patience + 1, len(losses))
        if min(losses[1 : epoch - patience + 1]) <= min(losses[epoch - patience + 1 : epoch + 1])
    ]
    found = early_stop(run_of([float(loss) for loss in losses]), patience)
    assert (None if found.stop is None else found.stop.epoch) == (stops[0] if stops else None)
    until = stops[0] if stops else len(losses) - 1
    assert found.kept.test_loss == min(losses[: until + 1])
    assert found.lowest.test_loss == min(losses)


def test_what_is_refused():
    with pytest.raises(ValueError, match="patience must be between 1 and 2,000, not 0"):
        early_stop(run_of([1.0, 2.0]), 0)
    with pytest.raises(TypeError, match="learning must be a Learning"):
        early_stop(PLAN, 3)
    with pytest.raises(ValueError, match="epoch must be between 0 and 1, not 2"):
        scores_at(run_of([1.0, 2.0]), 2)
