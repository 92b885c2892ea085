"""A world that moves under a network: counted row by row, and learned anew."""

from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.chapters.generalization.distribution_shift import (
    HOME,
    DistributionShift,
    accuracy_curve,
    correct_rows,
    shift_plan,
    shift_sample,
)
from nnviz.chapters.generalization.prediction_map import plot_range, prediction_map
from nnviz.data.sample import Sample
from nnviz.data.toys import make
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

EPOCHS = 60


@cache
def plan(data="gauss", noise=0.5, *, standardise=True):
    architecture = Architecture(hidden=((4, "tanh"),), standardise=standardise)
    return Plan(make(data, 60, noise, 0), architecture, Hyperparameters("adam", 0.03, 10), 0.5, 0)


@cache
def trained(of):
    history = record(Timeline.of(of, EPOCHS * of.updates_per_epoch))
    return history.parameters_at(history.last_step)


def world(by=HOME, learned_at=HOME, of=None):
    home = of or plan()
    return DistributionShift(
        home, by, learned_at, trained(shift_plan(home, learned_at)), trained(home)
    )


def told(of, parameters, point):
    """Return the class that the network tells for one point, worked out unit by unit."""
    train = of.sample.X[of.split.train]
    x = point
    if of.architecture.standardise:
        x = (point - train.mean(axis=0)) / train.std(axis=0)
    hidden = []
    for unit in range(4):
        z = x[0] * parameters[unit] + x[1] * parameters[4 + unit] + parameters[8 + unit]
        hidden.append(np.tanh(z))
    z = sum(h * w for h, w in zip(hidden, parameters[12:16], strict=True)) + parameters[16]
    return int(z >= 0)


@pytest.mark.parametrize("by", [(0.0, 0.0), (2.0, 0.0), (-1.5, 3.25)])
@pytest.mark.parametrize("learned_at", [(0.0, 0.0), (1.0, -2.0)])
def test_right_rows_are_counted_one_by_one(by, learned_at):
    now = world(by, learned_at)
    rows = now.home.split.test
    n_right = sum(
        told(now.plan, now.parameters, now.home.sample.X[row] + by) == now.home.sample.y[row]
        for row in rows
    )
    assert now.n_rows == len(rows) == 30
    assert now.n_correct() == n_right
    n_first = sum(
        told(now.home, now.home_parameters, now.home.sample.X[row] + by) == now.home.sample.y[row]
        for row in rows
    )
    assert now.n_correct_at_home() == n_first


def test_accuracy_falls_when_the_world_moves_and_comes_back_with_retraining():
    at_home, away = world(), world((3.0, 3.0))
    assert at_home.n_correct() >= 27
    assert away.n_correct() <= at_home.n_correct() - 8
    again = world((3.0, 3.0), (3.0, 3.0))
    assert again.n_correct() == at_home.n_correct()
    assert again.n_correct(HOME) < at_home.n_correct()
    assert again.n_correct_at_home() == away.n_correct()


def test_a_retrained_network_is_the_first_one_moved_along():
    first, again = trained(plan()), trained(shift_plan(plan(), (3.0, -2.0)))
    np.testing.assert_allclose(again, first, rtol=1e-6, atol=1e-8)
    # Without standardised inputs it is another one.
    raw = plan(standardise=False)
    assert not np.allclose(trained(shift_plan(raw, (3.0, -2.0))), trained(raw), rtol=0.1)


def test_learning_in_a_moved_world_holds_out_the_same_rows():
    home, away = plan(), shift_plan(plan(), (1.0, 2.0))
    np.testing.assert_array_equal(away.split.test, home.split.test)
    np.testing.assert_array_equal(away.start, home.start)
    np.testing.assert_allclose(away.sample.X, home.sample.X + np.array([1.0, 2.0]))
    assert shift_plan(home, HOME) is home


@pytest.mark.parametrize("by", [(0.0, 0.0), (3.0, 4.0), (-0.5, 0.0)])
def test_the_way_goes_through_the_present_point(by):
    now = world(by)
    way = now.curve(5.0)
    length = np.hypot(*by)
    expected = np.array(by) / length if length else [1.0, 0.0]
    np.testing.assert_allclose(way.direction, expected)
    assert (way.distances[0], way.distances[-1]) == (0.0, 5.0)
    for k in (0, 17, 60):
        place = tuple((way.distances[k] * way.direction).tolist())
        assert way.accuracy[k] == pytest.approx(now.n_correct(place) / 30)
    assert now.home_curve(5.0).accuracy[0] == now.n_correct_at_home(HOME) / 30


@given(st.floats(-5, 5), st.floats(-5, 5))
def test_rows_move_as_one(x, y):
    now = world((x, y))
    difference = now.test.X - now.test_at(HOME).X
    np.testing.assert_allclose(difference, np.tile([x, y], (30, 1)), atol=1e-12)
    np.testing.assert_array_equal(now.test.y, now.test_at(HOME).y)


def test_a_way_of_no_length_is_refused():
    with pytest.raises(ValueError, match="farthest must be above 0"):
        accuracy_curve(plan(), trained(plan()), plan(), (1.0, 0.0), 0.0)
    with pytest.raises(TypeError, match="plan must be"):
        shift_plan("gauss", (1.0, 0.0))


def test_what_is_seen_of_a_network_is_what_it_answers():
    of, parameters = plan(), trained(plan())
    plane = plot_range(of.sample)
    prediction = prediction_map(of, parameters, plane)
    assert (prediction.train.n_rows, prediction.test.n_rows) == (30, 30)
    np.testing.assert_array_equal(
        prediction.train_correct, correct_rows(of, parameters, prediction.train)
    )
    points = plane.points().reshape(plane.n, plane.n, 2)
    for row, column in [(0, 0), (10, 40), (47, 3)]:
        assert (prediction.outputs[row, column] > 127) == told(of, parameters, points[row, column])
    elsewhere = prediction_map(of, parameters, plane, world((2.0, 2.0)).test)
    assert elsewhere.test_correct.sum() == world((2.0, 2.0)).n_correct()
    with pytest.raises(ValueError, match="two classes"):
        prediction_map(Plan(make("blobs", 60, 0.1, 0), Architecture(
            hidden=(), output="softmax", loss="cross_entropy")), parameters, plane)  # fmt: skip


@given(
    st.floats(-9, 9), st.floats(-9, 9), st.floats(0.1, 9), st.floats(0.1, 9),
    st.floats(0, 5), st.floats(0.3, 3),
)  # fmt: skip
def test_all_rows_lie_in_the_part_that_is_shown(x, y, width, height, farther, aspect):
    X = np.array([[x, y], [x + width, y + height]])
    plane = plot_range(Sample(X, [0, 1]), farther, aspect)
    assert plane.x_low < x - farther < x + width + farther < plane.x_high
    assert plane.y_low < y - farther < y + height + farther < plane.y_high
    across, up = plane.x_high - plane.x_low, plane.y_high - plane.y_low
    assert across / up == pytest.approx(aspect)


def test_moving_rows_by_hand():
    sample = Sample([[0.0, 0.0], [2.0, 0.0], [1.0, 3.0]], [0, 1, 0])
    moved = shift_sample(sample, by=(10, -1))
    np.testing.assert_array_equal(moved.X, [[10.0, -1.0], [12.0, -1.0], [11.0, 2.0]])


@given(rows=st.lists(st.integers(0, 19), min_size=1, max_size=8))
def test_a_row_ends_at_the_same_place_whichever_others_are_asked_for(rows):
    sample = make("gauss", 20, 0.5, 3)
    world = shift_sample(sample, by=(1.5, -2))
    some = shift_sample(sample, rows, by=(1.5, -2))
    np.testing.assert_array_equal(some.X, world.X[rows])
    np.testing.assert_array_equal(some.y, sample.y[rows])


def test_no_shift_changes_no_bit():
    sample = make("xor", 40, 0.3, 1)
    assert shift_sample(sample) == sample
    assert shift_sample(sample, np.arange(40), (0.0, 0.0)) == sample


def test_other_columns_names_and_targets_stay():
    X = [[1.0, 2.0, 7.0], [3.0, 1.0, 8.0]]
    sample = Sample(X, [5.0, -1.0], columns=("age", "area", "floor"), classes=(), target="price")
    moved = shift_sample(sample, [1], by=(1, 1))
    assert (moved.columns, moved.classes, moved.target) == (("age", "area", "floor"), (), "price")
    assert moved.X[0, 2] == 8.0
    assert moved.y[0] == -1.0
    np.testing.assert_array_equal(sample.X, X)


def test_wrong_shifts_are_refused():
    sample = make("gauss", 20, 0, 1)
    with pytest.raises(ValueError, match="rows must hold at least one row to move"):
        shift_sample(sample, [])
    with pytest.raises(ValueError, match="each of rows must be between 0 and 19, not 20"):
        shift_sample(sample, [20])
    with pytest.raises(ValueError, match="by must be two numbers, one for each axis, not 3"):
        shift_sample(sample, by=(1, 2, 3))
    with pytest.raises(ValueError, match="each of by must be a finite number"):
        shift_sample(sample, by=(np.nan, 0))
    with pytest.raises(TypeError, match="sample must be a Sample"):
        shift_sample(sample.X)
