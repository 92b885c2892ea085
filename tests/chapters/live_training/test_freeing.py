"""Which models are freed on the eight rows, and which are not."""

import numpy as np
import pytest

from nnviz.chapters.live_training.freeing import candidates, freeing
from nnviz.data.tutorial import eight_rows
from nnviz.training.model import ADDABLE, Model
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from tests.runs import timeline_of

TIMELINE = timeline_of(steps=2_000, seed=3)


def test_sin_x1_and_a_hidden_layer_free_the_eight_rows_and_the_others_do_not():
    free = {
        model.text for model in candidates(False) if freeing(TIMELINE, model).best.n_correct == 8
    }
    assert free == {"sin x1", "2 tanh", "4 tanh", "4 relu", "4 sigmoid"}


def test_a_linear_layer_is_the_neuron_in_disguise():
    linear, neuron = freeing(TIMELINE, Model((), 4, "linear")), freeing(TIMELINE, Model())
    assert linear.best.error == pytest.approx(neuron.best.error, rel=1e-9)
    assert neuron.best.error == pytest.approx(1.8838062484862979, rel=1e-9)


@pytest.mark.parametrize("model", candidates(True), ids=lambda model: model.text)
def test_the_run_is_that_of_the_model_with_the_choices_of_the_person(model):
    found = freeing(TIMELINE, model)
    plan = model.plan(eight_rows(), seed=3)
    run = record(Timeline.of(plan, 2_000))
    answers = run.network_at(2_000).predict(plan.train_inputs)[:, 0]
    assert found.error == pytest.approx(np.square(answers - plan.sample.y).sum(), rel=1e-9)
    assert found.n_correct == sum((answers >= 0.5) == (plan.sample.y == 1))
    assert found.best.error <= found.error + 1e-9


def test_every_input_is_tried_by_itself():
    tried = [model.features for model in candidates(False) if not model.units]
    assert tried == [(), *((name,) for name in ADDABLE)]
    assert not any(model.standardise for model in candidates(False))
    assert all(model.standardise for model in candidates(True))
