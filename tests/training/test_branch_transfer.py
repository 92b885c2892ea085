"""What a network keeps when its model is changed: its answers, wherever that is possible."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.rng import generator
from nnviz.training import evaluation
from nnviz.training.model import ADDABLE, Model
from nnviz.training.transfer import transferred


def plan_of(model):
    return model.plan(eight_rows(), seed=5)


def parameters(model):
    return generator(1, "carry").standard_normal(plan_of(model).n_parameters)


def answers(model, parameters):
    chosen = plan_of(model)
    return evaluation.predictions(chosen, parameters[np.newaxis], chosen.train_inputs)[0]


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
    after = transferred(plan_of(old), before, plan_of(new))
    assert after.shape == (plan_of(new).n_parameters,)
    np.testing.assert_allclose(answers(new, after), answers(old, before), rtol=1e-9, atol=1e-12)


def test_what_stays_is_kept_to_the_last_bit():
    before = parameters(Model(("x1^2", "sin x1")))  # x1, x2, x1^2, sin x1, bias
    old, new = plan_of(Model(("x1^2", "sin x1"))), plan_of(Model(("sin x1",)))
    fewer = transferred(old, before, new)
    np.testing.assert_array_equal(fewer, before[[0, 1, 3, 4]])
    same = transferred(
        plan_of(Model((), 4)), parameters(Model((), 4)), plan_of(Model((), 4, "relu"))
    )
    np.testing.assert_array_equal(same, parameters(Model((), 4)))


def test_units_go_from_the_end():
    before = parameters(Model((), 3))  # 2 x 3 weights, 3 biases, 3 weights, bias
    fewer = transferred(plan_of(Model((), 3)), before, plan_of(Model((), 2)))
    np.testing.assert_array_equal(fewer, before[[0, 1, 3, 4, 6, 7, 9, 10, 12]])


def test_added_units_begin_at_random_in_front_and_with_nothing_behind():
    model = Model((), 4)
    after = transferred(plan_of(Model((), 1)), parameters(Model((), 1)), plan_of(model))
    fresh, _ = plan_of(model).layers(plan_of(model).start)[0]
    np.testing.assert_array_equal(after[:8].reshape(2, 4)[:, 1:], fresh[:, 1:])
    np.testing.assert_array_equal(after[9:12], np.zeros(3))
    np.testing.assert_array_equal(after[13:16], np.zeros(3))


@pytest.mark.parametrize(("old", "new"), [(Model(), Model((), 4)), (Model((), 2), Model())])
def test_a_hidden_layer_begins_anew_and_so_does_a_neuron_without_one(old, new):
    after = transferred(plan_of(old), parameters(old), plan_of(new))
    np.testing.assert_array_equal(after, plan_of(new).start)
