"""The error around a run, against the network asked directly."""

import math

import numpy as np
import pytest

from nnviz.chapters.live_training.surfaces import around, ranks, run_surfaces
from nnviz.training.maps.heatmap import Plane, error_surface
from nnviz.training.maps.surface_axes import principal_directions, two_parameters
from nnviz.training.playback import view
from tests.runs import run_of

PLANE = Plane(-1, 7, -2, 6, 9)
HIDDEN = {"hidden": ((4, "tanh"),), "standardise": True}
MODELS = [{}, {"features": ("sin x1",)}, HIDDEN]


def train(**choices):
    return run_of(**choices)


def around_run(run, axes=None):
    """Return the view of a run and the error around it."""
    seen = view(run, PLANE)
    axes = axes or two_parameters(run.plan, 0, 1)
    return seen, run_surfaces(seen, axes, around(axes.coordinates(seen.parameters)))


def errors_of(seen, found):
    """Return the errors of all surfaces."""
    at_maps = seen.parameters[:: seen.map_stride // seen.stride]
    return error_surface(seen.run.plan, at_maps, found.plane, found.axes)


def rank(error, errors):
    """Return how many of the errors are lower than one, as a part of those below the highest."""
    lower, all_lower = (np.count_nonzero(errors < e * (1 - 1e-4)) for e in (error, errors.max()))
    return lower / all_lower


def error_with(run, step, w1, w2):
    """Return the cumulative error with the first two parameters replaced."""
    parameters = run.parameters_at(step)
    parameters[:2] = w1, w2
    network = run.network_at(step).with_parameters(parameters)
    predictions = network.predict(run.plan.train_inputs)[:, 0]
    return float(np.square(predictions - run.plan.sample.y).sum())


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_surfaces_are_the_errors_with_other_weights(choices):
    run = train(steps=1_000, **choices)
    seen, found = around_run(run)
    plane, errors = found.plane, errors_of(seen, found)
    assert (errors.min(), errors.max()) == (found.low, found.high)
    assert found.surfaces.shape == (101, plane.n, plane.n)
    for index, row, column in [(0, 0, 0), (1, 30, 3), (50, 12, 39), (100, 20, 21)]:
        error = error_with(run, index * seen.map_stride, plane.x[column], plane.y[row])
        assert errors[index, row, column] == pytest.approx(error)
        assert found.surfaces[index, row, column] / 255 == pytest.approx(
            rank(error, errors), abs=0.02
        )
    assert (found.surfaces.min(), found.surfaces.max()) == (0, 255)


def test_a_window_in_strides_has_a_surface_at_every_one_of_its_maps():
    run = train(steps=1_000)
    axes = two_parameters(run.plan, 0, 1)
    seen = view(run, PLANE, stride=20, most_maps=11, first=300, last=1_000)
    found = run_surfaces(seen, axes, around(axes.coordinates(seen.parameters)))
    assert len(found.surfaces) == len(seen.maps) == 9
    assert seen.map_stride == 80
    plane, errors = found.plane, errors_of(seen, found)
    for index in range(9):
        error = error_with(run, 300 + 80 * index, plane.x[7], plane.y[31])
        assert errors[index, 31, 7] == pytest.approx(error)
        assert found.surfaces[index, 31, 7] / 255 == pytest.approx(rank(error, errors), abs=0.02)


@pytest.mark.parametrize("choices", [{}, {"learning_rate": 10.0}, HIDDEN], ids=repr)
def test_the_surface_has_room_around_the_path(choices):
    seen, found = around_run(train(steps=1_000, **choices))
    plane, weights = found.plane, seen.parameters[:, :2]
    for low, high, path in (
        (plane.x_low, plane.x_high, weights[:, 0]),
        (plane.y_low, plane.y_high, weights[:, 1]),
    ):
        assert low < path.min() <= path.max() < high
        assert high - low >= 1
        assert (low + high) / 2 == pytest.approx((path.min() + path.max()) / 2)


def test_the_lightest_and_the_darkest_cell_are_the_limits_that_are_named():
    run = train(steps=100)
    seen, found = around_run(run)
    plane = found.plane
    for limit, byte in ((found.low, 0), (found.high, 255)):
        errors = [
            error_with(run, int(index) * seen.map_stride, plane.x[column], plane.y[row])
            for index, row, column in np.argwhere(found.surfaces == byte)[:200]
        ]
        extreme = min(errors) if byte == 0 else max(errors)
        span = found.high - found.low
        assert extreme == pytest.approx(limit, abs=span / 50)


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_along_main_directions_the_run_stands_on_its_own_error(choices):
    run = train(steps=1_000, **choices)
    axes = principal_directions(run)
    seen, found = around_run(run, axes)
    plane, errors = found.plane, errors_of(seen, found)
    for index in (0, 40, 100):
        step = index * seen.map_stride
        x, y = axes.coordinates(run.parameters_between(step, step))[0]
        column = round((x - plane.x_low) / (plane.x_high - plane.x_low) * (plane.n - 1))
        row = round((y - plane.y_low) / (plane.y_high - plane.y_low) * (plane.n - 1))
        parameters = run.parameters_at(step)
        parameters += (plane.x[column] - x) * axes.directions[0]
        parameters += (plane.y[row] - y) * axes.directions[1]
        network = run.network_at(step).with_parameters(parameters)
        error = np.square(network.predict(run.plan.train_inputs)[:, 0] - run.plan.sample.y).sum()
        assert errors[index, row, column] == pytest.approx(error)
        assert found.surfaces[index, row, column] / 255 == pytest.approx(
            rank(error, errors), abs=0.02
        )


@pytest.mark.parametrize(
    "choices",
    [
        {"output": "linear", "learning_rate": 1.0},
        {"learning_rate": 100.0},
        {"hidden": ((3, "linear"),), "output": "linear", "learning_rate": 100.0},
    ],
    ids=repr,
)
def test_what_leaves_the_range_of_numbers_has_a_surface(choices):
    _, found = around_run(train(steps=1_000, **choices))
    assert 0 <= found.low <= found.high < math.inf
    assert found.surfaces.dtype == np.uint8


def test_shades_show_something_where_a_plateau_or_a_huge_error_is():
    plateau = np.array([1.9, 2.0, 2.1, 3.0, 3.9999, *[4.0] * 95])
    np.testing.assert_allclose(ranks(plateau), [0, 0.25, 0.5, 0.75, 1, *[1] * 95])
    np.testing.assert_allclose(ranks(np.array([1e30, 2.0, 3.0])), [1, 0, 0.5])
    assert not ranks(np.array([0.25, 0.25 + 1e-12])).any()
    assert ranks(np.array([0.0, 1e-9])).tolist() == [0, 1]


def test_it_cannot_be_changed():
    _, found = around_run(train(steps=200))
    with pytest.raises(ValueError, match="read-only"):
        found.surfaces[0] = 0
