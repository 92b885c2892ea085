"""Coordinates by hand, and principal directions against the covariance and a run made by hand."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.nn.rng import generator
from nnviz.training.maps.surface_axes import MAIN_DIRECTIONS, principal_directions, two_parameters
from nnviz.training.parameter_names import parameter_names
from nnviz.training.record import Record
from tests.runs import run_of

RUNS = [
    run_of(steps=2_000, record_every=20),
    run_of(steps=2_000, record_every=20, hidden=((4, "tanh"),), standardise=True, seed=3),
]
NEURON, NETWORK = (run.plan for run in RUNS)


def run_through(moments):
    """Return a run of a neuron that was recorded at these moments."""
    path, steps = np.array(moments, dtype=float), np.arange(len(moments))
    states = np.empty((len(path), 0, path.shape[1]))
    segment = replace(
        RUNS[0].segments[0], last=len(path) - 1, recorded_steps=steps, parameters=path,
        optimizer_states=states, stride=1,
    )  # fmt: skip
    return Record(RUNS[0].timeline, (segment,), len(path) - 1)


def test_the_coordinates_of_two_parameters_are_their_values():
    axes = two_parameters(NETWORK, 12, 5)
    assert (axes.kind, axes.shares) == ("parameters", None)
    assert axes.names == (parameter_names(NETWORK)[12], parameter_names(NETWORK)[5])
    moments = RUNS[1].parameters
    np.testing.assert_array_equal(axes.coordinates(moments), moments[:, [12, 5]])
    np.testing.assert_array_equal(axes.directions @ axes.directions.T, np.eye(2))


def test_values_of_any_size_are_their_own_coordinates():
    axes = two_parameters(NEURON, 2, 0)
    moments = [[1e-20, 1e308, -1e300], [5e-324, 0, 1.7e308]]
    np.testing.assert_array_equal(axes.coordinates(moments), [[-1e300, 1e-20], [1.7e308, 5e-324]])


@pytest.mark.parametrize("run", RUNS)
def test_principal_directions_are_eigenvectors_of_the_covariance(run):
    axes = principal_directions(run)
    assert (axes.kind, axes.names) == ("principal", MAIN_DIRECTIONS)
    variances, vectors = np.linalg.eigh(np.cov(run.parameters.T))
    for k in (0, 1):
        expected = vectors[:, -1 - k]
        expected = expected * np.sign(expected[np.abs(expected).argmax()])
        np.testing.assert_allclose(axes.directions[k], expected, atol=1e-9)
        assert axes.shares[k] == pytest.approx(variances[-1 - k] / variances.sum(), rel=1e-9)
    np.testing.assert_allclose(axes.centre, run.parameters.mean(axis=0), rtol=1e-12)
    np.testing.assert_allclose(
        axes.coordinates(run.parameters),
        (run.parameters - run.parameters.mean(axis=0)) @ axes.directions.T,
        atol=1e-12,
    )


@pytest.mark.parametrize("run", RUNS)
def test_the_principal_plane_holds_more_of_the_run_than_any_other(run):
    axes, random = principal_directions(run), generator(0, "planes")
    centred = run.parameters - run.parameters.mean(axis=0)
    total = np.square(centred).sum()
    held = np.square(axes.coordinates(run.parameters)).sum() / total
    assert held == pytest.approx(axes.shares.sum(), rel=1e-12)
    for _ in range(50):
        other, _ = np.linalg.qr(random.normal(size=(centred.shape[1], 2)))
        assert np.square(centred @ other).sum() / total < held


def test_a_run_worked_by_hand():
    # A cross with arms of length 3 along w2 and of length 1 along the bias, around (7, 5, -2).
    axes = principal_directions(run_through([[7, 8, -2], [7, 2, -2], [7, 5, -1], [7, 5, -3]]))
    np.testing.assert_allclose(axes.directions, [[0, 1, 0], [0, 0, 1]], atol=1e-15)
    np.testing.assert_allclose(axes.centre, [7, 5, -2])
    np.testing.assert_allclose(axes.shares, [0.9, 0.1])
    np.testing.assert_allclose(axes.coordinates([[0, 6, 1]]), [[1, 3]])


def test_the_largest_component_is_positive():
    for moments in ([[0, 0, 0], [-3, -4, 1e-3]], [[0, 0, 0], [3, 4, -1e-3]]):
        axes = principal_directions(run_through(moments))
        np.testing.assert_allclose(axes.directions[0], [0.6, 0.8, -2e-4], atol=1e-6)
        assert axes.directions[1][np.abs(axes.directions[1]).argmax()] > 0


@pytest.mark.parametrize("moments", [[[0, 0, 0], [3, 4, 0]], [[1, 1, 1], [4, 5, 1], [7, 9, 1]]])
def test_a_run_along_a_line_gets_a_second_direction_across(moments):
    axes = principal_directions(run_through(moments))
    np.testing.assert_allclose(axes.directions, [[0.6, 0.8, 0], [0, 0, 1]], atol=1e-12)
    np.testing.assert_allclose(axes.shares, [1, 0], atol=1e-12)


def test_a_run_that_never_moves_shows_its_first_two_parameters():
    stuck = run_of(learning_rate=0.0, steps=50)
    axes = principal_directions(stuck)
    assert (axes.kind, axes.names) == ("parameters", ("weight of x1", "weight of x2"))


@pytest.mark.parametrize("scale", [1e-300, 1e-150, 1e150, 1e300])
def test_runs_of_any_size_have_the_same_directions(scale):
    moments = np.array([[7.0, 8, -2], [6, 2, -2], [7, 5, -1], [7, 5, -3]])
    usual = principal_directions(run_through(moments))
    axes = principal_directions(run_through(moments * scale))
    np.testing.assert_allclose(axes.directions, usual.directions, atol=1e-12)
    np.testing.assert_allclose(axes.shares, usual.shares, rtol=1e-9)
    np.testing.assert_allclose(
        axes.coordinates(moments * scale) / scale, usual.coordinates(moments), atol=1e-9
    )
    np.testing.assert_allclose(axes.directions @ axes.directions.T, np.eye(2), atol=1e-14)


def test_what_is_too_far_away_is_cut_off():
    axes = principal_directions(run_through([[0, 0, 0], [1.2e308, 1.2e308, 1.2e308]]))
    # Their distance from the mean along the diagonal: the square root of 3 times 1.1e308.
    coordinates = axes.coordinates([[1.7e308] * 3, [-1e308] * 3])
    np.testing.assert_array_equal(np.abs(coordinates[:, 0]), [np.finfo(float).max] * 2)
    np.testing.assert_array_equal(np.sign(coordinates[:, 0]), [1, -1])


def test_what_is_made_stays_as_it_is():
    axes = principal_directions(RUNS[0])
    for array in (axes.directions, axes.centre, axes.shares):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="must differ"):
        two_parameters(NEURON, 1, 1)
    for i in (-1, 3):
        with pytest.raises(ValueError, match="a parameter must be between 0 and 2"):
            two_parameters(NEURON, 0, i)
    with pytest.raises(TypeError, match="whole number"):
        two_parameters(NEURON, 0, 1.0)
    with pytest.raises(TypeError, match="Plan"):
        two_parameters("neuron", 0, 1)
    with pytest.raises(TypeError, match="Record"):
        principal_directions(NEURON)
    for moments in ([1.0, 2.0, 3.0], [[1.0, 2.0]]):
        with pytest.raises(ValueError, match="3 columns"):
            two_parameters(NEURON, 0, 1).coordinates(moments)
