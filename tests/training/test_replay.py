"""One-row updates against the readable one."""

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import trace_update
from nnviz.training.initial_state import picks, start
from nnviz.training.kernels import kernel
from nnviz.training.kernels.choices import HARMLESS
from nnviz.training.replay import train_rows
from nnviz.training.run_config import RunConfig

CHOICES = [
    {},
    {"standardise": True},
    {"features": ("sin x1",)},
    {"features": ("x1^2", "x2^2", "x1*x2", "sin x1", "sin x2"), "standardise": True},
    {"learning_rate": 50.0},
    {"loss": "binary_cross_entropy"},
    {"loss": "binary_cross_entropy", "features": ("x1*x2",), "standardise": True},
    {"output_activation": "tanh", "features": ("sin x1", "sin x2")},
    {"output_activation": "softplus", "standardise": True},
    {"hidden": ((4, "tanh"),)},
    {"hidden": ((3, "sigmoid"),), "loss": "binary_cross_entropy"},
    {"hidden": ((3, "relu"), (4, "leaky_relu"), (2, "softplus")), "standardise": True},
    *({"hidden": ((3, name),)} for name in ACTIVATIONS),
    *({"output_activation": name, "learning_rate": 0.01} for name in ACTIVATIONS),
]


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_every_update_is_the_readable_one(choices):
    config = RunConfig.from_dataset(eight_rows(), steps=150, **choices)
    rows, X = picks(config), config.inputs()
    network = start(config)
    path, _, last, _, harmless = train_rows(
        config, network.parameters(), rows, config.learning_rate
    )
    assert harmless
    np.testing.assert_array_equal(last, path[-1])
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


@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"features": ("x1^2",)},
        {"output_activation": "linear"},
        {"output_activation": "softplus"},
        {"loss": "binary_cross_entropy"},
        {"hidden": ((2, "relu"),)},
    ],
)
def test_nothing_is_raised_out_of_range(choices):
    config = RunConfig(rows=((1e6, -1e6), (3, 4)), targets=(1, 0), steps=50, **choices)
    for value in (0.0, 1e6, 1e300, -1.7e308):
        parameters = np.full(config.n_parameters, value)
        path, *_, harmless = train_rows(config, parameters, picks(config), 1.7e308)
        assert path.shape[0] == 50
        assert harmless == bool((np.abs(path) <= HARMLESS).all())


def test_no_rows_are_no_updates():
    config = RunConfig.from_dataset(eight_rows())
    none, _, last, _, harmless = train_rows(
        config, start(config).parameters(), picks(config)[:0], 0.1
    )
    assert none.shape == (0, 3)
    assert harmless
    np.testing.assert_array_equal(last, start(config).parameters())


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_the_machine_code_rounds_as_python_does(choices, monkeypatch):
    # The scripts of `export` are Python, and have to print the same numbers to the last bit.
    config = RunConfig.from_dataset(eight_rows(), steps=100, **choices)
    begin, rows = start(config).parameters(), picks(config)
    compiled = train_rows(config, begin, rows, config.learning_rate).path
    monkeypatch.setattr(kernel, "compiled", kernel.uncompiled)
    interpreted = train_rows(config, begin, rows, config.learning_rate).path
    np.testing.assert_array_equal(compiled, interpreted)


def test_the_weighted_sum_is_added_from_left_to_right():
    # A sum that makes up for its rounding would keep the 1 here, and see z = 1.
    config = RunConfig(
        rows=((1e6, 1.0),),
        targets=(0,),
        features=("x1^2",),
        output_activation="linear",
        steps=1,
        learning_rate=1.0,
    )
    before = np.array([1e16, 1.0, -1e10, 0.0])
    assert train_rows(config, before, picks(config), 1.0).parameters[-1] == 0.0
