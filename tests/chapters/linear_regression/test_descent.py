"""Gradient descent as a recorded run, held to updates written out here."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.descent import (
    LARGEST_START,
    descend,
    in_scale,
    in_units,
    regression_plan,
    start_in_scale,
)
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import gradient, mean_squared_error
from nnviz.data.sample import Sample
from nnviz.data.toys import make
from nnviz.training.evaluation import outputs, predicted_values

SAMPLE = houses(20, 30.0, 0)
START = (1.0, 0.5, 150.0)


def test_an_unscaled_run_is_gradient_descent_written_out():
    run = descend(regression_plan(SAMPLE, 4e-5, standardise=False), START, 40)
    at = np.array(START)
    for step in range(41):
        np.testing.assert_allclose(run.parameters[step], at, rtol=1e-10)
        error = mean_squared_error(SAMPLE.X, SAMPLE.y, at[:2], at[2])
        assert run.errors[step] == pytest.approx(error, rel=1e-9)
        np.testing.assert_allclose(
            run.slopes(step), gradient(SAMPLE.X, SAMPLE.y, at[:2], at[2]), rtol=1e-8
        )
        at = at - 4e-5 * gradient(SAMPLE.X, SAMPLE.y, at[:2], at[2])


def test_a_scaled_run_is_gradient_descent_on_standardised_numbers():
    run = descend(regression_plan(SAMPLE, 0.2, standardise=True), START, 30)
    columns = (SAMPLE.X - SAMPLE.X.mean(axis=0)) / SAMPLE.X.std(axis=0)
    t = (SAMPLE.y - SAMPLE.y.mean()) / SAMPLE.y.std()
    at = run.parameters[0]
    for step in range(31):
        np.testing.assert_allclose(run.parameters[step], at, rtol=1e-9, atol=1e-12)
        w1, w2, b = run.in_units[step]
        error = mean_squared_error(SAMPLE.X, SAMPLE.y, [w1, w2], b)
        assert run.errors[step] == pytest.approx(error, rel=1e-9)
        at = at - 0.2 * gradient(columns, t, at[:2], at[2])


@pytest.mark.parametrize("standardise", [True, False])
def test_a_run_begins_where_the_plane_was_put_by_hand(standardise):
    run = descend(regression_plan(SAMPLE, 1e-5, standardise=standardise), START, 5)
    np.testing.assert_allclose(run.in_units[0], START, rtol=1e-12)


@pytest.mark.parametrize("standardise", [True, False])
def test_both_ways_of_writing_weights_are_the_same_plane(standardise):
    plan = regression_plan(SAMPLE, 0.1, standardise=standardise)
    own = np.random.default_rng(3).normal(size=(7, 3))
    predicted = predicted_values(plan, outputs(plan, own, plan.train_inputs))
    units = in_units(plan, own)
    by_units = SAMPLE.X @ units[:, :2].T + units[:, 2]
    np.testing.assert_allclose(predicted, by_units[plan.split.train].T, rtol=1e-10)
    np.testing.assert_allclose(in_scale(plan, units), own, rtol=1e-9, atol=1e-12)


def test_a_scaled_run_ends_at_least_squares():
    run = descend(regression_plan(SAMPLE, 0.4, standardise=True), START, 300)
    found = np.linalg.lstsq(np.column_stack([SAMPLE.X, np.ones(20)]), SAMPLE.y, rcond=None)[0]
    np.testing.assert_allclose(run.in_units[-1], found, rtol=1e-9)
    np.testing.assert_allclose([*run.answer.weights, run.answer.bias], found, rtol=1e-9)


def test_a_run_that_leaves_float64_ends_there():
    run = descend(regression_plan(SAMPLE, 0.1, standardise=False), START, 2000)
    assert run.diverged_at == run.last_step + 1 < 2000
    assert np.isfinite(run.parameters).all()
    assert np.isfinite(run.errors[:-1]).all()


def test_a_start_beyond_what_training_takes_is_moved_in():
    tiny = Sample(SAMPLE.X, SAMPLE.y * 1e-6, ("a", "b"), (), "t")
    plan = regression_plan(tiny, 0.1, standardise=True)
    assert np.abs(start_in_scale(plan, (1e6, -1e6, 0.0))).max() == LARGEST_START
    assert descend(plan, (1e6, -1e6, 0.0), 3).last_step == 3


def test_classes_are_refused():
    with pytest.raises(ValueError, match="has classes"):
        regression_plan(make("circle", 20, 0.1, 0), 0.1, standardise=True)


def test_what_rounding_leaves_of_an_exact_plane_is_no_error():
    X = houses(20, 0.0, 3).X
    sample = Sample(X, X @ [3.0, -2.0] + 60.0, ("a", "b"), (), "t")
    plan = regression_plan(sample, 0.5, standardise=True)
    run = descend(plan, (1.0, 0.0, 0.0), 2000)
    assert run.answer.error == 0.0
    assert run.errors[-1] == 0.0 < run.errors[0]
