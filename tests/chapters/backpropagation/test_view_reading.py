"""Where a box of the picture stands among the parameters, and what it holds."""

import numpy as np
import pytest

from nnviz.chapters.backpropagation.view_reading import parameter_index
from nnviz.walkthrough.values import given_value
from nnviz.walkthrough.walk import RowUpdate, WalkStart, walk_updates

SIZES = (3, 2, 4, 1)
N = (3 + 1) * 2 + (2 + 1) * 4 + (4 + 1) * 1
START = WalkStart(
    rows=((1.0, 2.0, 3.0),),
    targets=(0.5,),
    sizes=SIZES,
    activations=("tanh", "relu", "linear"),
    parameters=tuple(float(i) / 100 for i in range(N)),
)
WALK = walk_updates(START, [RowUpdate(0, 0.1)], every_term=False)


def test_every_parameter_is_found_at_its_place_and_with_its_value() -> None:
    found = {}
    for layer, at in enumerate(WALK.traces[0].layers):
        for (i, j), weight in np.ndenumerate(at.weights):
            key = f"weight.{layer}.{i}.{j}"
            found[key] = parameter_index(WALK, key)
            assert given_value(WALK.traces[0], key) == weight == START.parameters[found[key]]
        for j, bias in enumerate(at.bias):
            key = f"bias.{layer}.{j}"
            found[key] = parameter_index(WALK, key)
            assert given_value(WALK.traces[0], key) == bias == START.parameters[found[key]]
    assert sorted(found.values()) == list(range(N))


@pytest.mark.parametrize("key", ["z.0.0", "a.0.0", "input.0", "target", "error", "sum.0.0"])
def test_nothing_else_is_a_parameter(key: str) -> None:
    assert parameter_index(WALK, key) is None


def test_what_comes_with_the_row_is_told() -> None:
    assert given_value(WALK.traces[0], "input.2") == 3
    assert given_value(WALK.traces[0], "target") == 0.5
    assert given_value(WALK.traces[0], "z.0.0") is None
