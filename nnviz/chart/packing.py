"""Tracks as bytes; static/nnviz/frames.js opens them."""

import hashlib
import json
import struct
import zlib
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnviz.chart.tracks import Tracks


def pack(tracks: Tracks) -> tuple[bytes, str]:
    """Return the tracks as bytes, and a digest that names them.

    The format is: length of the deflated header (u32, little-endian), digest (16 ASCII characters),
    header (JSON, UTF-8, deflated), then all arrays one after the other, deflated. The header says
    where each array starts and what it is. It is deflated because boards write whole sentences.
    Tracks with the same values share them.
    """
    headers: list[dict[str, Any]] = []
    body = bytearray()
    offsets: dict[tuple[str, bytes], int] = {}
    sent: dict[tuple[Any, ...], tuple[str, NDArray[Any], bytes]] = {}
    for track in tracks.tracks:
        same = id(track.values), *track.travels_as
        if same not in sent:
            dtype, array = track.travelling()
            sent[same] = dtype, array, _bytes(array, dtype)
        dtype, array, values = sent[same]
        offset = offsets.get((dtype, values))
        if offset is None:
            body.extend(b"\0" * (-len(body) % 8))
            offset = offsets[dtype, values] = len(body)
            body.extend(values)
        headers.append(
            {
                "kind": track.kind,
                "dtype": dtype,
                "offset": offset,
                "count": array.size,
                "start": track.start,
                "stride": track.stride,
                "until": track.until,
                "slot": track.slot,
                "series": track.series,
                "length": len(array),
                **track.style(),
            }
        )
    # What tracks consist of are dataclasses.
    content = json.dumps({"last": tracks.last, "tracks": headers}, default=vars).encode()
    digest = hashlib.sha256(content + body).hexdigest()[:16]
    header = zlib.compress(
        content, 4
    )  # of words that come again and again a sixth less than with 1
    start = struct.pack("<I", len(header)) + digest.encode()
    return start + header + zlib.compress(bytes(body), 1), digest


_SUMMED = MappingProxyType({"f3": 8, "f4": 0, "i4": 0})  # how many bits do not travel


def _bytes(array: NDArray[Any], dtype: str) -> bytes:
    """Return an array in bytes that deflate well.

    Numbers of three and four bytes travel as changes: by how much their bits, read as a whole
    number, differ from those of the entry before, with the sign in the lowest bit. A plane holds
    one byte of all these changes, column after column: most planes are nearly empty.
    """
    little = array.astype(array.dtype.newbyteorder("<"), copy=False)
    if dtype not in _SUMMED:
        return little.tobytes()
    dropped = _SUMMED[dtype]
    whole = little.view("<u4").reshape(len(array), -1).T >> np.uint32(dropped)
    changes = np.diff(whole, axis=1, prepend=np.uint32(0)) << np.uint32(dropped)
    signs = (changes.view(np.int32) >> 31).view(np.uint32) >> np.uint32(dropped)
    zigzag = np.ascontiguousarray((changes >> np.uint32(dropped) << np.uint32(1)) ^ signs)
    planes = zigzag.astype("<u4", copy=False).view(np.uint8).reshape(-1, 4).T
    return planes[: 4 - dropped // 8].tobytes()
