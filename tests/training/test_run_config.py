"""The choices of a run: what is taken, what is refused, and what follows from them."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.initializers import glorot_uniform
from nnviz.nn.inputs import engineer
from nnviz.nn.rng import generator
from nnviz.training.run_config import RunConfig

ROWS, TARGETS = ((3.0, 1.5), (2.0, 1.0)), (0, 1)


def test_any_table_becomes_the_same_pure_values():
    from_arrays = RunConfig(rows=np.array(ROWS), targets=np.array(TARGETS), hidden=[[4, "tanh"]])
    from_tuples = RunConfig(rows=ROWS, targets=(False, True), hidden=((np.int64(4), "tanh"),))
    assert from_arrays == from_tuples
    assert hash(from_arrays) == hash(from_tuples)
    assert type(from_arrays.rows[0][0]) is float
    assert type(from_arrays.hidden[0][0]) is int


def test_a_dataset_gives_rows_and_targets():
    data = eight_rows()
    config = RunConfig.from_dataset(data, seed=5)
    np.testing.assert_array_equal(config.rows, data.X)
    np.testing.assert_array_equal(config.y, data.y)
    assert config.seed == 5


def test_what_follows_from_the_choices():
    config = RunConfig(ROWS, TARGETS, features=("sin x1",), hidden=((4, "tanh"), (3, "relu")))
    assert config.input_names == ("x1", "x2", "sin x1")
    assert config.sizes == (3, 4, 3, 1)
    assert config.activations == ("tanh", "relu", "sigmoid")
    network = glorot_uniform(config.sizes, config.activations, rng=generator(0))
    assert config.n_parameters == network.n_parameters


def test_points_are_standardised_by_the_rows():
    data = eight_rows()
    config = RunConfig.from_dataset(data, features=("x1^2",), standardise=True)
    names = ("x1", "x2", "x1^2")
    of_rows, point = engineer(data.X, names), [[7.0, -2.0]]
    np.testing.assert_allclose(config.inputs().mean(axis=0), 0, atol=1e-15)
    np.testing.assert_allclose(config.inputs().std(axis=0), 1)
    expected = (engineer(point, names) - of_rows.mean(axis=0)) / of_rows.std(axis=0)
    np.testing.assert_allclose(config.inputs(point), expected)
    plain = RunConfig.from_dataset(data)
    np.testing.assert_array_equal(plain.inputs(point), point)


def test_a_rate_holds_from_its_step_on():
    config = RunConfig(ROWS, TARGETS, learning_rate=0.5, rate_changes=((10, 0.1), (20, 2)))
    steps = (0, 9, 10, 19, 20, 10_000)
    assert [config.learning_rate_at(step) for step in steps] == [0.5, 0.5, 0.1, 0.1, 2.0, 2.0]


@pytest.mark.parametrize(
    ("choices", "error", "says"),
    [
        ({"rows": ()}, ValueError, "rows must be a table"),
        ({"rows": ((1, 2, 3), (4, 5, 6))}, ValueError, "2 columns"),
        ({"rows": ((1, np.nan), (4, 5))}, ValueError, "finite"),
        ({"rows": ((1, 1e7), (4, 5))}, ValueError, "at most 1e\\+06"),
        ({"rows": np.ones((10_001, 2))}, ValueError, "at most 10000"),
        ({"rows": (("a", "b"), (4, 5))}, TypeError, "numbers"),
        ({"targets": (0, 1, 1)}, ValueError, "2 and 3"),
        ({"targets": (0, 0.5)}, ValueError, "0 or 1"),
        ({"targets": (0, np.inf)}, ValueError, "finite"),
        ({"features": "sin x1"}, TypeError, "list"),
        ({"features": ("x1",)}, ValueError, "one of x1\\^2"),
        ({"features": ("sin x1", "sin x1")}, ValueError, "once"),
        ({"standardise": 1}, TypeError, "True or False"),
        ({"hidden": ((0, "tanh"),)}, ValueError, "units"),
        ({"hidden": ((65, "tanh"),)}, ValueError, "between 1 and 64"),
        ({"hidden": ((4, "step"),)}, ValueError, "one of sigmoid"),
        ({"hidden": (4, 4)}, TypeError, "list"),
        ({"hidden": ((4, "tanh", 1),)}, ValueError, "pairs"),
        ({"hidden": ((4, "tanh"),) * 9}, ValueError, "at most 8 layers"),
        ({"output_activation": "softmax"}, ValueError, "output_activation"),
        ({"loss": "hinge"}, ValueError, "loss"),
        ({"loss": "binary_cross_entropy", "output_activation": "tanh"}, ValueError, "sigmoid"),
        ({"learning_rate": -0.1}, ValueError, "learning_rate"),
        ({"learning_rate": float("inf")}, ValueError, "finite"),
        ({"learning_rate": "fast"}, TypeError, "learning_rate"),
        ({"rate_changes": ((5, 0.1), (5, 0.2))}, ValueError, "order"),
        ({"rate_changes": ((5, 0.1), (4, 0.2))}, ValueError, "order"),
        ({"rate_changes": ((-1, 0.1),)}, ValueError, "step of a rate change"),
        ({"rate_changes": ((1, np.nan),)}, ValueError, "rate of a change"),
        ({"rate_changes": 3}, TypeError, "list"),
        ({"steps": 0}, ValueError, "steps"),
        ({"steps": 1_000_001}, ValueError, "steps"),
        ({"steps": 10.0}, TypeError, "whole"),
        ({"record_every": 0}, ValueError, "record_every"),
        ({"seed": -1}, ValueError, "seed"),
        ({"seed": 2**32}, ValueError, "seed"),
        ({"order": "backwards"}, ValueError, "order"),
    ],
)
def test_bad_choices_are_refused_with_a_sentence(choices, error, says):
    with pytest.raises(error, match=says) as caught:
        RunConfig(**({"rows": ROWS, "targets": TARGETS} | choices))
    assert str(caught.value).endswith(".")


def test_other_bad_input():
    with pytest.raises(TypeError, match="Sample"):
        RunConfig.from_dataset("eight_rows")
    with pytest.raises(ValueError, match="step"):
        RunConfig(ROWS, TARGETS).learning_rate_at(-1)
    with pytest.raises(ValueError, match="columns"):
        RunConfig(ROWS, TARGETS).inputs([[1.0, 2.0, 3.0]])
