"""The compiled updates against the readable one, and against the same loops left uncompiled."""

import threading

import numpy as np
import pytest

from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.trace import trace_update
from nnviz.training.initial_state import picks, start
from nnviz.training.kernels import one_row
from nnviz.training.kernels.one_row import Kernel
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
    path, last, harmless = Kernel(config).walk(network.parameters(), rows, config.learning_rate)
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
        path, _, harmless = Kernel(config).walk(parameters, picks(config), 1.7e308)
        assert path.shape[0] == 50
        assert harmless == bool((np.abs(path) <= one_row.HARMLESS).all())


def test_no_rows_are_no_updates():
    config = RunConfig.from_dataset(eight_rows())
    none, last, harmless = Kernel(config).walk(start(config).parameters(), picks(config)[:0], 0.1)
    assert none.shape == (0, 3)
    assert harmless
    np.testing.assert_array_equal(last, start(config).parameters())


@pytest.mark.parametrize(("every", "first_note"), [(1, 1), (7, 7), (7, 3), (100, 1), (1, 99)])
def test_notes_are_taken_where_they_are_asked_for(every, first_note):
    config = RunConfig.from_dataset(eight_rows(), hidden=((2, "tanh"),), steps=100)
    begin, rows = start(config).parameters(), picks(config)
    whole, last, _ = Kernel(config).walk(begin, rows, 0.1)
    noted, end, _ = Kernel(config).walk(begin, rows, 0.1, every=every, first_note=first_note)
    np.testing.assert_array_equal(noted, whole[first_note - 1 :: every])
    np.testing.assert_array_equal(end, last)


@pytest.mark.parametrize("choices", CHOICES, ids=repr)
def test_the_machine_code_rounds_as_python_does(choices, monkeypatch):
    # The scripts of `export` are Python, and have to print the same numbers to the last bit.
    config = RunConfig.from_dataset(eight_rows(), steps=300, **choices)
    begin, rows = start(config).parameters(), picks(config)
    compiled, _, _ = Kernel(config).walk(begin, rows, config.learning_rate)
    monkeypatch.setattr(one_row, "compiled", lambda: one_row._walk)
    interpreted, _, _ = Kernel(config).walk(begin, rows, config.learning_rate)
    np.testing.assert_array_equal(compiled, interpreted)


def test_where_nothing_can_be_written_it_is_compiled_anew(monkeypatch):
    calls = []

    def compile_(*, cache_on_disk):
        calls.append(cache_on_disk)
        if cache_on_disk:
            raise RuntimeError("cannot cache function: no locator available")
        return one_row._walk

    one_row._compiled.cache_clear()
    monkeypatch.setattr(one_row, "_compile", compile_)
    assert one_row.compiled() is one_row._walk
    assert calls == [True, False]
    one_row._compiled.cache_clear()


def test_many_can_train_at_once():
    # Without the lock of the interpreter held, a walk leaves it to others.
    config = RunConfig.from_dataset(eight_rows(), hidden=((8, "tanh"),), steps=200_000)
    begin, rows = start(config).parameters(), picks(config)
    seen, done = 0, threading.Event()

    def train():
        Kernel(config).walk(begin, rows, 0.1, every=1000)
        done.set()

    thread = threading.Thread(target=train)
    thread.start()
    while not done.is_set():
        seen += 1
    thread.join()
    # A held lock is handed over every 5 ms at the most, and then not before the walk has ended.
    assert seen > 100


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
    _, after, _ = Kernel(config).walk(np.array([1e16, 1.0, -1e10, 0.0]), picks(config), 1.0)
    assert after[-1] == 0.0
