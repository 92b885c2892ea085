"""The script and the notebook print the numbers of the page."""

import json

import numpy as np
import pytest

from nnviz.chapters.pictures_to_numbers.ten.mistakes import confusion
from nnviz.chapters.pictures_to_numbers.ten.network import TenConfig, train_ten
from nnviz.chapters.pictures_to_numbers.ten.reading import read_ten, unit_off
from nnviz.chapters.pictures_to_numbers.ten.script import ten_program
from nnviz.data.digits import digits
from tests.clean_process import output

DRAWING = tuple(digits().pictures[1551].tolist())


def test_the_script_prints_the_numbers_of_the_page(tmp_path):
    cases = [(TenConfig(200, 5, seed=4), 60, 3), (TenConfig(100, 0, "other"), 45, None)]
    for config, step, off in cases:
        run = train_ten(config)
        code = ten_program(run, step, DRAWING, off).script
        assert max(map(len, code.splitlines())) <= 100
        first, *lines = output(code, tmp_path)
        assert first == f"held out: {run.n_right[step]} of {len(run.held_out)} right"
        printed = [float(line.split()[-1]) for line in lines[:10]]
        assert printed == pytest.approx(read_ten(run, step, DRAWING).probabilities, rel=1e-9)
        matrix = np.array([line.strip("[] ").split() for line in lines[10:20]], dtype=int)
        np.testing.assert_array_equal(matrix, confusion(run, step).counts)
        wrong = confusion(run, step).mistakes()
        n = 20 + len(wrong)
        for seen, line in zip(wrong, lines[20:n], strict=True):
            place, label, said, chance = (line.split()[i] for i in (1, 3, 5, 6))
            assert (int(place), int(label), int(said)) == (seen.picture + 1, seen.label, seen.said)
            assert float(chance) == pytest.approx(seen.probability, rel=1e-9)
        if off is None:
            assert len(lines) == n
            continue
        found = unit_off(run, step, off)
        for k, line in enumerate(lines[n:]):
            numbers = [int(word) for word in line.split() if word.isdigit()]
            expected = (k, found.before[k] * found.n[k], found.after[k] * found.n[k], found.n[k])
            assert numbers == [round(value) for value in expected]


def test_the_notebook_holds_the_same_code():
    run = train_ten(TenConfig(100, 2))
    cells = json.loads(ten_program(run, 30, DRAWING, 1).notebook)["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    script = ten_program(run, 30, DRAWING, 1).script
    for line in code.splitlines():
        assert line in script
