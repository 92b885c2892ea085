"""Vectors: the tutorial's figures, geometry, and what does not exist."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.chapters.vector_similarity import vectors

few = settings(max_examples=60, deadline=None, derandomize=True)
coordinate = st.floats(-1e3, 1e3).filter(lambda x: x == 0 or abs(x) > 1e-3)
plane = st.tuples(coordinate, coordinate)
nonzero = plane.filter(any)

INPUT, WEIGHTS_1, WEIGHTS_2 = [1.72, 1.23], [1.26, 0], [2.17, 0.32]


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-9)


def test_the_tutorials_products_and_dot_products():
    close(vectors.products(INPUT, WEIGHTS_1), [2.1672, 0.0])
    close(vectors.products(INPUT, WEIGHTS_2), [3.7323999999999997, 0.3936])
    close(vectors.dot(INPUT, WEIGHTS_1), 2.1672)
    close(vectors.dot(INPUT, WEIGHTS_2), 4.1259999999999994)


def test_the_tutorials_lengths_and_headings():
    close(vectors.length(INPUT), 2.1145448682872634)
    close(vectors.length(WEIGHTS_1), 1.26)
    close(vectors.length(WEIGHTS_2), 2.1934675744127152)
    assert vectors.heading(INPUT) == pytest.approx(35.5692, abs=5e-5)
    assert vectors.heading(WEIGHTS_1) == 0
    assert vectors.heading(WEIGHTS_2) == pytest.approx(8.3887, abs=5e-5)


def test_the_tutorials_cosines_angles_and_distances():
    close(vectors.cosine(INPUT, WEIGHTS_1), 0.8134138110737575)
    close(vectors.cosine(INPUT, WEIGHTS_2), 0.8895719906352269)
    assert vectors.angle(INPUT, WEIGHTS_1) == pytest.approx(35.5692, abs=5e-5)
    assert vectors.angle(INPUT, WEIGHTS_2) == pytest.approx(27.1805, abs=5e-5)
    assert vectors.distance(INPUT, WEIGHTS_1) == pytest.approx(1.3132, abs=5e-5)
    assert vectors.distance(INPUT, WEIGHTS_2) == pytest.approx(1.0152, abs=5e-5)


def test_what_the_transcript_says_by_mistake():
    close(INPUT[0] * WEIGHTS_1[0] + INPUT[1] * WEIGHTS_2[1], 2.5608)
    close(vectors.dot(INPUT, np.multiply(2, WEIGHTS_1)), 4.3344)


def test_verdicts_agree_on_the_tutorials_vectors_and_disagree_when_weights_1_is_doubled():
    first, second = vectors.compare(INPUT, WEIGHTS_1), vectors.compare(INPUT, WEIGHTS_2)
    assert vectors.verdict(first, second) == vectors.Verdict(2, 2, True)
    assert vectors.verdict(second, first) == vectors.Verdict(1, 1, True)
    doubled = vectors.compare(INPUT, [2.52, 0])
    assert vectors.verdict(doubled, second) == vectors.Verdict(1, 2, False)


def test_verdicts_that_do_not_exist():
    one = vectors.compare(INPUT, WEIGHTS_1)
    zero = vectors.compare(INPUT, [0, 0])
    assert vectors.verdict(one, one) == vectors.Verdict(None, None, True)
    assert vectors.verdict(one, zero) == vectors.Verdict(1, None, False)
    # A rounding error apart is a tie too.
    tenth = vectors.compare([1.0, 1.0], [0.1, 0.2])
    third = vectors.compare([1.0, 1.0], [0.3, 0.0])
    assert tenth.dot != third.dot
    assert vectors.verdict(tenth, third).by_dot is None


def test_compare_holds_what_the_functions_return():
    both = vectors.compare(INPUT, WEIGHTS_2)
    assert both.dot == vectors.dot(INPUT, WEIGHTS_2)
    assert (both.input_length, both.weights_length) == (
        vectors.length(INPUT),
        vectors.length(WEIGHTS_2),
    )
    assert (both.input_heading, both.weights_heading) == (
        vectors.heading(INPUT),
        vectors.heading(WEIGHTS_2),
    )
    assert both.cosine == vectors.cosine(INPUT, WEIGHTS_2)
    assert both.angle == vectors.angle(INPUT, WEIGHTS_2)
    assert both.distance == vectors.distance(INPUT, WEIGHTS_2)
    close(both.scalar_projection * both.weights_length, both.dot)
    np.testing.assert_array_equal(both.projection, vectors.projection(INPUT, WEIGHTS_2))
    np.testing.assert_array_equal(both.products, vectors.products(INPUT, WEIGHTS_2))


def test_compare_in_other_dimensions():
    three = vectors.compare([1, 2, 3], [4, 5, 6])
    assert three.dot == 32
    assert three.input_heading is three.weights_heading is None
    assert vectors.compare([-2], [3]).angle == 180


def test_a_zero_vector_has_no_direction():
    zero = vectors.compare([0, 0], [0, 0])
    assert zero.dot == zero.distance == zero.input_length == 0
    assert zero.input_heading is zero.cosine is zero.angle is None
    assert zero.scalar_projection is zero.projection is None
    assert vectors.scalar_projection([0, 0], [1, 0]) == 0


@pytest.mark.parametrize(
    ("a", "degrees"),
    [([1, 0], 0), ([1, 1], 45), ([0, 1], 90), ([-1, 0], 180), ([-1, -0.0], 180), ([0, -2], -90)],
)
def test_headings(a, degrees):
    assert vectors.heading(a) == pytest.approx(degrees)


def test_small_angles_keep_their_digits():
    assert vectors.angle([1, 0], [1, 1e-9]) == pytest.approx(math.degrees(1e-9), rel=1e-12)
    assert vectors.angle([1, 0], [-1, 1e-9]) == pytest.approx(180)
    assert vectors.angle([3, 3], [3, 3]) == 0


@pytest.mark.parametrize("size", [1e-320, 1e-200, 1e-160, 1e100])
def test_tiny_and_huge_vectors(size):
    assert vectors.length([3 * size / 4, size]) == pytest.approx(5 * size / 4, rel=1e-3)
    assert vectors.cosine([size, size], [1, 0]) == pytest.approx(math.sqrt(0.5), rel=1e-12)
    assert vectors.angle([size, size], [0, size]) == pytest.approx(45, rel=1e-12)
    np.testing.assert_allclose(vectors.projection([1, 0], [size, size]), [0.5, 0.5], rtol=1e-12)


@few
@given(nonzero, nonzero)
def test_the_dot_product_is_lengths_and_cosine(a, b):
    scale = vectors.length(a) * vectors.length(b)
    assert vectors.dot(a, b) == pytest.approx(scale * vectors.cosine(a, b), abs=1e-12 * scale)
    assert -1 <= vectors.cosine(a, b) <= 1
    assert math.cos(math.radians(vectors.angle(a, b))) == pytest.approx(
        vectors.cosine(a, b), abs=1e-12
    )


@few
@given(nonzero, nonzero)
def test_the_angle_is_the_difference_of_the_headings(a, b):
    turn = abs(vectors.heading(a) - vectors.heading(b))
    assert vectors.angle(a, b) == pytest.approx(min(turn, 360 - turn), abs=1e-9)


@few
@given(plane, nonzero)
def test_what_the_projection_leaves_is_perpendicular(a, onto):
    shadow = vectors.projection(a, onto)
    rest = np.subtract(a, shadow)
    size = vectors.length(a) * vectors.length(onto)
    assert vectors.dot(rest, onto) == pytest.approx(0, abs=1e-12 * size)
    assert vectors.length(shadow) == pytest.approx(abs(vectors.scalar_projection(a, onto)))


@few
@given(plane, plane)
def test_the_dot_product_does_not_care_about_order_but_distance_obeys_pythagoras(a, b):
    assert vectors.dot(a, b) == vectors.dot(b, a)
    squared = vectors.length(a) ** 2 + vectors.length(b) ** 2 - 2 * vectors.dot(a, b)
    size = vectors.length(a) ** 2 + vectors.length(b) ** 2
    assert vectors.distance(a, b) ** 2 == pytest.approx(squared, abs=1e-12 * size)


@pytest.mark.parametrize("of_two", ["products", "dot", "cosine", "angle", "distance", "projection",
                                    "scalar_projection", "compare"])  # fmt: skip
def test_two_vectors_must_fit(of_two):
    function = getattr(vectors, of_two)
    with pytest.raises(ValueError, match="must hold 2 numbers, but holds 3"):
        function([1, 2], [1, 2, 3])
    with pytest.raises(ValueError, match="finite"):
        function([1, np.nan], [1, 2])
    with pytest.raises(ValueError, match="at most 1 × 10"):
        function([1, 2], [1, 1e300])
    with pytest.raises(ValueError, match="empty"):
        function([], [])
    with pytest.raises(TypeError, match="must hold numbers"):
        function([1, 2], "12")


def test_a_heading_needs_a_plane():
    with pytest.raises(ValueError, match="a must hold 2 numbers, but holds 3"):
        vectors.heading([1, 2, 3])
    with pytest.raises(TypeError, match="a must hold numbers"):
        vectors.length(["x"])


def test_a_verdict_needs_one_input():
    first = vectors.compare(INPUT, WEIGHTS_1)
    with pytest.raises(ValueError, match="same input vector"):
        vectors.verdict(first, vectors.compare([1, 2], WEIGHTS_2))
    with pytest.raises(TypeError, match="second must be a Comparison"):
        vectors.verdict(first, 2)
