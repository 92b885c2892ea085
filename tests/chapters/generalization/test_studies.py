"""Studies: what differs between variants, what comes of it, and memorisation counted."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.generalization.studies import (
    CASES,
    PENALTIES,
    SIZES,
    by_capacity,
    by_penalty,
    memorisation,
    memorisation_study,
)
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import Learning
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant, learnings
from nnviz.training.study_results import results

PLAN = Plan(
    make("moons", 100, 1.0, 1),
    Architecture(hidden=((8, "tanh"), (8, "tanh"))),
    Hyperparameters(optimizer="adam", learning_rate=0.01, batch_size=10),
)


def test_the_sizes_grow_and_changes_nothing_else():
    study = by_capacity(PLAN)
    assert study.names == ("none", "1", "2", "4", "8", "8-8", "8-8-8")
    n_parameters = [variant.plan.n_parameters for variant in study.variants]
    # By hand: (2 + 1) x 1 without a hidden layer; 3 x 8 + 9 x 8 + 9 x 8 + 9 with three.
    assert (n_parameters[0], n_parameters[-1]) == (3, 177)
    assert sorted(set(n_parameters)) == n_parameters
    for variant, sizes in zip(study.variants, SIZES, strict=True):
        hidden = tuple((units, "tanh") for units in sizes)
        assert variant.plan.architecture.hidden == hidden
        assert replace(variant.plan, architecture=PLAN.architecture) == PLAN


def test_own_sizes_and_activation():
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
    found = results(study, dict(learnings(study)))
    train, test = found.band("train_loss").median, found.band("test_loss").median
    assert (np.diff(train) < 0).all()
    assert test[2] > 2 * test[0]
    assert found.band("train_error").median[2] < 0.03 < found.band("test_error").median[2]


def test_a_penalty_closes_the_gap_between_old_and_new_rows():
    study = by_penalty(PLAN, [0.0, 0.03], n_repeats=6)
    found = results(study, dict(learnings(study)))
    gap = found.values("test_loss") - found.values("train_loss")
    assert (gap[1] < gap[0] / 2).all()


def test_what_is_refused():
    with pytest.raises(ValueError, match="units of a hidden layer must be between 1 and 32"):
        by_capacity(PLAN, [(33,)])
    with pytest.raises(TypeError, match="sizes must be a list"):
        by_capacity(PLAN, 3)
    with pytest.raises(ValueError, match="each of the penalties must be between 0 and 10"):
        by_penalty(PLAN, [-1.0])


SMALL = Plan(make("gauss", 20, 0, 1), Architecture(hidden=()))


def measured(train_errors, test_errors, test_losses, diverged=False):
    errors, others, losses = map(np.array, (train_errors, test_errors, test_losses))
    return Learning(SMALL, 2, losses, losses, errors, others, diverged)


def test_hand_made_runs_are_counted():
    study = Study((Variant("a", SMALL), Variant("b", SMALL)), epochs=2, n_repeats=5)
    made = {
        (0, 0): measured([0.5, 0.2, 0], [0.5, 0.1, 0], [3, 2, 1.0]),  # both right, still better
        (0, 1): measured([0.5, 0.1, 0], [0.5, 0.1, 0.3], [3, 1, 1.2]),  # memorised
        (0, 2): measured([0.5, 0.1, 0], [0.5, 0.3, 0.2], [3, 1, 1.05]),  # hardly risen
        (0, 3): measured([0.5, 0.0, 0.1], [0.5, 0.1, 0.0], [3, 1, 9.0]),  # not right at the end
        (1, 0): measured([0.5, 0.0], [0.5, 0.0], [3, 1.0], diverged=True),
    }
    a, b = memorisation(results(study, made))
    assert (a.name, a.n_runs, a.n_train_right, a.n_both_right) == ("a", 4, 3, 1)
    assert (a.n_overfitted, a.n_overfitted_elsewhere) == (1, 1)
    assert a.test_error.median == pytest.approx(0.2)
    assert a.test_error.n == 3
    assert (b.n_runs, b.n_train_right, b.n_both_right, b.n_overfitted_elsewhere) == (1, 0, 0, 1)
    assert np.isnan(b.test_error.median)


@pytest.fixture(scope="module")
def counted():
    study = memorisation_study(n_repeats=8)
    return dict(zip(CASES, memorisation(results(study, dict(learnings(study)))), strict=True))


def test_without_noise_right_training_rows_are_no_sign_of_memorisation(counted):
    for sizes in ((), (8, 8)):
        case = counted["gauss", 0.0, sizes]
        assert case.n_runs == case.n_train_right == case.n_both_right == 8
        assert case.n_overfitted == 0


def test_with_noise_no_network_with_every_training_row_right_generalises(counted):
    noisy = [case for (_, noise, _), case in counted.items() if noise]
    assert sum(case.n_train_right for case in noisy) > 0
    assert sum(case.n_both_right for case in noisy) == 0
    assert sum(case.n_overfitted for case in noisy) == sum(case.n_train_right for case in noisy)


def test_overfitting_does_not_wait_for_the_last_training_row(counted):
    assert counted["gauss", 1.0, (8, 8)].n_overfitted_elsewhere > 0


def test_the_study_of_memorisation_by_its_parts():
    study = memorisation_study(seed=4, epochs=9, n_repeats=2)
    assert (study.epochs, study.n_repeats, len(study.variants)) == (9, 2, len(CASES))
    assert study.names[0] == "Two clouds, noise 0%, hidden none"
    for (name, noise, _), variant in zip(CASES, study.variants, strict=True):
        assert variant.plan.sample == make(name, 100, noise, 4)
        assert (variant.plan.test_fraction, variant.plan.seed) == (0.5, 4)


def test_memorisation_is_refused_without_classes():
    numbers = replace(
        SMALL,
        sample=make("plane", 20, 0, 1),
        architecture=Architecture(hidden=(), output="linear", loss="squared_error"),
    )
    study = Study((Variant("plane", numbers),), epochs=2, n_repeats=1)
    with pytest.raises(ValueError, match="plane tells numbers"):
        memorisation(results(study, {}))
    with pytest.raises(TypeError, match="results must be a Results"):
        memorisation(study)
