"""The script must print the same numbers by itself."""

import ast
import subprocess
import sys

import numpy as np
import pytest

from nnviz.activations import ACTIVATIONS
from nnviz.datasets import eight_rows
from nnviz.export import run_script
from nnviz.inputs import FEATURES
from nnviz.training import RunConfig, record


def config(**choices):
    return RunConfig.from_dataset(eight_rows(), **choices)


def printed(script, folder):
    """Run the script where nnviz cannot be found, and read what it prints."""
    (folder / "script.py").write_text(script)
    result = subprocess.run(
        [sys.executable, "-I", "-W", "error", "script.py"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 0, result.stderr
    lines = [line.rsplit(":", 1) for line in result.stdout.splitlines()]
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


def test_an_input_that_is_the_same_in_every_row(tmp_path):
    chosen = RunConfig(
        rows=((0.1, 1.0), (0.1, 2.0), (0.1, 5.0)), targets=(0, 1, 1), standardise=True, steps=50
    )
    numbers = printed(run_script(chosen, 50), tmp_path)
    expected = record(chosen).parameters_at(50)
    np.testing.assert_allclose([*numbers["weights"], numbers["bias"]], expected, rtol=1e-9)


def test_the_script_is_short_lines_and_needs_numpy_alone():
    for chosen in (config(), config(hidden=((4, "tanh"),), features=EXTRA, order="shuffled")):
        script = run_script(chosen, 100)
        assert max(map(len, script.splitlines())) <= 100
        imports = [line for line in script.splitlines() if "import" in line]
        assert imports == ["import numpy as np"]


@pytest.mark.parametrize(("step", "error"), [(-1, ValueError), (101, ValueError), (1.0, TypeError)])
def test_a_step_outside_the_run_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        run_script(config(steps=100), step)


def test_only_a_config_has_a_script():
    with pytest.raises(TypeError, match="RunConfig"):
        run_script("neuron", 3)
