"""A plan: what the network is given, what it should answer, and where it starts."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from tests.plan_oracle import sample_of

RAW = Architecture(standardise=False)


def test_two_classes_have_one_output_and_more_have_one_each():
    assert Plan(sample_of(n_classes=2)).sizes == (2, 4, 2, 1)
    softmax = Architecture(loss="cross_entropy", output="softmax")
    for n_classes in (2, 3, 5):
        assert Plan(sample_of(n_classes=n_classes), softmax).n_outputs == n_classes
    squared = Architecture(loss="squared_error", output="linear")
    assert [Plan(sample_of(n_classes=n), squared).n_outputs for n in (0, 2, 3, 5)] == [1, 1, 3, 5]


def test_parameters_are_counted_and_start_with_biases_of_zero():
    plan = Plan(sample_of(), Architecture(hidden=((3, "tanh"),)))
    assert plan.n_parameters == 2 * 3 + 3 + 3 * 1 + 1 == len(plan.start)
    assert not plan.start[[6, 7, 8, 12]].any()
    np.testing.assert_array_equal(plan.start, replace(plan).start)
    assert not np.array_equal(plan.start, replace(plan, seed=1).start)


def test_standardised_inputs_have_mean_0_and_deviation_1_over_the_training_rows_alone():
    plan = Plan(sample_of(60), Architecture(inputs=("x1", "x2", "x1*x2")), test_fraction=0.4)
    np.testing.assert_allclose(plan.train_inputs.mean(axis=0), 0.0, atol=1e-12)
    np.testing.assert_allclose(plan.train_inputs.std(axis=0), 1.0)
    X = plan.sample.X[plan.split.train]
    raw = np.column_stack([X, X.prod(axis=1)])
    expected = (plan.sample.X[plan.split.test] - raw.mean(axis=0)[:2]) / raw.std(axis=0)[:2]
    np.testing.assert_allclose(plan.test_inputs[:, :2], expected)


def test_inputs_are_what_their_names_say():
    names = ("x2", "x1^2", "x2^2", "x1*x2", "sin x1", "sin x2")
    plan = Plan(sample_of(), replace(RAW, inputs=names), test_fraction=0.0)
    x1, x2 = np.array([[0.5, -2.0], [1.0, 3.0]]).T
    expected = np.column_stack([x2, x1**2, x2**2, x1 * x2, np.sin(x1), np.sin(x2)])
    np.testing.assert_allclose(plan.inputs(np.column_stack([x1, x2])), expected)
    np.testing.assert_array_equal(plan.train_inputs[:, 0], plan.sample.X[plan.split.train, 1])


def test_a_point_of_the_plane_has_the_other_columns_at_their_mean():
    plan = Plan(sample_of(n_columns=4), replace(RAW, inputs=("x1", "x4", "x3")), test_fraction=0.3)
    rest = plan.sample.X[plan.split.train].mean(axis=0)
    got = plan.inputs([[1.0, 2.0]])
    np.testing.assert_allclose(got, [[1.0, rest[3], rest[2]]])
    whole = plan.inputs([[1.0, 2.0, 3.0, 4.0]])
    np.testing.assert_allclose(whole, [[1.0, 4.0, 3.0]])


def test_targets_of_classes():
    two = Plan(Sample(np.zeros((2, 2)), np.array([0.0, 1.0])), test_fraction=0.0)
    assert two.targets([0, 1]).tolist() == [[0.0], [1.0]]
    tanh = replace(two, architecture=Architecture(loss="squared_error", output="tanh"))
    assert tanh.targets([0, 1]).tolist() == [[-1.0], [1.0]]
    softmax = replace(two, architecture=Architecture(loss="cross_entropy", output="softmax"))
    assert softmax.targets([0, 1]).tolist() == [[1.0, 0.0], [0.0, 1.0]]
    three = Plan(
        sample_of(n_classes=3), Architecture(loss="squared_error", output="tanh"), test_fraction=0.0
    )
    assert three.targets([2, 0]).tolist() == [[-1.0, -1.0, 1.0], [1.0, -1.0, -1.0]]


def test_targets_of_a_regression_are_standardised_with_the_inputs():
    squared = Architecture(loss="squared_error", output="linear")
    plan = Plan(sample_of(40, 0), squared, test_fraction=0.25)
    train = plan.sample.y[plan.split.train]
    np.testing.assert_allclose(plan.target_scale, [train.mean(), train.std()])
    np.testing.assert_allclose(plan.train_targets.mean(), 0.0, atol=1e-12)
    raw = replace(plan, architecture=replace(squared, standardise=False))
    np.testing.assert_array_equal(raw.train_targets[:, 0], train)


@given(st.integers(2, 40), st.integers(1, 60), st.sampled_from([0.0, 0.3, 0.9]))
def test_an_epoch_has_as_many_updates_as_its_rows_need(n_rows, batch_size, share):
    plan = Plan(
        sample_of(n_rows),
        hyperparameters=Hyperparameters(batch_size=batch_size),
        test_fraction=share,
    )
    n = len(plan.split.train)
    assert plan.batch_size == min(batch_size, n)
    assert plan.updates_per_epoch == len(range(0, n, plan.batch_size))
    assert len(plan.train_inputs) == len(plan.train_targets) == n
    assert len(plan.test_inputs) == len(plan.test_targets) == n_rows - n


def test_without_test_rows_there_are_none():
    plan = Plan(sample_of(), test_fraction=0.0)
    assert plan.test_inputs.shape == (0, 2)
    assert plan.test_targets.shape == (0, 1)


def test_equal_plans_are_equal_and_can_be_kept_by_value():
    assert Plan(sample_of()) == Plan(sample_of())
    assert hash(Plan(sample_of(), seed=4)) == hash(Plan(sample_of(), seed=4))
    assert Plan(sample_of(), test_fraction=0) == Plan(sample_of(), test_fraction=0.0)
    assert Plan(sample_of()) != Plan(sample_of(seed=1))


def test_nobody_can_change_what_follows_from_it():
    plan = Plan(sample_of())
    for array in (plan.train_inputs, plan.test_inputs, plan.train_targets, plan.start):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0.0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"sample": sample_of(n_classes=3)}, "two classes"),
        ({"sample": sample_of(n_classes=0)}, "two classes"),
        (
            {
                "sample": sample_of(n_classes=0),
                "architecture": Architecture(loss="cross_entropy", output="softmax"),
            },
            "a sample with classes",
        ),
        ({"architecture": Architecture(inputs=("x3",))}, "x1, x2, .*, not x3"),
        ({"test_fraction": 0.91}, "test_fraction"),
        ({"test_fraction": -0.1}, "test_fraction"),
        ({"seed": -1}, "seed"),
        ({"seed": 2**32}, "seed"),
        ({"sample": "circle"}, "sample"),
        ({"hyperparameters": {}}, "hyperparameters"),
        ({"architecture": None}, "architecture"),
    ],
)
def test_what_is_wrong_is_said(change, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Plan(**{"sample": sample_of(), **change})
