"""The script must print the same numbers by itself."""

import ast
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chapters.live_training.export.files import run_script
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.training.run import RunConfig, record
from nnviz.training.run_config import Begin
from tests.clean_process import output


def config(**choices):
    return RunConfig.from_dataset(eight_rows(), **choices)


def printed(script, folder):
    """Run the script where nnviz cannot be found, and read what it prints."""
    lines = [line.rsplit(":", 1) for line in output(script, folder)]
    return {name: ast.literal_eval(value.strip()) for name, value in lines}


EXTRA = tuple(name for name in FEATURES if name not in ("x1", "x2"))
EVERY_ACTIVATION = tuple((3, name) for name in ACTIVATIONS)


@pytest.mark.parametrize(
    ("choices", "step"),
    [
        ({}, 10_000),
        ({"seed": 42}, 0),
        ({"features": ("sin x1",)}, 777),
        ({"features": EXTRA, "standardise": True}, 500),
        ({"rate_changes": ((50, 0.5), (100, 1e-3), (900, 7.0))}, 400),
        ({"rate_changes": ((0, 0.7),), "learning_rate": 1e300}, 30),
        ({"learning_rate": 1e300}, 50),
        ({"order": "shuffled", "loss": "binary_cross_entropy"}, 203),
        ({"order": "in turn", "output_activation": "linear", "learning_rate": 0.01}, 203),
        ({"hidden": ((4, "tanh"),), "standardise": True}, 500),
        ({"hidden": ((3, "sigmoid"),), "loss": "binary_cross_entropy", "order": "shuffled"}, 90),
        ({"hidden": EVERY_ACTIVATION, "output_activation": "softplus", "order": "in turn"}, 60),
    ],
    ids=repr,
)
def test_the_script_prints_the_numbers_of_the_run(choices, step, tmp_path):
    run = record(config(**choices))
    numbers = printed(run_script(run.config, step), tmp_path)
    error = run.cumulative_errors_between(step, step)[0]
    assert numbers.pop("cumulative error") == pytest.approx(error, rel=1e-9)
    parameters = np.concatenate([np.ravel(values) for values in numbers.values()])
    np.testing.assert_allclose(parameters, run.parameters_at(step), rtol=1e-9, atol=1e-12)


FEATURED = {"features": EXTRA, "standardise": True}
CHAOTIC = [
    *({"learning_rate": rate, "seed": seed} for rate in (1.0, 2.0, 4.8, 10.0) for seed in (0, 7)),
    {"rate_changes": ((2000, 1.0),)},
    {"rate_changes": ((500, 10.0), (1000, 0.3), (2500, 2.0)), "seed": 42},
    {"features": ("sin x1",), "learning_rate": 2.0, "seed": 3},
    {"standardise": True, "learning_rate": 4.8, "order": "shuffled"},
    {**FEATURED, "learning_rate": 10.0},
    {"loss": "binary_cross_entropy", "learning_rate": 4.8},
    {"loss": "binary_cross_entropy", "learning_rate": 1.0, "features": ("sin x1", "x1*x2")},
    {"output_activation": "tanh", "learning_rate": 2.0, "seed": 1},
    {"output_activation": "tanh", **FEATURED, "learning_rate": 0.5},
    {"output_activation": "softplus", "learning_rate": 0.1},
    {"output_activation": "relu", "learning_rate": 0.05},
    {"output_activation": "leaky_relu", "learning_rate": 0.05},
    {"output_activation": "linear", "learning_rate": 0.05},
    {"hidden": ((4, "tanh"),), "learning_rate": 1.0},
    {"hidden": ((4, "tanh"),), "learning_rate": 1.0, "seed": 7, **FEATURED},
    {"hidden": ((8, "sigmoid"), (5, "softplus")), "learning_rate": 2.0, "standardise": True},
    {"hidden": ((6, "relu"), (3, "leaky_relu")), "loss": "binary_cross_entropy"},
    {"hidden": ((5, "linear"),), "learning_rate": 0.05, "order": "in turn"},
    {"hidden": ((8, "tanh"),), "learning_rate": 10.0, "order": "shuffled", "seed": 2},
]


@pytest.mark.parametrize("choices", [{}, *CHAOTIC], ids=repr)
def test_the_parameters_are_the_recorded_ones_to_the_last_bit(choices, tmp_path):
    run = record(config(**choices, steps=1500 if "hidden" in choices else 5000))
    assert run.diverged_at is None
    numbers = printed(run_script(run.config, run.last_step), tmp_path)
    error = run.cumulative_errors[-1]
    assert numbers.pop("cumulative error") == pytest.approx(error, rel=1e-9)
    parameters = np.concatenate([np.ravel(values) for values in numbers.values()])
    assert parameters.tolist() == run.parameters_at(run.last_step).tolist()


BRANCHES = [
    {},
    {"order": "shuffled", "features": ("sin x1", "x1*x2")},
    {"order": "in turn", "hidden": ((3, "tanh"), (2, "softplus")), "standardise": True},
    {"hidden": ((8, "relu"),), **FEATURED, "loss": "binary_cross_entropy"},
]


@pytest.mark.parametrize("choices", BRANCHES, ids=repr)
@pytest.mark.parametrize("n_rows", [8, 7])
def test_a_branch_goes_on_from_its_parameters_with_the_rows_of_its_trunk(choices, n_rows, tmp_path):
    rows = eight_rows()
    chosen = RunConfig(
        rows.X[:n_rows], rows.y[:n_rows], **choices, learning_rate=1.0,
        rate_changes=((100, 0.7), (900, 2.0)), steps=1200,
    )  # fmt: skip
    trunk = record(chosen)
    begin = Begin(507, tuple(trunk.parameters_at(507)), chosen.sizes[0])
    branch = replace(chosen, begin=begin)
    numbers = printed(run_script(branch, 1200), tmp_path)
    numbers.pop("cumulative error")
    parameters = np.concatenate([np.ravel(values) for values in numbers.values()])
    assert parameters.tolist() == record(branch).parameters_at(1200).tolist()
    assert parameters.tolist() == trunk.parameters_at(1200).tolist()


def test_a_branch_with_more_inputs_sees_the_rows_of_its_trunk(tmp_path):
    # Normal numbers are drawn in pairs: as many more as change the stream.
    begin = Begin(40, (0.1, -0.2, 1e-3, 0.3, 0.05), 2)
    branch = config(features=("sin x1", "sin x2"), begin=begin, steps=100)
    rows = record(branch).picked_rows.tolist()
    assert rows == record(config(steps=100)).picked_rows.tolist()
    assert rows != record(replace(branch, begin=None)).picked_rows.tolist()
    for step in (40, 41, 100):
        numbers = printed(run_script(branch, step), tmp_path)
        expected = record(branch).parameters_at(step).tolist()
        assert [*numbers["weights"], numbers["bias"]] == expected


@pytest.mark.parametrize("step", [60, 61])
def test_a_new_rate_is_that_of_the_update_after_its_step(step, tmp_path):
    run = record(config(rate_changes=((60, 3.0),), steps=100))
    numbers = printed(run_script(run.config, step), tmp_path)
    assert [*numbers["weights"], numbers["bias"]] == run.parameters_at(step).tolist()


def test_an_input_that_is_the_same_in_every_row(tmp_path):
    chosen = RunConfig(
        rows=((0.1, 1.0), (0.1, 2.0), (0.1, 5.0)), targets=(0, 1, 1), standardise=True, steps=50
    )
    numbers = printed(run_script(chosen, 50), tmp_path)
    expected = record(chosen).parameters_at(50)
    np.testing.assert_allclose([*numbers["weights"], numbers["bias"]], expected, rtol=1e-9)


def test_the_script_is_short_lines_and_needs_numpy_alone():
    for chosen in (
        config(),
        config(output_activation="tanh"),
        config(hidden=((4, "tanh"),), features=EXTRA, order="shuffled"),
    ):
        script = run_script(chosen, 100)
        assert max(map(len, script.splitlines())) <= 100
        imports = [line for line in script.splitlines() if "import" in line]
        assert imports[-1] == "import numpy as np"
        assert all(line.startswith("from math import ") for line in imports[:-1])


@pytest.mark.parametrize(("step", "error"), [(-1, ValueError), (101, ValueError), (1.0, TypeError)])
def test_a_step_outside_the_run_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        run_script(config(steps=100), step)


def test_a_step_before_a_branch_is_refused():
    with pytest.raises(ValueError, match="step must be between 40 and 100"):
        run_script(config(begin=Begin(40, (0.1, 0.2, 0.3)), steps=100), 39)


def test_only_a_config_has_a_script():
    with pytest.raises(TypeError, match="RunConfig"):
        run_script("neuron", 3)
