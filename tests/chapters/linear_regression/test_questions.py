"""Questions about planes and updates: judged against numbers worked out here."""

import numpy as np
import pytest

from nnviz.chapters.linear_regression.curvature import curvature_of
from nnviz.chapters.linear_regression.descent import descend, regression_plan
from nnviz.chapters.linear_regression.houses import houses
from nnviz.chapters.linear_regression.questions import descent_questions, hand_questions
from nnviz.chapters.linear_regression.regression import least_squares, mean_squared_error
from nnviz.data.sample import Sample

HOUSES = houses(20, 30.0, 0)
NUDGES = (0.2, 0.2, 20.0)


def run_of(rate=0.1, scale=True, start=(1.0, 0.0, 200.0), updates=60):
    return descend(regression_plan(HOUSES, rate, standardise=scale), start, updates)


@pytest.mark.parametrize("seed", range(8))
def test_raising_a_parameter_is_judged_by_the_error(seed):
    rng = np.random.default_rng(seed)
    put = (rng.uniform(-1, 6), rng.uniform(-5, 3), rng.uniform(-100, 400))
    before = mean_squared_error(HOUSES.X, HOUSES.y, put[:2], put[2])
    questions = hand_questions(HOUSES, put, NUDGES)
    assert len(questions) == 3
    for k, question in enumerate(questions):
        moved = np.array(put)
        moved[k] += NUDGES[k]
        after = mean_squared_error(HOUSES.X, HOUSES.y, moved[:2], moved[2])
        assert question.answer == ("it rises" if after > before else "it falls")
    assert len({question.about for question in questions}) == 3


def test_at_least_squares_everything_raises_the_error():
    answer = least_squares(HOUSES.X, HOUSES.y)
    put = (*answer.weights.tolist(), answer.bias)
    answers = {question.answer for question in hand_questions(HOUSES, put, NUDGES)}
    assert answers == {"it rises"}


def test_a_column_of_noughts_is_not_asked_about():
    sample = Sample(np.column_stack([HOUSES.X[:, 0], np.zeros(20)]), HOUSES.y, ("a", "b"), (), "t")
    asked = [question.prompt for question in hand_questions(sample, (1, 0, 200), NUDGES)]
    assert len(asked) == 2
    assert not any("weight of b" in prompt for prompt in asked)


@pytest.mark.parametrize(
    ("rate", "error"), [(0.1, "it falls"), (0.95, "it falls"), (1.1, "it rises")]
)
def test_the_next_update_is_judged_by_the_run(rate, error):
    run = run_of(rate)
    for step in (0, 3, 7):
        first, *rest = descent_questions(run, step)
        assert first.answer == error
        for k, question in enumerate(rest[:2]):
            change = run.parameters[step + 1, k] - run.parameters[step, k]
            assert question.answer == ("higher" if change > 0 else "lower")


@pytest.mark.parametrize("scale", [True, False])
@pytest.mark.parametrize("rate", [1e-5, 1e-3, 0.5, 2.0])
def test_scaling_is_judged_by_training_with_it(rate, scale):
    question = descent_questions(run_of(rate, scale), 0)[-1]
    other = run_of(rate, not scale, updates=3000)
    grows = other.diverged_at is not None or other.errors[-1] > other.errors[0]
    assert question.answer == ("it diverges" if grows else "it converges")


@pytest.mark.parametrize("scale", [True, False])
def test_a_rate_that_does_neither_is_not_asked_about(scale):
    assert not [q for q in descent_questions(run_of(0.0, scale), 0) if "diverge" in q.prompt]
    largest = curvature_of(regression_plan(HOUSES, 0.1, standardise=not scale)).largest_rate
    assert not [q for q in descent_questions(run_of(largest, scale), 0) if "diverge" in q.prompt]


def test_from_the_lowest_point_nothing_diverges_and_nothing_is_asked():
    answer = least_squares(HOUSES.X, HOUSES.y)
    run = run_of(1.5, False, start=(*answer.weights.tolist(), answer.bias), updates=3)
    assert not [q for q in descent_questions(run, 0) if "diverge" in q.prompt]


def test_at_the_end_only_scaling_is_asked_about():
    run = run_of(updates=5)
    assert len(descent_questions(run, 5)) == 1
    assert len(descent_questions(run, 4)) == 4


def test_a_run_that_has_arrived_is_not_asked_for_its_next_change():
    run = run_of(0.5, updates=200)
    assert len(descent_questions(run, 199)) <= 2
