"""Questions about a prediction: every answer by an independent computation."""

import math

import numpy as np
import pytest

from nnviz.network import Layer, Network
from nnviz.questions import prediction_questions
from nnviz.sentences.digits import digits
from nnviz.trace import trace_update


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
