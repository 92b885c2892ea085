"""The script of a prediction, run as a learner would run it."""

import numpy as np
import pytest

from nnviz.chapters.prediction.decision import decide
from nnviz.chapters.prediction.script_row import prediction_snippet
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.network import Layer, Network
from nnviz.nn.trace import trace_update
from tests.clean_process import output


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("bias", [0.0, -2.5])
def test_the_script_prints_what_the_screen_shows(tmp_path, activation, bias):
    layer = Layer(np.array([[1.45], [-0.66]]), [bias], activation)
    trace = trace_update(Network((layer,)), (1.66, 1.56), 1, learning_rate=0)
    printed = dict(line.split(" ") for line in output(prediction_snippet(trace, 0.3), tmp_path))
    z, p = float(trace.layers[0].pre_activations[0]), float(trace.prediction[0])
    assert float(printed["layer_1"]) == pytest.approx(z, rel=1e-9)
    assert float(printed["prediction"]) == pytest.approx(p, rel=1e-9)
    assert int(printed["answer"]) == decide(p, 0.3)


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("sign", [1, -1])
def test_it_holds_where_a_link_goes_farthest(tmp_path, activation, sign):
    layer = Layer(np.array([[100.0], [100.0]]) * sign, [100.0 * sign], activation)
    trace = trace_update(Network((layer,)), (100, 100), 1, learning_rate=0)
    printed = dict(line.split(" ") for line in output(prediction_snippet(trace, 0.5), tmp_path))
    p = float(trace.prediction[0])
    assert float(printed["prediction"]) == pytest.approx(p, rel=1e-9, abs=1e-300)
    assert int(printed["answer"]) == decide(p, 0.5)
