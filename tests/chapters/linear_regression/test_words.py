"""Linear regression in words: true of the numbers they speak of."""

import re

import numpy as np
import pytest

from nnviz.chapters.linear_regression.curvature import Curvature, curvature
from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.questions import descent_questions
from nnviz.chapters.linear_regression.regression import (
    least_squares,
    mean_squared_error,
    predictions,
)
from nnviz.chapters.linear_regression.words import (
    describe_choice,
    describe_error,
    describe_hand_plane,
    describe_least_squares,
    describe_plane,
    describe_rate,
    describe_step,
    describe_truth,
    describe_units,
    first_row_working,
    largest_rate_text,
    update_working,
)
from nnviz.data.sample import Sample
from tests.computed import PRINTED, computations
from tests.reading import NUMBER, read

HOUSES = houses(20, 30.0, 0)
ROUND = curvature([[-1, -1], [-1, 1], [1, -1], [1, 1]])  # curved by 2 every way


def of(X, y=None):
    X = np.asarray(X, dtype=float)
    return Sample(X, np.arange(len(X)) ** 2.0 if y is None else y, ("a", "b"), (), "t")


def test_a_plane_is_told_by_its_units():
    assert describe_plane(HOUSES, (2.5, -1.6, 60.0)) == (
        "One square metre more adds 2.5 thousand €, one year more takes off 1.6 thousand €; "
        "at 0 and 0 the price is 60 thousand €."
    )
    assert "one year more changes nothing" in describe_plane(HOUSES, (2.5, 0.0, 60.0))


def test_an_error_is_told_with_the_side_of_its_square():
    assert describe_error(HOUSES, 900.0) == (
        "The mean squared error is 900 (thousand €)²: the mean square has a side of 30 thousand €."
    )
    assert describe_error(HOUSES, np.inf) == "The error is too large for the computer."


def test_the_answer_is_told_only_when_it_is_to_be_seen():
    answer = least_squares(HOUSES.X, HOUSES.y)
    error = mean_squared_error(HOUSES.X, HOUSES.y, [1, 0], 200)
    without = describe_hand_plane(HOUSES, (1, 0, 200), error, None)
    assert "east squares" not in without
    assert describe_hand_plane(HOUSES, (1, 0, 200), error, answer) == (
        f"{without} Least squares has 1226, a side of 35."
    )


@pytest.mark.parametrize(
    ("X", "text"),
    [
        ([[0, 1], [1, 3], [2, 5]], "a and b move together"),
        ([[0, 1], [1, 2]], "Many planes are equally good"),
        ([[0, 7], [1, 7], [2, 7]], "b is the same in every row"),
        ([[7, 0], [7, 1], [7, 2]], "a is the same in every row"),
        ([[7, 8], [7, 8]], "a and b are the same in every row"),
    ],
)
def test_rows_that_leave_a_choice_are_told(X, text):
    sample = of(X)
    answer = least_squares(sample.X, sample.y)
    assert text in describe_choice(sample, answer)
    assert text in describe_least_squares(sample, answer)


def test_rows_that_leave_none_are_not():
    assert describe_choice(HOUSES, least_squares(HOUSES.X, HOUSES.y)) == ""


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (0.0, "At rate 0 nothing moves."),
        (0.05, "Rate 0.05 converges. The slowest direction needs 7 updates to halve its distance"),
        (0.5, "needs 1 update to halve"),
        (0.75, "The steepest one zig-zags: every update multiplies its distance by −0.5."),
        (1.0, "Rate 1 is the largest one itself"),
        (1.01, "Rate 1.01 diverges: it is just above the largest that converges."),
        (20.0, "Rate 20 diverges: it is 20 times the largest that converges. Every update "
         "multiplies the distance along the steepest direction by −39."),
    ],
)  # fmt: skip
def test_what_a_rate_does_is_told(rate, text):
    assert text in describe_rate(ROUND, rate)


def test_the_largest_rate_is_told():
    assert largest_rate_text(ROUND, 0.1) == "diverges above 1"
    # Beside a rate just below it, with as many digits as it takes to see that it is below.
    curved = Curvature(np.array([2 / 0.2371138]), np.eye(1))
    assert largest_rate_text(curved, 0.23711) == "diverges above 0.237114"
    assert describe_rate(curved, 0.23711).startswith("Rate 0.23711 converges.")


def test_a_moment_of_a_run_is_told():
    run = descend(regression_plan(HOUSES, 0.4, standardise=True), (1, 0, 200), 100)
    assert describe_step(run, 0).startswith(
        "Before the first update: one square metre more adds 1 "
    )
    assert describe_step(run, 3).startswith("After update 3: one square metre more adds ")
    assert describe_step(run, 3).endswith("Least squares has 1226.")
    assert describe_step(run, 100).endswith("That is least squares: no plane has less than 1226.")


def test_a_larger_error_and_the_end_of_a_diverging_run_are_told():
    run = descend(regression_plan(HOUSES, 0.1, standardise=False), (1, 0, 200), 200)
    assert describe_step(run, 2).endswith("The last update made the error larger.")
    assert describe_step(run, run.last_step).endswith(
        f"Update {run.diverged_at} left the numbers that a computer can hold: the run has diverged "
        "and ends here."
    )


def test_units_and_the_truth_are_told():
    assert describe_units(HOUSES) == (
        "Units: thousand € per square metre; thousand € per year; the bias in thousand €."
    )
    assert describe_truth(25.0) == (
        "These houses are made up: price = 2.8 × area − 1.6 × age + 60 thousand €, and noise with "
        "a standard deviation of 25 thousand €, rounded to whole thousands."
    )
    assert describe_truth(0.0).endswith("+ 60 thousand €, rounded to whole thousands.")


def test_no_sentence_puts_a_plane_below_least_squares():
    """Random rows, on a plane or near it, also far from 0: the numbers keep their order."""
    rng, number = np.random.default_rng(8), f"({NUMBER})"
    for case in range(30):
        X = np.round(rng.normal(size=(int(rng.integers(5, 20)), 2)), 2)
        X += np.round(rng.normal(size=2)) * 10.0 ** rng.integers(0, 5)
        y = X @ np.round(rng.normal(size=2), 1) + 3
        if case % 3:
            y = y + 10.0 ** rng.integers(-6, 2) * rng.normal(size=len(y))
        sample = Sample(X, y, ("a", "b"), (), "t")
        plan = regression_plan(sample, 0.3, standardise=True)
        answer = least_squares(X, y)
        start = (*answer.weights.tolist(), answer.bias) if case % 2 else (1.0, 0.0, 2.0)
        run = descend(plan, start, 60)
        # In exact fractions no plane is below; on a plane made so, the least error is 0.
        assert (answer.error == 0) == (case % 3 == 0)
        for step in (0, 1, run.last_step):
            told = describe_step(run, step)
            shown = read(re.search(f"squared error is {number} ", told)[1])
            least = read(re.search(f"(?:squares has|less than) {number}\\.", told)[1])
            assert shown >= least
            assert ("That is least squares" in told) == (shown == least)
            before = run.errors[max(step - 1, 0)]
            assert ("made the error larger" in told) == (run.errors[step] > before * (1 + 1e-12))


def test_what_is_printed_computes_to_what_is_printed():
    draws = np.random.default_rng(0)
    texts, changes = [], []
    for seed in range(8):
        noise = float(draws.uniform(1, 60))
        some = houses(12, noise, seed)
        other = of(draws.normal(0, 3, (9, 2)), draws.normal(0, 5, 9))
        for sample, decimals in ((some, 2), (some, 15), (other, 15)):
            put = [round(value, decimals) for value in draws.uniform(-5, 5, 3).tolist()]
            said = float(predictions(sample.X[:, :2], put[:2], put[2])[0])
            texts.append(first_row_working(sample, put, said).replace("row 1:", ""))
            rate = float(draws.uniform(0.01, 0.3))
            run = descend(regression_plan(sample, rate, standardise=True), put, 6)
            for step in range(6):
                texts += update_working(run, step)
                for question in descent_questions(run, step)[1:3]:
                    found = rf"along it is ({PRINTED}), .* changes by ({PRINTED})\."
                    for slope, moved in re.findall(found, question.reason):
                        changes.append(f"-{rate!r} * ({slope}) = {moved}")
            error = mean_squared_error(sample.X[:, :2], sample.y, put[:2], put[2])
            found = rf"error is ({PRINTED}) .* side of ({PRINTED})"
            squared, side = re.findall(found, describe_error(sample, error))[0]
            changes.append(f"sqrt({squared}) * 1 = {side}")
    n, wrong = computations(texts)
    assert (wrong, n) == ([], 336)
    n, wrong = computations(changes, 3)
    assert (wrong, n) == ([], 312)
