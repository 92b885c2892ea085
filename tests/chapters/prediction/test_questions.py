"""Questions about a prediction and about a collapsed stack."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.chapters.prediction.linear_collapse import collapse_layers, compare, random_stack
from nnviz.chapters.prediction.questions import collapse_questions, prediction_questions
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.text.digits import digits
from tests.nn import tables


def questions(row, weights=(1.45, -0.66), bias=0.0, activation="sigmoid", threshold=0.5):
    network = Network((Layer(np.array(weights)[:, None], [bias], activation),))
    return prediction_questions(trace_update(network, row, 1, learning_rate=0), threshold)


@pytest.mark.parametrize("row", [(1.66, 1.56), (2.0, 1.5), (-2.0, 1.0), (0.0, 0.0)])
@pytest.mark.parametrize("threshold", [0.1, 0.5, 0.9])
def test_the_answers_of_a_sigmoid(row, threshold):
    z = 1.45 * row[0] - 0.66 * row[1]
    p = 1 / (1 + math.exp(-z))
    sign, answer, *weights = questions(row, threshold=threshold)
    assert sign.answer == ("positive" if z > 0 else "negative" if z < 0 else "zero")
    assert digits(z) in sign.reason
    assert answer.answer == ("1" if p >= threshold else "0")
    for i, question in enumerate(weights):
        way = "rises" if row[i] > 0 else "falls" if row[i] < 0 else "stays"
        assert question.answer == f"it {way}"
    assert len(weights) == 2


def test_a_relu_that_is_off_stays():
    *_, first, second = questions((1.0, -1.0), weights=(-5, 5), activation="relu")
    assert first.answer == second.answer == "it stays"
    assert "0 before and after" in first.reason


def test_another_state_is_another_question():
    states = [
        questions((1.0, 2.0)),
        questions((1.0, 2.1)),
        questions((1.0, 2.0), threshold=0.4),
        questions((1.0, 2.0), activation="tanh"),
        questions((1.0, 2.0), bias=0.1),
    ]
    about = [question.about for state in states for question in state]
    assert len(set(about)) == len(about)


quarter = st.integers(-20, 20).map(lambda n: n / 4)  # exact in float64, as are their products


@given(st.sampled_from(sorted(ACTIVATIONS)), *[quarter] * 5, st.sampled_from([-1.0, 0.0, 0.5, 0.9]))
@example("relu", 1.0, -1.0, -5.0, 5.0, 0.0, 0.0)
@example("sigmoid", 0.0, 0.0, 1.0, 1.0, 0.0, 0.5)
def test_every_answer_is_right(activation, x1, x2, w1, w2, bias, threshold):
    z = x1 * w1 + x2 * w2 + bias
    value = tables.ACTIVATIONS[activation][1]
    sign, answer, *weights = questions((x1, x2), (w1, w2), bias, activation, threshold)
    assert sign.answer == ("positive" if z > 0 else "negative" if z < 0 else "zero")
    if abs(value(z) - threshold) > 1e-9 or activation in ("relu", "linear"):
        assert answer.answer == ("1" if value(z) >= threshold else "0")
    for question in weights:
        x = (x1, x2)[int(question.about.split()[1])]
        before, after = value(z), value(z + x)
        if before != after and abs(after - before) < 1e-12:
            continue  # whether so little is a change depends on the last digit
        way = "rises" if after > before else "falls" if after < before else "stays"
        assert question.answer == f"it {way}"
        assert f" to {digits(z + x)}, and" in question.reason
    for question in (sign, answer, *weights):
        assert question.answer in question.options
        assert len(set(question.options)) == len(question.options)


def test_numbers_that_are_close_are_told_apart():
    p = 1 / (1 + math.exp(-1.3774))
    answer = questions((1.66, 1.56), threshold=p + 1e-9)[1]
    assert answer.answer == "0"
    shown, limit = answer.reason.removesuffix(".").split(", the threshold ")
    assert shown.split()[-1] != limit


X = eight_rows().X


def asked(n_hidden=2, n_units=3, between="linear", last="sigmoid", seed=2):
    collapse = collapse_layers(random_stack(n_hidden, n_units, between, last, seed=seed))
    return collapse_questions(collapse, compare(collapse, X))


@pytest.mark.parametrize("n_hidden", [1, 2, 3])
@pytest.mark.parametrize("n_units", [1, 2, 3, 4])
def test_two_weights_are_left_of_any_stack(n_hidden, n_units):
    left, *_ = asked(n_hidden, n_units)
    total = 2 * n_units + (n_hidden - 1) * n_units**2 + n_units
    assert left.answer == "2"
    assert str(total) in left.options
    assert f"The stack has {total} weights and {n_hidden * n_units + 1} biases" in left.prompt
    assert f"A matrix of 2 × {n_units} times" in left.reason
    assert "a matrix of 2 × 1" in left.reason


def test_tanh_between_linear_layers_prevents_the_collapse():
    _, other, larger = asked()
    bent = collapse_layers(random_stack(2, 3, "tanh", "sigmoid", seed=2))
    result = compare(bent, X)
    assert other.prompt.startswith("Put tanh between the layers.")
    assert other.answer == "no"
    assert f"On row {result.worst + 1}," in other.reason
    assert f"the stack gives {result.stacked[result.worst]:.4g}" in other.reason
    assert larger.answer == "both the same"
    assert "With no activation between the layers" in larger.prompt


@pytest.mark.parametrize("between", [name for name in ACTIVATIONS if name != "linear"])
def test_without_the_activation_it_folds_again(between):
    _, other, _ = asked(between=between)
    assert other.prompt.startswith(f"Take {between.replace('_', ' ')} away again")
    assert other.answer == "yes"
    assert "A product of matrices is one matrix" in other.reason


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("between", ["tanh", "relu", "softplus"])
def test_the_larger_output(between, seed):
    larger = asked(between=between, seed=seed)[2]
    network = random_stack(2, 3, between, "sigmoid", seed=seed)
    result = compare(collapse_layers(network), X)
    if result.same:
        assert larger.answer == "both the same"
        return
    row = int(np.argmax(np.abs(result.differences)))
    assert f"on row {row + 1}, " in larger.prompt
    bigger = "the stack’s" if result.stacked[row] > result.collapsed[row] else "the folded one’s"
    assert larger.answer == bigger
    assert "as if there were no" in larger.reason


def test_where_relu_changes_nothing_both_are_the_same():
    # In this stack no unit that matters is off on the eight rows.
    collapse = collapse_layers(random_stack(1, 1, "relu", "linear", seed=2))
    comparison = compare(collapse, X)
    assert comparison.same
    larger = collapse_questions(collapse, comparison)[2]
    assert larger.answer == "both the same"
    assert "on these rows relu changes nothing" in larger.reason


def test_another_stack_is_another_question():
    states = [{}, {"seed": 3}, {"between": "tanh"}, {"last": "linear"}, {"n_units": 2}]
    about = {q.about for state in states for q in asked(**state)}
    assert len(about) == 3 * len(states)


def test_a_sum_that_rounding_alone_keeps_from_0_is_not_asked_about():
    # 0.1 · 3 − 0.3 is 5.6e-17 in float64, and 0 on paper.
    asked = questions((0.1, 1.0), weights=(3.0, -0.3))
    assert not any(question.about.startswith("sign") for question in asked)
    assert questions((1.0, 1.0), weights=(3.0, -3.0))[0].answer == "zero"


def test_a_rise_that_a_float_cannot_hold_is_not_asked_about():
    asked = questions((2.0, 1.0), weights=(30.0, 0.0))
    assert not any(question.about.startswith("weight 0") for question in asked)
