"""Losses and accuracies against cases worked out by hand, and row by row."""

from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.data.split import Split
from nnviz.nn.architecture import Architecture
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.scores import Scores, scores


def plan(sample, loss, output, hidden=(), standardise=False, test_fraction=0.0, **hyperparameters):
    architecture = Architecture(("x1", "x2"), standardise, hidden, output, loss)
    return Plan(sample, architecture, Hyperparameters(**hyperparameters), test_fraction)


def with_split(chosen, train, test):
    """Return the plan with rows held out by hand."""
    vars(chosen)["split"] = Split(np.array(train), np.array(test, dtype=np.int64))
    return chosen


def sigmoid(z):
    return 1 / (1 + exp(-z))


TWO = Sample(np.array([[1.0, 0], [0, 2], [3, 1], [-1, 1], [0.0, 0]]), np.array([1, 0, 1, 1, 0]))


def test_two_classes_by_hand():
    chosen = with_split(plan(TWO, "binary_cross_entropy", "sigmoid"), [0, 1, 4], [2, 3])
    # z = x1 - x2: 1, -2 and 0 to learn from, 2 and -2 held out; then nothing but 0.5.
    found = scores(chosen, np.array([[1.0, -1.0, 0.0], [0.0, 0.0, 0.0]]))
    train = -(log(sigmoid(1)) + log(1 - sigmoid(-2)) + log(0.5)) / 3
    test = -(log(sigmoid(2)) + log(sigmoid(-2))) / 2
    np.testing.assert_allclose(found.train_loss, [train, log(2)], rtol=1e-14)
    np.testing.assert_allclose(found.test_loss, [test, log(2)], rtol=1e-14)
    # An answer of exactly one half names the second class.
    np.testing.assert_allclose(found.train_accuracy, [2 / 3, 1 / 3], rtol=1e-14)
    np.testing.assert_allclose(found.test_accuracy, [1 / 2, 1], rtol=1e-14)


@pytest.mark.parametrize("output", ["tanh", "sigmoid", "linear"])
def test_squared_errors_of_two_classes_by_hand(output):
    chosen = with_split(plan(TWO, "squared_error", output), [0, 1], [3])
    value = {"tanh": np.tanh, "sigmoid": sigmoid, "linear": float}[output]
    low = -1 if output == "tanh" else 0
    found = scores(chosen, np.array([[0.25, -0.5, 0.125]]))
    answers = [value(0.375), value(-0.875), value(-0.625)]
    train = ((answers[0] - 1) ** 2 + (answers[1] - low) ** 2) / 2
    np.testing.assert_allclose(found.train_loss, [train], rtol=1e-14)
    np.testing.assert_allclose(found.test_loss, [(answers[2] - 1) ** 2], rtol=1e-14)
    # The threshold lies halfway between both levels: 0.375 is a second class of tanh only.
    assert found.train_accuracy == [1.0 if output != "linear" else 0.5]
    assert found.test_accuracy == [0.0]


def test_three_classes_by_hand():
    sample = Sample(np.eye(2)[[0, 1, 0]], np.array([0, 1, 2]), classes=("a", "b", "c"))
    # Weights of x1 and of x2 to each class, biases: rows give (1, 2, 0), (3, 0, 0), (1, 2, 0).
    parameters = np.array([[1.0, 2, 0, 3, 0, 0, 0, 0, 0]])
    for loss, output in [("cross_entropy", "softmax"), ("squared_error", "linear")]:
        chosen = with_split(plan(sample, loss, output), [0, 1], [2])
        found = scores(chosen, parameters)
        if loss == "cross_entropy":
            sums = exp(1) + exp(2) + 1, exp(3) + 2
            expected = (log(sums[0] / exp(1)) + log(sums[1])) / 2
            held_out = log(sums[0])
        else:  # summed over the outputs, mean over the rows
            expected = ((0 + 4 + 0) + (9 + 1 + 0)) / 2
            held_out = 1 + 4 + 1
        np.testing.assert_allclose(found.train_loss, [expected], rtol=1e-14)
        np.testing.assert_allclose(found.test_loss, [held_out], rtol=1e-14)
        assert (found.train_accuracy, found.test_accuracy) == ([0.0], [0.0])
        right = scores(chosen, np.array([[1.0, 0, 0, 0, 3, 0, 0, 0, 0]]))
        assert (right.train_accuracy, right.test_accuracy) == ([1.0], [0.0])


NUMBERS = Sample(
    np.array([[1.0, 0], [2, 0], [3, 0], [4, 0], [10, 0]]),
    np.array([10.0, 14, 18, 14, 40]),
    classes=(),
    target="rent",
)


def test_r_squared_by_hand():
    chosen = with_split(plan(NUMBERS, "squared_error", "linear"), [0, 1, 2], [3, 4])
    # 4 x1 + 6 is right three times over, and wrong by 8 and by 6 afterwards.
    found = scores(chosen, np.array([[4.0, 0, 6], [0, 0, 14], [0, 0, 0]]))
    np.testing.assert_allclose(found.train_loss, [0, 32 / 3, (100 + 196 + 324) / 3], atol=1e-12)
    np.testing.assert_allclose(found.train_accuracy, [1, 0, 1 - 620 / 32], rtol=1e-12)
    np.testing.assert_allclose(found.test_loss, [(64 + 36) / 2, 676 / 2, (196 + 1600) / 2])
    np.testing.assert_allclose(
        found.test_accuracy, [1 - 100 / 338, 1 - 676 / 338, 1 - 1796 / 338], rtol=1e-12
    )


def test_the_loss_of_a_standardised_regression_is_in_its_own_scale():
    chosen = plan(NUMBERS, "squared_error", "linear", standardise=True)
    # Always 0: the mean of all targets, so each loss is the square of a standardised target.
    found = scores(chosen, np.zeros((1, 3)))
    np.testing.assert_allclose(found.train_loss, [1.0], rtol=1e-12)
    np.testing.assert_allclose(found.train_accuracy, [0.0], atol=1e-12)


def test_r_squared_of_targets_that_are_all_equal():
    same = Sample(NUMBERS.X, np.full(5, 7.0), classes=())
    found = scores(
        plan(same, "squared_error", "linear"), np.array([[0.0, 0, 7], [0, 0, 8], [1, 0, 0]])
    )
    np.testing.assert_array_equal(found.train_accuracy, [1.0, 0.0, 0.0])


@pytest.mark.parametrize("name", ["circle", "blobs", "plane"])
def test_without_rows_held_out_there_is_nothing_to_be_told_of_them(name):
    loss, output = {
        "circle": ("binary_cross_entropy", "sigmoid"),
        "blobs": ("cross_entropy", "softmax"),
        "plane": ("squared_error", "linear"),
    }[name]
    chosen = plan(toys.make(name, 30, 0.1, 0), loss, output, ((3, "relu"),))
    found = scores(chosen, np.stack([chosen.start, chosen.start]))
    assert np.isnan(found.test_loss).all()
    assert np.isnan(found.test_accuracy).all()
    assert found.test_loss.shape == found.test_accuracy.shape == (2,)
    assert np.isfinite(found.train_loss).all()


@given(st.sampled_from(["circle", "blobs", "plane"]), st.booleans(), st.integers(0, 99))
def test_many_moments_row_by_row(name, standardise, seed):
    """Penalties and dropout have no say."""
    loss, output = {
        "circle": ("binary_cross_entropy", "sigmoid"),
        "blobs": ("cross_entropy", "softmax"),
        "plane": ("squared_error", "linear"),
    }[name]
    sample = toys.make(name, 31, 0.3, seed)
    chosen = plan(
        sample,
        loss,
        output,
        ((4, "tanh"), (2, "relu")),
        standardise,
        0.4,
        l1=0.5,
        l2=2,
        dropout=0.5,
    )
    parameters = generator(seed, "scores").normal(size=(5, chosen.n_parameters))
    found = scores(chosen, parameters)
    for moment in range(5):
        for rows, got_loss, got_accuracy in [
            (chosen.split.train, found.train_loss, found.train_accuracy),
            (chosen.split.test, found.test_loss, found.test_accuracy),
        ]:
            total, right, errors = 0.0, 0, 0.0
            for row in rows:
                given_ = chosen.inputs(sample.X[[row]])
                (answer,) = evaluation.outputs(chosen, parameters[[moment]], given_)[0]
                y = sample.y[row]
                if name == "circle":
                    p = answer[0]
                    total -= log(p if y else 1 - p)
                    right += (p >= 0.5) == (y == 1)
                elif name == "blobs":
                    total -= log(answer[int(y)])
                    right += list(answer).index(max(answer)) == y
                else:
                    mean, scale = chosen.target_scale
                    total += (answer[0] - (y - mean) / scale) ** 2
                    errors += (answer[0] * scale + mean - y) ** 2
            share = right / len(rows)
            if name == "plane":
                y = sample.y[rows]
                share = 1 - errors / ((y - y.mean()) ** 2).sum()
            assert got_loss[moment] == pytest.approx(total / len(rows), rel=1e-8)
            assert got_accuracy[moment] == pytest.approx(share, rel=1e-8)


def test_more_moments_than_fit_into_memory_at_once(monkeypatch):
    chosen = plan(
        toys.make("circle", 30, 0.1, 0), "binary_cross_entropy", "sigmoid", ((3, "tanh"),),
        test_fraction=0.5,
    )  # fmt: skip
    parameters = generator(0, "many").normal(size=(50, chosen.n_parameters))
    at_once = scores(chosen, parameters)
    monkeypatch.setattr(evaluation, "_MOST_VALUES", 7 * 15 * 3)
    in_parts = scores(chosen, parameters)
    for name in vars(at_once):
        np.testing.assert_array_equal(getattr(in_parts, name), getattr(at_once, name))


def test_what_is_beyond_float64_is_told_without_a_warning():
    chosen = plan(NUMBERS, "squared_error", "linear", hidden=((2, "linear"),), test_fraction=0.4)
    parameters = np.full((2, chosen.n_parameters), 1e200)
    parameters[1] = 0.0
    found = scores(chosen, parameters)
    assert not np.isfinite(found.train_loss[0])
    assert not np.isfinite(found.test_accuracy[0])
    assert np.isfinite(found.train_loss[1])
    with pytest.raises(ValueError, match="read-only"):
        found.train_loss[0] = 0.0
    assert isinstance(found, Scores)
