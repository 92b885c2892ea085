"""Tracks of parameters: what the browser is told of a network, and what becomes of huge weights."""

import json

import numpy as np

from nnviz.chart.network_tracks import (
    BiasTrack,
    EdgeTrack,
    GroundTrack,
    TilesTrack,
    network_form,
    undecided,
)
from nnviz.chart.tracks import Tracks
from nnviz.data import toys
from nnviz.nn.architecture import Architecture
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

PLAN = Plan(toys.make("circle", 30, 0.1, 0), Architecture(hidden=((2, "tanh"), (1, "relu"))))
VALUES = np.zeros((2, PLAN.n_parameters))
FORM = network_form(PLAN)
PLACES = {"below": "red", "above": "green", "values": VALUES}
EDGES = EdgeTrack(places=((0, 1, 2, 3), (0, 1, 2, 4)), which=(0, 2), **PLACES)
BIASES = BiasTrack(places=((0, 1, 9),), which=(3,), **PLACES)
TILES = TilesTrack(values=VALUES, network=FORM, plane=Plane(0, 1, 2, 3, 2), boxes=((0, 0, 9),),
                   stops=("red", "green"), skip=2)  # fmt: skip


def test_styles():
    signed = {"axes": "xy", "below": "red", "above": "green"}
    assert EDGES.style() == {
        **signed, "places": ((0, 1, 2, 3), (0, 1, 2, 4)), "which": (0, 2), "widest": 7.0
    }  # fmt: skip
    assert BIASES.style() == {**signed, "places": ((0, 1, 9),), "which": (3,)}
    assert TILES.style() == {
        "axes": "xy", "network": FORM, "boxes": ((0, 0, 9),), "stops": ("red", "green"),
        "extent": (0, 1, 2, 3), "skip": 2,
    }  # fmt: skip
    for track in (EDGES, BIASES, TILES):
        assert json.loads(json.dumps(track.style()))


def test_a_form_says_how_a_network_is_evaluated():
    assert FORM["sizes"] == [*PLAN.sizes]
    assert FORM["activations"] == ["tanh", "relu", "sigmoid"]
    assert FORM["ends"] == [None, [0.0, 1.0], None, [0.5, 0.5]]
    assert (FORM["middle"], FORM["reach"]) == (0.5, 0.5)
    scaler = PLAN.standardiser
    assert [each["mean"] for each in FORM["inputs"]] == scaler.mean.tolist()
    assert [each["scale"] for each in FORM["inputs"]] == scaler.scale.tolist()


def test_undecided_is_said_of_two_classes_and_one_output_alone():
    def of(**options):
        name = options.pop("data", "circle")
        return undecided(Plan(toys.make(name, 30, 0.1, 0), Architecture(hidden=(), **options)))

    assert of() == 0.0
    assert of(output="tanh", loss="squared_error") == 0.0
    assert of(output="linear", loss="squared_error") == 0.5
    assert of(output="softmax", loss="cross_entropy") is None
    assert of(data="blobs", output="softmax", loss="cross_entropy") is None
    assert of(data="plane", output="linear", loss="squared_error") is None


def test_weights_that_left_the_range_keep_their_sign():
    huge = np.array([[1e300, -1e300], [np.inf, -np.inf], [1.0, -1e-300]])
    (sent,) = Tracks((GroundTrack(values=huge, network={}, stops=()),), 2).arrays()
    assert np.isfinite(sent).all()
    np.testing.assert_array_equal(np.sign(sent), [[1, -1], [1, -1], [1, 0]])
    assert np.abs(sent[:2]).min() > 2.9e38
