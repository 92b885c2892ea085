"""The script of many runs: it runs by itself and prints what the page shows."""

import re

import numpy as np
import pytest

from nnviz.chapters.compare_runs.script import compare_runs_snippet
from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves
from tests.clean_process import output
from tests.runs import timeline_of


def result(rate, n_seeds, *, first=0, at_end=False, steps=1_000, **model):
    base = timeline_of(steps=steps, **model)
    sweep = Sweep(base, (rate,), first, n_seeds, at_end)
    return SweepResult(sweep, error_curves(base, rate, sweep.seeds)[np.newaxis])


@pytest.mark.parametrize(
    "choices",
    [
        {"rate": 0.1, "n_seeds": 20},
        {"rate": 10.0, "n_seeds": 3, "first": 4_294_967_200, "at_end": True},
        {"rate": 0.1, "n_seeds": 1, "features": ("x1^2", "x1*x2", "sin x2")},
        {"rate": 0.3, "n_seeds": 9, "features": ("sin x1", "x2^2"), "standardise": True},
        {"rate": 0.5, "n_seeds": 6, "hidden": ((4, "tanh"),), "standardise": True},
        {"rate": 0.1, "n_seeds": 5, "hidden": ((3, "linear"),), "at_end": True},
        {"rate": 0.1, "n_seeds": 5, "hidden": ((8, "sigmoid"),)},
        # Chaotic: it takes every bit to come to the same end.
        {"rate": 0.1, "n_seeds": 20, "hidden": ((8, "relu"),), "features": ("sin x1", "x1^2"),
         "steps": 10_000},
    ],
    ids=repr,
)  # fmt: skip
def test_the_script_prints_the_numbers_on_the_screen(choices, tmp_path):
    made = result(**choices)
    guess, worse, median = output(compare_runs_snippet(made.sweep, 0), tmp_path)
    assert guess == "always 0.5: 2.0"
    assert worse == f"worse: {made.n_worse[0]} of {made.sweep.n_seeds}"
    assert float(median.removeprefix("median: ")) == pytest.approx(made.summary(0)[2], rel=1e-12)


def test_it_counts_the_tutorials_164_of_300(tmp_path):
    sweep = Sweep(timeline_of(), (0.1,), 0, 300)
    _, worse, median = output(compare_runs_snippet(sweep, 0), tmp_path)
    assert worse == "worse: 164 of 300"
    assert median.startswith("median: 2.01659580")


def test_the_script_is_short_lines_and_needs_numpy_alone():
    sweep = result(0.1, 2, hidden=((2, "tanh"),)).sweep
    script = compare_runs_snippet(sweep, 0)
    assert max(map(len, script.splitlines())) <= 100
    imports = re.findall(r"^ *(?:import|from) .*", script, re.M)
    assert imports == ["from math import exp, tanh", "import numpy as np"]


@pytest.mark.parametrize(
    ("model", "sentence"),
    [
        ({"order": "in turn"}, "rows in random order"),
        ({"loss": "binary_cross_entropy"}, "of the squared error"),
    ],
)
def test_what_it_cannot_write_is_said(model, sentence):
    base = timeline_of(steps=100, **model)
    with pytest.raises(ValueError, match=sentence):
        compare_runs_snippet(Sweep(base, (0.1,)), 0)
    with pytest.raises(ValueError, match="rate must be between 0 and 0, not 1"):
        compare_runs_snippet(result(0.1, 1).sweep, 1)
