"""Many moments at once give what one network at a time gives."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import gradients
from nnviz.training import evaluation
from nnviz.training.initial_state import start
from nnviz.training.run_config import RunConfig

CHOICES = [
    {},
    {"features": ("sin x1",), "standardise": True},
    {"output_activation": "linear"},
    {"loss": "binary_cross_entropy"},
    {"hidden": ((4, "tanh"),)},
    {"hidden": ((5, "softplus"), (3, "sigmoid")), "loss": "binary_cross_entropy"},
    {"hidden": ((3, "relu"), (4, "leaky_relu"), (2, "linear")), "output_activation": "tanh"},
]


def moments(config, n=7):
    rng = np.random.default_rng(0)
    return rng.normal(size=(n, config.n_parameters))


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_every_moment_is_the_network_of_its_parameters(choices):
    config = RunConfig.from_dataset(eight_rows(), **choices)
    parameters, X = moments(config), config.inputs()
    networks = [start(config).with_parameters(row) for row in parameters]
    expected = [network.predict(X)[:, 0] for network in networks]
    np.testing.assert_allclose(evaluation.predictions(config, parameters, X), expected, rtol=1e-12)
    errors = [LOSSES[config.loss].value(row, config.y) for row in expected]
    np.testing.assert_allclose(evaluation.row_errors(config, parameters), errors, rtol=1e-12)
    sizes = [np.linalg.norm(gradients(one, X, config.y, config.loss)) for one in networks]
    np.testing.assert_allclose(evaluation.gradient_sizes(config, parameters), sizes, rtol=1e-12)


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_how_many_moments_are_asked_for_changes_no_bit(choices, monkeypatch):
    config = RunConfig.from_dataset(eight_rows(), **choices)
    parameters = moments(config, n=40)
    together = evaluation.row_errors(config, parameters)
    for at in (0, 17, 39):
        alone = evaluation.row_errors(config, parameters[at : at + 1])
        np.testing.assert_array_equal(alone[0], together[at])
    sizes = evaluation.gradient_sizes(config, parameters)
    monkeypatch.setattr(evaluation, "_MOST_VALUES", 150)
    np.testing.assert_array_equal(evaluation.row_errors(config, parameters), together)
    np.testing.assert_array_equal(evaluation.gradient_sizes(config, parameters), sizes)


def test_numbers_too_large_give_no_warning():
    config = RunConfig.from_dataset(eight_rows(), output_activation="linear")
    parameters = np.array([[1e300, 1e308, 0.0], [np.inf, -np.inf, 0.0], [np.nan, 0.0, 0.0]])
    assert not np.isfinite(evaluation.row_errors(config, parameters).sum(axis=1)).any()
    assert not np.isfinite(evaluation.gradient_sizes(config, parameters)).any()
