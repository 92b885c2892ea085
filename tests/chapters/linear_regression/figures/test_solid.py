"""The plane in three dimensions."""

import numpy as np

from nnviz.chapters.linear_regression.figures.solid import MOST_ROWS, Sheet
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.regression import least_squares
from nnviz.data.sample import Sample

HOUSES = houses(20, 30.0, 0)
PLANE = (2.0, -1.0, 100.0)


def test_corners_are_the_plane_and_lie_around_all_rows():
    sheet = Sheet(HOUSES, PLANE)
    x1, x2 = sheet.edges
    for i in (0, 1):
        for j in (0, 1):
            assert sheet.corners[i, j] == 2 * x1[j] - x2[i] + 100
    for edge, values in zip((x1, x2), HOUSES.X.T, strict=True):
        assert edge[0] < values.min() <= values.max() < edge[1]


def test_answers_are_those_of_the_rows_that_are_drawn():
    X = np.arange(1000.0).reshape(500, 2)
    sheet = Sheet(Sample(X, X[:, 0], ("a", "b"), (), "t"), PLANE)
    assert len(sheet.rows) == MOST_ROWS
    np.testing.assert_allclose(sheet.answers, X[sheet.rows] @ [2, -1] + 100)
    assert len(Sheet(HOUSES, PLANE).rows) == 20


def test_a_plane_over_equal_rows_has_an_extent():
    sheet = Sheet(Sample([[3.0, 4.0]], [5.0], ("a", "b"), (), "t"), PLANE)
    assert [edge.tolist() for edge in sheet.edges] == [[2.5, 3.5], [3.5, 4.5]]


def test_the_answer_can_be_drawn_as_well():
    answer = least_squares(HOUSES.X, HOUSES.y)
    sheet = Sheet(HOUSES, PLANE, answer)
    heights = sheet.heights(answer.weights, answer.bias)
    middle = HOUSES.X.mean(axis=0) @ answer.weights + answer.bias
    assert heights.min() < middle < heights.max()
