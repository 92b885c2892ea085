"""The cells of the notebook, run in their order in a clean process, print the run's numbers."""

import json
import re

import pytest

from nnviz.chapters.live_training.export.files import run_script
from nnviz.chapters.live_training.export.notebook import run_notebook
from nnviz.data.tutorial import eight_rows
from nnviz.training.run import record
from nnviz.training.run_config import Begin, RunConfig
from tests.clean_process import output

CHOSEN = [
    {},
    {"learning_rate": 4.8, "seed": 3, "order": "shuffled"},
    {"features": ("sin x1", "x1*x2"), "standardise": True, "loss": "binary_cross_entropy"},
    {"hidden": ((4, "tanh"),), "rate_changes": ((100, 1.0),), "order": "in turn"},
    {"begin": Begin(30, (0.1, -0.2, 0.3)), "learning_rate": 1.0},
]


def config(**choices):
    return RunConfig.from_dataset(eight_rows(), **{"steps": 500, **choices})


def code_of(notebook):
    cells = [cell for cell in json.loads(notebook)["cells"] if cell["cell_type"] == "code"]
    return ["".join(cell["source"]) for cell in cells]


@pytest.mark.parametrize("choices", CHOSEN, ids=repr)
def test_the_cells_print_the_numbers_of_the_run(choices, tmp_path):
    run = record(config(**choices))
    # Each cell by itself, as a notebook runs it.
    cells = code_of(run_notebook(run.config, 500))
    program = f"names = {{}}\nfor cell in {cells!r}:\n    exec(cell, names)"
    lines = output(program, tmp_path)
    assert lines == output(run_script(run.config, 500), tmp_path)
    numbers = [
        float(number)
        for line in lines[:-1]
        for number in re.findall(r"[-+.e\d]+", line.partition(":")[2])
    ]
    assert numbers == run.parameters_at(500).tolist()


@pytest.mark.parametrize("choices", CHOSEN, ids=repr)
def test_it_is_a_notebook_of_format_4_5(choices):
    notebook = json.loads(run_notebook(config(**choices), 500))
    assert set(notebook) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in notebook["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)
    for cell in notebook["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            assert cell["execution_count"] is None
            assert cell["outputs"] == []
            keys |= {"execution_count", "outputs"}
        else:
            assert cell["cell_type"] == "markdown"
        assert set(cell) == keys
        assert isinstance(cell["source"], list)
        assert all(line.endswith("\n") for line in cell["source"][:-1])


def test_every_cell_of_code_but_the_imports_follows_a_sentence():
    cells = json.loads(run_notebook(config(hidden=((3, "relu"),)), 500))["cells"]
    kinds = [cell["cell_type"] for cell in cells]
    assert kinds == ["markdown", "code", *["markdown", "code"] * (len(kinds) // 2 - 1)]
    for cell in cells:
        if cell["cell_type"] == "markdown":
            assert "".join(cell["source"]).endswith(".")


@pytest.mark.parametrize(("step", "error"), [(-1, ValueError), (501, ValueError), (1.0, TypeError)])
def test_a_step_outside_the_run_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        run_notebook(config(), step)
