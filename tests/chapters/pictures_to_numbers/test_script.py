"""The script prints the numbers of the page, in a process with NumPy alone."""

import json
import re
from pathlib import Path

from nnviz.chapters.pictures_to_numbers.reading import read_drawing
from nnviz.chapters.pictures_to_numbers.script import neuron_program
from nnviz.chapters.pictures_to_numbers.two_digits import NeuronConfig, examples, train_neuron
from tests.clean_process import output


def test_the_script_trains_the_same_neuron_and_reads_the_same_drawing(tmp_path: Path) -> None:
    run, drawing = train_neuron(NeuronConfig(60, 5)), examples(5, 8)[2]
    for step in (0, 777):
        printed = "\n".join(output(neuron_program(run, step, drawing).script, tmp_path))
        reading = read_drawing(run.parameters[step], drawing)
        for name, value in (("sum", reading.z), ("squeezed", reading.prediction)):
            (said,) = re.findall(rf"(?m)^{name} (\S+)$", printed)
            assert float(said) == value
        right = round(float(run.held_out_accuracy[step]) * len(run.held_out))
        assert f"held out: {right} of {len(run.held_out)} right" in printed


def test_the_notebook_holds_the_same_code(tmp_path: Path) -> None:
    run, drawing = train_neuron(NeuronConfig(20, 0)), examples(0, 3)[0]
    cells = json.loads(neuron_program(run, 30, drawing).notebook)["cells"]
    code = "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")
    printed = "\n".join(output(code, tmp_path))
    z = read_drawing(run.parameters[30], drawing).z
    (said,) = re.findall(r"(?m)^sum (\S+)$", printed)
    assert float(said) == z
