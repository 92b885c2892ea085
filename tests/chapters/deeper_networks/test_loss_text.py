"""Losses in words, against errors in the unit of the target."""

import math
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.losses import loss_name, loss_text, loss_value
from nnviz.chapters.deeper_networks.presets import PRESETS
from nnviz.data.sample import Sample
from nnviz.nn.rng import generator
from nnviz.training import evaluation

CIRCLE, PLANE = PRESETS["circle"].plan(), PRESETS["plane"].plan()


def test_a_classification_has_a_loss():
    assert loss_name(CIRCLE) == "training loss"
    assert loss_name(CIRCLE, "test") == "test loss"
    assert loss_text(CIRCLE, 0.123456) == "0.1235"
    assert loss_text(CIRCLE, 0.123456, 2) == "0.12"
    assert loss_text(CIRCLE, math.inf) == "a number too large for the computer"


def test_a_regression_has_an_error_in_the_unit_of_its_target():
    rows = PLANE.sample
    sample = Sample(rows.X, 1000 * rows.y + 5000, rows.columns, (), "price")
    plan = replace(PLANE, sample=sample)
    assert loss_name(plan, "test") == "test error in price"
    parameters = generator(1, "loss").normal(size=(1, plan.n_parameters))
    answers = evaluation.outputs(plan, parameters, plan.train_inputs)
    loss = float(evaluation.row_errors(plan, parameters).mean())
    off = evaluation.predicted_values(plan, answers)[0] - sample.y[plan.split.train]
    expected = np.sqrt(np.square(off).mean())
    assert loss_value(plan, loss) == pytest.approx(expected, rel=1e-12)
    assert float(loss_text(plan, loss)) == pytest.approx(expected, rel=1e-3)
