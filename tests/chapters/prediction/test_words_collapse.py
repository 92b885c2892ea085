"""The sentences of a stack and its fold."""

import pytest

from nnviz.chapters.prediction.linear_collapse import compare, fold, random_stack
from nnviz.chapters.prediction.words_collapse import (
    between_name,
    counted,
    folding,
    row_name,
    waiting,
)
from nnviz.data.tutorial import eight_rows
from nnviz.nn.layers import Layer
from nnviz.nn.network import Network

X = eight_rows().X


def states(n_hidden=2, n_units=3, between="linear", last="sigmoid", seed=2):
    folded = fold(random_stack(n_hidden, n_units, between, last, seed=seed))
    return folded, compare(folded, X)


def by_hand(between):
    network = Network(
        (
            Layer([[1.0, -1.0], [2.0, 1.0]], [0.5, -0.5], between),
            Layer([[3.0], [4.0]], [-1.0], "linear"),
        )
    )
    return fold(network)


def test_linear_layers_fold():
    folded = by_hand("linear")
    assert folding(folded, compare(folded, [[1.0, 1.0], [-1.0, 2.0]])) == (
        "Two layers with 6 weights and 3 biases fold into one layer with 2 weights and 1 bias. "
        "Both give the same output on all 2 rows."
    )


def test_rounding_and_the_last_sigmoid_are_told():
    folded, comparison = states()
    told = folding(folded, comparison)
    assert told.startswith("Three layers with 18 weights and 7 biases fold into one layer with ")
    assert (
        "2 weights and 1 bias, and the sigmoid after it. Both give the same output on all 8" in told
    )
    assert told.endswith("× 10⁻¹⁶, is rounding.")


def test_with_an_activation_the_worst_row_is_told():
    folded = by_hand("relu")
    assert folding(folded, compare(folded, [[-1.0, 2.0], [1.0, 1.0]])) == (
        "With relu between the layers the folded one is no longer the same: on row 2, (1, 1), the "
        "stack gives 9.5 and the folded layer 7.5. They lie 2 apart."
    )


def test_an_activation_that_changes_nothing_here():
    folded = by_hand("relu")
    told = folding(folded, compare(folded, [[-1.0, 2.0], [0.5, 3.0]]))
    assert told == (
        "On these 2 rows relu changes no output: one layer with 2 weights and 1 bias gives the "
        "same. On other rows it may not."
    )


@pytest.mark.parametrize("between", ["linear", "leaky_relu"])
def test_before_the_prediction_nothing_is_given_away(between):
    folded, comparison = states(between=between)
    told = waiting(folded, comparison)
    assert told.startswith("Three layers with 18 weights and 7 biases")
    assert ("leaky relu between them" in told) is (between == "leaky_relu")
    assert f"{comparison.stacked[0]:.4g} for row 1, (3, 1.5)" in told
    assert "2 weights" not in told
    assert "same" not in told


def test_names():
    folded, comparison = states(between="leaky_relu")
    assert between_name(folded) == "leaky relu"
    assert between_name(by_hand("linear")) == "no activation"
    assert row_name(comparison, 4) == "(3.5, 0.5)"
    assert [counted(n, "bias") for n in (1, 2)] == ["1 bias", "2 biases"]
    assert [counted(n, "weight") for n in (1, 2)] == ["1 weight", "2 weights"]
