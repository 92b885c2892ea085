"""The sentence about two dot products, held against exact arithmetic: it must be true."""

import re
from fractions import Fraction

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nnviz import tutorial
from nnviz.sentences.similarity import similarity
from nnviz.vectors import compare

SCORED = re.compile(
    r"By dot product weights_(\d) is more similar to the input: (\S+) against (\S+)"
)

# What can be dragged: hundredths. Counted in them, everything but the angle is an integer.
hundredths = st.tuples(st.integers(-320, 320), st.integers(-200, 200))
small = st.tuples(st.integers(-6, 6), st.integers(-6, 6))
arrow = hundredths | small


def said(input_vector, weights_1, weights_2):
    return similarity(compare(input_vector, weights_1), compare(input_vector, weights_2))


def in_units(*arrows):
    return [(x / 100, y / 100) for x, y in arrows]


def larger(first, second):
    return None if first == second else 1 if first > second else 2


class Exact:
    """The truth about three arrows in hundredths, without any rounding."""

    def __init__(self, a, *both):
        self.dots = [a[0] * w[0] + a[1] * w[1] for w in both]
        self.squares = [w[0] ** 2 + w[1] ** 2 for w in both]
        # The cosine times the length of the input, squared, with its sign.
        rises = [
            Fraction(d * abs(d), s) if s else None
            for d, s in zip(self.dots, self.squares, strict=True)
        ]
        self.closer = None if None in rises or not any(a) else larger(*rises)
        self.higher = larger(*self.dots)


def holds(sentence, truth):
    """Assert everything that the sentence says of arrows that are not of length 0."""
    scored = SCORED.match(sentence)
    assert (int(scored[1]) if scored else None) == truth.higher
    assert sentence.startswith("Both dot products are") == (truth.higher is None)
    closer = re.search(r"weights_(\d) points closer to", sentence)
    if truth.closer is None:
        assert re.search(r"Both point \S+° away from it\.$", sentence)
    elif "It also points closer to it" in sentence:
        assert truth.closer == truth.higher
    else:
        assert int(closer[1]) == truth.closer != truth.higher
    if "because it is" in sentence:
        winner, loser = truth.higher - 1, 2 - truth.higher
        longer = truth.squares[winner] > truth.squares[loser]
        assert ("because it is longer" in sentence) == longer
        assert ("because it is shorter" in sentence) == (not longer)
        # With an acute angle more length is a higher score, with an obtuse one a lower.
        assert longer == (truth.dots[winner] > 0)
        assert truth.squares[winner] != truth.squares[loser]


def test_the_tutorials_arrows():
    assert said(tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2) == (
        "By dot product weights_2 is more similar to the input: 4.126 against 2.1672. "
        "It also points closer to it: 27.18° away against 35.57°."
    )


def test_weights_1_doubled_wins_by_its_length():
    sentence = said(tutorial.INPUT_VECTOR, (2.52, 0), tutorial.WEIGHTS_2)
    assert sentence.startswith(
        "By dot product weights_1 is more similar to the input: 4.3344 against 4.126, "
        "because it is longer. But weights_2 points closer to the "
    )
    assert "27.18°" in sentence
    assert "35.57°" in sentence


def test_of_two_arrows_that_point_away_the_shorter_loses_less():
    sentence = said((1, 0), (-1, 0), (-2, 1))
    assert "weights_1 is more similar to the input: −1 against −2, because it is shorter" in (
        sentence
    )
    assert "But weights_2 points closer" in sentence


def test_ties():
    assert said((1, 0), (1, 1), (1, 1)) == "Both dot products are 1. Both point 45° away from it."
    assert said((1, 0), (1, 1), (1, -1)) == "Both dot products are 1. Both point 45° away from it."
    sentence = said((1, 0), (1, 0), (1, 2))
    assert sentence.startswith("Both dot products are 1, yet weights_1 points closer to it: 0° ")
    assert said((1, 0), (1, 1), (2, 2)) == (
        "By dot product weights_2 is more similar to the input: 2 against 1. "
        "Both point 45° away from it."
    )


@pytest.mark.parametrize("size", [1, 3, 7])
def test_right_angles_are_a_tie_whatever_rounding_leaves_of_them(size):
    for a, w in ((-0.07, -0.03), (0.03, -0.07)), ((1.81, -2.09), (2.09, 1.81)):
        longer = [round(size * x, 2) for x in w]
        assert said(a, w, longer) == "Both dot products are 0. Both point 90° away from it."
        assert "against 0. It also points closer" in said(a, a, longer)


def test_arrows_of_length_zero():
    assert said((0, 0), (1, 0), (0, 1)) == (
        "The input has length 0: every dot product with it is 0, and there is no angle to it."
    )
    assert said((0, 0), (0, 0), (0, 0)).startswith("The input has length 0")
    assert said((1, 0), (0, 0), (0, 0)) == (
        "Both weight vectors have length 0, so neither points anywhere: both score 0."
    )
    assert said((1, 0), (0, 0), (2, 2)) == (
        "weights_1 has length 0, so it points nowhere and scores 0. "
        "weights_2 scores 2, 45° away from the input."
    )
    assert said((1, 0), (0, -2), (0, 0)) == (
        "weights_2 has length 0, so it points nowhere and scores 0. "
        "weights_1 scores 0, 90° away from the input."
    )


@given(arrow, arrow, arrow)
@example((172, 123), (252, 0), (217, 32))
@example((1, 0), (-1, 0), (-2, 1))
@example((-7, -3), (3, -7), (9, -21))
@example((181, -209), (209, 181), (209, 181))
def test_the_sentence_is_true(a, first, second):
    assume(any(a) and any(first) and any(second))
    holds(said(*in_units(a, first, second)), Exact(a, first, second))


@given(small, small, st.integers(1, 20), st.integers(1, 20))
@example((1, 3), (1, 3), 9, 1)
def test_the_sentence_is_true_of_arrows_in_one_direction(a, w, first, second):
    assume(any(a) and any(w))
    both = [(n * w[0], n * w[1]) for n in (first, second)]
    holds(said(*in_units(a, *both)), Exact(a, *both))


@given(arrow, arrow, arrow)
def test_the_numbers_in_the_sentence_are_those_of_the_winner(a, first, second):
    assume(any(a) and any(first) and any(second))
    truth = Exact(a, first, second)
    assume(truth.higher)
    scored = SCORED.match(said(*in_units(a, first, second)))
    shown = [float(text.rstrip(".,").replace("−", "-")) for text in scored.group(2, 3)]
    ordered = sorted(truth.dots, reverse=True)
    assert shown == pytest.approx([dot / 10_000 for dot in ordered], rel=1e-4, abs=1e-12)


@given(arrow, arrow, arrow)
def test_exchanging_the_arrows_exchanges_their_names_and_nothing_else(a, first, second):
    one, other = said(*in_units(a, first, second)), said(*in_units(a, second, first))
    names = {"weights_1": "weights_2", "weights_2": "weights_1"}
    assert re.sub(r"weights_\d", lambda name: names[name[0]], one) == other
