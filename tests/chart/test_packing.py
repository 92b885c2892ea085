"""Tracks are packed so that a browser finds each of them where the header says."""

from dataclasses import replace

import numpy as np
import pytest

from nnviz.chart.packing import pack
from nnviz.chart.tracks import DotTrack, LineTrack, MapTrack, ReadoutTrack, Tracks, by_parameters
from tests.tracks import opened


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
    header, arrays = opened(pack(tracks)[0])
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
    assert opened(packed)[0]["digest"] == digest
    assert pack(Tracks(tracks.tracks[:2], 20))[1] != digest
    assert pack(Tracks(tracks.tracks, 19))[1] != digest


def test_a_track_without_values_is_refused() -> None:
    with pytest.raises(ValueError, match="dot track needs at least one value"):
        Tracks((DotTrack(values=np.empty((0, 2))),), last=0)


def test_what_several_tracks_share_travels_once():
    values = np.random.default_rng(0).normal(size=(500, 3))
    dot = DotTrack(values=values, made=by_parameters(np.zeros(3), np.eye(3)[:2]))
    packed, _ = pack(Tracks((dot,), 499))
    both, _ = pack(Tracks((dot, replace(dot, size=9)), 499))
    assert len(both) < len(packed) + 100
    _, (one, other) = opened(both)
    np.testing.assert_array_equal(one, other)


def test_what_changes_little_travels_in_few_bytes():
    steps = np.linspace(0.0, 1.0, 5_000)
    values = np.column_stack([np.sin(steps), -np.cos(steps), np.zeros(5_000)])
    dot = DotTrack(values=values, made=by_parameters(np.zeros(3), np.eye(3)[:2]))
    packed, _ = pack(Tracks((dot,), 4_999))
    assert len(packed) < values.astype("f4").nbytes / 4
    # 16 significant bits of each, whatever the size and the sign.
    rng = np.random.default_rng(0)
    values = rng.normal(size=(300, 3)) * 10.0 ** rng.integers(-30, 30, (300, 3))
    _, (found,) = opened(pack(Tracks((replace(dot, values=values),), 299))[0])
    np.testing.assert_allclose(found, values.ravel(), rtol=2.0**-16)
