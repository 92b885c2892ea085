"""Questions about the next step: every answer is what the step really does."""

import pytest

from nnviz.chapters.error_curve.descent import POINT_A, POINT_B, quadratic, walk
from nnviz.chapters.error_curve.paths import PATHS
from nnviz.chapters.error_curve.questions_descent import descent_questions


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


def test_at_the_lowest_point_nothing_changes():
    assert answers(0.1, x=0.0) == ["the same", "exactly 0", "just as long"]


def test_on_the_upper_shoulder_of_a_weight_steps_grow():
    # Downhill from a flat shoulder the curve gets steeper.
    assert answers(1.0, x=3.4, name="weight_1") == ["lower", "it falls", "longer"]
    assert answers(1.0, x=-2.0, name="weight_1") == ["lower", "it falls", "shorter"]


@pytest.mark.parametrize("name", PATHS)
def test_the_reasons_hold_the_numbers_of_the_step(name):
    x = PATHS[name].places[0].x
    curve = PATHS[name].curve()
    ahead = walk(curve, x, [0.9])
    error, place, _ = descent_questions(curve, x, 0.9)
    assert f"{abs(ahead.steps[0]):.4g}" in error.reason
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
