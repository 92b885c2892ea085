"""Lines where a map crosses 0.5, by shapes that are known."""

import numpy as np
import pytest

from nnviz.training.maps.boundaries import traced_boundaries
from nnviz.training.maps.heatmap import Plane, boundary_segments, probability_map
from tests.runs import run_of

PLANE = Plane(-2.0, 3.0, -1.5, 2.5, 81)


def on_plane(function):
    x, y = np.meshgrid(PLANE.x, PLANE.y)
    return function(x, y)


def finite(line):
    return line[np.isfinite(line).all(axis=1)]


def test_a_circle():
    circle = on_plane(lambda x, y: 1.0 / (1.0 + np.exp((x - 0.5) ** 2 + (y - 0.2) ** 2 - 1.0)))
    (line,) = traced_boundaries(circle[np.newaxis], PLANE)
    points = finite(line)
    radii = np.hypot(points[:, 0] - 0.5, points[:, 1] - 0.2)
    np.testing.assert_allclose(radii, 1.0, atol=2e-3)
    np.testing.assert_array_equal(points[0], points[-1])  # it closes
    angles = np.arctan2(points[:, 1] - 0.2, points[:, 0] - 0.5)
    assert np.histogram(angles, 12)[0].min() > 3


@pytest.mark.parametrize(("a", "b", "c"), [(1.0, 2.0, -0.5), (-3.0, 0.5, 1.0), (0.0, 1.0, -0.3)])
def test_a_straight_line_is_met_exactly(a, b, c):
    (line,) = traced_boundaries(on_plane(lambda x, y: a * x + b * y + c + 0.5)[np.newaxis], PLANE)
    points = finite(line)
    assert len(points) > 20
    np.testing.assert_allclose(points @ [a, b] + c, 0.0, atol=1e-12)


@pytest.mark.parametrize("standardise", [False, True])
def test_the_traced_line_of_a_neuron_is_the_exact_one(standardise):
    run = run_of(steps=400, standardise=standardise)
    parameters = run.parameters_between(0, 400)[::50]
    plane = Plane(-1.5, 8.0, -2.0, 6.5, 64)
    exact = boundary_segments(parameters, plane, run.plan)
    traced = traced_boundaries(probability_map(parameters, run.plan, plane), plane)
    compared = 0
    for (start, end), line in zip(exact, traced, strict=True):
        points = finite(line)
        # Either both cross the plane or neither does.
        assert np.isfinite(start).all() == (len(points) > 0)
        if not len(points):
            continue
        along = (end - start) / np.linalg.norm(end - start)
        away = (points - start) @ [-along[1], along[0]]
        cell = plane.x[1] - plane.x[0]
        assert np.abs(away).max() < 0.02 * cell
        # And it is all there, from edge to edge.
        reached = (points - start) @ along
        assert reached.min() == pytest.approx(0.0, abs=0.02 * cell)
        assert reached.max() == pytest.approx(np.linalg.norm(end - start), abs=0.02 * cell)
        compared += 1
    assert compared > 3


def test_two_lines_of_one_map_are_kept_apart():
    bands = on_plane(lambda x, y: np.where(np.abs(x) < 1.0, 1.0 - 0.5 * np.abs(x), 0.0))
    (line,) = traced_boundaries(bands[np.newaxis], PLANE)
    breaks = np.isnan(line).any(axis=1)
    left, right = line[: breaks.argmax()], line[breaks.argmax() + 1 :]
    assert np.sign(left[0, 0]) != np.sign(right[0, 0])


def test_maps_of_one_side_have_no_line():
    flat = np.stack([np.zeros((81, 81)), np.ones((81, 81)), np.full((81, 81), 0.5)])
    lines = traced_boundaries(flat, PLANE)
    assert lines.shape == (3, 1, 2)
    assert np.isnan(lines).all()


def test_short_lines_are_filled_up_and_what_is_no_number_is_passed_over():
    steep = on_plane(lambda x, y: x + 0.5)
    broken = steep.copy()
    broken[:40] = np.nan
    lines = traced_boundaries(np.stack([steep, broken, np.zeros((81, 81))]), PLANE)
    whole, half, none = (finite(line) for line in lines)
    assert len(whole) > len(half) > 0
    assert len(none) == 0
    assert (half[:, 1] >= PLANE.y[39]).all()
