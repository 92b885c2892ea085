"""Maps of answers against the network, asked at single points."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data import toys
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.network_maps import answer_maps, answer_range
from nnviz.training.plan import Plan

# Neither as wide as high, nor about 0.
PLANE = Plane(-2, 5, 1, 4, 7)
TASKS = {
    "two classes": ("circle", "binary_cross_entropy", "sigmoid"),
    "two by tanh": ("circle", "squared_error", "tanh"),
    "two by a line": ("circle", "squared_error", "linear"),
    "several": ("blobs", "cross_entropy", "softmax"),
    "several by tanh": ("blobs", "squared_error", "tanh"),
    "several by a line": ("blobs", "squared_error", "linear"),
    "regression": ("plane", "squared_error", "linear"),
    "regression by tanh": ("plane", "squared_error", "tanh"),
}


def plan(task="two classes", hidden=((3, "tanh"),), inputs=("x1", "x2"), standardise=True):
    name, loss, output = TASKS[task]
    sample = toys.make(name, 60, 0.2, 1)
    return Plan(sample, Architecture(inputs, standardise, hidden, output, loss))


def drawn(chosen, n=3, seed=0, size=1.5):
    return generator(seed, "maps").normal(scale=size, size=(n, chosen.n_parameters))


def asked(chosen, parameters, row, column):
    """Return what the inputs are and what every layer gives at one point of the plane."""
    given_ = chosen.inputs([(PLANE.x[column], PLANE.y[row])])
    layers = evaluation.activations(chosen, parameters[np.newaxis], given_)
    return [given_[0], *(layer[0, 0] for layer in layers)]


def test_row_0_is_the_lowest_y_and_column_0_the_lowest_x():
    chosen = plan(hidden=(), inputs=("x1", "x2"), standardise=False)
    (answers,) = answer_maps(chosen, np.array([[0.0, 100.0, -250.0]]), PLANE)
    # The network says 1 above x2 = 2.5, 0 below, and one half there.
    assert answers[:, 3].tolist() == [0, 0, 0, 128, 255, 255, 255]
    (answers,) = answer_maps(chosen, np.array([[100.0, 0.0, -150.0]]), PLANE)
    assert answers[3].tolist() == [0, 0, 0, 128, 255, 255, 255]


@given(st.sampled_from(sorted(TASKS)), st.booleans(), st.integers(0, 50))
def test_the_answers_at_every_point(task, standardise, seed):
    chosen = plan(task, standardise=standardise)
    parameters = drawn(chosen, 2, seed)
    maps = answer_maps(chosen, parameters, PLANE)
    assert maps.shape == (2, 7, 7)
    low, high = (-1, 1) if chosen.architecture.output == "tanh" else (0, 1)
    for moment in range(2):
        for row in range(7):
            for column in range(7):
                answer = asked(chosen, parameters[moment], row, column)[-1]
                found = int(maps[moment, row, column])
                if task.startswith("regression"):
                    bottom, top = answer_range(chosen)
                    (told,) = evaluation.predicted_values(chosen, answer[np.newaxis])
                    expected = 255 * np.clip((told - bottom) / (top - bottom), 0, 1)
                elif chosen.n_outputs == 1:
                    expected = 255 * np.clip((answer[0] - low) / (high - low), 0, 1)
                else:
                    k = chosen.n_outputs
                    told = int(np.argmax(answer))
                    share = np.clip((answer[told] - low) / (high - low), 1 / k, 1)
                    ahead = (share - 1 / k) / (1 - 1 / k)
                    expected = (told + min(ahead, 0.98)) * 255 / k
                    # However sure it is, no class is taken for the next.
                    assert int(found * k / 255.0001) == told or ahead < 1e-2
                assert abs(found - expected) <= 0.5001


@pytest.mark.parametrize("n_classes", [3, 4, 5])
def test_a_class_that_is_certain_or_barely_ahead_stays_its_own(n_classes):
    """By the byte alone it is told which class is named, for every share."""
    sample = toys.make("blobs", 50, 0.1, 1, n_classes=n_classes)
    chosen = Plan(sample, Architecture(("x1", "x2"), False, (), "softmax", "cross_entropy"))
    for told in range(n_classes):
        for lead in (1e-9, 0.3, 2.0, 8.0, 700.0):
            parameters = np.zeros((1, chosen.n_parameters))
            parameters[0, 2 * n_classes + told] = lead  # a bias
            (found,) = set(answer_maps(chosen, parameters, PLANE).ravel().tolist())
            share = 1 / (1 + (n_classes - 1) * np.exp(-lead))
            ahead = (share - 1 / n_classes) / (1 - 1 / n_classes)
            assert (
                abs(found * n_classes / 255 - (told + min(ahead, 0.98))) < 0.5001 * n_classes / 255
            )
            assert told - 0.01 <= found * n_classes / 255 < told + 1


@pytest.mark.parametrize("standardise", [False, True])
def test_the_colours_of_a_regression_span_all_training_targets(standardise):
    sample = Sample(np.array([[0.0, 0], [1, 1], [2, 3], [5, 2]]), np.array([10.0, 20, 60, 30]),
                    classes=())  # fmt: skip
    architecture = Architecture(("x1", "x2"), standardise, (), "linear", "squared_error")
    chosen = Plan(sample, architecture, test_fraction=0.0)
    # About the mean, 30, as far as 60; or about 0.
    assert answer_range(chosen) == pytest.approx((0, 60) if standardise else (-60, 60))
    parameters = np.zeros((3, 3))
    parameters[:, 2] = chosen.targets([60.0, 0.0, 1000.0])[:, 0]
    bytes_ = answer_maps(chosen, parameters, PLANE)[:, 0, 0].tolist()
    assert bytes_ == ([255, 0, 255] if standardise else [255, 128, 255])


def test_targets_that_are_all_0_have_a_range_too():
    sample = Sample(np.array([[0.0, 0], [1, 1], [2, 3]]), np.zeros(3), classes=())
    architecture = Architecture(("x1", "x2"), True, (), "linear", "squared_error")
    assert answer_range(Plan(sample, architecture, test_fraction=0.0)) == (-1.0, 1.0)


@pytest.mark.parametrize("task", sorted(TASKS))
def test_what_is_beyond_float64_is_painted_without_a_warning(task):
    chosen = plan(task, ((2, "relu"), (2, "softplus")))
    huge = np.full((1, chosen.n_parameters), 1e300)
    assert answer_maps(chosen, huge, PLANE).dtype == np.uint8


def test_more_moments_than_fit_into_memory_at_once(monkeypatch):
    chosen = plan("several", ((3, "relu"), (2, "sigmoid")))
    parameters = drawn(chosen, 20)
    answers = answer_maps(chosen, parameters, PLANE)
    monkeypatch.setattr(evaluation, "_MOST_VALUES", 3 * 49 * 3)
    np.testing.assert_array_equal(answer_maps(chosen, parameters, PLANE), answers)
    # And each moment as if it were alone.
    np.testing.assert_array_equal(answer_maps(chosen, parameters[7:8], PLANE)[0], answers[7])


def test_further_columns_are_at_their_mean():
    X = generator(0, "columns").normal(loc=(0, 0, 5, -3), size=(30, 4))
    sample = Sample(X, np.arange(30) % 2, columns=("a", "b", "c", "d"))
    chosen = Plan(sample, Architecture(("x1", "x3", "x4"), False, ()), test_fraction=0.3)
    means = X[chosen.split.train].mean(axis=0)
    parameters = np.array([[0.1, 0.2, 0.3, 0.4]])
    z = 0.1 * PLANE.x + 0.2 * means[2] + 0.3 * means[3] + 0.4
    expected = 255 / (1 + np.exp(-z))
    for row in answer_maps(chosen, parameters, PLANE)[0]:
        assert np.abs(row - expected).max() <= 0.5001
