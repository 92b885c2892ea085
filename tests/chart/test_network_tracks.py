"""The marks of a network: how weights become bytes, and what the browser is told."""

import json

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.chart import tracks
from nnviz.chart.network_tracks import (
    HEAVIEST,
    BiasTrack,
    EdgeTrack,
    TilesTrack,
    weight_bytes,
)
from nnviz.chart.tracks import Tracks

EDGES = EdgeTrack(
    values=np.array([[0, 255]]), places=((0, 1, 2, 3), (0, 1, 2, 4)), below="red", above="green"
)
BIASES = BiasTrack(values=np.array([[0]]), places=((0, 1, 9),), below="red", above="green")
TILES = TilesTrack(
    values=np.zeros((3, 2, 4, 5)), boxes=((0, 0, 9), (9, 9, 9)), stops=("red", "green")
)


@example(-5e-324, 0.0)  # too small to be divided
@given(st.floats(-1e300, 1e300), st.floats(-1e300, 1e300))
def test_a_heavier_weight_has_no_lower_byte_and_every_sign_is_kept(a, b):
    low, high = weight_bytes(np.array([min(a, b), max(a, b)])).tolist()
    assert low <= high
    assert (low <= 127) == (min(a, b) < 0)
    assert (high >= 128) == (max(a, b) >= 0)


def test_bytes_are_told_from_weights_by_the_square_root():
    weights = np.array([-HEAVIEST, -1.25, 0.0, 1.25, HEAVIEST, 50.0])
    assert weight_bytes(weights).tolist() == [0, 63, 128, 192, 255, 255]
    assert weight_bytes(np.array([np.nan, np.inf, -np.inf])).tolist() == [128, 255, 0]


def test_styles():
    signed = {"axes": "xy", "below": "red", "above": "green"}
    assert EDGES.style() == {**signed, "places": ((0, 1, 2, 3), (0, 1, 2, 4)), "widest": 7.0}
    assert BIASES.style() == {**signed, "places": ((0, 1, 9),)}
    assert TILES.style() == {
        "axes": "xy", "boxes": ((0, 0, 9), (9, 9, 9)), "stops": ("red", "green"), "shape": [4, 5]
    }  # fmt: skip
    for track in (EDGES, BIASES, TILES):
        assert json.loads(json.dumps(track.style()))


def test_the_browser_gets_bytes():
    assert [a.dtype.str for a in Tracks((EDGES, BIASES, TILES), 1).arrays()] == ["|u1"] * 3
    assert issubclass(TilesTrack, tracks.Track)
