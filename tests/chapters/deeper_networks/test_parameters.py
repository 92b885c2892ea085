"""What the address of Deeper networks holds."""

import numpy as np
import pytest

from nnviz.chapters.deeper_networks.address import deeper_parameters
from nnviz.chapters.deeper_networks.lines import Change, Line
from nnviz.chapters.deeper_networks.settings import Settings
from nnviz.data.sample import Sample

PARAMETERS = {each.name: each for each in deeper_parameters()}


def test_a_default_comes_back():
    for name in PARAMETERS:
        parameter = PARAMETERS[name]
        text = parameter.format(parameter.default)
        if text:
            assert parameter.parse(text) == parameter.default


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("with", Settings(data="spiral", hidden=((8, "relu"),), rate=0.03, standardise=False)),
        ("lines", (Line(changes=(Change(5, {"rate": 1.0}, {3: -0.5}),)), Line(0, 9))),
        ("own", Sample(np.array([[0.5, 1], [2, 3], [4, 5.25]]), np.array([0.0, 1, 1]))),
        ("picked", "e.1.0.2"),
        ("probe", (1.5, -2.0)),
    ],
)
def test_what_is_chosen_comes_back(name, value):
    parameter = PARAMETERS[name]
    assert parameter.parse(parameter.format(value)) == value


def test_rows_too_many_for_a_link_are_named_and_not_read():
    rows = np.random.default_rng(1).normal(size=(5000, 2))
    own = PARAMETERS["own"]
    text = own.format(Sample(rows, (rows[:, 0] > 0).astype(float)))
    assert text == "file"
    with pytest.raises(ValueError, match="load the file again"):
        own.parse(text)
