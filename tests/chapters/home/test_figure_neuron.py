"""The two plans of the graph: everything has a place, and nothing stands in the way of another."""

from itertools import combinations

import pytest

from nnviz.chapters.home.figure_neuron import ARROWS, FUNCTIONS, TALL, WIDE
from nnviz.walkthrough.board.boxes import Box

PLANS = pytest.mark.parametrize("plan", [WIDE, TALL], ids=["wide", "tall"])
INSIDE = ("weights[0]", "weights[1]", "bias")


def edges(box):
    half_width, half_height = box.width / 2, box.height / 2
    return box.x - half_width, box.x + half_width, box.y - half_height, box.y + half_height


def overlap(a, b):
    (left, right, low, high), (left_b, right_b, low_b, high_b) = edges(a), edges(b)
    return left < right_b and left_b < right and low < high_b and low_b < high


@PLANS
def test_nothing_overlaps_but_the_parameters_and_their_frame(plan):
    for (name, a), (other, b) in combinations(plan.boxes.items(), 2):
        framed = "parameters" in (name, other) and {name, other} & set(INSIDE)
        assert overlap(a, b) == bool(framed), (name, other)


@PLANS
def test_everything_stands_on_the_plane_and_the_parameters_in_their_frame(plan):
    for box in plan.boxes.values():
        assert min(edges(box)) >= 0
        assert max(edges(box)) <= 100
    left, right, low, high = edges(plan.boxes["parameters"])
    for name in INSIDE:
        inner = edges(plan.boxes[name])
        assert left < inner[0] < inner[1] < right
        assert low < inner[2] < inner[3] < high


@PLANS
def test_an_arrow_leads_from_edge_to_edge_and_through_nothing(plan):
    for start, end, _ in ARROWS:
        (x0, y0), (x1, y1) = plan.arrow_between(start, end)
        assert max(abs(x1 - x0), abs(y1 - y0)) > 2, (start, end)
        points = [(x0 + t * (x1 - x0) / 20, y0 + t * (y1 - y0) / 20) for t in range(1, 20)]
        for name, box in plan.boxes.items():
            for x, y in points:
                assert not overlap(box, Box(x, y, 0.01, 0.01)), (start, end, name)


@PLANS
def test_arrows_at_the_frame_stand_upright_or_level(plan):
    for start, end in (("parameters", "weighted sum"), ("adjust", "parameters")):
        (x0, y0), (x1, y1) = plan.arrow_between(start, end)
        assert x0 == x1 or y0 == y1


def test_every_function_and_arrow_has_a_place():
    assert set(WIDE.boxes) == set(TALL.boxes)
    named = {name for start, end, _ in ARROWS for name in (start, end)} | set(FUNCTIONS)
    assert named <= set(WIDE.boxes)
