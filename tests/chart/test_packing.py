"""Packed tracks, opened again as the browser opens them."""

import json
import struct
import zlib
from typing import Any

import numpy as np
import pytest

from nnviz.chart.packing import pack
from nnviz.chart.tracks import DotTrack, LineTrack, MapTrack, ReadoutTrack, Tracks


def _unpack(packed: bytes) -> tuple[dict[str, Any], list[np.ndarray]]:
    length, digest = struct.unpack_from("<I16s", packed)
    header = json.loads(zlib.decompress(packed[20 : 20 + length]))
    header["digest"] = digest.decode()
    body = zlib.decompress(packed[20 + length :])
    arrays = [
        np.frombuffer(body, "<" + track["dtype"], track["count"], track["offset"])
        for track in header["tracks"]
    ]
    return header, arrays


@pytest.fixture
def tracks() -> Tracks:
    """Return three kinds of tracks whose sizes do not fall on multiples of four."""
    rng = np.random.default_rng(0)
    return Tracks(
        (
            MapTrack(
                values=rng.integers(0, 256, (3, 5, 7), dtype=np.uint8),
                stride=10,
                extent=(0, 1, 2, 3),
                stops=("white", "black"),
            ),
            LineTrack(values=rng.normal(size=(21, 2, 2)), axes="x2y2"),
            ReadoutTrack(values=np.arange(21), label="error"),
        ),
        last=20,
    )


def test_everything_arrives(tracks: Tracks) -> None:
    header, arrays = _unpack(pack(tracks)[0])
    assert header["last"] == 20
    assert [track["kind"] for track in header["tracks"]] == ["map", "line", "readout"]
    for track, sent, array in zip(header["tracks"], tracks.arrays(), arrays, strict=True):
        np.testing.assert_array_equal(array, sent.ravel())
        assert track["length"] == len(sent)
        assert track["offset"] % 4 == 0
    assert header["tracks"][0]["shape"] == [5, 7]
    assert header["tracks"][0]["stride"] == 10
    assert header["tracks"][1]["axes"] == "x2y2"


def test_the_digest_names_the_content(tracks: Tracks) -> None:
    packed, digest = pack(tracks)
    assert pack(tracks) == (packed, digest)
    assert _unpack(packed)[0]["digest"] == digest
    assert pack(Tracks(tracks.tracks[:2], 20))[1] != digest
    assert pack(Tracks(tracks.tracks, 19))[1] != digest


def test_a_track_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="dot track needs at least one value"):
        Tracks((DotTrack(values=np.empty((0, 2))),), last=0)
