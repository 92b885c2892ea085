"""The places of the matrices of a stack."""

import itertools

import pytest

from nnviz.chapters.prediction.figures.matrices import narrow, rows_of_cells, wide

SIZES = [(2, *[units] * hidden, 1) for hidden in (1, 2, 3) for units in (1, 2, 3, 4)]
PLANS = [(plan, sizes) for plan in (wide, narrow) for sizes in SIZES]


def places(plan):
    return [plan.outputs, *plan.layers, *plan.products]


def apart(a, b):
    return a[1] <= b[0] or b[1] <= a[0]


def test_everything_lies_within_the_plot_and_nothing_overlaps():
    for make, sizes in PLANS:
        plan = make(sizes)
        assert len(plan.layers) == len(sizes) - 1
        assert len(plan.products) == len(sizes) - 2
        for place in places(plan):
            for low, high in (place.x, place.y):
                assert 0 <= low < high <= 1 + 1e-12
        for one, other in itertools.combinations(places(plan), 2):
            assert apart(one.x, other.x) or apart(one.y, other.y)


def test_all_cells_are_of_one_size():
    for make, sizes in PLANS:
        plan = make(sizes)
        shapes = list(itertools.pairwise(sizes))
        cells = [
            ((p.x[1] - p.x[0]) / n_units, (p.y[1] - p.y[0]) / rows_of_cells(n_inputs))
            for p, (n_inputs, n_units) in [
                *zip(plan.layers, shapes, strict=True),
                *zip(plan.products, [(sizes[0], n) for n in sizes[2:]], strict=True),
            ]
        ]
        assert cells == [pytest.approx(cells[0], rel=1e-9)] * len(cells)


def test_on_a_wide_screen_a_product_stands_below_its_last_layer():
    for sizes in SIZES:
        plan = wide(sizes)
        for layer, product in zip(plan.layers[1:], plan.products, strict=True):
            assert product.x == layer.x
            assert product.y[1] < layer.y[0]
        assert plan.height == 330


def test_on_a_narrow_screen_it_stands_beside_it():
    for sizes in SIZES:
        plan = narrow(sizes)
        for layer, product in zip(plan.layers[1:], plan.products, strict=True):
            assert product.y[1] == layer.y[1]
            assert product.x[0] > layer.x[1]
        assert plan.height < 900


def test_on_a_narrow_screen_there_is_room_for_a_title_above_each():
    for sizes in SIZES:
        plan = narrow(sizes)
        for column in (plan.layers, plan.products):
            for upper, lower in itertools.pairwise(column):
                assert (upper.y[0] - lower.y[1]) * plan.height >= 20
