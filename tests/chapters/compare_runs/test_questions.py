"""Questions about many runs, judged by counting."""

from fractions import Fraction

import pytest

from nnviz.chapters.compare_runs.questions import compare_runs_questions
from tests.sweeps import INF, NAN, made_up, real


def test_of_300_seeds_more_than_half_fail():
    (question,) = compare_runs_questions(real((0.1,), 300, steps=10_000), 0)
    assert question.prompt.startswith("Of these 300 runs at rate 0.1, each with another seed")
    assert question.answer == "between 4 and 6 in 10"
    assert question.reason == (
        "164 of 300 runs (55%): the error after update 9,901 is above 2. The median is 2.0166."
    )


def test_the_answer_is_counted_and_fits_its_own_words():
    """Each option, read as it stands, is true of the counts that it is the answer to alone."""
    says = {
        "fewer than 1 in 10": lambda fraction: fraction < Fraction(1, 10),
        "1 in 10 up to 4 in 10": lambda fraction: Fraction(1, 10) <= fraction <= Fraction(4, 10),
        "between 4 and 6 in 10": lambda fraction: Fraction(4, 10) < fraction < Fraction(6, 10),
        "6 in 10 up to 9 in 10": lambda fraction: Fraction(6, 10) <= fraction <= Fraction(9, 10),
        "more than 9 in 10": lambda fraction: fraction > Fraction(9, 10),
    }
    for n_runs in (1, 3, 7, 10, 20, 33):
        for n_worse in range(n_runs + 1):
            errors = [3] * n_worse + [1] * (n_runs - n_worse)
            (question,) = compare_runs_questions(made_up([errors]), 0)
            fraction = Fraction(n_worse, n_runs)
            assert question.options == tuple(says)
            assert [says[option](fraction) for option in question.options] == [
                question.verdict(option) for option in question.options
            ]


def test_rates_and_medians_that_lie_close_are_told_apart():
    rates = (0.1, 0.10001, 0.10002, 0.10003)
    _, question = compare_runs_questions(made_up([[2.00001], [2.00002], [2], [2.5]], rates), 0)
    assert question.options == ("0.1", "0.10001", "0.10002", "0.10003")
    assert question.answer == "0.10002"
    assert question.reason.endswith("0.1: 2.00001, 0.10001: 2.00002, 0.10002: 2, 0.10003: 2.5.")


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
