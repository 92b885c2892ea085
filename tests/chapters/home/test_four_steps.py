"""The walk through the four steps: the tutorial's row, a case by hand, PyTorch, bad input."""

import numpy as np
import pytest

from nnviz.chapters.home.four_steps import MOST_STEPS, STEPS, walk
from nnviz.data import tutorial
from nnviz.data.tutorial import first_neuron
from nnviz.nn.network import Layer, Network

ROW, TARGET = tutorial.SECOND_ROW, tutorial.SECOND_TARGET


def close(got, expected):
    np.testing.assert_allclose(got, expected, rtol=1e-9)


def at(n_steps, **options):
    return walk(first_neuron(), ROW, TARGET, n_steps, **options)


def test_the_first_round_gives_the_tutorials_figures():
    moment = at(3)
    layer = moment.trace.layers[0]
    close(layer.pre_activations, [1.91])
    close(moment.trace.prediction, [0.8710191478537642])
    close(moment.errors, [0.7586743559278976])
    close(layer.derror_dweights[:, 0], [0.39141785971630727, 0.2935633947872305])
    close(layer.derror_dbias, [0.19570892985815364])


def test_the_second_round_follows_from_one_true_step():
    assert at(7).errors == pytest.approx([0.7586743559278976, 0.3848563884], rel=1e-9)
    assert at(7, learning_rate=0.1).errors[1] == pytest.approx(0.7296962527, rel=1e-9)


def test_the_steps_come_round_and_round():
    assert [at(n).step for n in range(10)] == [None, *STEPS, *STEPS, "input"]
    assert [at(n).round for n in range(10)] == [1, 1, 1, 1, 1, 2, 2, 2, 2, 3]
    assert [at(n).next_adjustment for n in range(10)] == [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]
    assert [len(at(n).errors) for n in range(10)] == [0, 0, 0, 1, 1, 1, 1, 2, 2, 2]


def test_a_step_is_made_once_its_round_has_come_to_it():
    assert [at(0).made(step) for step in STEPS] == [False] * 4
    assert [at(6).made(step) for step in STEPS] == [True, True, False, False]
    assert [at(8).made(step) for step in STEPS] == [True] * 4


def test_after_adjusting_the_next_adjustment_is_that_of_the_next_round():
    before, adjusted = at(3), at(4)
    assert before.following is before.trace
    close(adjusted.trace.network.parameters(), first_neuron().parameters())
    assert adjusted.following.network is adjusted.trace.updated
    assert adjusted.following.error == at(7).errors[1]


def test_one_step_by_hand():
    # Zeros predict 1/2; the slope by the sum is 2 (1/2 - 1) 1/4 = -1/4, and all inputs are 1.
    zeros = Network((Layer(np.zeros((2, 1)), np.zeros(1), "sigmoid"),))
    moment = walk(zeros, [1, 1], 1, 4)
    assert moment.errors == (0.25,)
    assert moment.trace.updated.parameters().tolist() == [0.25, 0.25, 0.25]
    half = walk(zeros, [1, 1], 1, 4, learning_rate=0.5)
    assert half.trace.updated.parameters().tolist() == [0.125, 0.125, 0.125]


def test_the_error_falls_in_every_one_of_the_hundred_rounds():
    errors = at(MOST_STEPS).errors
    assert len(errors) == 100
    assert all(np.diff(errors) < 0)
    assert errors[-1] < 0.001


def test_the_rounds_are_those_of_pytorch(torch):
    weights = torch.tensor(tutorial.FIRST_WEIGHTS, dtype=torch.float64, requires_grad=True)
    bias = torch.tensor(tutorial.FIRST_BIAS, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.SGD([weights, bias], lr=1.0)
    errors = []
    for _ in range(12):
        optimiser.zero_grad()
        prediction = torch.sigmoid(
            torch.dot(torch.tensor(ROW, dtype=torch.float64), weights) + bias
        )
        error = (prediction - TARGET) ** 2
        error.backward()
        optimiser.step()
        errors.append(error.item())
    close(at(48).errors, errors)
    close(at(48).trace.updated.parameters(), [*weights.tolist(), bias.item()])


@pytest.mark.parametrize("n_steps", [-1, MOST_STEPS + 1, 10**30])
def test_a_walk_has_its_limits(n_steps):
    with pytest.raises(ValueError, match="n_steps must be between 0 and 400"):
        at(n_steps)


@pytest.mark.parametrize("n_steps", [2.5, True, "3", None, float("nan")])
def test_steps_are_whole_numbers(n_steps):
    with pytest.raises(TypeError, match="n_steps must be a whole number"):
        at(n_steps)


def test_what_does_not_fit_is_refused_with_a_sentence():
    with pytest.raises(ValueError, match="input_vector must hold 2 numbers, but holds 3"):
        walk(first_neuron(), [1, 2, 3], 0, 1)
    with pytest.raises(ValueError, match="finite"):
        walk(first_neuron(), [1, np.nan], 0, 1)
    with pytest.raises(ValueError, match="learning_rate must be at least 0"):
        at(1, learning_rate=-1)
    with pytest.raises(TypeError, match="network must be a Network"):
        walk(None, ROW, TARGET, 1)
