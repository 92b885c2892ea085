"""The PyTorch script, where nothing of nnviz works out a gradient, prints the run's numbers."""

import ast
from types import ModuleType

import numpy as np
import pytest

from nnviz.chapters.live_training.export.torch import run_torch_script
from nnviz.data.tutorial import eight_rows
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.inputs import FEATURES
from nnviz.training.run import record
from nnviz.training.run_config import Begin, RunConfig
from nnviz.training.sensitivity import sensitivity
from tests.clean_process import output

EXTRA = tuple(name for name in FEATURES if name not in ("x1", "x2"))
FEATURED = {"features": EXTRA, "standardise": True}

CALM = [
    ({}, 600),
    ({"seed": 42}, 0),
    ({**FEATURED, "order": "shuffled"}, 400),
    ({"rate_changes": ((50, 0.5), (300, 1e-3))}, 400),
    ({"loss": "binary_cross_entropy", "order": "in turn"}, 400),
    ({"output_activation": "softplus", "learning_rate": 0.01}, 200),
    *(({"hidden": ((4, name),), "learning_rate": 0.02}, 200) for name in ACTIVATIONS),
    ({"hidden": ((8, "tanh"),), **FEATURED, "loss": "binary_cross_entropy"}, 200),
    ({"hidden": ((3, "sigmoid"), (2, "tanh")), "rate_changes": ((20, 0.3),)}, 200),
    ({"begin": Begin(100, (0.5, -0.25, 0.1))}, 400),
    ({"begin": Begin(100, tuple(0.1 * k for k in range(-6, 7))), "hidden": ((3, "tanh"),)}, 300),
]
LARGE_RATES = [
    ({"learning_rate": 1.0}, 1000),
    ({"learning_rate": 10.0, "seed": 7}, 1000),
    ({"learning_rate": 1.0, "hidden": ((4, "tanh"),)}, 500),
]
# Each script with names of its own, as if it were alone; PyTorch takes seconds to be imported.
ALL = """\
for number, script in enumerate({scripts!r}):
    print("script", number)
    exec(script, {{}})
"""


def config(**choices):
    return RunConfig.from_dataset(eight_rows(), **{"steps": 1000, **choices})


@pytest.fixture(scope="module")
def printed(torch: ModuleType, tmp_path_factory):
    """Return what the scripts of all runs print, as numbers: parameters and cumulative error."""
    scripts = [run_torch_script(config(**choices), step) for choices, step in CALM + LARGE_RATES]
    numbers = []
    for line in output(ALL.format(scripts=scripts), tmp_path_factory.mktemp("torch")):
        if line.startswith("script"):
            numbers.append([])
        else:
            numbers[-1].append(ast.literal_eval(line.rsplit(":", 1)[1].strip()))
    return [
        (np.concatenate([np.ravel(part) for part in parts]), error) for *parts, error in numbers
    ]


@pytest.mark.parametrize("number", range(len(CALM)), ids=lambda number: repr(CALM[number]))
def test_the_script_prints_the_numbers_of_the_run(number, printed):
    choices, step = CALM[number]
    run = record(config(**choices))
    parameters, error = printed[number]
    np.testing.assert_allclose(parameters, run.parameters_at(step), rtol=1e-9, atol=1e-15)
    assert error == pytest.approx(run.cumulative_errors_between(step, step)[0], rel=1e-9)


@pytest.mark.parametrize("number", range(len(CALM + LARGE_RATES)))
def test_as_many_digits_agree_as_is_said(number, printed):
    choices, step = (CALM + LARGE_RATES)[number]
    run = record(config(**choices))
    kept = sensitivity(run, step).digits_kept
    parameters = printed[number][0]
    np.testing.assert_allclose(parameters, run.parameters_at(step), rtol=10.0**-kept, atol=1e-15)


def test_the_script_is_short_lines_and_leaves_the_slopes_to_pytorch():
    for choices, step in CALM:
        script = run_torch_script(config(**choices), step)
        assert max(map(len, script.splitlines())) <= 100
        assert [line for line in script.splitlines() if "import" in line] == [
            "import numpy as np",
            "import torch",
        ]
        assert "slope(" not in script
        assert "derror" not in script
        assert "error.backward()" in script


@pytest.mark.parametrize(
    ("step", "error"), [(-1, ValueError), (1001, ValueError), (1.0, TypeError)]
)
def test_a_step_outside_the_run_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        run_torch_script(config(), step)


def test_only_a_config_has_a_script():
    with pytest.raises(TypeError, match="RunConfig"):
        run_torch_script("neuron", 3)
