"""What is seen of a run, against the network asked directly."""

import math

import numpy as np
import pytest

from nnviz.datasets import eight_rows
from nnviz.grids import Plane
from nnviz.run_config import RunConfig
from nnviz.run_view import MOST_MAPS, view
from nnviz.training import record

PLANE = Plane(-1, 7, -2, 6, 9)
HIDDEN = {"hidden": ((4, "tanh"),), "standardise": True}
MODELS = [{}, {"features": ("sin x1",)}, HIDDEN]
SERIES = ("row_errors", "cumulative_errors", "rows_right", "weights", "boundary")


def train(**choices):
    return record(RunConfig.from_dataset(eight_rows(), **choices))


def answers(run, step, points):
    """Ask the network itself."""
    return run.network_at(step).predict(run.config.inputs(points))[:, 0]


def error_with(run, step, w1, w2):
    """Return the cumulative error with the first two parameters replaced."""
    parameters = run.parameters_at(step)
    parameters[:2] = w1, w2
    network = run.network_at(step).with_parameters(parameters)
    predictions = network.predict(run.config.inputs())[:, 0]
    return float(np.square(predictions - run.config.y).sum())


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_series_are_what_the_network_says(choices):
    run = train(steps=150, **choices)
    seen = view(run, PLANE)
    for step in (0, 1, 77, 150):
        said = answers(run, step, run.config.rows)
        errors = np.square(said - run.config.y)
        np.testing.assert_allclose(seen.row_errors[step], errors, rtol=1e-9)
        assert seen.cumulative_errors[step] == pytest.approx(errors.sum(), rel=1e-9)
        right = [(p >= 0.5) == (t == 1) for p, t in zip(said, run.config.y, strict=True)]
        assert seen.rows_right[step] == sum(right)
        np.testing.assert_array_equal(seen.weights[step], run.parameters_at(step)[:2])
        assert seen.answers((2.5, 1.0))[step] == pytest.approx(
            answers(run, step, [(2.5, 1.0)])[0], rel=1e-9
        )
    assert seen.picked[0] == 0
    np.testing.assert_array_equal(seen.picked[1:], run.picked_rows + 1)


def test_the_tutorials_error_is_seen_every_hundred_updates():
    errors = view(train(), PLANE).cumulative_errors
    assert len(errors) == 10_001
    assert errors[1] == pytest.approx(3.91540221569696, rel=1e-9)
    assert errors[9901] == pytest.approx(2.250071380272835, rel=1e-9)
    assert errors[1:9902:100].min() == pytest.approx(1.8872448514961768, rel=1e-9)


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_maps_are_the_answers_of_the_network(choices):
    run = train(steps=1_000, **choices)
    seen = view(run, PLANE)
    assert (seen.map_stride, seen.maps.shape) == (10, (101, 9, 9))
    for index, row, column in [(0, 0, 0), (1, 8, 3), (50, 2, 7), (100, 5, 5)]:
        point = (PLANE.x[column], PLANE.y[row])
        (answer,) = answers(run, index * seen.map_stride, [point])
        # A byte is rounded to within half of one 255th.
        assert seen.maps[index, row, column] / 255 == pytest.approx(answer, abs=0.5001 / 255)


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_surfaces_are_the_errors_with_other_weights(choices):
    run = train(steps=1_000, **choices)
    seen = view(run, PLANE)
    plane, span = seen.surface_plane, seen.surface_high - seen.surface_low
    assert seen.surfaces.shape == (101, plane.n, plane.n)
    for index, row, column in [(0, 0, 0), (1, 30, 3), (50, 12, 39), (100, 20, 21)]:
        error = error_with(run, index * seen.map_stride, plane.x[column], plane.y[row])
        drawn = seen.surface_low + span * seen.surfaces[index, row, column] / 255
        assert drawn == pytest.approx(error, abs=0.5001 * span / 255)
    assert (seen.surfaces.min(), seen.surfaces.max()) == (0, 255)


@pytest.mark.parametrize("choices", [{}, {"learning_rate": 10.0}, HIDDEN], ids=repr)
def test_the_surface_has_room_around_the_path(choices):
    seen = view(train(steps=1_000, **choices), PLANE)
    plane = seen.surface_plane
    for low, high, path in (
        (plane.x_low, plane.x_high, seen.weights[:, 0]),
        (plane.y_low, plane.y_high, seen.weights[:, 1]),
    ):
        assert low < path.min() <= path.max() < high
        assert high - low >= 1
        assert (low + high) / 2 == pytest.approx((path.min() + path.max()) / 2)


def test_the_boundary_is_where_the_neuron_answers_a_half():
    run = train(steps=300)
    seen = view(run, PLANE)
    crossing = [step for step in (0, 100, 200, 300) if np.isfinite(seen.boundary[step]).all()]
    assert crossing
    for step in crossing:
        np.testing.assert_allclose(answers(run, step, seen.boundary[step]), 0.5, rtol=1e-9)
    for choices in MODELS[1:]:
        assert view(train(steps=10, **choices), PLANE).boundary is None


@pytest.mark.parametrize("choices", [{}, {"steps": 1_050}, {"features": ("sin x1",)}], ids=repr)
def test_every_hundredth_update_is_the_same_as_of_all_updates(choices):
    run = train(**choices)
    every, hundredth = view(run, PLANE), view(run, PLANE, stride=100)
    np.testing.assert_array_equal(hundredth.answers((1.0, 1.0)), every.answers((1.0, 1.0))[::100])
    assert (every.stride, hundredth.stride) == (1, 100)
    for name in SERIES:
        if getattr(every, name) is None:
            assert getattr(hundredth, name) is None
        else:
            expected = getattr(every, name)[::100]
            np.testing.assert_array_equal(getattr(hundredth, name), expected, err_msg=name)
    # Nobody can be named for a hundred updates.
    assert not hundredth.picked.any()
    for index in range(0, len(hundredth.maps), 5):
        step = index * hundredth.map_stride
        if step % every.map_stride == 0:
            same = every.maps[step // every.map_stride]
            np.testing.assert_array_equal(hundredth.maps[index], same)


def test_what_was_not_recorded_is_replayed():
    run = train(steps=500, record_every=30)
    expected = [run.parameters_at(step)[:2] for step in range(0, 500, 70)]
    np.testing.assert_array_equal(view(run, PLANE, stride=70).weights, expected)


@pytest.mark.parametrize("steps", [1, 99, 100, 101, 10_000, 20_000])
@pytest.mark.parametrize("stride", [1, 100])
def test_the_maps_are_bounded_and_reach_to_the_end(steps, stride):
    seen = view(train(steps=steps), PLANE, stride=stride)
    assert len(seen.maps) == len(seen.surfaces) <= MOST_MAPS
    assert len(seen.cumulative_errors) == steps // stride + 1
    last_seen = stride * (len(seen.cumulative_errors) - 1)
    last_mapped = seen.map_stride * (len(seen.maps) - 1)
    assert last_seen - seen.map_stride < last_mapped <= last_seen
    assert seen.map_stride % stride == 0
    if steps <= 100:
        assert (seen.map_stride, len(seen.maps)) == (stride, steps // stride + 1)


@pytest.mark.parametrize(
    ("stride", "most_maps", "n_maps", "map_stride"),
    [
        (1, 101, 101, 100),
        (1, 21, 21, 500),
        (100, 21, 21, 500),
        (100, 31, 26, 400),
        (1, 2, 2, 10_000),
    ],
)
def test_fewer_maps_on_request(stride, most_maps, n_maps, map_stride):
    run = train()
    seen = view(run, PLANE, stride=stride, most_maps=most_maps)
    assert (len(seen.maps), len(seen.surfaces), seen.map_stride) == (n_maps, n_maps, map_stride)
    assert len(seen.cumulative_errors) == 10_000 // stride + 1
    every = view(run, PLANE).maps[:: map_stride // 100]
    np.testing.assert_array_equal(seen.maps, every)


def test_twenty_thousand_updates_are_all_there():
    seen = view(train(steps=20_000), PLANE)
    assert (len(seen.maps), seen.map_stride) == (101, 200)
    assert len(seen.picked) == len(seen.weights) == 20_001
    assert seen.maps.nbytes + seen.surfaces.nbytes < 1e6


def test_a_run_that_diverges_at_once_is_its_start():
    run = train(output_activation="linear", learning_rate=1e300)
    assert (run.last_step, run.diverged_at) == (0, 1)
    seen = view(run, PLANE)
    assert len(seen.cumulative_errors) == len(seen.maps) == len(seen.answers((2, 1))) == 1
    assert seen.cumulative_errors[0] == pytest.approx(error_with(run, 0, *seen.weights[0]))
    assert seen.picked.tolist() == [0]
    assert seen.boundary is None


@pytest.mark.parametrize(
    "choices",
    [
        {"output_activation": "linear", "learning_rate": 1.0},
        {"learning_rate": 1e300},
        {"hidden": ((3, "linear"),), "output_activation": "linear", "learning_rate": 1e3},
    ],
    ids=repr,
)
def test_a_run_that_leaves_the_range_of_numbers_can_be_seen(choices):
    run = train(steps=1_000, **choices)
    assert np.abs(run.parameters[-1]).max() > 1e40
    seen = view(run, PLANE)
    assert len(seen.cumulative_errors) == run.last_step + 1
    np.testing.assert_allclose(seen.cumulative_errors[-1], run.cumulative_errors[-1], rtol=1e-9)
    assert 0 <= seen.surface_low <= seen.surface_high < math.inf
    assert seen.maps.dtype == seen.surfaces.dtype == np.uint8


def test_the_lightest_and_the_darkest_cell_are_the_limits_that_are_named():
    run = train(steps=100)
    seen = view(run, PLANE)
    plane = seen.surface_plane
    for limit, byte in ((seen.surface_low, 0), (seen.surface_high, 255)):
        found = [
            error_with(run, int(index) * seen.map_stride, plane.x[column], plane.y[row])
            for index, row, column in np.argwhere(seen.surfaces == byte)[:200]
        ]
        extreme = min(found) if byte == 0 else max(found)
        span = seen.surface_high - seen.surface_low
        assert extreme == pytest.approx(limit, abs=span / 255)


@pytest.mark.parametrize("steps", [1, 699, 700, 701, 10_000])
@pytest.mark.parametrize("stride", [1, 100])
def test_the_curve_is_short_and_loses_no_spike(steps, stride):
    run = train(steps=steps)
    errors = run.cumulative_errors_between(0, steps)
    curve = view(run, PLANE, stride=stride).curve
    assert len(curve) <= 1_402
    assert curve[[0, -1], 0].tolist() == [0, steps]
    assert (np.diff(curve[:, 0]) > 0).all()
    np.testing.assert_array_equal(curve[:, 1], errors[curve[:, 0].astype(int)])
    assert curve[:, 1].max() == errors.max()
    assert curve[:, 1].min() == errors.min()


def test_what_is_shared_cannot_be_changed():
    seen = view(train(steps=200), PLANE)
    for name in ("parameters", "row_errors", "cumulative_errors", "maps", "surfaces", "boundary"):
        with pytest.raises(ValueError, match="read-only"):
            getattr(seen, name)[0] = 0
