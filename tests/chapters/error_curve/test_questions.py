"""Questions of the error curve: every answer is what the step, or the rule, really does."""

import re

import pytest

from nnviz.chapters.error_curve.paths import PATHS
from nnviz.chapters.error_curve.questions import descent_questions, update_rule_questions
from nnviz.chapters.error_curve.walk import POINT_A, POINT_B, walk
from nnviz.nn.curves import quadratic
from nnviz.training.update_rules import UPDATE_RULES, apply_rule


def answers(rate, x=POINT_A, name="x"):
    return [question.answer for question in descent_questions(PATHS[name].curve(), x, rate)]


@pytest.mark.parametrize(
    ("rate", "expected"),
    [
        (0.001, ["lower", "above 0", "shorter"]),
        (0.1, ["lower", "above 0", "shorter"]),
        (0.5, ["lower", "exactly 0", "shorter"]),
        (0.9, ["lower", "below 0", "shorter"]),
        (1.0, ["the same", "below 0", "just as long"]),
        (1.1, ["higher", "below 0", "longer"]),
    ],
)
def test_the_answers_follow_the_regimes(rate, expected):
    assert answers(rate) == expected
    swapped = {"above 0": "below 0", "below 0": "above 0"}
    assert answers(rate, POINT_B) == [swapped.get(answer, answer) for answer in expected]


def test_a_fall_too_small_for_a_tolerance_is_a_fall():
    (error, *_) = descent_questions(PATHS["weight_1"].curve(), -4.0, 0.1)
    assert error.answer == "lower"
    old, new = re.search(r"error goes from (.+) to (.+)\.$", error.reason).groups()
    assert old != new


def test_at_the_lowest_point_nothing_changes():
    assert answers(0.1, x=0.0) == ["the same", "exactly 0", "just as long"]


def test_on_the_upper_shoulder_of_a_weight_steps_grow():
    # Downhill from a flat shoulder the curve gets steeper.
    assert answers(1.0, x=3.4, name="weight_1") == ["lower", "it falls", "longer"]
    assert answers(1.0, x=-2.0, name="weight_1") == ["lower", "it falls", "shorter"]


@pytest.mark.parametrize("name", PATHS)
def test_the_reasons_hold_the_numbers_of_the_step(name):
    x = PATHS[name].start
    curve = PATHS[name].curve()
    ahead = walk(curve, x, [0.9])
    error, place, _ = descent_questions(curve, x, 0.9)
    told = float(re.findall(r"= −?([0-9.]+):", error.reason)[0])
    assert told == pytest.approx(abs(ahead.steps[0]), rel=5e-4)
    assert f"{ahead.error[1]:.4g}" in error.reason
    assert f"{abs(ahead.x[1]):.4g}" in place.reason


def test_another_state_is_another_question():
    about = {
        question.about
        for x in (POINT_A, POINT_B)
        for rate in (0.1, 0.9)
        for question in descent_questions(quadratic(), x, rate)
    }
    assert len(about) == 12


def test_where_the_walk_is_lost_there_is_nothing_to_ask():
    assert descent_questions(quadratic(), 1e13, 0.1) == ()
    assert len(descent_questions(quadratic(), 9e11, 10.0)) == 2


def questions(**options):
    rows = [
        [apply_rule(rule, mirrored=turned, **options) for rule in UPDATE_RULES]
        for turned in (False, True)
    ]
    return update_rule_questions(rows)


@pytest.mark.parametrize("update_bias", [False, True])
@pytest.mark.parametrize(("rate", "where"), [(0.1, "above"), (1.0, "the same"), (2.0, "below")])
def test_the_answers(update_bias, rate, where):
    asked = questions(learning_rate=rate, update_bias=update_bias)
    assert [q.answer for q in asked] == ["rises", "rises", "the tutorial’s rule", where]


def test_the_reasons_hold_the_numbers():
    negative, other, longer, rate = questions()
    assert "from 0.7587 to 0.9993" in negative.reason
    assert "from 0.04057 to 0.9716" in other.reason
    assert "2.464" in longer.reason
    assert "0.4893" in longer.reason
    assert "takes the error to 0.7338" in rate.reason


def test_another_rate_is_another_question():
    about = {q.about for rate in (0.1, 0.2) for q in questions(learning_rate=rate)}
    assert len(about) == 8
