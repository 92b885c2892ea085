"""A moment on its surface against the run itself."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.live_training.surfaces import surface_scene
from nnviz.training.maps.surface_axes import principal_directions, two_parameters
from tests.runs import run_of


def run(**choices):
    choices = {"steps": 1_000, "record_every": 50} | choices
    return run_of(**choices)


NEURON = run()
NETWORK = run(hidden=((4, "tanh"),), standardise=True, seed=2)


@pytest.mark.parametrize("recorded", [NEURON, NETWORK])
@pytest.mark.parametrize("step", [0, 50, 77, 1_000])
def test_the_path_ends_where_the_run_is(recorded, step):
    for axes in (two_parameters(recorded.plan, 1, 2), principal_directions(recorded)):
        scene = surface_scene(recorded, axes, step)
        assert scene.path_steps.tolist() == [*range(0, step, 50), step]
        for at, place, error in zip(scene.path_steps, scene.path, scene.path_errors, strict=True):
            parameters = recorded.parameters_at(int(at))
            np.testing.assert_allclose(place, axes.coordinates([parameters])[0], atol=1e-12)
            (expected,) = recorded.cumulative_errors_between(int(at), int(at))
            assert error == pytest.approx(expected, rel=1e-12)
        assert scene.place == tuple(scene.path[-1])
        assert scene.error == scene.path_errors[-1]


@pytest.mark.parametrize("recorded", [NEURON, NETWORK])
def test_the_surface_runs_through_the_error_of_the_run(recorded):
    for axes in (two_parameters(recorded.plan, 0, 2), principal_directions(recorded)):
        scene = surface_scene(recorded, axes, 333)
        # Between the four points around it, a smooth surface is nearly what they are.
        column = np.searchsorted(scene.plane.x, scene.place[0])
        row = np.searchsorted(scene.plane.y, scene.place[1])
        around = scene.errors[row - 1 : row + 1, column - 1 : column + 1]
        slack = np.ptp(around)
        assert around.min() - slack <= scene.error <= around.max() + slack


def test_the_plane_stays_where_it_is_while_the_run_goes_on():
    axes = principal_directions(NETWORK)
    planes = {surface_scene(NETWORK, axes, step).plane for step in (0, 10, 500, 1_000)}
    assert len(planes) == 1
    (plane,) = planes
    path = axes.coordinates(NETWORK.parameters)
    assert (path > [plane.x_low, plane.y_low]).all()
    assert (path < [plane.x_high, plane.y_high]).all()


def test_a_moment_far_from_the_recorded_ones_is_shown_too():
    (segment,) = NETWORK.segments
    kept = {
        name: getattr(segment, name)[:1]
        for name in ("recorded_steps", "parameters", "optimizer_states")
    }
    sparse = replace(NETWORK, segments=(replace(segment, **kept),))
    axes = two_parameters(sparse.plan, 8, 12)
    steps = range(0, 1_001, 100)
    path = axes.coordinates(NETWORK.parameters_between(0, 1_000)[::100])
    planes = [surface_scene(sparse, axes, step).plane for step in steps]
    assert len(set(planes)) > 1
    for plane, (x, y) in zip(planes, path, strict=True):
        assert plane.x_low < x < plane.x_high
        assert plane.y_low < y < plane.y_high


def test_the_lowest_point_is_found():
    scene = surface_scene(NEURON, two_parameters(NEURON.plan, 0, 1), 500)
    x, y = scene.lowest_place
    row, column = scene.plane.y.tolist().index(y), scene.plane.x.tolist().index(x)
    assert scene.errors[row, column] == scene.lowest_error == scene.errors.min()
    inner = scene.errors[1:-1, 1:-1].min()
    assert scene.lowest_on_border == (inner > scene.lowest_error)


def test_a_lowest_point_inside_and_one_on_the_border():
    # Two rows with both targets each: the best answer to either is 0.5, where w1 and bias are 0.
    rows = ((1, 0), (1, 0), (0, 0), (0, 0))
    both = run_of(
        rows=rows, targets=(0, 1, 0, 1), steps=200, record_every=10, seed=4, learning_rate=1
    )
    scene = surface_scene(both, two_parameters(both.plan, 0, 2), 200)
    assert not scene.lowest_on_border
    cell = (scene.plane.x_high - scene.plane.x_low) / 60
    np.testing.assert_allclose(scene.lowest_place, (0, 0), atol=cell)
    assert 1.0 <= scene.lowest_error < 1.0 + cell**2
    # With one target, the larger the weight, the better, without end.
    one = run_of(rows=((1, 0),), targets=(1,), steps=200, record_every=10, seed=4)
    assert surface_scene(one, two_parameters(one.plan, 0, 2), 200).lowest_on_border


def test_a_diverging_run_has_a_scene_of_finite_numbers():
    recorded = run(output="linear", learning_rate=1.0)
    assert recorded.diverged_at is not None
    for axes in (two_parameters(recorded.plan, 0, 1), principal_directions(recorded)):
        for step in (0, recorded.last_step):
            scene = surface_scene(recorded, axes, step)
            for values in (scene.errors, scene.path, scene.path_errors):
                assert np.isfinite(values).all()


def test_bad_input_is_refused():
    axes = two_parameters(NEURON.plan, 0, 1)
    with pytest.raises(ValueError, match="1001"):
        surface_scene(NEURON, axes, 1_001)
    with pytest.raises(ValueError, match="columns"):
        surface_scene(NETWORK, axes, 0)
    with pytest.raises(TypeError, match="SurfaceAxes"):
        surface_scene(NEURON, (0, 1), 0)
    with pytest.raises(TypeError, match="Record"):
        surface_scene(NEURON.plan, axes, 0)
