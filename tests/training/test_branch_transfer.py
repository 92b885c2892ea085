"""What a network keeps when its model is changed: its answers, wherever that is possible."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.branches import carried, carries_over
from nnviz.training.initial_state import start
from nnviz.training.model import ADDABLE, Model
from nnviz.training.run_config import RunConfig


def config(model):
    return RunConfig.from_dataset(eight_rows(), seed=5, **model.choices())


def parameters(model):
    return generator(1, "carry").standard_normal(config(model).n_parameters)


def answers(model, parameters):
    chosen = config(model)
    return evaluation.predictions(chosen, parameters[np.newaxis], chosen.inputs())[0]


MORE = [
    (Model(), Model(("sin x1",))),
    (Model(("x1^2",)), Model(ADDABLE)),
    (Model(), Model(standardise=True)),
    (Model(("x2^2", "sin x2"), standardise=True), Model(("x2^2", "sin x2"))),
    (Model(standardise=True), Model(("x1*x2",))),
    (Model((), 2), Model((), 8)),
    (Model((), 3, "relu"), Model(("sin x1",), 5, "relu", True)),
    (Model((), 3, "linear", True), Model((), 3, "linear")),
]


@pytest.mark.parametrize(("old", "new"), MORE)
def test_what_is_added_leaves_every_answer_as_it_was(old, new):
    before = parameters(old)
    after = carried(config(old), before, config(new))
    assert after.shape == (config(new).n_parameters,)
    np.testing.assert_allclose(answers(new, after), answers(old, before), rtol=1e-9, atol=1e-12)


def test_what_stays_is_kept_to_the_last_bit():
    before = parameters(Model(("x1^2", "sin x1")))  # x1, x2, x1^2, sin x1, bias
    fewer = carried(config(Model(("x1^2", "sin x1"))), before, config(Model(("sin x1",))))
    np.testing.assert_array_equal(fewer, before[[0, 1, 3, 4]])
    same = carried(config(Model((), 4)), parameters(Model((), 4)), config(Model((), 4, "relu")))
    np.testing.assert_array_equal(same, parameters(Model((), 4)))


def test_units_go_from_the_end():
    before = parameters(Model((), 3))  # 2 x 3 weights, 3 biases, 3 weights, bias
    fewer = carried(config(Model((), 3)), before, config(Model((), 2)))
    np.testing.assert_array_equal(fewer, before[[0, 1, 3, 4, 6, 7, 9, 10, 12]])


def test_added_units_begin_at_random_in_front_and_with_nothing_behind():
    model = Model((), 4)
    after = carried(config(Model((), 1)), parameters(Model((), 1)), config(model))
    fresh = start(config(model)).layers[0].weights
    np.testing.assert_array_equal(after[:8].reshape(2, 4)[:, 1:], fresh[:, 1:])
    np.testing.assert_array_equal(after[9:12], np.zeros(3))
    np.testing.assert_array_equal(after[13:16], np.zeros(3))


@pytest.mark.parametrize(("old", "new"), [(Model(), Model((), 4)), (Model((), 2), Model())])
def test_a_hidden_layer_begins_anew_and_so_does_a_neuron_without_one(old, new):
    assert not carries_over(config(old), config(new))
    after = carried(config(old), parameters(old), config(new))
    np.testing.assert_array_equal(after, start(config(new)).parameters())
