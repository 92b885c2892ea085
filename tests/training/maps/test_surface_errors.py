"""The quick way over a surface against the whole network at every point, for all models."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.maps.surface_errors import surface_errors
from tests.runs import plan_of

X, Y = np.array([[-1.5, 0.0, 2.0], [0.5, 1.0, 3.0]]), np.array([[0.0, 1.0], [-2.0, 4.0]])


def point_by_point(plan, parameters, directions, x, y):
    surfaces = np.empty((len(parameters), y.shape[1], x.shape[1]))
    for k, row, column in np.ndindex(surfaces.shape):
        moved = parameters[k] + x[k, column] * directions[0] + y[k, row] * directions[1]
        surfaces[k, row, column] = evaluation.row_errors(plan, moved[None])[0].sum()
    return surfaces


@given(
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from(sorted(ACTIVATIONS))), max_size=2),
    st.sampled_from(["sigmoid", "linear"]),
    st.booleans(),
    st.integers(0, 1_000),
)
def test_any_model_in_any_two_directions(hidden, output, standardise, seed):
    plan = plan_of(hidden=tuple(hidden), output=output, standardise=standardise)
    random = generator(seed, "surface")
    parameters = random.normal(size=(2, plan.n_parameters))
    directions = random.normal(size=(2, plan.n_parameters))
    # In some directions only some of the parameters move.
    directions[random.random(size=directions.shape) < random.random()] = 0.0
    np.testing.assert_allclose(
        surface_errors(plan, parameters, directions, X, Y),
        point_by_point(plan, parameters, directions, X, Y),
        rtol=1e-9,
        atol=1e-12,
    )


@pytest.mark.parametrize("hidden", [(), ((3, "tanh"),), ((3, "tanh"), (2, "relu"))])
@pytest.mark.parametrize("still", [(), (0,), (1,), (0, 1)])
def test_directions_that_lead_nowhere_give_a_surface_of_full_size(hidden, still):
    plan = plan_of(hidden=hidden)
    directions = np.ones((2, plan.n_parameters))
    directions[list(still)] = 0.0
    parameters = generator(1, "surface").normal(size=(2, plan.n_parameters))
    surfaces = surface_errors(plan, parameters, directions, X, Y)
    assert surfaces.shape == (2, 2, 3)
    np.testing.assert_allclose(
        surfaces, point_by_point(plan, parameters, directions, X, Y), rtol=1e-12
    )


@pytest.mark.parametrize("hidden", [(), ((3, "tanh"),)])
def test_a_surface_in_blocks_is_the_same(monkeypatch, hidden):
    plan = plan_of(hidden=hidden)
    random = generator(2, "surface")
    parameters = random.normal(size=(1, plan.n_parameters))
    directions = random.normal(size=(2, plan.n_parameters))
    x, y = random.normal(size=(1, 7)), random.normal(size=(1, 9))
    whole = surface_errors(plan, parameters, directions, x, y)
    monkeypatch.setattr("nnviz.training.maps.surface_errors._MOST_VALUES", 3 * 7 * 8)
    np.testing.assert_array_equal(surface_errors(plan, parameters, directions, x, y), whole)


def test_what_leaves_float64_is_no_warning():
    plan = plan_of(hidden=((2, "relu"),), output="linear")
    parameters = np.full((1, plan.n_parameters), 1e200)
    directions = np.eye(2, plan.n_parameters)
    surface = surface_errors(plan, parameters, directions, X[:1], Y[:1])
    assert np.isinf(surface).all()
