"""What one update did to every row, against plain NumPy."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.losses import ELEMENTWISE, LOSSES
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from nnviz.walkthrough.update_effect import UpdateEffect, row_errors, update_effect
from tests.random_networks import random_network

X, Y = [[1.66, 1.56], [2.0, 1.5]], [1.0, 0.0]


def tutorial_neuron():
    return Network((Layer([[1.45], [-0.66]], [0.0], "sigmoid"),))


def errors_by_hand(weights, bias, x, y):
    return (1 / (1 + np.exp(-(np.array(x) @ weights + bias))) - y) ** 2


def test_fixing_one_row_of_the_tutorial_spoils_the_other():
    effect = update_effect(trace_update(tutorial_neuron(), X[1], Y[1], learning_rate=1), X, Y)
    weights = np.array([1.45, -0.66]) - [0.39141785971630727, 0.2935633947872305]
    after = errors_by_hand(weights, -0.19570892985815364, X, Y)
    np.testing.assert_allclose(
        effect.before, [0.040572794339660705, 0.7586743559278976], rtol=1e-9, strict=True
    )
    np.testing.assert_allclose(effect.after, after, rtol=1e-9)
    np.testing.assert_allclose(effect.after[1], 0.3848563884, rtol=1e-9)
    assert (effect.gained, effect.lost) == ((1,), (0,))
    # It gained more than the other lost, which the sum alone would tell.
    assert effect.after.sum() < effect.before.sum()
    assert effect.after[0] - effect.before[0] == pytest.approx(after[0] - 0.040572794339660705)


@pytest.mark.parametrize("learned", range(8))
def test_the_eight_rows(learned):
    data = eight_rows()
    trace = trace_update(tutorial_neuron(), data.X[learned], data.y[learned], learning_rate=0.1)
    effect = update_effect(trace, data.X, data.y)
    parameters = trace.updated.parameters()
    before = errors_by_hand([1.45, -0.66], 0, data.X, data.y)
    after = errors_by_hand(parameters[:2], parameters[2], data.X, data.y)
    np.testing.assert_allclose(effect.before, before, rtol=1e-9)
    np.testing.assert_allclose(effect.after, after, rtol=1e-9)
    assert effect.gained == tuple(i for i in range(8) if after[i] < before[i])
    assert effect.lost == tuple(i for i in range(8) if after[i] > before[i])
    assert learned in effect.gained
    assert effect.before[learned] == pytest.approx(trace.error, rel=1e-14)
    assert effect.after[learned] == pytest.approx(trace.error_after, rel=1e-14)


@pytest.mark.parametrize("loss", ELEMENTWISE)
def test_the_errors_of_several_outputs_are_added(loss):
    network = random_network((2, 3, 2), ("tanh", "sigmoid"), seed=4)
    y = [[0.0, 1.0], [0.25, 0.5]]
    trace = trace_update(network, X[0], y[0], loss=loss)
    effect = update_effect(trace, X, y)
    for errors, net in ((effect.before, trace.network), (effect.after, trace.updated)):
        by_hand = [
            sum(
                float(LOSSES[loss].value(p, t))
                for p, t in zip(net.predict([x])[0], ts, strict=True)
            )
            for x, ts in zip(X, y, strict=True)
        ]
        np.testing.assert_allclose(errors, by_hand, rtol=1e-12, strict=True)
    np.testing.assert_array_equal(effect.before, row_errors(network, X, y, loss))


def test_a_rate_of_0_leaves_everybody_as_they_are():
    effect = update_effect(trace_update(tutorial_neuron(), X[0], Y[0], learning_rate=0), X, Y)
    np.testing.assert_array_equal(effect.before, effect.after)
    assert effect.gained == effect.lost == ()


def test_who_gains_and_who_loses():
    effect = UpdateEffect(np.array([1.0, 2.0, 3.0, 0.0]), np.array([2.0, 1.0, 3.0, 0.5]))
    assert effect.gained == (1,)
    assert effect.lost == (0, 3)
    assert all(type(row) is int for row in effect.gained + effect.lost)
    with pytest.raises(ValueError, match="read-only"):
        effect.after[0] = 0


def test_what_left_float64_is_neither_a_warning_nor_a_gain():
    nan, inf = np.nan, np.inf
    effect = UpdateEffect(np.array([nan, 1.0, inf, inf, 1.0]), np.array([1.0, nan, 1.0, inf, inf]))
    assert (effect.gained, effect.lost) == ((2,), (4,))


def test_errors_beyond_float64_are_infinite_or_nan():
    linear = Network((Layer([[1e100], [1e100]], [0.0], "linear"),))
    np.testing.assert_array_equal(
        row_errors(linear, [[1e100, 1e100], [1.0, 0.0], [0.0, 0.0]], [0, 0, 2], "squared_error"),
        [np.inf, 1e200, 4],
    )
    # infinity - infinity on the way to the sum
    hidden = Layer([[1e300, 1e300]], [0.0, 0.0], "linear")
    apart = Network((hidden, Layer([[1.0], [-1.0]], [0.0], "tanh")))
    assert np.isnan(row_errors(apart, [[1e100]], [0], "squared_error")).all()
    # Each of two outputs fits, their sum does not.
    pair = Network((Layer([[1.2e154, 1.2e154]], [0.0, 0.0], "linear"),))
    assert row_errors(pair, [[1.0]], [[0, 0]], "squared_error") == np.inf


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        ({"trace": None}, TypeError, "trace must be a Trace"),
        ({"X": [[1.0]]}, ValueError, "X must have 2 columns, but has 1"),
        ({"X": [[1.0, np.nan]]}, ValueError, "X must hold finite"),
        ({"y": [1.0]}, ValueError, "y must have 2 rows, one per row of X, not 1"),
        ({"y": [1.0, 0.0, 1.0]}, ValueError, "y must have 2 rows, one per row of X, not 3"),
        ({"y": [[1.0, 0.0]] * 2}, ValueError, "y must have 1 column"),
    ],
)
def test_what_is_refused(arguments, error, sentence):
    good = {"trace": trace_update(tutorial_neuron(), X[1], 0), "X": X, "y": Y}
    with pytest.raises(error, match=sentence):
        update_effect(**{**good, **arguments})


def test_targets_without_a_meaning_for_the_loss_are_refused():
    trace = trace_update(tutorial_neuron(), X[1], 0, loss="binary_cross_entropy")
    with pytest.raises(ValueError, match="y must be between 0 and 1"):
        update_effect(trace, X, [0.0, 2.0])
