"""The layouts of a graph."""

from functools import cache
from itertools import combinations, pairwise, product

import pytest

from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.rng import generator
from nnviz.walkthrough.figures.layouts import graph_plans
from nnviz.walkthrough.figures.plan import Box, is_function, path
from nnviz.walkthrough.figures.update import step_highlights
from nnviz.walkthrough.steps import update_steps

# All of up to two layers; of three, those with the least, the most and something of both.
HIDDEN = [hidden for n in range(3) for hidden in product(range(1, 5), repeat=n)]
HIDDEN += [*product((1, 4), repeat=3), (2, 3, 2), (3, 2, 4)]
SIZES = [(n_inputs, *hidden, 1) for n_inputs in range(1, 5) for hidden in HIDDEN]
ROUNDING = 1e-9


@cache
def steps(sizes):
    """Return every step that a network of these sizes can have."""
    network = glorot_uniform(sizes, ["tanh"] * (len(sizes) - 1), rng=generator(0, "plan"))
    both = [update_steps(network, every_term=every_term) for every_term in (True, False)]
    return tuple(dict.fromkeys(step for each in both for step in each))


def overlap(a, b):
    """Return by how many pixels two boxes stand in one another."""
    across = (a.width + b.width) / 2 - abs(a.x - b.x)
    along = (a.height + b.height) / 2 - abs(a.y - b.y)
    return min(across, along)


def problems(plan, keys):
    """Return the pairs of these boxes that overlap, by how much."""
    return [
        (one, other, round(by, 1))
        for one, other in combinations(sorted(keys), 2)
        if (by := overlap(plan.boxes[one], plan.boxes[other])) > ROUNDING
    ]


def every_size(check):
    """Turn the check of one network into a test of networks of all sizes."""

    def test():
        for sizes in SIZES:
            check(sizes)

    return test


@every_size
def test_no_two_boxes_overlap(sizes):
    for plan in graph_plans(sizes):
        always = set(plan.boxes) - plan.covered
        assert not problems(plan, always)
        for uncovered in {step_highlights(step, plan).uncovered for step in steps(sizes)}:
            assert uncovered <= set(plan.boxes)
            assert not problems(plan, uncovered & plan.covered)
            # One that comes and goes may lie over arrows, but not over what stands there.
            for key in uncovered & plan.covered:
                assert not [
                    (key, other)
                    for other in always
                    if overlap(plan.boxes[key], plan.boxes[other]) > ROUNDING
                ]


@every_size
def test_everything_stands_on_the_plane_on_both_layouts(sizes):
    wide, narrow = graph_plans(sizes)
    assert set(wide.boxes) == set(narrow.boxes)
    assert set(wide.arrows) == set(narrow.arrows)
    assert wide.covered == narrow.covered
    assert (wide.width, narrow.width) == (784, 366)
    for plan in (wide, narrow):
        for key, box in plan.boxes.items():
            for x, y in box.corners():
                assert -ROUNDING <= x <= plan.width + ROUNDING, key
                assert -ROUNDING <= y <= plan.height + ROUNDING, key
            assert box.width > 0 < box.height, key
            # A function is a hexagon, a value a rectangle.
            assert len(plan.outline(key)) == (6 if is_function(key) else 4)


@every_size
def test_every_step_highlights_what_is_there(sizes):
    for plan in graph_plans(sizes):
        for step in steps(sizes):
            highlights = step_highlights(step, plan)
            assert highlights.computed, step
            assert set(highlights.computed) | set(highlights.used) <= set(plan.boxes), step
            assert set(highlights.arrows) <= set(plan.arrows), step
            assert not set(highlights.computed) & set(highlights.used), step
            shown = (set(plan.boxes) - plan.covered) | highlights.uncovered
            assert set(highlights.computed) | set(highlights.used) <= shown, step


@every_size
def test_arrows_lead_from_box_to_box(sizes):
    """Both ends of an arrow lie on the outline of a box."""
    for plan in graph_plans(sizes):
        for key, ends in plan.arrows.items():
            for x, y in ends:
                assert any(
                    max(abs(x - b.x) / b.width, abs(y - b.y) / b.height)
                    == pytest.approx(0.5, abs=1e-9)
                    for b in plan.boxes.values()
                ), key


@every_size
def test_there_is_a_box_for_every_value_and_a_line_for_every_weight(sizes):
    wide, _ = graph_plans(sizes)
    kinds = [key.partition(".")[0] for key in wide.boxes]
    n_units = sum(sizes[1:])
    n_weights = sum(a * b for a, b in pairwise(sizes))
    assert kinds.count("input") == sizes[0]
    assert kinds.count("weight") == n_weights
    assert sum(key.startswith("edge") for key in wide.arrows) == n_weights
    for kind in ("bias", "sum", "z", "act", "a"):
        assert kinds.count(kind) == n_units


def test_outlines():
    box = Box(10, 20, 10, 4)
    assert box.rectangle() == "M5,18L15,18L15,22L5,22Z"
    assert path(box.hexagon_corners()) == "M5,20L7,18L13,18L15,20L13,22L7,22Z"
    assert box.edge_towards(100, 20) == (15, 20)
    assert box.edge_towards(10, 0) == (10, 18)


def test_the_weights_stand_clear_of_the_units_in_the_networks_that_the_page_offers():
    for sizes in ((2, 2, 1), (2, 2, 2, 1)):
        wide, _ = graph_plans(sizes)
        weights = {key: box for key, box in wide.boxes.items() if key.startswith("weight")}
        for key, box in weights.items():
            for other, there in wide.boxes.items():
                across = abs(box.x - there.x) - (box.width + there.width) / 2
                upright = abs(box.y - there.y) - (box.height + there.height) / 2
                assert key == other or max(across, upright) >= 5.9, (sizes, key, other)
