"""The error around a run, against the network asked directly."""

import math

import numpy as np
import pytest

from nnviz.chapters.live_training.surfaces import around, ranks, run_surfaces, shades
from nnviz.training.maps.surface_axes import two_parameters
from nnviz.training.playback import view
from tests.runs import run_of

HIDDEN = {"hidden": ((4, "tanh"),), "standardise": True}
MODELS = [{}, {"features": ("sin x1",)}, HIDDEN]


def train(**choices):
    return run_of(**choices)


def around_run(run, axes=None):
    """Return the view of a run and the error around it."""
    seen = view(run)
    axes = axes or two_parameters(run.plan, 0, 1)
    return seen, run_surfaces(seen, axes, around(axes.coordinates(seen.parameters)))


def error_with(run, step, w1, w2):
    """Return the cumulative error with the first two parameters replaced."""
    parameters = run.parameters_at(step)
    parameters[:2] = w1, w2
    network = run.network_at(step).with_parameters(parameters)
    predictions = network.predict(run.plan.train_inputs)[:, 0]
    return float(np.square(predictions - run.plan.sample.y).sum())


@pytest.mark.parametrize("choices", MODELS, ids=repr)
def test_the_shades_go_from_the_lowest_to_the_highest_error(choices):
    run = train(steps=1_000, **choices)
    _, found = around_run(run)
    plane = found.plane
    errors = [
        error_with(run, step, x, y)
        for step in (0, 125, 500, 1_000)  # all of them were looked at
        for x in (plane.x_low, plane.x_high)
        for y in (plane.y_low, plane.y_high)
    ]
    span = found.high - found.low
    assert found.low <= min(errors) + 1e-9 * span
    assert max(errors) - 1e-9 * span <= found.high
    levels, shade = found.shades.T
    assert (np.diff(levels) > 0).all()
    assert (np.diff(shade) > 0).all()
    assert (levels[0], shade[0], shade[-1]) == (found.low, 0, 1)
    assert found.high * (1 - 1e-3) <= levels[-1] <= found.high


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
    assert np.isfinite(found.shades).all()


def test_shades_show_something_where_a_plateau_or_a_huge_error_is():
    plateau = np.array([1.9, 2.0, 2.1, 3.0, 3.9999, *[4.0] * 95])
    np.testing.assert_allclose(ranks(plateau), [0, 0.25, 0.5, 0.75, 1, *[1] * 95])
    np.testing.assert_allclose(ranks(np.array([1e30, 2.0, 3.0])), [1, 0, 0.5])
    assert not ranks(np.array([0.25, 0.25 + 1e-12])).any()
    assert ranks(np.array([0.0, 1e-9])).tolist() == [0, 1]


def test_between_two_shades_ranks_rise_evenly():
    rng = np.random.default_rng(0)
    for errors in (rng.uniform(1, 8, (9, 20, 20)), 10.0 ** rng.uniform(-3, 30, 500),
                   np.append(np.full(400, 4.0), rng.uniform(0, 4, 100))):  # fmt: skip
        found = np.interp(errors.ravel(), *shades(errors).T)
        np.testing.assert_allclose(found, ranks(errors).ravel(), atol=0.03)
    assert not shades(np.full(50, 2.0))[:, 1].any()


def test_it_cannot_be_changed():
    _, found = around_run(train(steps=200))
    with pytest.raises(ValueError, match="read-only"):
        found.shades[0] = 0
