"""What is said of a moment of a run, from the start to every kind of end."""

import re
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from nnviz.chapters.live_training.words.run import moment, moments
from nnviz.chapters.live_training.words.update import neuron_update
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.training.baselines.yardsticks import reached, yardsticks
from nnviz.training.model import Model
from nnviz.training.record import record
from tests.computed import computations
from tests.effort import at_most
from tests.reading import read
from tests.runs import ended_at_once, run_of, timeline_of

BEST = (
    "The lowest error found for one neuron here is 1.884. No straight line gets more than 6 of the "
    "8"
)

CLOSE = "This run has come close to that. To get lower, add an input or a hidden layer."
FREE = (
    "A network like this can get every row right: the best it can do is 0 (approached, never "
    "reached)."
)


def train(**choices):
    return run_of(**choices)


def rows(points, targets, **choices):
    return run_of(rows=points, targets=targets, **choices)


def said(run, step=None):
    return moment(run, run.last_step if step is None else step, measured(run.plan))


@cache
def measured(plan, quick=False):
    return yardsticks(Model.of(plan).plan(plan.sample), quick=quick)


def error_and_right(run, step):
    """Ask the network itself."""
    answers = run.network_at(step).predict(run.plan.train_inputs)[:, 0]
    right = (answers >= 0.5) == (run.plan.sample.y == 1)
    return float(np.square(answers - run.plan.sample.y).sum()), int(right.sum())


def test_before_training():
    assert said(train(), 0) == (
        "Before training, with random weights, the cumulative error is 3.915, and 4 of 8 rows are "
        "right. That is worse than answering 0.5 to everything (2). "
        f"{BEST} rows right."
    )


def test_after_one_update_and_after_all():
    run = train()
    assert said(run, 1).startswith("After 1 update the cumulative error is 3.915, and 4 of 8 rows")
    assert said(run) == (
        "After 10,000 updates the cumulative error is 1.951, and 5 of 8 rows are right. "
        f"Answering 0.5 to everything would give 2. {BEST} rows right. {CLOSE}"
    )


@pytest.mark.parametrize(
    "choices",
    [{}, {"seed": 42, "learning_rate": 1.0}, {"features": ("sin x1",)}, {"hidden": ((4, "tanh"),)}],
    ids=repr,
)
def test_the_numbers_are_those_of_the_network(choices):
    run = train(**choices)
    for step in (0, 1, 2, 500, 4_321, 9_999, 10_000):
        error, right = error_and_right(run, step)
        sentence = said(run, step)
        shown = re.search(r"the cumulative error is (\S+), and (\d) of 8 rows are right", sentence)
        assert float(shown[1]) == pytest.approx(error, rel=1e-3)
        assert int(shown[2]) == right
        assert ("Every row is on the right side." in sentence) == (right == 8)
        worse = error > 2 and right < 8
        assert ("worse than answering 0.5 to everything (2)" in sentence) == worse


def test_saturated():
    run = train(learning_rate=10.0)
    answers = run.network_at(run.last_step).predict(run.plan.train_inputs)
    assert (np.abs(answers - 0.5) > 0.499).all()
    assert said(run).endswith(
        "Every answer is almost exactly 0 or 1, where the sigmoid is flat: its slope is "
        "9.7 × 10⁻⁹ at the most, and every update is multiplied by it. Try a smaller learning rate."
    )
    assert (answers * (1 - answers)).max() == pytest.approx(9.7e-9, rel=0.01)
    assert "The lowest error" not in said(run)
    assert "worse than answering" in said(run)


def test_not_saturated_when_one_answer_is_in_between_or_nothing_was_learned():
    assert "flat" not in said(train(learning_rate=10.0), 1)
    steep = timeline_of(rows=((1e4, 0), (2e4, 0)), targets=(0, 1), steps=10)
    assert "flat" not in said(record(steep), 0)


def test_only_a_sigmoid_is_flat():
    run = train(output="linear", learning_rate=0.01)
    assert "sigmoid" not in said(run)


def test_diverged():
    run = train(output="linear", learning_rate=1.0)
    told = (
        f"At update {run.diverged_at:,} the numbers grew too large for the computer, so the run "
        "ends there; the largest weight or bias before it is 9.6 × 10¹⁵² in size. Try a smaller "
        "learning rate."
    )
    assert np.abs(run.parameters_at(run.last_step)).max() == pytest.approx(9.6e152, rel=0.01)
    for step in (0, 1, run.last_step):
        assert said(run, step).endswith(told)
    assert "× 10³⁰" in said(run)
    at_once = ended_at_once()
    assert at_once.last_step == 0
    assert said(at_once).startswith("Before training")
    assert "At update 1 the numbers grew too large" in said(at_once)


def test_sin_x1_says_what_it_can_do_until_it_has_done_it():
    run = train(features=("sin x1",), standardise=True)
    free = "With this extra input a single neuron can get every row right."
    assert said(run, 0).endswith(free)
    assert error_and_right(run, run.last_step)[1] == 8
    assert said(run).endswith("rows are right. Every row is on the right side.")


def test_several_inputs_that_free_the_neuron():
    run = train(features=("x1^2", "sin x1"), standardise=True, steps=10)
    assert said(run, 0).endswith("With these extra inputs a single neuron can get every row right.")


def test_an_input_that_does_not_free_the_neuron():
    product, square = said(train(features=("x1*x2",))), said(train(features=("x1^2",)))
    assert product.endswith("everything (2). The lowest error found for one neuron here is 1.834.")
    # Seven rows right and one wrong for good.
    assert square.endswith(
        "The lowest error found for one neuron here is 1 (approached, never reached)."
    )


def test_a_hidden_layer_that_can_get_every_row_right():
    run = train(hidden=((4, "tanh"),), standardise=True)
    assert said(run).endswith("8 of 8 rows are right. Every row is on the right side.")
    for step in (0, 10):
        assert said(run, step).endswith(FREE)


def test_a_hidden_layer_that_comes_close_to_what_was_found():
    run = train(hidden=((1, "tanh"),), standardise=True, steps=50_000)
    best = "The lowest error found for this network is 1.333 (approached, never reached)."
    assert said(run, 0).endswith(best)
    assert run.cumulative_errors[-1] < 1.05 * 4 / 3
    assert said(run).endswith(
        f"{best} This run has come close to that. To get lower, add a unit or an input."
    )


def test_a_linear_hidden_layer_is_a_neuron():
    run = train(hidden=((4, "linear"),), learning_rate=0.01, steps=20_000)
    best = "Linear units only add up, so this network can do no more than one neuron: 1.884 "
    best += "is the lowest error found"
    assert said(run, 0).endswith(f"{best}.")
    assert said(run).endswith(
        f"{best}. This run has come close to that. To get lower, take tanh units instead of linear "
        "ones."
    )


def begun(parameters, activation, n_units=2, at=0, **choices):
    begin = (at, tuple(float(value) for value in parameters), 2)
    return train(hidden=((n_units, activation),), begin=begin, **choices)


def test_dead_units():
    advice = "Try another seed, or tanh instead of relu."
    one = begun([-1, 1, -1, 1, -0.5, 0.5, 3, 1, 0.2], "relu")
    assert said(one, 0).endswith(
        "Unit 1 of 2 is dead: it answers 0 to every row, and no update can change that. "
        f"{advice} The lowest error found for this network is 0.6667 (approached, never reached)."
    )
    both = begun([-1, -1, -1, -1, -0.5, 0, 3, 1, 0.2], "relu")
    for step in (0, 10_000):
        assert said(both, step).endswith(
            "All 2 relu units are dead: each answers 0 to every row, and no update can change "
            f"that. The network answers the same to every row. {advice}"
        )
    assert len(set(both.network_at(10_000).predict(both.plan.train_inputs)[:, 0])) == 1
    three = begun([-1, 1, -1, -1, 1, -1, 0, 0, 0, 1, 1, 1, 0], "relu", 3)
    assert "Units 1 and 3 of 3 are dead: each answers 0 to every row" in said(three, 0)
    alone = begun([-1, -1, 0, 1, 0], "relu", 1)
    assert "The relu unit is dead: it answers 0 to every row" in said(alone, 0)


def test_hidden_units_at_their_ends():
    run = begun([1, 0, 1, 0, 20, -20, 0.1, 0.1, 0], "tanh", learning_rate=0.01, steps=10)
    assert "All 2 hidden units are at an end of tanh" not in said(run, 0)
    told = "All 2 hidden units are at an end of tanh for every row, where it is flat (no slope abo"
    advice = "Try a smaller learning rate, or standardise the inputs."
    assert told in said(run, 1)
    assert advice in said(run, 1)
    # One that does not rest is enough.
    other = begun([0.1, 0, 0, 0, 0, -20, 0.1, 0.1, 0], "tanh", learning_rate=0.01, steps=10)
    assert "at an end" not in said(other, 1)


def test_stuck_far_above_the_best():
    # Weights of 0 on rows around the middle: no weight has a slope, and 0.5 is the mean.
    points = ((1, 1), (-1, -1), (1, -1), (-1, 1))
    run = rows(
        points, (0, 0, 1, 1), hidden=((2, "tanh"),), begin=(0, (0.0,) * 9, 2), learning_rate=0
    )
    assert said(run, 1).endswith(
        f"{FREE} The error is almost level here: its gradient is 0 long. Try another seed."
    )


def test_the_best_may_still_be_looked_for():
    for choices in ({}, {"hidden": ((4, "tanh"),)}):
        run = train(steps=10, **choices)
        told = moment(run, 10, measured(run.plan, quick=True))
        assert told.endswith("The lowest error that this model can have is being looked for.")
        assert "Answering 0.5" in told or "worse than answering 0.5 to everything (2)" in told


def test_a_branch_counts_on_and_its_own_start_is_not_random():
    parameters = [1, 0, 0, 1, 0, 0, 1, 1, 0]
    assert said(begun(parameters, "tanh"), 0).startswith("Before training, the cumulative error")
    branch = begun(parameters, "tanh", at=400, steps=500)
    assert said(branch, 400).startswith("After 400 updates the cumulative error is")
    assert moments(branch, measured(branch.plan))[0] == said(branch, 400)


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"learning_rate": 10.0},
        {"hidden": ((8, "relu"),), "learning_rate": 1.0},
        {"output": "linear", "learning_rate": 1.0},
    ],
    ids=repr,
)
def test_all_moments_say_what_each_says_alone(choices):
    run = train(steps=300, record_every=3, **choices)
    together = moments(run, measured(run.plan))
    assert together == tuple(said(run, step) for step in run.recorded_steps.tolist())


def test_a_thousand_moments_take_less_than_150_ms():
    run = train(hidden=((8, "relu"),), learning_rate=1.0, steps=9_990, record_every=10)
    measures = measured(run.plan)
    assert len(run.recorded_steps) == 1_000
    with at_most(0.15):
        moments(run, measures)


def test_rows_that_a_line_separates():
    run = rows(((0, 0), (1, 0), (5, 1), (6, 1)), (0, 0, 1, 1), seed=3)
    assert said(run).endswith("4 of 4 rows are right. Every row is on the right side.")
    wrong = next(step for step in range(10_000) if error_and_right(run, step)[1] < 4)
    assert said(run, wrong).endswith(
        "A straight line can separate these rows, so one neuron can get all of them right."
    )


def test_a_best_that_is_only_approached():
    run = rows(((1, 1), (1, 1), (3, 1)), (0, 1, 1))
    measures = yardsticks(run.plan)
    assert not measures.best.attained
    assert measures.best.error == pytest.approx(0.5, abs=1e-9)
    assert said(run).endswith(
        "Answering 0.5 to everything would give 0.75. The lowest error that one neuron can have "
        "here is 0.5 (approached, never reached). No straight line gets more than 2 of the 3 "
        "rows right. This run has come close to that, and no model gets lower: equal rows have "
        "different targets."
    )


def test_rows_in_one_place():
    run = rows(((1, 1),) * 4, (0, 1, 0, 1))
    assert said(run).endswith(
        "The lowest error that one neuron can have here is 1. No straight line gets more than 2 of "
        "the 4 rows right. This run has come close to that, and no model gets lower: equal rows "
        "have different targets."
    )


@given(
    st.lists(
        st.tuples(st.sampled_from([0.0, 1.0, 1.001, 3.0]), st.sampled_from([0.0, 0.5, 2.0]),
                  st.integers(0, 1)), min_size=1, max_size=7),
    st.sampled_from([0.01, 1.0, 10.0]), st.integers(0, 5), st.sampled_from([1, 20, 300]),
)  # fmt: skip
@settings(max_examples=40, deadline=None)
def test_what_is_said_of_any_neuron_is_so(placed, rate, seed, steps):
    points, targets = [each[:2] for each in placed], [each[2] for each in placed]
    run = rows(points, targets, learning_rate=rate, seed=seed, steps=steps)
    X, t = np.array(points), np.array(targets)
    measures = reached(measured(run.plan), run.cumulative_errors_between(0, steps).min())
    for step in {0, steps // 2, steps}:
        told = moment(run, step, measures)
        w1, w2, b = run.parameters_at(step)
        p = 1 / (1 + np.exp(-(X @ [w1, w2] + b)))
        error, right = np.square(p - t).sum(), ((p >= 0.5) == t).sum()
        assert ("worse than answering 0.5" in told) == (error > len(t) / 4 and right < len(t))
        assert ("Every row is on the right side" in told) == (right == len(t))
        alike = [t[(x == X).all(axis=1)] for x in np.unique(X, axis=0)]
        least = sum(each.sum() * (len(each) - each.sum()) / len(each) for each in alike)
        if found := re.search(
            r"(found for|that) one neuron (?:can have )?here is (\d+(?:\.\d+)?)", told
        ):
            assert float(found[2]) <= error * (1 + 1e-3)
            # What is not called found cannot be lower, whatever the model.
            assert (found[1] == "that") == (abs(measures.best.error - least) < 1e-8)
        if "no model gets lower" in told:
            assert 0 < least == pytest.approx(float(found[2]), abs=1e-3)
        if "can separate these rows" in told:
            signs = 2 * t - 1
            lines = signs[:, None] * np.column_stack([X, np.ones(len(t))])
            assert linprog(np.zeros(3), -lines, -np.ones(len(t)), bounds=(None, None)).status == 0
        if found := re.search(r"its slope is (\S+) at the most", told):
            assert (np.abs(p - 0.5) > 0.499).all()
            assert float(read(found[1])) == pytest.approx((p * (1 - p)).max(), rel=0.06)
        if found := re.search(r"its gradient is (\S+) long", told):
            each = 2 * (p - t) * p * (1 - p)
            length = np.linalg.norm(np.column_stack([X, np.ones(len(t))]).T @ each)
            assert length < 1e-3
            assert float(read(found[1])) == pytest.approx(length, rel=0.06, abs=1e-12)


def test_what_is_printed_of_an_update_computes_to_what_is_printed():
    draws = np.random.default_rng(0)
    texts = []
    number = r"[-0-9.]+(?: \\cdot 10\^\{-?\d+\})?"
    for n in range(60):
        *values, rate = draws.uniform(-2, 2, 6).round(2 + n % 3 * 2).tolist()
        layer = Layer(np.array(values[:2])[:, None], [values[2]], "sigmoid")
        row = values[3:5]
        z, p, error, outer, local, x, slopes, w, b = neuron_update(
            trace_update(Network((layer,)), row, n % 2, learning_rate=abs(rate))
        )
        z_told, p_told, *others = (line.split(" = ")[-1] for line in (z, p, outer, local, b))
        outer_told, local_told, b_told = others
        texts += [z, error, f"1 / (1 + e^{{-({z_told})}}) = {p_told}"]
        texts.append(f"2 \\cdot ({p_told} - {n % 2}) = {outer_told}")
        texts.append(f"{p_told} \\cdot (1 - {p_told}) = {local_told}")
        rows = (line.split(" = ")[-1].partition(r" \qquad")[0] for line in (slopes, w))
        slopes_told, after_told = (re.findall(number, row) for row in rows)
        before = re.findall(rf"\\cdot \(?({number})\)?", z)
        told = re.findall(r"- (.*?) \\cdot \\frac", w)[0]
        for i, (old, slope, new) in enumerate(zip(before, slopes_told, after_told, strict=True)):
            given = re.findall(number, x.split(" = ")[2])[i]
            texts.append(f"({outer_told}) \\cdot {local_told} \\cdot ({given}) = {slope}")
            texts.append(f"({old}) - {told} \\cdot ({slope}) = {new}")
        bias = z.split(" = ")[-2].split(" + ")[-1]
        texts.append(f"{bias} - {told} \\cdot ({outer_told}) \\cdot {local_told} = {b_told}")
    count, wrong = computations(texts)
    assert (wrong, count) == ([], 60 * 10)
