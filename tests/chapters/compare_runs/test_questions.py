"""Questions about many runs, judged by counting."""

import pytest

from nnviz.chapters.compare_runs.questions import compare_runs_questions
from tests.sweeps import INF, NAN, made_up, real


def test_of_300_seeds_about_half_fail():
    (question,) = compare_runs_questions(real((0.1,), 300, steps=10_000), 0)
    assert question.prompt.startswith("Of these 300 runs at rate 0.1, each with another seed")
    assert question.answer == "about half"
    assert question.reason == (
        "164 of 300 runs (55%): the error after update 9,901 is above 2. The median is 2.0166."
    )


@pytest.mark.parametrize(
    ("n_worse", "answer"),
    [
        (0, "fewer than 1 in 10"),
        (1, "1 in 10 up to 4 in 10"),
        (4, "1 in 10 up to 4 in 10"),
        (5, "about half"),
        (6, "about half"),
        (7, "6 in 10 up to 9 in 10"),
        (9, "6 in 10 up to 9 in 10"),
        (10, "more than 9 in 10"),
    ],
)
def test_the_answer_is_counted(n_worse, answer):
    (question,) = compare_runs_questions(made_up([[3] * n_worse + [1] * (10 - n_worse)]), 0)
    assert question.answer == answer
    assert question.verdict(answer)


def test_the_rate_with_the_least_median_wins():
    result = made_up([[3, 3, 3], [1, 1, 3], [2, 2, 2], [INF, INF, 0]])
    _, question = compare_runs_questions(result, 2)
    assert question.options == ("0.001", "0.01", "0.1", "1")
    assert question.answer == "0.01"
    assert question.reason == "The medians, by rate: 0.001: 3, 0.01: 1, 0.1: 2, 1: infinity."


def test_no_question_without_one_right_answer():
    assert len(compare_runs_questions(made_up([[1, 1], [1, 1]]), 0)) == 1
    assert len({q.about for q in compare_runs_questions(made_up([[1], [2]]), 0)}) == 2
    with pytest.raises(ValueError, match="result must hold every run"):
        compare_runs_questions(made_up([[1, NAN]]), 0)
