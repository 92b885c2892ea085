"""The sentence about two dot products, held against exact arithmetic: it must be true."""

import re
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from nnviz.chapters.vector_similarity.figure import similarity_picture
from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.vectors import compare
from nnviz.chapters.vector_similarity.words import similarity, working
from nnviz.data import tutorial
from tests.computed import PRINTED, computations

MORE_SIMILAR = re.compile(r"By dot product weights_(\d) is more similar to the input: ")
HIGHER = re.compile(r"weights_(\d) has the higher dot product")
CLOSER = re.compile(r"weights_(\d) points closer to the input")
LESS_AWAY = re.compile(r"Both point away from the input, weights_(\d) less")
APART = re.compile(r"weights_(\d) ([a-z ]+?)(?: the input|), weights_(\d) ([a-z ]+?)(?: it|): ")
SIDES = {"towards": 1, "lies at a right angle to": 0, "away from": -1}
PAIR = re.compile(r"(−?[\d.]*\d)(°?)(?: away)? against (−?[\d.]*\d)(°?)")

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
    sides = [(dot > 0) - (dot < 0) for dot in truth.dots]
    assert ("Both point away from the input" in sentence) == (sides == [-1, -1])
    apart = APART.match(sentence)
    assert bool(apart) == (sides[0] != sides[1])
    if min(sides) < 0:
        # Nothing is similar to what it points away from.
        assert not re.search("similar|closer", sentence)
    if apart:
        told = {int(apart[i]): apart[i + 1].removeprefix("points ") for i in (1, 3)}
        assert int(apart[1]) == truth.higher == truth.closer
        assert [SIDES[told[name]] for name in (1, 2)] == sides
    higher, closer = (
        MORE_SIMILAR.match(sentence) or HIGHER.search(sentence),
        CLOSER.search(sentence),
    )
    closer = closer or LESS_AWAY.match(sentence)
    both_agree = re.search("It also points closer to it|The dot products say so too", sentence)
    assert ("oth dot products are" in sentence) == (truth.higher is None)
    assert bool(
        re.search(r"Both point \S+° away|Both point away from the input, by", sentence)
    ) == (truth.closer is None)
    assert bool(both_agree) == (truth.higher is not None and truth.higher == truth.closer)
    if higher:
        assert int(higher[1]) == truth.higher
    if closer:
        assert int(closer[1]) == truth.closer
    # Whichever is not named agrees with the one that is, or does not exist.
    assert apart or higher or both_agree or truth.higher is None
    assert apart or closer or both_agree or truth.closer is None
    disagree = truth.higher and truth.closer and truth.higher != truth.closer
    assert ("The two measures disagree." in sentence) == bool(disagree)
    if disagree:
        assert "because it is" in sentence
    if "because it is" in sentence:
        winner, loser = truth.higher - 1, 2 - truth.higher
        longer = truth.squares[winner] > truth.squares[loser]
        assert ("because it is longer" in sentence) == longer
        assert ("because it is shorter" in sentence) == (not longer)
        # With an acute angle more length is a higher score, with an obtuse one a lower.
        assert longer == (truth.dots[winner] > 0)
        assert truth.squares[winner] != truth.squares[loser]
    for one, degrees, other, _ in PAIR.findall(sentence):
        # A pair is given because it differs, the smaller angle or the larger score first.
        numbers = [float(text.replace("−", "-")) for text in (one, other)]
        assert numbers == sorted(numbers, reverse=not degrees)
        assert numbers[0] != numbers[1]


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


def test_of_two_arrows_that_point_away_neither_is_similar():
    assert said((1, 0), (-1, 0.2), (-2, 0.1)) == (
        "Both point away from the input, weights_1 less: 168.7° against 177.1°. "
        "The dot products say so too: −1 against −2."
    )
    # The shorter loses less.
    assert said((1, 0), (-1, 0), (-2, 1)) == (
        "Both point away from the input, weights_2 less: 153.4° against 180°. "
        "But weights_1 has the higher dot product, because it is shorter: −1 against −2. "
        "The two measures disagree."
    )
    assert said((1, 0), (-1, 1), (-1, -1)) == (
        "Both point away from the input, by 135°. Both dot products are −1."
    )
    assert said((1, 0), (-1, 1), (-2, 2)) == (
        "Both point away from the input, by 135°. "
        "weights_1 has the higher dot product, because it is shorter: −1 against −2."
    )
    assert said((1, 0), (-1, 1), (-1, 0)) == (
        "Both point away from the input, weights_1 less: 135° against 180°. "
        "Both dot products are −1."
    )


def test_arrows_on_different_sides_of_a_right_angle():
    assert said((1, 0), (-1, 1), (1, 1)) == (
        "weights_2 points towards the input, weights_1 away from it: 45° against 135°. "
        "The dot products say so too: 1 against −1."
    )
    assert said((1, 0), (0, 2), (-1, 1)) == (
        "weights_1 lies at a right angle to the input, weights_2 points away from it: "
        "90° against 135°. "
        "The dot products say so too: 0 against −1."
    )
    assert said((1, 0), (0, 2), (1, 1)) == (
        "weights_2 points towards the input, weights_1 lies at a right angle to it: "
        "45° against 90°. The dot products say so too: 1 against 0."
    )


def test_numbers_that_look_alike_are_told_apart():
    assert said((1, 0), (1, 1), (1.00001, 1.00002)) == (
        "By dot product weights_2 is more similar to the input: 1.00001 against 1, because it is "
        "longer. But weights_1 points closer to the input: 45° away against 45.0003°. "
        "The two measures disagree."
    )


def test_ties():
    both = "Both dot products are 1. Both point 45° away from the input."
    assert said((1, 0), (1, 1), (1, 1)) == both
    assert said((1, 0), (1, 1), (1, -1)) == both
    sentence = said((1, 0), (1, 0), (1, 2))
    assert sentence.startswith("Both dot products are 1, yet weights_1 points closer to the input:")
    assert said((1, 0), (1, 1), (2, 2)) == (
        "By dot product weights_2 is more similar to the input: 2 against 1. "
        "Both point 45° away from it."
    )


@pytest.mark.parametrize("size", [1, 3, 7])
def test_right_angles_are_a_tie_whatever_rounding_leaves_of_them(size):
    for a, w in ((-0.07, -0.03), (0.03, -0.07)), ((1.81, -2.09), (2.09, 1.81)):
        longer = [round(size * x, 2) for x in w]
        assert said(a, w, longer) == (
            "Both dot products are 0. Both point 90° away from the input."
        )
        assert "weights_2 lies at a right angle to it" in said(a, a, longer)


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
    pairs = PAIR.findall(said(*in_units(a, first, second)))
    ((one, _, other, _),) = (pair for pair in pairs if not pair[1])
    shown = [float(text.replace("−", "-")) for text in (one, other)]
    ordered = sorted(truth.dots, reverse=True)
    assert shown == pytest.approx([dot / 10_000 for dot in ordered], rel=1e-4, abs=1e-12)


@given(arrow, arrow, arrow)
def test_exchanging_the_arrows_exchanges_their_names_and_nothing_else(a, first, second):
    one, other = said(*in_units(a, first, second)), said(*in_units(a, second, first))
    names = {"weights_1": "weights_2", "weights_2": "weights_1"}
    assert re.sub(r"weights_\d", lambda name: names[name[0]], one) == other


def test_what_is_printed_computes_to_what_is_printed():
    draws = np.random.default_rng(0)
    texts = []
    for decimals in (1, 2, 15):
        for _ in range(30):
            a, first, second = draws.uniform(-2, 2, (3, 2)).round(decimals)
            both = compare(a, first), compare(a, second)
            for i, comparison in enumerate(both, 1):
                formula, by_angle = working(comparison, i)
                texts.append(f"{formula}\n{by_angle} = {formula.split(' = ')[-1]}")
            bars = [bar.text for bar in similarity_picture(*both).figure.data if bar.type == "bar"]
            texts += [f"{x} + ({y}) = {total}" for x, y, total in bars]
            doubled, _, lower, _ = (q.reason for q in similarity_questions(*both))
            times = 2 if "twice" in doubled else 0.5
            before, now = re.findall(PRINTED, doubled)
            texts.append(f"{times} * ({before}) = {now}")
            _, weight, before, now = re.findall(PRINTED, lower)
            texts.append(f"({before}) - ({weight}) = {now}")
    n, wrong = computations(texts, 5)
    assert (n, wrong) == (1260, [])
