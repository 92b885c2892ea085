"""The boundary in the answer of a deeper network, held to a network whose boundary is known."""

from dataclasses import replace

import numpy as np

from nnviz.chapters.deeper_networks.figures.tracks import class_boundary
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import answer_maps
from tests.deep_views import plan

PLANE = Plane(-3.0, 3.0, -2.0, 4.0, 40)


def test_it_lies_where_the_weighted_sum_is_zero():
    made = plan(2, hidden=())
    made = replace(made, architecture=replace(made.architecture, standardise=False))
    # 1 x1 + 2 x2 - 1 = 0, then x1 = 1.
    moments = np.array([[1.0, 2.0, -1.0], [3.0, 0.0, -3.0]])
    first, second = class_boundary(made, answer_maps(made, moments, PLANE), PLANE)
    first, second = (line[np.isfinite(line).all(axis=1)] for line in (first, second))
    np.testing.assert_allclose(first @ [1, 2], 1.0, atol=0.03)
    np.testing.assert_allclose(second[:, 0], 1.0, atol=0.01)
    assert first[:, 0].min() == -3.0
    assert (second[:, 1].min(), second[:, 1].max()) == (-2.0, 4.0)


def test_where_all_is_one_class_there_is_no_line():
    made = plan(2, hidden=())
    maps = answer_maps(made, np.array([[0.0, 0.0, 5.0]]), PLANE)
    assert np.isnan(class_boundary(made, maps, PLANE)).all()


def test_several_classes_and_numbers_have_none():
    for made in (plan(3), plan(0)):
        maps = np.zeros((1, 40, 40), dtype=np.uint8)
        assert class_boundary(made, maps, PLANE) is None
