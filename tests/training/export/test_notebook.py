"""The cells of the notebook, run in their order in a clean process, print the same numbers."""

import json
import re

import pytest

from nnviz.data.sample import Sample
from nnviz.data.toys import make
from nnviz.training.export.script import notebook, script
from tests.clean_process import output
from tests.deep_timelines import CIRCLE, TIMELINES, once

CHOSEN = ("dropout", "regression", "other layers", "standardised from here", "by hand")


def cells_of(timeline, step):
    return json.loads(notebook(timeline, step))["cells"]


def text_of(cells, kind):
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == kind]


@pytest.mark.parametrize("name", CHOSEN)
def test_the_cells_print_what_the_script_prints(name, tmp_path):
    timeline = TIMELINES[name]
    # Each cell by itself, as a notebook runs it.
    cells = text_of(cells_of(timeline, timeline.steps), "code")
    program = f"names = {{}}\nfor cell in {cells!r}:\n    exec(cell, names)"
    lines = output(program, tmp_path)
    assert len(lines) > 5
    assert lines == output(script(timeline, timeline.steps), tmp_path)


@pytest.mark.parametrize("name", CHOSEN)
def test_it_is_a_notebook_of_format_4_5(name):
    file = json.loads(notebook(TIMELINES[name], 100))
    assert set(file) == {"cells", "metadata", "nbformat", "nbformat_minor"}
    assert (file["nbformat"], file["nbformat_minor"]) == (4, 5)
    names = [cell["id"] for cell in file["cells"]]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-zA-Z0-9_-]{1,64}", name) for name in names)
    for cell in file["cells"]:
        keys = {"cell_type", "id", "metadata", "source"}
        if cell["cell_type"] == "code":
            assert cell["execution_count"] is None
            assert cell["outputs"] == []
            keys |= {"execution_count", "outputs"}
            assert "".join(cell["source"]).strip()
        else:
            assert cell["cell_type"] == "markdown"
            assert "".join(cell["source"]).endswith(".")
        assert set(cell) == keys
        assert all(line.endswith("\n") for line in cell["source"][:-1])


def test_nothing_of_a_name_is_markup():
    sample = Sample(CIRCLE.X, CIRCLE.y, ("<img src=//x>", "[a](b)"), ("*b*", "`c`\n\u2028#"))
    words = "\n".join(text_of(cells_of(once(sample=sample), 3), "markdown"))
    assert not re.search(r"[<>`*]|\]\(", words)
    assert words.count("#") == 1


def test_the_files_that_are_read_are_named():
    words = text_of(cells_of(once(sample=make("circle", 2_500, 0.1, 0)), 3), "markdown")
    assert words[0].endswith("read from the same folder: nnviz\\_rows.csv.")


@pytest.mark.parametrize(("step", "error"), [(-1, ValueError), (201, ValueError), (1.0, TypeError)])
def test_a_step_outside_the_timeline_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        notebook(once(), step)
