"""The questions about arrows, answered a second time by exact arithmetic."""

import re
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.chapters.vector_similarity.questions import similarity_questions
from nnviz.chapters.vector_similarity.vectors import compare
from nnviz.data import tutorial
from tests.reading import NUMBER, read

arrow = st.tuples(st.integers(-320, 320), st.integers(-200, 200)) | st.tuples(
    st.integers(-6, 6), st.integers(-6, 6)
)


def ask(input_vector, weights_1, weights_2):
    return similarity_questions(compare(input_vector, weights_1), compare(input_vector, weights_2))


def ask_hundredths(*arrows):
    return ask(*((x / 100, y / 100) for x, y in arrows))


def about(question):
    return next(word for word in ("dot", "cosine", "lower", "turned") if word in question.about)


def answers(questions):
    return {about(question): question.answer for question in questions}


def dot(a, w):
    return Fraction(a[0] * w[0] + a[1] * w[1], 10_000)


def numbers(text):
    return [float(read(found)) for found in re.findall(NUMBER, text)]


def three_way(value, above, zero, below):
    return above if value > 0 else zero if value == 0 else below


TUTORIAL = ask(tutorial.INPUT_VECTOR, tutorial.WEIGHTS_1, tutorial.WEIGHTS_2)


def test_the_tutorials_arrows():
    assert [question.answer for question in TUTORIAL] == [
        "it doubles",
        "it stays the same",
        "it falls",
        "above 0",
    ]
    doubled, cosine, lower, turned = (question.reason for question in TUTORIAL)
    assert "from 2.1672 to 4.3344" in doubled
    assert "0.8134 before, 0.8134 after" in cosine
    assert "second weight, 0.32: from 4.126 to 3.806." in lower
    assert turned.startswith("It becomes (0, 1.26) and scores 1.5498: ")


@given(arrow, arrow, arrow)
@example((172, 123), (126, 0), (217, 32))
@example((-7, -3), (-7, -3), (0, 0))
@example((0, 0), (0, 0), (0, 0))
def test_every_answer_is_right(a, first, second):
    asked = answers(ask_hundredths(a, first, second))
    lower, turned = asked["lower"], asked["turned"]
    # Twice 0 is 0, which both "doubles" and "stays": nobody is asked.
    fits = abs(2 * first[0]) <= 320 and abs(2 * first[1]) <= 200
    changes = "it doubles" if fits else "it halves"
    assert asked.get("dot") == (changes if dot(a, first) else None)
    assert asked.get("cosine") == ("it stays the same" if any(a) and any(first) else None)
    lowered = (a[0], a[1] - 100)
    change = dot(lowered, second) - dot(a, second)
    assert lower == three_way(change, "it rises", "it stays the same", "it falls")
    left = (-first[1], first[0])
    assert turned == three_way(dot(a, left), "above 0", "exactly 0", "below 0")


@given(arrow, arrow, arrow)
@example((-7, -3), (-7, -3), (0, 0))
@example((10, 30), (10, 30), (1, 1))
def test_every_reason_has_the_numbers(a, first, second):
    reasons = {about(q): q.reason for q in ask_hundredths(a, first, second)}
    lower, turned = reasons["lower"], reasons["turned"]
    near = {"rel": 1e-4, "abs": 1e-12}
    before = float(dot(a, first))
    if before:
        fits = abs(2 * first[0]) <= 320 and abs(2 * first[1]) <= 200
        after = before * (2 if fits else 0.5)
        assert numbers(reasons["dot"]) == pytest.approx([before, after], **near)
    after = float(dot((a[0], a[1] - 100), second))
    assert numbers(lower) == pytest.approx(
        [-1, second[1] / 100, float(dot(a, second)), after], **near
    )
    left = (-first[1], first[0])
    expected = [left[0] / 100, left[1] / 100, float(dot(a, left)), 90]
    assert numbers(turned) == pytest.approx(expected, **near)


def test_a_quarter_turn_to_a_right_angle_scores_nothing_whatever_rounding_leaves():
    *_, turned = ask((-0.07, -0.03), (-0.21, -0.09), (1, 0))
    assert turned.answer == "exactly 0"
    assert "scores 0: the sign" in turned.reason


def test_what_has_no_one_right_answer_is_not_asked():
    for state in (((1, 0), (0, 0), (1, 1)), ((0, 0), (1, 0), (1, 1))):
        assert not {"dot", "cosine"} & set(answers(ask(*state)))
    # A right angle: twice a score of 0 is 0, whatever rounding leaves of it.
    assert set(answers(ask((-0.63, 0.3), (-0.9, -1.89), (1, 1)))) == {"cosine", "lower", "turned"}
    # A change that a float cannot hold.
    assert "lower" not in answers(ask((1, 1), (1, 1), (1, 1e-30)))


def test_numbers_in_a_reason_are_told_apart():
    reason = next(q.reason for q in ask((1, 1), (1, 1), (1, 1e-7)) if about(q) == "lower")
    assert reason.endswith("1 × 10⁻⁷: from 1.0000001 to 1.")


def test_the_state_names_the_question():
    states = [
        ((1.72, 1.23), (1.26, 0), (2.17, 0.32)),
        ((1.72, 1.24), (1.26, 0), (2.17, 0.32)),
        ((1.72, 1.23), (1.27, 0), (2.17, 0.32)),
        ((1.72, 1.23), (1.26, 0), (2.17, 0.33)),
        ((1.72, 1.23), (1.26, 0), (2.17, 0.32 + 1e-16)),
    ]
    named = {question.about for state in states for question in ask(*state)}
    assert len(named) == 4 * len({str(state) for state in states})
    assert [q.about for q in ask(*states[0])] == [q.about for q in TUTORIAL]
    assert len(TUTORIAL[0].options) == len(set(TUTORIAL[0].options)) == 3
