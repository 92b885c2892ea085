"""The answer as a landscape: the row that is farthest off is the one that is marked."""

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.figures.solid import surface, surface_picture
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from tests.deep_timelines import plan_of

PLAN = plan_of()
PLANE = Plane(-5.0, 5.0, -5.0, 5.0, 11)


@pytest.fixture(scope="module", params=[0, 1, 2])
def scene(request):
    return surface(PLAN, parameters(request.param), PLANE)


def parameters(seed):
    return np.random.default_rng(seed).normal(size=PLAN.n_parameters)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_row_is_off_by_what_the_network_says(seed):
    scene = surface(PLAN, parameters(seed), PLANE)
    assert scene.rows.tolist() == PLAN.split.train.tolist()
    inputs = PLAN.inputs(PLAN.sample.X[scene.rows])
    answers = evaluation.outputs(PLAN, parameters(seed)[np.newaxis], inputs)[0, :, 0]
    off = [abs(y - a) for y, a in zip(PLAN.sample.y[scene.rows], answers, strict=True)]
    assert off[scene.farthest] == max(off)
    assert scene.outputs[scene.farthest] == pytest.approx(answers[scene.farthest])


def test_the_farthest_row_is_marked_where_it_should_be_and_where_it_is(scene):
    marked = [
        trace
        for trace in surface_picture(scene).figure.data
        if str(trace.name).startswith("farthest")
    ]
    assert len(marked) == 1
    row = scene.rows[scene.farthest]
    assert marked[0].name == f"farthest off: row {row + 1}"
    assert list(marked[0].x) == [PLAN.sample.X[row, 0]] * 2
    assert list(marked[0].y) == [PLAN.sample.X[row, 1]] * 2
    assert list(marked[0].z) == [scene.targets[scene.farthest], scene.outputs[scene.farthest]]
