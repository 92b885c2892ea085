"""Planes and error surfaces against the network at single points."""

import numpy as np
import pytest

from nnviz.training.maps.heatmap import Plane, error_surface
from nnviz.training.maps.surface_axes import principal_directions, two_parameters
from tests.runs import plan_of, run_of

PLANE = Plane(-1, 7, -2, 6, 9)


def run(**choices):
    return run_of(steps=500, **choices)


CHOICES = [
    {},
    {"standardise": True},
    {"features": ("sin x1",), "standardise": True},
    {"hidden": ((4, "tanh"),)},
    {"loss": "binary_cross_entropy"},
]
DEEP = {"hidden": ((3, "relu"), (2, "tanh"))}


def cumulative_error(recorded, parameters):
    """Return the error of the run's network with other parameters, row by row."""
    plan = recorded.plan
    network = recorded.network_at(0).with_parameters(parameters)
    if plan.loss == "squared_error":
        return np.square(network.predict(plan.train_inputs)[:, 0] - plan.sample.y).sum()
    # From the weighted sum: 1 - p has lost digits where p is nearly 1.
    z = network.forward(plan.train_inputs).pre_activations[-1][:, 0]
    return (np.logaddexp(0, z) - plan.sample.y * z).sum()


def test_a_plane_starts_at_its_lowest_corner():
    plane = Plane(0, 1, 10, 30, 3)
    np.testing.assert_array_equal(plane.x, [0, 0.5, 1])
    np.testing.assert_array_equal(plane.y, [10, 20, 30])
    np.testing.assert_array_equal(
        plane.points()[[0, 1, 3, 8]], [[0, 10], [0.5, 10], [0, 20], [1, 30]]
    )


@pytest.mark.parametrize("choices", [*CHOICES, DEEP], ids=repr)
def test_a_surface_is_the_error_with_two_weights_moved(choices):
    recorded = run(**choices)
    surfaces = error_surface(recorded.plan, recorded.parameters, PLANE)
    assert surfaces.shape == (6, 9, 9)
    for index, row, column in [(0, 0, 0), (3, 8, 2), (5, 4, 7)]:
        moved = recorded.parameters[index].copy()
        moved[:2] = PLANE.x[column], PLANE.y[row]
        expected = cumulative_error(recorded, moved)
        assert surfaces[index, row, column] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("choices", [*CHOICES, DEEP], ids=repr)
@pytest.mark.parametrize("kind", ["parameters", "principal"])
def test_a_surface_at_the_place_of_the_run_is_the_error_of_the_run(choices, kind):
    recorded = run(**choices)
    last = recorded.plan.n_parameters - 1
    axes = (
        principal_directions(recorded)
        if kind == "principal"
        else two_parameters(recorded.plan, last, 1)
    )
    assert axes.kind == kind
    places = axes.coordinates(recorded.parameters)
    for index, (x, y) in enumerate(places.tolist()):
        # The place is the point in the middle.
        plane = Plane(x - 1, x + 1, y - 2, y + 2, 3)
        surfaces = error_surface(recorded.plan, recorded.parameters, plane, axes)
        assert surfaces[index, 1, 1] == pytest.approx(
            recorded.cumulative_errors[index], rel=1e-12, abs=1e-12
        )
        assert surfaces[index, 0, 1] != surfaces[index, 1, 1]


@pytest.mark.parametrize("choices", [*CHOICES, DEEP], ids=repr)
def test_a_surface_over_principal_directions_is_the_error_of_the_moved_network(choices):
    recorded = run(**choices)
    axes = principal_directions(recorded)
    surfaces = error_surface(recorded.plan, recorded.parameters, PLANE, axes)
    for index, row, column in [(0, 0, 0), (3, 8, 2), (5, 4, 7)]:
        own = recorded.parameters[index]
        (a, b) = (own - recorded.parameters.mean(axis=0)) @ axes.directions.T
        moved = own + (PLANE.x[column] - a) * axes.directions[0]
        moved = moved + (PLANE.y[row] - b) * axes.directions[1]
        expected = cumulative_error(recorded, moved)
        assert surfaces[index, row, column] == pytest.approx(expected, rel=1e-9)


def test_a_surface_is_symmetric_where_the_rows_are():
    # Swapping x1 and x2 leaves the rows as they are, so it may not matter which weight is which.
    plan = plan_of(rows=((2, 1), (1, 2), (-2, -1), (-1, -2)), targets=(1, 1, 0, 0))
    surface = error_surface(plan, [[0.0, 0.0, 0.0]], Plane(-3, 3, -3, 3, 13))[0]
    np.testing.assert_allclose(surface, surface.T, rtol=1e-13)
    assert surface[6, 6] == 4 * 0.25
    # Opposite rows of opposite targets are missed by as much.
    z = np.array([3 * 2 + 3 * 1, 3 * 1 + 3 * 2])
    assert surface[12, 12] == pytest.approx(2 * np.square(1 - 1 / (1 + np.exp(-z))).sum())


def test_a_run_far_out_has_a_surface_all_the_same():
    plan = plan_of()
    parameters = [[1e150, -1e150, 1e140], [3e150, 1e-3, 0.0]]
    axes = two_parameters(plan, 0, 1)
    plane = Plane(-1, 1, -1, 1, 5)
    surfaces = error_surface(plan, parameters, plane, axes)
    assert np.isfinite(surfaces).all()
    # The bias of the second moment is 0: where both weights are 0 as well, all answers are 0.5.
    assert surfaces[1, 2, 2] == 2.0
    assert surfaces[0, 2, 2] == (plan.sample.y == 0).sum()


@pytest.mark.parametrize(
    ("borders", "error"),
    [
        ((1, 1, 0, 1, 5), ValueError),
        ((0, 1, 2, 1, 5), ValueError),
        ((0, np.nan, 0, 1, 5), ValueError),
        ((0, 1, 0, 1, 1), ValueError),
        ((0, 1, 0, 1, 401), ValueError),
        ((0, 1, 0, 1, 5.5), TypeError),
        (("a", 1, 0, 1, 5), TypeError),
    ],
)
def test_bad_planes_are_refused(borders, error):
    with pytest.raises(error):
        Plane(*borders)


def test_other_bad_input_is_refused():
    plan = plan_of()
    for parameters in ([1.0, 2.0, 3.0], [[1.0, 2.0]], np.empty((0, 3))):
        with pytest.raises(ValueError, match="3 columns"):
            error_surface(plan, parameters, PLANE)
    with pytest.raises(TypeError, match="Plane"):
        error_surface(plan, [[1.0, 2.0, 3.0]], (0, 1, 0, 1, 5))
    with pytest.raises(TypeError, match="SurfaceAxes"):
        error_surface(plan, [[1.0, 2.0, 3.0]], PLANE, (0, 1))
    other = two_parameters(plan_of(features=("sin x1",)), 0, 1)
    with pytest.raises(ValueError, match="4 columns"):
        error_surface(plan, [[1.0, 2.0, 3.0]], PLANE, other)
