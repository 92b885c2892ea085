"""Questions about folding: every answer is what the core computes."""

import numpy as np
import pytest

from nnviz.chapters.prediction.linear_collapse import compare, fold, random_stack
from nnviz.chapters.prediction.questions_collapse import folding_questions
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS

X = eight_rows().X


def asked(n_hidden=2, n_units=3, between="linear", last="sigmoid", seed=2):
    folded = fold(random_stack(n_hidden, n_units, between, last, seed=seed))
    return folding_questions(folded, compare(folded, X))


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


def test_tanh_between_linear_layers_breaks_the_fold():
    _, other, larger = asked()
    bent = fold(random_stack(2, 3, "tanh", "sigmoid", seed=2))
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
    result = compare(fold(network), X)
    if result.same:
        assert larger.answer == "both the same"
        return
    row = int(np.argmax(np.abs(result.differences)))
    assert f"on row {row + 1}, " in larger.prompt
    bigger = "the stack’s" if result.stacked[row] > result.folded[row] else "the folded one’s"
    assert larger.answer == bigger
    assert "as if there were no" in larger.reason


def test_where_relu_changes_nothing_both_are_the_same():
    # In this stack no unit that matters is off on the eight rows.
    folded = fold(random_stack(1, 1, "relu", "linear", seed=2))
    comparison = compare(folded, X)
    assert comparison.same
    larger = folding_questions(folded, comparison)[2]
    assert larger.answer == "both the same"
    assert "on these rows relu changes nothing" in larger.reason


def test_another_state_is_another_question():
    states = [{}, {"seed": 3}, {"between": "tanh"}, {"last": "linear"}, {"n_units": 2}]
    about = {q.about for state in states for q in asked(**state)}
    assert len(about) == 3 * len(states)
