"""What is asked about rows that a network has never seen: one right answer, from the numbers."""

import numpy as np
import pytest

from nnviz.chapters.generalization.distribution_shift import HOME
from nnviz.chapters.generalization.early_stop import early_stop
from nnviz.chapters.generalization.questions import (
    capacity_questions,
    shift_question,
    stopping_questions,
)
from nnviz.chapters.generalization.studies import SIZES, by_capacity, by_penalty
from nnviz.training.study_results import results
from tests.chapters.generalization.test_words import PLAN, Made, made


def capacity_study(train, test):
    study = by_capacity(PLAN, epochs=1, n_repeats=1)
    pairs = enumerate(zip(train, test, strict=True))
    runs = {(i, 0): made(study, i, 0, [1.0, a], [1.0, b]) for i, (a, b) in pairs}
    return results(study, runs)


@pytest.mark.parametrize(
    ("test", "answer"),
    [(-0.1, "2 rows in 100 at most, or fewer than of those"),
     (0.02, "2 rows in 100 at most, or fewer than of those"),
     (0.1, "more than 2, up to 10 rows in 100"), (0.2, "more than 10 rows in 100")],
)  # fmt: skip
def test_how_many_more_test_rows_the_largest_gets_wrong(test, answer):
    question = capacity_questions(capacity_study([0.1] * 6 + [0.3], [0.2] * 6 + [0.3 + test]))[0]
    assert question.answer == answer
    wrong = f"30.0% of the training rows wrong, {0.3 + test:.1%} of the test rows. In 0 runs of 1"
    assert wrong in question.reason


def test_which_size_does_best_is_asked_if_one_does():
    test = [0.3, 0.0, 0.1, 0.0, 0.2, 0.0, 0.3]
    _, question = capacity_questions(capacity_study([0.1] * 7, test))
    assert question.answer == "2 hidden units"
    assert question.options == (
        "no hidden layer", "2 hidden units", "8 hidden units", "hidden layers 8-8-8"
    )  # fmt: skip
    assert question.reason.startswith("The medians: no hidden layer: 30.0%, 2 hidden units: 10.0%")
    assert len(capacity_questions(capacity_study([0.1] * 7, [0.1] * 7))) == 1


def test_nothing_is_asked_before_all_runs_are_made():
    measured = capacity_study([0.1] * 7, [0.1] * 7)
    with pytest.raises(ValueError, match="every run"):
        capacity_questions(results(measured.study, {}))
    assert len(measured.study.variants) == len(SIZES)


@pytest.mark.parametrize(
    ("lowest", "where"),
    [(1, "in the first tenth"), (2, "in the first tenth"), (3, "later in the first half"),
     (10, "later in the first half"), (11, "in the second half"), (20, "at the very end")],
)  # fmt: skip
def test_where_the_test_loss_is_lowest(lowest, where):
    study = by_penalty(PLAN, (0.0,), epochs=20, n_repeats=1)
    loss = np.abs(np.arange(21) - lowest) / 20 + 0.1
    run = made(study, 0, 0, [0.5] * 21, [0.5] * 21, [0.3] * 21, loss.tolist())
    stop = early_stop(run, 3)
    question, gain = stopping_questions(run, stop, "no L2")
    assert question.answer == where
    assert f"after epoch {lowest}: 0.1." in question.reason
    better = lowest < 20
    assert gain.answer == ("yes, a lower test loss" if better else "no, it would not")


@pytest.mark.parametrize(
    ("then", "answer"),
    [(20, "more will be right"), (15, "as many will be right"), (3, "fewer will be right")],
)
def test_what_a_move_will_do(then, answer):
    class Moving(Made):
        def n_correct(self, by=None):
            return 15 if by is None else then

    question = shift_question(Moving((1.0, 1.0), HOME, 15, 15, 27), (2.0, -2.0))
    assert question.answer == answer
    assert "moves to (2, −2) from home" in question.prompt
    assert question.reason == f"Then {then} of 30 test rows are right."
