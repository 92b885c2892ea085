"""Graphs of every size that is promised: nothing overlaps, nothing is left out."""

from itertools import combinations, pairwise, product

import numpy as np
import pytest

from nnviz.figures.backprop import graph_plans
from nnviz.figures.neuron_plan import neuron_plans
from nnviz.figures.step_marks import step_marks
from nnviz.network import Layer, Network
from nnviz.steps import update_steps

HIDDEN = [units for depth in range(4) for units in product((1, 2, 3, 4), repeat=depth)]
SIZES = [(n_inputs, *hidden, 1) for n_inputs in (1, 2, 3, 4) for hidden in HIDDEN]
TOLERATED = 6.0  # px that a weight in a full gap may lie over a neighbouring block


def network_of(sizes):
    layers = [Layer(np.zeros((a, b)), np.zeros(b), "tanh") for a, b in pairwise(sizes)]
    return Network(tuple(layers))


def overlap(a, b):
    """Return how far two boxes lie over each other, in pixels."""
    across = (a.width + b.width) / 2 - abs(a.x - b.x)
    along = (a.height + b.height) / 2 - abs(a.y - b.y)
    return min(across, along)


def shown(plan):
    return {key: box for key, box in plan.boxes.items() if key not in plan.covered}


def sample():
    """Return all small networks, and of the large ones every seventh."""
    return [sizes for i, sizes in enumerate(SIZES) if len(sizes) < 5 or i % 7 == 0]


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_no_two_boxes_overlap(layout):
    for sizes in sample():
        boxes = shown(graph_plans(sizes)[layout])
        for (a, first), (b, second) in combinations(boxes.items(), 2):
            allowed = TOLERATED if "weight" in (a.split(".")[0], b.split(".")[0]) else 0.5
            assert overlap(first, second) <= allowed, (sizes, a, b)


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_weights_that_a_step_uncovers_do_not_hide_each_other(layout):
    for sizes in sample()[::3]:
        plan = graph_plans(sizes)[layout]
        for step in update_steps(network_of(sizes), every_term=False):
            keys = sorted(step_marks(step, plan).uncovered & plan.covered)
            for a, b in combinations(keys, 2):
                assert overlap(plan.boxes[a], plan.boxes[b]) <= 2, (sizes, step, a, b)


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
def test_everything_lies_within_the_plane(layout):
    for sizes in SIZES:
        plan = graph_plans(sizes)[layout]
        for key, box in plan.boxes.items():
            assert box.width / 2 - 1 <= box.x <= plan.width - box.width / 2 + 1, (sizes, key)
            assert box.height / 2 - 1 <= box.y <= plan.height - box.height / 2 + 1, (sizes, key)


def test_both_layouts_show_the_same():
    for sizes in SIZES:
        wide, narrow = graph_plans(sizes)
        assert wide.boxes.keys() == narrow.boxes.keys()
        assert wide.arrows.keys() == narrow.arrows.keys()
        assert wide.covered == narrow.covered
    for n_inputs in (1, 2, 3, 4):
        wide, narrow = neuron_plans(n_inputs, backward=False)
        assert wide.boxes.keys() == narrow.boxes.keys()
        assert wide.arrows.keys() == narrow.arrows.keys()


@pytest.mark.parametrize("layout", [0, 1], ids=["wide", "narrow"])
@pytest.mark.parametrize("n_inputs", [1, 2, 3, 4])
def test_the_graph_of_a_prediction_has_room_for_itself(layout, n_inputs):
    plan = neuron_plans(n_inputs, backward=False)[layout]
    for (a, first), (b, second) in combinations(plan.boxes.items(), 2):
        assert overlap(first, second) <= 0.5, (a, b)
    for key, box in plan.boxes.items():
        assert box.height / 2 - 1 <= box.y <= plan.height - box.height / 2 + 1, key


@pytest.mark.parametrize("every_term", [True, False])
def test_every_step_lights_what_there_is(every_term):
    for sizes in sample():
        plan, _ = graph_plans(sizes)
        for step in update_steps(network_of(sizes), every_term=every_term):
            marks = step_marks(step, plan)
            assert marks.computed
            assert {*marks.computed, *marks.used, *marks.uncovered} <= set(plan.boxes), step
            assert set(marks.arrows) <= set(plan.arrows), step


def test_every_parameter_has_its_box():
    for sizes in SIZES:
        plan, _ = graph_plans(sizes)
        parameters = [key for key in plan.boxes if key.startswith(("weight.", "bias."))]
        assert len(parameters) == network_of(sizes).n_parameters
