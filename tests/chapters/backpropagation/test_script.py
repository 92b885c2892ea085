"""The script of a walk, run as a learner would run it."""

import re
from itertools import pairwise

import numpy as np
import pytest

from nnviz.chapters.backpropagation.script import backprop_snippet
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.rng import generator
from nnviz.walkthrough.update_effect import update_effect
from nnviz.walkthrough.walk import RowUpdate, WalkStart, walk_updates
from tests.clean_process import output

TAKEN = (RowUpdate(1, 0.1), RowUpdate(0, 0.5), RowUpdate(1, 0.05))


def walk_of(sizes, activations, loss):
    n = sum((a + 1) * b for a, b in pairwise(sizes))
    rng = generator(4, "snippet")
    return walk_updates(
        WalkStart(
            rows=tuple(map(tuple, rng.normal(size=(3, sizes[0])).tolist())),
            targets=(1.0, 0.0, 0.5),
            sizes=sizes,
            activations=activations,
            parameters=tuple(rng.normal(size=n).tolist()),
            loss=loss,
        ),
        TAKEN,
        every_term=False,
    )


def numbers(line):
    return [float(text) for text in re.findall(r"(?<![\w.])-?\d+\.?\d*(?:e[+-]\d+)?", line)]


def close(got, expected):
    np.testing.assert_allclose(got, np.ravel(expected), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("n_updates", [1, 3])
def test_the_neurons_script_bears_the_tutorials_names(tmp_path, n_updates):
    start = WalkStart(
        ((1.66, 1.56), (2.0, 1.5)), (1.0, 0.0), (2, 1), ("sigmoid",), (1.45, -0.66, 0.0)
    )
    walk = walk_updates(start, TAKEN, every_term=True)
    script = backprop_snippet(walk, n_updates)
    for name in ("derror_dprediction", "dprediction_dlayer1", "dlayer1_dbias", "dlayer1_dweights"):
        assert f"    {name} = " in script
    values, chain, slopes, parameters, errors = output(script, tmp_path)
    trace = walk.traces[n_updates - 1]
    layer = trace.layers[0]
    close(
        [float(values.split()[i]) for i in (1, 3, 5)],
        [layer.pre_activations[0], trace.prediction[0], trace.error],
    )
    close(
        [float(chain.split()[i]) for i in (1, 3)],
        [trace.derror_dprediction[0], layer.dactivations_dpre_activations[0]],
    )
    close(numbers(slopes), [layer.derror_dbias[0], *layer.derror_dweights[:, 0]])
    updated = trace.updated.layers[0]
    close(numbers(parameters.replace("weights_1", "")), [updated.bias[0], *updated.weights[:, 0]])
    close(numbers(errors), update_effect(trace, start.X, start.y).after)


@pytest.mark.parametrize("loss", ["squared_error", "binary_cross_entropy"])
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("hidden", [(2, 2), (4, 4, 4), ()])
def test_the_script_of_any_network(tmp_path, hidden, activation, loss):
    end = "sigmoid" if loss == "binary_cross_entropy" else "linear"
    if not hidden and loss == "squared_error" and activation != "sigmoid":
        end = activation  # one sigmoid alone has the tutorial's script
    sizes = (4 if len(hidden) > 2 else 2, *hidden, 1)
    walk = walk_of(sizes, (*[activation] * len(hidden), end), loss)
    assert walk.stopped is None
    first, *gradients, errors = output(backprop_snippet(walk, 3), tmp_path)
    trace = walk.traces[2]
    close([float(first.split()[i]) for i in (1, 3)], [trace.prediction[0], trace.error])
    assert len(gradients) == len(trace.layers)
    for line, layer in zip(gradients, trace.layers, strict=True):
        weights, bias = line.split(" derror_db")
        close(numbers(weights.partition(" ")[2]), layer.derror_dweights)
        close(numbers(bias.partition(" ")[2]), layer.derror_dbias)
    close(numbers(errors), update_effect(trace, walk.start.X, walk.start.y).after)
