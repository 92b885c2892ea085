"""The PyTorch script, where nothing of nnviz works out a gradient, prints the numbers as well."""

from types import ModuleType

import pytest

from nnviz.training.export.torch import torch_script
from nnviz.training.record import record
from tests.clean_process import outputs
from tests.deep_timelines import SEVERAL, SINGLE, TIMELINES, once
from tests.training.export.test_script import hold

WANTED = (
    *((name, record(timeline).last_step) for name, timeline in TIMELINES.items()),
    *((name, 60) for name in SEVERAL),
)


@pytest.fixture(scope="module")
def printed(torch: ModuleType, tmp_path_factory):
    """Return the lines that the script of each timeline prints."""
    scripts = [torch_script(TIMELINES[name], step) for name, step in WANTED]
    return outputs(scripts, tmp_path_factory.mktemp("torch"))


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
