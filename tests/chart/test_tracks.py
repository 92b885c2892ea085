"""The moving marks: what the browser is told of each, and the arrays that it gets."""

import json
import struct
import zlib
from dataclasses import replace

import numpy as np
import pytest

from nnviz.chart import theme
from nnviz.chart.packing import pack
from nnviz.chart.tracks import (
    BarTrack,
    DotTrack,
    LineTrack,
    MapTrack,
    ReadoutTrack,
    Tracks,
    TrailTrack,
    short_of,
)

STOPS = ("red", "green")
MAP = MapTrack(values=np.zeros((3, 4, 5)), extent=(0, 1, 2, 3), stops=STOPS, axes="x2y2")
LINE = LineTrack(values=np.zeros((3, 2, 2)), colour="red", dash="dot")
TRAIL = TrailTrack(values=np.zeros((3, 2)), width=1.5)
DOT = DotTrack(values=np.zeros((3, 2)), size=13, filled=False)
BARS = BarTrack(values=np.zeros((3, 8)), colours=("red",) * 8)
READOUT = ReadoutTrack(values=np.zeros(3), label="rows right")
NAMED = ReadoutTrack(values=np.zeros(3), label="just used", names=("", "row 1"))
EVERY = (MAP, LINE, TRAIL, DOT, BARS, READOUT, NAMED)
KINDS = ["map", "line", "trail", "dot", "bars", "readout", "readout"]


def test_every_kind_has_its_name_and_its_numbers():
    assert [track.kind for track in EVERY] == KINDS
    assert [track.travelling()[0] for track in EVERY] == ["u1", *["f4"] * 4, "u1", "u1"]
    assert {(track.start, track.stride) for track in EVERY} == {(0, 1)}


def test_styles():
    pen = {"axes": "xy", "colour": theme.INK, "width": 2.0, "dash": "solid"}
    assert MAP.style() == {"axes": "x2y2", "extent": (0, 1, 2, 3), "stops": STOPS, "shape": [4, 5]}
    assert LINE.style() == {**pen, "colour": "red", "dash": "dot", "points": 2}
    assert TRAIL.style() == {**pen, "width": 1.5, "made": None}
    assert DOT.style() == {**pen, "size": 13, "filled": False, "made": None}
    assert BARS.style() == {**pen, "colours": ("red",) * 8, "thickness": 0.7, "points": 8}
    assert READOUT.style() == {"label": "rows right", "after": "", "names": None}
    assert NAMED.style() == {"label": "just used", "after": "", "names": ["", "row 1"]}
    for track in EVERY:
        assert json.loads(json.dumps(track.style()))


def test_the_browser_gets_plain_arrays_of_the_values():
    rng = np.random.default_rng(0)
    values = rng.normal(size=(6, 4))
    every_other = DotTrack(values=values[::2, 1:3])
    counted = ReadoutTrack(values=np.array([0, 7, 8]), label="rows right")
    painted = MapTrack(
        values=rng.integers(0, 256, (2, 3, 3), dtype=np.uint8), extent=(0, 1, 0, 1), stops=STOPS
    )
    arrays = Tracks((every_other, counted, painted), 5).arrays()
    assert [array.dtype.str for array in arrays] == ["<f4", "|u1", "|u1"]
    assert all(array.flags.c_contiguous for array in arrays)
    np.testing.assert_array_equal(arrays[0], values[::2, 1:3].astype(np.float32))
    np.testing.assert_array_equal(arrays[1], [0, 7, 8])
    np.testing.assert_array_equal(arrays[2], painted.values)


def test_no_readout_is_rounded_up_to_the_whole():
    values = np.array([np.nan, -1.0, 0.5, 0.99994, 0.999999, 1.0, 1.5])
    told = [float(f"{value:.4g}") for value in short_of(1.0, values)]
    np.testing.assert_array_equal(told, [np.nan, -1.0, 0.5, 0.9999, 0.9999, 1.0, 1.5])
    assert short_of(100.0, np.array([99.998])).tolist() == [99.99]


def test_a_number_that_is_read_keeps_its_digits_and_travels_in_as_few_bytes_as_it_can():
    def told(value):
        return float(f"{value:.4g}")

    rng = np.random.default_rng(3)
    usual = rng.normal(size=500) * 10.0 ** rng.integers(-30, 30, 500)
    counted = np.arange(200.0)
    wide = np.concatenate([10.0 ** rng.uniform(-320, 308, 500), [0.0, np.inf, np.nan, -5e-324]])
    for values, dtype in ((usual, "f3"), (counted, "u1"), (counted + 100, "f3"), (wide, "f8")):
        how, sent = ReadoutTrack(values=values, label="").travelling()
        assert how == dtype
        np.testing.assert_array_equal([told(float(v)) for v in sent], [told(v) for v in values])


def test_what_is_nowhere_stays_nowhere():
    """A NaN hides a mark, and so does what is beyond the browser's numbers; without a warning."""
    (array,) = Tracks((DotTrack(values=np.array([[np.nan, 1e300], [-1e300, 1.0]])),), 1).arrays()
    np.testing.assert_array_equal(array, [[np.nan, np.inf], [-np.inf, 1.0]])


@pytest.mark.parametrize("track", EVERY[:-1], ids=KINDS[:-1])
def test_a_track_without_a_value_is_refused(track):
    empty = replace(track, values=track.values[:0])
    with pytest.raises(ValueError, match=f"A {track.kind} track needs at least one value"):
        Tracks((MAP, empty), 0)


def test_no_tracks_are_tracks():
    assert Tracks((), 5).arrays() == ()


def test_a_track_says_when_it_is_seen_and_whose_place_it_takes():
    assert {(track.until, track.slot) for track in EVERY} == {(None, "")}
    fine = replace(DOT, start=400, until=900, slot="where it is")
    packed, _ = pack(Tracks((DOT, fine), 10_000))
    length = struct.unpack_from("<I", packed)[0]
    always, sometimes = json.loads(zlib.decompress(packed[20 : 20 + length]))["tracks"]
    assert (always["start"], always["until"], always["slot"]) == (0, None, "")
    assert (sometimes["start"], sometimes["until"]) == (400, 900)
    assert sometimes["slot"] == "where it is"


def test_a_clock_that_ends_at_a_step_holds_nothing_of_what_comes_later():
    dots = DotTrack(values=np.arange(12.0).reshape(6, 2), colour="red")
    late = replace(dots, start=4)
    coarse = replace(dots, stride=2)
    cut = Tracks((dots, late, coarse), 10).up_to(3)
    assert cut.last == 3
    assert [len(track.values) for track in cut.tracks] == [4, 2]
    assert cut.tracks[0].values[-1].tolist() == [6, 7]
    assert Tracks((dots,), 5).up_to(9).last == 5
