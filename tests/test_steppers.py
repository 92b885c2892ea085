"""The fast updates against the readable one."""

import numpy as np
import pytest

from nnviz.datasets import eight_rows
from nnviz.draws import picks, start
from nnviz.run_config import RunConfig
from nnviz.steppers import stepper
from nnviz.trace import trace_update

CHOICES = [
    {},
    {"standardise": True},
    {"features": ("sin x1",)},
    {"features": ("x1^2", "x2^2", "x1*x2", "sin x1", "sin x2"), "standardise": True},
    {"learning_rate": 50.0},
    {"loss": "binary_cross_entropy"},
    {"output_activation": "linear", "learning_rate": 0.01},
    {"hidden": ((4, "tanh"),)},
    {"hidden": ((3, "sigmoid"),), "loss": "binary_cross_entropy"},
    {"hidden": ((3, "relu"), (4, "leaky_relu"), (2, "softplus")), "standardise": True},
]


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_every_update_is_the_readable_one(choices):
    config = RunConfig.from_dataset(eight_rows(), steps=150, **choices)
    rows, X = picks(config), config.inputs()
    network = start(config)
    path = stepper(config)(network.parameters(), rows, config.learning_rate)
    assert path.shape == (150, config.n_parameters)
    for row, parameters in zip(rows, path, strict=True):
        expected = trace_update(
            network,
            X[row],
            config.targets[row],
            loss=config.loss,
            learning_rate=config.learning_rate,
        ).updated
        np.testing.assert_allclose(parameters, expected.parameters(), rtol=1e-12, atol=1e-15)
        network = network.with_parameters(parameters)


@pytest.mark.parametrize("choices", [{}, {"features": ("x1^2",)}, {"hidden": ((2, "relu"),)}])
def test_nothing_is_raised_out_of_range(choices):
    config = RunConfig(rows=((1e6, -1e6), (3, 4)), targets=(1, 0), steps=50, **choices)
    for value in (0.0, 1e6, 1e300, -1.7e308):
        parameters = np.full(config.n_parameters, value)
        assert stepper(config)(parameters, picks(config), 1.7e308).shape[0] == 50


def test_no_rows_are_no_updates():
    config = RunConfig.from_dataset(eight_rows())
    none = stepper(config)(start(config).parameters(), picks(config)[:0], 0.1)
    assert none.shape == (0, 3)
