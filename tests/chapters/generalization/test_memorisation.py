"""The remark about all training rows right, counted by hand and over real runs."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.generalization.memorisation import CASES, all_right, experiment
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.learning_curve import Learning
from nnviz.training.plan import Plan
from nnviz.training.study import Study, Variant, all_learnings
from nnviz.training.study_results import results

PLAN = Plan(make("gauss", 20, 0, 1), Architecture(hidden=()))


def run(train_errors, test_errors, test_losses, diverged=False):
    errors, others, losses = map(np.array, (train_errors, test_errors, test_losses))
    return Learning(PLAN, 2, losses, losses, errors, others, diverged)


def test_hand_made_runs_are_counted():
    study = Study((Variant("a", PLAN), Variant("b", PLAN)), epochs=2, n_repeats=5)
    made = {
        (0, 0): run([0.5, 0.2, 0], [0.5, 0.1, 0], [3, 2, 1.0]),  # both right, still better
        (0, 1): run([0.5, 0.1, 0], [0.5, 0.1, 0.3], [3, 1, 1.2]),  # remembered
        (0, 2): run([0.5, 0.1, 0], [0.5, 0.3, 0.2], [3, 1, 1.05]),  # hardly risen
        (0, 3): run([0.5, 0.0, 0.1], [0.5, 0.1, 0.0], [3, 1, 9.0]),  # not right at the end
        (1, 0): run([0.5, 0.0], [0.5, 0.0], [3, 1.0], diverged=True),
    }
    a, b = all_right(results(study, made))
    assert (a.name, a.n_runs, a.n_all_right, a.n_both_right) == ("a", 4, 3, 1)
    assert (a.n_risen, a.n_risen_elsewhere) == (1, 1)
    assert a.test_error.median == pytest.approx(0.2)
    assert a.best_error.median == pytest.approx(0.1)
    assert a.test_error.n == 3
    assert (b.n_runs, b.n_all_right, b.n_both_right, b.n_risen_elsewhere) == (1, 0, 0, 1)
    assert np.isnan(b.test_error.median)


@pytest.fixture(scope="module")
def counted():
    study = experiment(n_repeats=8)
    return dict(zip(CASES, all_right(results(study, all_learnings(study))), strict=True))


def test_without_noise_all_right_is_no_sign_of_remembering(counted):
    for sizes in ((), (8, 8)):
        case = counted["gauss", 0.0, sizes]
        assert case.n_runs == case.n_all_right == case.n_both_right == 8
        assert case.n_risen == 0


def test_with_noise_no_network_that_is_all_right_is_right_about_new_rows(counted):
    noisy = [case for (_, noise, _), case in counted.items() if noise]
    assert sum(case.n_all_right for case in noisy) > 0
    assert sum(case.n_both_right for case in noisy) == 0
    assert sum(case.n_risen for case in noisy) == sum(case.n_all_right for case in noisy)


def test_nor_does_overfitting_wait_for_the_last_training_row(counted):
    assert counted["gauss", 1.0, (8, 8)].n_risen_elsewhere > 0


def test_the_experiment_by_its_parts():
    study = experiment(seed=4, epochs=9, n_repeats=2)
    assert (study.epochs, study.n_repeats, len(study.variants)) == (9, 2, len(CASES))
    assert study.names[0] == "Two clouds, noise 0%, hidden none"
    for (name, noise, _), variant in zip(CASES, study.variants, strict=True):
        assert variant.plan.sample == make(name, 100, noise, 4)
        assert (variant.plan.test_fraction, variant.plan.seed) == (0.5, 4)


def test_what_is_refused():
    numbers = replace(
        PLAN,
        sample=make("plane", 20, 0, 1),
        architecture=Architecture(hidden=(), output="linear", loss="squared_error"),
    )
    study = Study((Variant("plane", numbers),), epochs=2, n_repeats=1)
    with pytest.raises(ValueError, match="plane tells numbers"):
        all_right(results(study, {}))
    with pytest.raises(TypeError, match="results must be a Results"):
        all_right(study)
