"""The sentences of a prediction and of a collapsed stack."""

import re
from itertools import product

import numpy as np
import pytest

from nnviz.chapters.prediction.decision import flip_coins
from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chapters.prediction.questions import prediction_questions
from nnviz.chapters.prediction.view_layers import _product
from nnviz.chapters.prediction.words import (
    answer,
    between_name,
    describe_collapse,
    prediction_meanings,
    row_name,
    waiting,
    working,
)
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import counted, latex
from tests.computed import PRINTED, computations, matrices


def trace(bias=0.0, target=1.0, activation="sigmoid"):
    network = Network((Layer(np.array([[1.45], [-0.66]]), [bias], activation),))
    return trace_update(network, (1.66, 1.56), target, learning_rate=0)


def test_the_first_prediction_is_right():
    assert answer(trace(), 0.5, flip_coins(0.7985731042296965, 0)) == (
        "The prediction 0.7986 lies above the threshold 0.5, so the answer is 1: right. As a "
        "probability it says: of 100 such rows about 79.9 should be 1. Here 84 of 100 coins came "
        "up 1."
    )


def test_wrong_answers_name_the_target():
    told = answer(trace(target=0.0), 0.5, None)
    assert told.endswith("so the answer is 1: wrong, for the target is 0.")
    told = answer(trace(bias=-5.0), 0.5, None)
    assert "lies below the threshold 0.5, so the answer is 0: wrong, for the target is 1" in told


@pytest.mark.parametrize("by", [1e-9, -1e-9])
def test_so_many_digits_as_it_takes_to_tell_them_apart(by):
    p = float(trace().prediction[0])
    told = answer(trace(), p + by, None)
    assert ("below" if by > 0 else "above") in told
    first, second = told.split()[2], told.split("threshold ")[1].split(",")[0]
    assert first != second


def test_on_the_threshold_is_a_1():
    p = float(trace().prediction[0])
    assert "is just the threshold, so the answer is 1" in answer(trace(), p, None)


@pytest.mark.parametrize(
    ("bias", "share"),
    [
        (-100.0, "almost none should be 1"),
        (-9.2, "almost none should be 1"),
        (-8.0, "about 0.133 should be 1"),
        (-1.3774, "about 50 should be 1"),
        (4.0, "about 99.5 should be 1"),
        (100.0, "almost all should be 1"),
    ],
)
def test_how_many_of_a_hundred_are_to_be_expected(bias, share):
    made = trace(bias)
    flips = flip_coins(float(made.prediction[0]), 0)
    told = answer(made, 0.5, flips)
    assert f"of 100 such rows {share}. Here {flips.n_ones} of 100 coins came up 1." in told


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_what_is_said_of_the_threshold_is_so(activation):
    for bias, threshold in product((-100.0, -1.3774, 0.0, 100.0), (-100.0, 0.0, 0.5, 1.0, 100.0)):
        made = trace(bias, activation=activation)
        p = float(made.prediction[0])
        told = answer(made, threshold, None)
        assert ("lies above" in told) is (p > threshold)
        assert ("lies below" in told) is (p < threshold)
        assert ("is just" in told) is (p == threshold)
        assert f"so the answer is {1 if p >= threshold else 0}: " in told
        assert told.endswith("right.") is ((p >= threshold) is True)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_box_says_what_it_is_and_no_two_say_the_same(activation):
    meanings = prediction_meanings(trace(activation=activation))
    assert len(set(meanings.values())) == len(meanings)
    assert activation in meanings["act.0.0"]
    assert activation in meanings["a.0.0"]
    assert not [key for key in meanings if key.startswith(("derror", "loss", "error", "local"))]


X = eight_rows().X


def states(n_hidden=2, n_units=3, between="linear", last="sigmoid", seed=2):
    collapse = collapse_layers(random_stack(n_hidden, n_units, between, last, seed=seed))
    return collapse, compare(collapse, X)


def by_hand(between):
    network = Network(
        (
            Layer([[1.0, -1.0], [2.0, 1.0]], [0.5, -0.5], between),
            Layer([[3.0], [4.0]], [-1.0], "linear"),
        )
    )
    return collapse_layers(network)


def test_linear_layers_collapse():
    collapse = by_hand("linear")
    assert describe_collapse(collapse, compare(collapse, [[1.0, 1.0], [-1.0, 2.0]])) == (
        "Two layers with 6 weights and 3 biases fold into one layer with 2 weights and 1 bias. "
        "Both give the same output on all 2 rows."
    )


def test_rounding_and_the_last_sigmoid_are_told():
    collapse, comparison = states()
    told = describe_collapse(collapse, comparison)
    assert told.startswith("Three layers with 18 weights and 7 biases fold into one layer with ")
    assert (
        "2 weights and 1 bias, and the sigmoid after it. Both give the same output on all 8" in told
    )
    assert told.endswith("× 10⁻¹⁶, is rounding.")


def test_with_an_activation_the_worst_row_is_told():
    collapse = by_hand("relu")
    assert describe_collapse(collapse, compare(collapse, [[-1.0, 2.0], [1.0, 1.0]])) == (
        "With relu between the layers the folded one is no longer the same: on row 2, (1, 1), the "
        "stack gives 9.5 and the folded layer 7.5. They lie 2 apart."
    )


def test_an_activation_that_changes_nothing_here():
    collapse = by_hand("relu")
    told = describe_collapse(collapse, compare(collapse, [[-1.0, 2.0], [0.5, 3.0]]))
    assert told == (
        "On these 2 rows relu changes no output: one layer with 2 weights and 1 bias gives the "
        "same. On other rows it may not."
    )


@pytest.mark.parametrize("between", ["linear", "leaky_relu"])
def test_before_the_prediction_nothing_is_given_away(between):
    collapse, comparison = states(between=between)
    told = waiting(collapse, comparison)
    assert told.startswith("Three layers with 18 weights and 7 biases")
    assert ("leaky relu between them" in told) is (between == "leaky_relu")
    assert f"{comparison.stacked[0]:.4g} for row 1, (3, 1.5)" in told
    assert "2 weights" not in told
    assert "same" not in told


def test_names():
    collapse, comparison = states(between="leaky_relu")
    assert between_name(collapse) == "leaky relu"
    assert between_name(by_hand("linear")) == "no activation"
    assert row_name(comparison, 4) == "(3.5, 0.5)"
    assert [counted(n, "bias") for n in (1, 2)] == ["1 bias", "2 biases"]
    assert [counted(n, "weight") for n in (1, 2)] == ["1 weight", "2 weights"]


GROWN = re.compile(rf"input is ({PRINTED}), so .*? goes from ({PRINTED}) to ({PRINTED}), and")


def test_what_is_printed_computes_to_what_is_printed():
    draws = np.random.default_rng(0)
    sums, texts = [], []
    for decimals, activation in product((1, 2, 15), ACTIVATIONS):
        for _ in range(4):
            *weights, bias, x1, x2 = draws.uniform(-2, 2, 5).round(decimals).tolist()
            network = Network((Layer(np.array([weights]).T, [bias], activation),))
            found = trace_update(network, (x1, x2), 1, learning_rate=0)
            terms, z, p = working(found)
            sums.append(f"{terms} = {z}")
            value = float(z.replace(r" \cdot 10^{", "e").replace("}", ""))
            assert latex(float(ACTIVATIONS[activation].value(value)), 8, alone=True) == p
            sign, _, *weight_questions = (q.reason for q in prediction_questions(found, 0.5))
            texts.append(sign)
            for reason in weight_questions:
                (x, before, after), *_ = GROWN.findall(reason)
                texts.append(f"({before}) + ({x}) = {after}")
    n, wrong = computations(sums, 8)
    assert (n, wrong) == (len(sums), [])
    n, wrong = computations(texts)
    assert (n, wrong) == (len(texts), [])


def test_what_is_printed_of_a_stack_computes_to_what_is_printed():
    texts, n_matrices = [], 0
    for depth, units, between, seed in product((2, 3), (1, 3, 4), ("linear", "tanh"), range(4)):
        collapse = collapse_layers(random_stack(depth, units, between, "linear", seed=seed))
        for weights, bias in (_product(collapse, k) for k in range(1, len(collapse.products))):
            one, other, both = map(np.array, matrices(weights))
            before, factor, added, after = map(np.array, matrices(bias))
            n_matrices += 2
            for found, given in ((one @ other, both), (before @ factor + added, after)):
                # Three decimals, or four digits.
                near = np.maximum(5e-4, 5e-4 * np.abs(given)) + 1e-9
                assert (np.abs(found - given) <= near).all()
        sentence = describe_collapse(collapse, compare(collapse, eight_rows().X))
        if "apart" in sentence:
            *_, first, second, apart = re.findall(PRINTED, sentence)
            sign = -1 if float(first.replace("−", "-")) < float(second.replace("−", "-")) else 1
            texts.append(f"{sign} * (({first}) - ({second})) = {apart}")
    n, wrong = computations(texts)
    assert (n, wrong, n_matrices) == (24, [], 240)
