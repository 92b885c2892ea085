"""What is said of an answer."""

import numpy as np
import pytest

from nnviz.decision import flip_coins
from nnviz.network import Layer, Network
from nnviz.sentences.prediction import answer
from nnviz.trace import trace_update


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
