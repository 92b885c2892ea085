"""What a run is measured against: the figures of the eight rows, with other inputs and rows."""

import numpy as np
import pytest

from nnviz.nn.activations import sigmoid
from nnviz.training.baselines.single_neuron import best_neuron
from nnviz.training.baselines.yardsticks import OF_A_RUN, reached, yardsticks
from tests.runs import plan_of, run_of


def test_the_eight_rows():
    measures = yardsticks(plan_of())
    assert measures.guess == 2.0
    assert measures.best.attained
    assert measures.best.error == pytest.approx(1.8838062484862979, rel=1e-9)
    np.testing.assert_allclose(measures.best.parameters[:-1], [0.13347665, 0.4076116], atol=1e-7)
    assert measures.best.parameters[-1] == pytest.approx(-0.99581018, abs=1e-7)
    # The lowest error and the most rows are not the same thing.
    assert (measures.best.n_correct, measures.line.n_correct) == (4, 6)


def test_which_rows_the_best_line_gives_up():
    wrong = set(yardsticks(plan_of()).line.wrong_rows)
    assert wrong in ({3, 4}, {1, 5}, {6, 7})


def test_sin_x1_is_the_only_single_input_that_frees_the_neuron():
    free = {
        feature
        for feature in ("x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")
        if yardsticks(plan_of(features=(feature,))).best.error == 0
    }
    assert free == {"sin x1"}
    # The line is one on the plane of x1 and x2, whatever else the neuron is given.
    assert yardsticks(plan_of(features=("sin x1",))).line.n_correct == 6


def test_standardising_changes_the_weights_and_not_the_error():
    raw, scaled = yardsticks(plan_of()), yardsticks(plan_of(standardise=True))
    assert scaled.best.error == pytest.approx(raw.best.error, rel=1e-9)
    assert not np.allclose(scaled.best.parameters[:-1], raw.best.parameters[:-1])
    for chosen, measures in ((plan_of(), raw), (plan_of(standardise=True), scaled)):
        *weights, bias = measures.best.parameters
        z = chosen.train_inputs @ weights + bias
        assert np.square(sigmoid(z) - chosen.sample.y).sum() == pytest.approx(measures.best.error)


def test_the_rate_the_seed_and_the_length_do_not_matter():
    one = yardsticks(plan_of())
    other = yardsticks(plan_of(learning_rate=5.0, seed=9, order="in turn"))
    assert (one.guess, one.best.error) == (other.guess, other.best.error)


def test_rows_that_a_line_separates():
    rows = plan_of(rows=((0, 0), (1, 0), (4, 1)), targets=(0, 0, 1))
    measures = yardsticks(rows)
    assert measures.guess == 0.75
    assert (measures.best.error, measures.best.attained) == (0.0, False)
    assert (measures.line.n_correct, measures.line.wrong_rows) == (3, ())


def test_rows_of_which_one_stands_in_another_place_and_two_in_the_same():
    rows = plan_of(rows=((1, 1), (1, 1), (3, 1)), targets=(0, 1, 1))
    measures = yardsticks(rows)
    # Ever steeper, the neuron answers 1 at (3, 1) and 0.5 at (1, 1), where it cannot choose.
    assert measures.best.error == pytest.approx(0.5, abs=1e-9)
    assert not measures.best.attained
    assert measures.line.n_correct == 2


def test_too_much_to_search_is_told():
    many = plan_of(rows=tuple((i, i % 7) for i in range(41)), targets=(0, 1) * 20 + (0,))
    with pytest.raises(ValueError, match="at most 40 rows"):
        yardsticks(many)


def test_what_is_not_searched_is_told():
    two_layers = plan_of(hidden=((2, "tanh"), (2, "tanh")))
    for other in (two_layers, plan_of(output="linear"), plan_of(loss="binary_cross_entropy")):
        with pytest.raises(ValueError, match=r"one hidden layer at the most|n_units must be"):
            yardsticks(other)


def test_all_five_inputs_at_once():
    inputs = ("x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")
    measures = yardsticks(plan_of(features=inputs))
    assert measures.model == "neuron"
    assert (measures.best.error, measures.best.sure) == (0.0, True)


def test_without_a_hidden_layer_the_best_is_that_of_the_neuron():
    plan = plan_of()
    measures, neuron = yardsticks(plan), best_neuron(plan.train_inputs, plan.sample.y)
    assert (measures.model, measures.best.error) == ("neuron", neuron.error)
    np.testing.assert_array_equal(measures.best.parameters, neuron.parameters)


@pytest.mark.parametrize("standardise", [False, True])
@pytest.mark.parametrize(
    ("layer", "expected"),
    [((1, "tanh"), 4 / 3), ((4, "tanh"), 0.0), ((2, "relu"), 2 / 3), ((4, "linear"), 1.8838062)],
)
def test_the_best_of_a_hidden_layer_is_its_own(layer, expected, standardise):
    plan = plan_of(hidden=(layer,), standardise=standardise)
    measures, neuron = yardsticks(plan), best_neuron(plan.train_inputs, plan.sample.y)
    assert measures.model == "network"
    assert measures.best.error == pytest.approx(expected, abs=2e-5)
    assert neuron.error == pytest.approx(1.8838062484862979, rel=1e-9)


def test_a_run_may_come_close_and_never_gets_below():
    run = run_of(hidden=((1, "tanh"),), standardise=True, learning_rate=0.3, steps=20_000)
    best = yardsticks(run.plan).best.error
    assert best - 1e-9 < run.cumulative_errors.min() < 2.0


def test_what_has_to_be_searched_for_can_be_left_out():
    for choices in ({}, {"hidden": ((8, "tanh"),)}):
        quick, full = yardsticks(plan_of(**choices), quick=True), yardsticks(plan_of(**choices))
        assert quick.best is None
        assert (quick.guess, quick.line.n_correct) == (full.guess, full.line.n_correct)


def test_a_run_that_comes_lower_than_the_searches_is_the_best_that_was_found():
    measures = yardsticks(plan_of(rows=((1, 1), (2, 1), (3, 1)), targets=(0, 1, 0)))
    best = measures.best
    assert not best.sure
    for error in (best.error + 0.1, best.error, best.error - 1e-12, np.nan):
        assert reached(measures, error) is measures
    lower = reached(measures, best.error - 0.2).best
    assert (lower.error, lower.sure, lower.attained) == (best.error - 0.2, False, True)
    assert lower.how.startswith(OF_A_RUN)
    # What is proven no run gets below; what is still looked for is not there to be compared.
    sure = yardsticks(plan_of(rows=((1, 1), (1, 1)), targets=(0, 1)))
    assert sure.best.sure
    assert reached(sure, 0.3) is sure
    quick = yardsticks(plan_of(rows=((1, 1), (2, 1)), targets=(0, 1)), quick=True)
    assert reached(quick, 0.0) is quick
