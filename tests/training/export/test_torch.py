"""The PyTorch script, where nothing of nnviz works out a gradient, prints the numbers as well."""

from types import ModuleType

import pytest

from nnviz.training.export.torch import torch_script
from nnviz.training.record import record
from tests.clean_process import output
from tests.deep_timelines import SEVERAL, SINGLE, TIMELINES, once
from tests.training.export.test_script import hold

WANTED = (
    *((name, record(timeline).last_step) for name, timeline in TIMELINES.items()),
    *((name, 60) for name in SEVERAL),
)
# Each script with names of its own, as if it were alone; PyTorch takes seconds to be imported.
ALL = """\
from pathlib import Path

for number in range({n}):
    print("script", number)
    exec(Path(f"{{number}}.py").read_text(encoding="utf-8"), {{}})
"""


@pytest.fixture(scope="module")
def printed(torch: ModuleType, tmp_path_factory):
    """Return the lines that the script of each timeline prints."""
    folder, lines = tmp_path_factory.mktemp("torch"), []
    for number, (name, step) in enumerate(WANTED):
        text = torch_script(TIMELINES[name], step)
        (folder / f"{number}.py").write_text(text, encoding="utf-8")
    for line in output(ALL.format(n=len(WANTED)), folder):
        if line.startswith("script"):
            lines.append([])
        else:
            lines[-1].append(line)
    return lines


@pytest.mark.parametrize("number", range(len(WANTED)), ids=lambda number: repr(WANTED[number]))
def test_the_script_prints_the_numbers_of_the_training(number, printed):
    name, step = WANTED[number]
    hold(printed[number], TIMELINES[name], step)


def test_the_script_is_short_lines_and_leaves_slopes_and_steps_to_pytorch():
    for name in TIMELINES:
        text = torch_script(TIMELINES[name], TIMELINES[name].steps)
        assert max(map(len, text.splitlines())) <= 100
        imports = [line for line in text.splitlines() if "import" in line]
        assert imports == ["import numpy as np", "import torch"]
        for word in ("slope(", "derror", "memory", "\n\n\n\n"):
            assert word not in text
        assert "loss.backward()" in text
        assert "torch.optim." in text


def test_what_is_not_needed_is_not_there():
    text = torch_script(SINGLE["all rows"], 100)
    for word in ("shuffled", "dropout", "Keep", "l1", "l2", "order_begin", "rate_at", "carry"):
        assert word not in text


@pytest.mark.parametrize(("step", "error"), [(-1, ValueError), (201, ValueError), (1.0, TypeError)])
def test_a_step_outside_the_timeline_is_refused(step, error):
    with pytest.raises(error, match="step must be"):
        torch_script(once(), step)
