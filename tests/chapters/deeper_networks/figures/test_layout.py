"""Where a network stands, and what a click on it means."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.deeper_networks.figures.layout import (
    HEIGHT,
    WIDTH,
    curve,
    item_at,
    network_layout,
)
from nnviz.chapters.deeper_networks.items import Bias, Edge, Unit, parameter_index
from tests.deep_views import plan

SIZES = st.tuples(
    st.integers(1, 17), st.lists(st.integers(1, 8), max_size=6), st.integers(1, 5)
).map(lambda drawn: (drawn[0], *drawn[1], drawn[2]))
LARGEST = (7, 8, 8, 8, 8, 8, 8, 5)


@settings(max_examples=60, deadline=None)
@given(SIZES)
def test_units_stand_on_the_plan_clear_of_each_other(sizes):
    layout = network_layout(sizes)
    tiles = [layout.tile(unit) for unit in layout.units]
    assert len(tiles) == sum(sizes)
    for x, y, side in tiles:
        assert side / 2 <= x <= WIDTH - side / 2
        assert side / 2 <= y <= HEIGHT - side / 2
    for i, a in enumerate(tiles):
        for b in tiles[:i]:
            assert max(abs(a.x - b.x), abs(a.y - b.y)) > (a.side + b.side) / 2 + 3


def test_units_are_large_enough_to_be_seen():
    assert min(tile.side for layer in network_layout(LARGEST).tiles for tile in layer) >= 30
    # A phone shows the plan 346 pixels wide.
    assert (
        min(t.side for layer in network_layout(LARGEST).tiles for t in layer) * 346 / WIDTH >= 19.9
    )
    assert network_layout((2, 4, 2, 1)).tile(Unit(1, 0)).side == 60


def test_the_first_unit_stands_highest_and_inputs_at_the_left():
    layout = network_layout((2, 4, 1))
    heights = [layout.tile(Unit(1, unit)).y for unit in range(4)]
    assert heights == sorted(heights, reverse=True)
    across = [layout.tile(Unit(layer, 0)).x for layer in range(3)]
    assert across == sorted(across)


@settings(max_examples=40, deadline=None)
@given(SIZES)
def test_a_click_on_a_unit_or_on_its_bias_means_it(sizes):
    layout = network_layout(sizes)
    for unit in layout.units:
        x, y, side = layout.tile(unit)
        assert item_at(layout, x, y) == unit
        assert item_at(layout, x + 0.45 * side, y + 0.45 * side) == unit
    for bias in layout.biases:
        assert item_at(layout, *layout.mark(bias)[:2]) == bias


def test_edges_arrive_one_below_the_other_in_the_order_of_where_they_come_from():
    layout = network_layout((3, 4, 1))
    for layer, n_units in ((1, 4), (2, 1)):
        for j in range(n_units):
            unit = layout.tile(Unit(layer, j))
            ends = [layout.ends(Edge(layer, i, j)) for i in range(layout.sizes[layer - 1])]
            heights = [end[3] for end in ends]
            assert heights == sorted(heights, reverse=True)
            assert max(abs(height - unit.y) for height in heights) < unit.side / 2
            assert {end[2] for end in ends} == {unit.x - unit.side / 2}


def test_a_click_on_an_edge_means_it_and_one_beside_everything_nothing():
    layout = network_layout((2, 3, 1))
    for edge in layout.edges:
        # Near its end every edge has a place of its own.
        x, y = layout.points(edge, 41)[34]
        assert item_at(layout, x, y) == edge
    assert item_at(layout, WIDTH / 2, -20) is None
    assert item_at(layout, 0, HEIGHT) is None


def test_of_several_edges_the_nearest_one_is_meant():
    layout = network_layout((3, 5, 4, 2))
    finely = curve(np.array([layout.ends(edge) for edge in layout.edges]), 2_000)
    rng = np.random.default_rng(3)
    answered = 0
    for x, y in rng.uniform((0, 0), (WIDTH, HEIGHT), size=(300, 2)):
        item = item_at(layout, x, y)
        if not isinstance(item, Edge):
            continue
        distances = np.hypot(*np.moveaxis(finely - [x, y], -1, 0)).min(axis=1)
        chosen = distances[layout.edges.index(item)]
        assert chosen <= distances.min() + 0.5
        assert chosen <= 7.5
        answered += 1
    assert answered > 50


def test_a_curve_is_the_bezier_curve_that_the_browser_draws():
    x0, y0, x1, y1 = 3.0, 10.0, 50.0, -20.0
    corners = np.array([[x0, y0], [(x0 + x1) / 2, y0], [(x0 + x1) / 2, y1], [x1, y1]])
    for t, point in zip(
        np.linspace(0, 1, 9), curve(np.array([[x0, y0, x1, y1]]), 9)[0], strict=True
    ):
        points = corners
        while len(points) > 1:  # de Casteljau
            points = (1 - t) * points[:-1] + t * points[1:]
        np.testing.assert_allclose(point, points[0], atol=1e-12)


@pytest.mark.parametrize("hidden", [(), ((3, "tanh"),), ((4, "tanh"), (1, "relu"), (2, "tanh"))])
def test_items_are_numbered_as_the_network_takes_its_parameters(hidden):
    made = plan(3, hidden=hidden)
    layers = made.layers(np.arange(made.n_parameters, dtype=float)[np.newaxis])
    layout = network_layout(made.sizes)
    for edge in layout.edges:
        weights, _ = layers[edge.layer - 1]
        assert parameter_index(edge, made.sizes) == weights[0, edge.i, edge.j]
    for bias in layout.biases:
        assert parameter_index(bias, made.sizes) == layers[bias.layer - 1][1][0, bias.unit]


def test_a_bias_is_at_the_lower_left_corner_of_its_unit():
    layout = network_layout((2, 2, 1))
    unit, mark = layout.tile(Unit(1, 1)), layout.mark(Bias(1, 1))
    assert mark.x - (unit.x - unit.side / 2) == mark.y - (unit.y - unit.side / 2) == 0.5
    assert replace(layout) == layout
