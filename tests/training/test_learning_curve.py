"""What is measured after every epoch, against plain loops over single steps of the history."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.learning_curve import MEASURES, MOST_EPOCHS, learn, most_epochs, repeated
from nnviz.training.plan import Plan
from nnviz.training.record import record

PLAN = Plan(
    make("moons", 40, 0.7, 1),
    Architecture(hidden=((3, "tanh"),)),
    Hyperparameters(optimizer="adam", learning_rate=0.03, batch_size=7, patience=2),
    test_fraction=0.4,
    seed=5,
)
NUMBERS = replace(
    PLAN,
    sample=make("multi-gauss", 40, 0.2, 1),
    architecture=Architecture(hidden=((3, "tanh"),), output="linear", loss="squared_error"),
)


def by_hand(plan, parameters, rows):
    """Loss and error of one moment, unit by unit."""
    X = plan.sample.X[plan.split.train]
    mean, scale = X.mean(axis=0), X.std(axis=0)
    y = plan.sample.y[rows]
    W, b = parameters[:6].reshape(2, 3), parameters[6:9]
    z = [
        sum(np.tanh((row - mean) / scale @ W[:, k] + b[k]) * parameters[9 + k] for k in range(3))
        + parameters[12]
        for row in plan.sample.X[rows]
    ]
    if not plan.sample.classes:
        learned = plan.sample.y[plan.split.train]
        errors = np.array(z) - (y - learned.mean()) / learned.std()
        unexplained = (errors**2).sum() / (((y - y.mean()) / learned.std()) ** 2).sum()
        return (errors**2).mean(), unexplained
    p = 1 / (1 + np.exp(-np.array(z)))
    chosen = np.where(y == 1, p, 1 - p)
    return -np.log(chosen).mean(), (chosen < 0.5).mean()


@pytest.mark.parametrize("plan", [PLAN, NUMBERS], ids=["classes", "numbers"])
def test_every_epoch_is_measured_as_by_hand(plan):
    learning = learn(plan, 12)
    assert learning.last_epoch == 12
    assert not learning.diverged
    calm = replace(plan, hyperparameters=replace(plan.hyperparameters, patience=0))
    assert learning.plan == calm
    history = record(learning.timeline)
    # 24 training rows in batches of 7: four updates.
    assert history.last_step == 12 * 4
    for epoch in range(13):
        parameters = history.parameters_at(4 * epoch)
        for part, rows in (("train", plan.split.train), ("test", plan.split.test)):
            loss, error = by_hand(plan, parameters, rows)
            assert getattr(learning, f"{part}_loss")[epoch] == pytest.approx(loss, rel=1e-9)
            assert getattr(learning, f"{part}_error")[epoch] == pytest.approx(error, abs=1e-9)


def test_the_start_is_a_moment_too():
    learning = learn(PLAN, 1)
    loss, _ = by_hand(PLAN, PLAN.start, PLAN.split.test)
    assert learning.test_loss[0] == pytest.approx(loss)


def test_the_best_epoch():
    learning = learn(replace(PLAN, sample=make("gauss", 40, 0, 1)), 60)
    assert learning.test_loss[learning.best_epoch] == learning.test_loss.min()


def test_a_run_that_leaves_float64_has_fewer_moments():
    plan = replace(NUMBERS, hyperparameters=Hyperparameters(learning_rate=100.0, batch_size=7))
    plan = replace(plan, architecture=replace(plan.architecture, hidden=((3, "linear"),)))
    learning = learn(plan, 50)
    assert learning.diverged
    assert learning.last_epoch < 50
    assert np.isfinite(learning.train_loss).all()


def test_equal_plans_make_equal_curves_which_nobody_can_change():
    one, again = learn(PLAN, 5), learn(PLAN, 5)
    for measure in MEASURES:
        np.testing.assert_array_equal(getattr(one, measure), getattr(again, measure))
        with pytest.raises(ValueError, match="read-only"):
            getattr(one, measure)[0] = 0


def test_a_repeat_is_another_seed_and_nothing_else():
    assert repeated(PLAN, 0) == PLAN
    assert repeated(PLAN, 3) == replace(PLAN, seed=8)
    assert repeated(replace(PLAN, seed=2**32 - 1), 1).seed == 0
    assert set(repeated(PLAN, 1).split.test) != set(PLAN.split.test)


def test_what_is_refused():
    with pytest.raises(ValueError, match="no rows are held out"):
        learn(replace(PLAN, test_fraction=0), 5)
    with pytest.raises(ValueError, match="epochs must be between 1 and 2,000, not 2,001"):
        learn(PLAN, 2001)
    with pytest.raises(TypeError, match="plan must be a Plan"):
        learn(PLAN.sample, 5)
    many = replace(
        PLAN, sample=make("gauss", 5000, 0, 1), hyperparameters=Hyperparameters(batch_size=1)
    )
    assert most_epochs(PLAN) == MOST_EPOCHS
    # 3,000 updates an epoch, a million in all.
    assert most_epochs(many) == 333
