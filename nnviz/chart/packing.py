"""Tracks as bytes; static/nnviz/frames.js opens them."""

import hashlib
import json
import struct
import zlib
from typing import Any

from nnviz.chart.tracks import Tracks


def pack(tracks: Tracks) -> tuple[bytes, str]:
    """Return the tracks as bytes, and a digest that names them.

    The format is: length of the deflated header (u32, little-endian), digest (16 ASCII characters),
    header (JSON, UTF-8, deflated), then all arrays one after the other, deflated. The header says
    where each array starts and what it is. It is deflated because boards write whole sentences.
    """
    headers: list[dict[str, Any]] = []
    body = bytearray()
    for track, array in zip(tracks.tracks, tracks.arrays(), strict=True):
        body.extend(b"\0" * (-len(body) % 8))
        headers.append(
            {
                "kind": track.kind,
                "dtype": track.dtype,
                "offset": len(body),
                "count": array.size,
                "start": track.start,
                "stride": track.stride,
                "until": track.until,
                "slot": track.slot,
                "length": len(array),
                **track.style(),
            }
        )
        body.extend(array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes())
    # What tracks consist of are dataclasses.
    content = json.dumps({"last": tracks.last, "tracks": headers}, default=vars).encode()
    digest = hashlib.sha256(content + body).hexdigest()[:16]
    header = zlib.compress(content, 1)
    start = struct.pack("<I", len(header)) + digest.encode()
    return start + header + zlib.compress(bytes(body), 1), digest
