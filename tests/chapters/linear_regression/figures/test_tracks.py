"""The error bowl."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.figures.tracks import (
    BANDS,
    bowl_errors,
    bowl_plane,
    bowl_shades,
    lowest,
)
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import mean_squared_error
from nnviz.training.maps.heatmap import Plane

HOUSES = houses(20, 30.0, 0)
START = (1.0, 0.0, 200.0)


def run_of(scale, rate, updates=50, start=START):
    return descend(regression_plan(HOUSES, rate, standardise=scale), start, updates)


RUNS = {
    "scaled": run_of(True, 0.1),
    "unscaled": run_of(False, 3e-5),
    "diverging": run_of(True, 1.5),
    "gone": run_of(False, 0.1),
}


@pytest.mark.parametrize("name", RUNS)
def test_errors_are_those_measured(name):
    run = RUNS[name]
    plane, plan = bowl_plane(run), run.plan
    biases = run.parameters[[0, 3], 2]
    found = bowl_errors(run, biases, plane)
    least = run.answer.error / plan.target_scale[1] ** 2
    for moment, (i, j) in ((0, (0, 0)), (0, (63, 10)), (1, (20, 50))):
        measured = mean_squared_error(
            plan.train_inputs, plan.train_targets[:, 0], [plane.x[j], plane.y[i]], biases[moment]
        )
        assert found[moment, i, j] + least == pytest.approx(measured, rel=1e-8)


def test_the_lowest_point_is_least_squares_in_the_own_scale():
    for name in ("scaled", "unscaled"):
        run = RUNS[name]
        w1, w2, b = lowest(run)
        error = mean_squared_error(run.plan.train_inputs, run.plan.train_targets[:, 0], [w1, w2], b)
        assert error * run.plan.target_scale[1] ** 2 == pytest.approx(run.answer.error, rel=1e-10)


@pytest.mark.parametrize("name", RUNS)
def test_start_and_answer_are_seen_and_the_bowl_is_not_squeezed(name):
    run = RUNS[name]
    plane = bowl_plane(run)
    assert plane.x_high - plane.x_low == pytest.approx(plane.y_high - plane.y_low)
    for x, y in (run.parameters[0, :2], lowest(run)[:2]):
        assert plane.x_low < x < plane.x_high
        assert plane.y_low < y < plane.y_high


def test_the_way_of_a_run_that_converges_is_seen():
    run = RUNS["scaled"]
    plane = bowl_plane(run)
    x, y = run.parameters[:, :2].T
    assert ((plane.x_low < x) & (x < plane.x_high)).all()
    assert ((plane.y_low < y) & (y < plane.y_high)).all()


def test_a_run_that_begins_at_its_answer_has_a_bowl():
    answer = RUNS["scaled"].answer
    run = run_of(True, 0.1, start=(*answer.weights.tolist(), answer.bias))
    plane = bowl_plane(run)
    assert plane.x_high - plane.x_low > 0.1


@pytest.mark.parametrize("name", RUNS)
def test_bands_are_equally_wide_by_the_root_of_the_error(name):
    run = RUNS[name]
    plane = bowl_plane(run)
    errors = bowl_errors(run, run.parameters[:1, 2], plane)[0]
    ends, colours = bowl_shades(run, plane).T
    assert (np.diff(ends) >= 0).all()
    assert (colours[0], colours[-1], len(set(colours))) == (0, 1, BANDS)
    # Of 20 rows together; above the lowest, which is where the first band begins.
    rise = (ends - ends[0]) / 20
    for part in (0.03, 0.2, 0.52, 0.77, 0.99):
        error = errors.max() * part**2
        band = np.interp(error, rise, colours) * (BANDS - 1)
        assert band == pytest.approx(np.floor(part * BANDS), abs=1e-6)


def test_scaled_the_bowl_of_these_houses_is_round_and_unscaled_a_valley():
    for name, narrow in (("scaled", False), ("unscaled", True)):
        run = RUNS[name]
        answer = lowest(run)
        x, y = answer[:2]
        plane = Plane(x - 1, x + 1, y - 1, y + 1, 81)
        errors = bowl_errors(run, [answer[2]], plane)[0]
        distances = np.hypot(plane.x[np.newaxis, :] - x, plane.y[:, np.newaxis] - y)
        circle = errors[(distances > 0.7) & (distances < 0.72)]
        assert (circle.max() > 8 * circle.min()) == narrow
        assert (circle.max() < 1.1 * circle.min()) != narrow
