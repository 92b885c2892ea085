"""Growing networks and growing penalties: what differs between variants, and what comes of it."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.generalization.capacity import LADDER, PENALTIES, by_capacity, by_penalty
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.study import all_learnings
from nnviz.training.study_results import results

PLAN = Plan(
    make("moons", 100, 1.0, 1),
    Architecture(hidden=((8, "tanh"), (8, "tanh"))),
    Hyperparameters(optimizer="adam", learning_rate=0.01, batch_size=10),
)


def test_the_ladder_grows_and_changes_nothing_else():
    study = by_capacity(PLAN)
    assert study.names == ("none", "1", "2", "4", "8", "8-8", "8-8-8")
    n_parameters = [variant.plan.n_parameters for variant in study.variants]
    # By hand: (2 + 1) x 1 without a hidden layer; 3 x 8 + 9 x 8 + 9 x 8 + 9 with three.
    assert (n_parameters[0], n_parameters[-1]) == (3, 177)
    assert sorted(set(n_parameters)) == n_parameters
    for variant, sizes in zip(study.variants, LADDER, strict=True):
        hidden = tuple((units, "tanh") for units in sizes)
        assert variant.plan.architecture.hidden == hidden
        assert replace(variant.plan, architecture=PLAN.architecture) == PLAN


def test_a_ladder_and_an_activation_of_ones_own():
    study = by_capacity(PLAN, [(3,), (5, 2)], "relu", epochs=7, n_repeats=2)
    assert study.variants[1].plan.architecture.hidden == ((5, "relu"), (2, "relu"))
    assert (study.names, study.epochs, study.n_repeats) == (("3", "5-2"), 7, 2)


def test_penalties_change_nothing_else():
    study = by_penalty(PLAN)
    assert study.names[:2] == ("no L2", "L2 0.001")
    assert tuple(variant.plan.hyperparameters.l2 for variant in study.variants) == PENALTIES
    for variant in study.variants:
        assert replace(variant.plan, hyperparameters=PLAN.hyperparameters) == PLAN


def test_on_noisy_rows_capacity_buys_training_rows_and_costs_new_ones():
    study = by_capacity(PLAN, [(), (8,), (8, 8, 8)], n_repeats=6)
    found = results(study, all_learnings(study))
    train, test = found.band("train_loss").median, found.band("test_loss").median
    assert (np.diff(train) < 0).all()
    assert test[2] > 2 * test[0]
    assert found.band("train_error").median[2] < 0.03 < found.band("test_error").median[2]


def test_a_penalty_closes_the_gap_between_old_and_new_rows():
    study = by_penalty(PLAN, [0.0, 0.03], n_repeats=6)
    found = results(study, all_learnings(study))
    gap = found.values("test_loss") - found.values("train_loss")
    assert (gap[1] < gap[0] / 2).all()


def test_what_is_refused():
    with pytest.raises(ValueError, match="units of a hidden layer must be between 1 and 8"):
        by_capacity(PLAN, [(9,)])
    with pytest.raises(TypeError, match="ladder must be a list"):
        by_capacity(PLAN, 3)
    with pytest.raises(ValueError, match="each of the penalties must be between 0 and 10"):
        by_penalty(PLAN, [-1.0])
