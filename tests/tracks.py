"""Open packed tracks as the browser opens them; tests/js/frames.test.js does so too."""

import json
import struct
import zlib
from typing import Any

import numpy as np


def opened(packed: bytes) -> tuple[dict[str, Any], list[np.ndarray]]:
    """Return the header of packed tracks, and the array of each."""
    length, digest = struct.unpack_from("<I16s", packed)
    header = json.loads(zlib.decompress(packed[20 : 20 + length]))
    header["digest"] = digest.decode()
    body = zlib.decompress(packed[20 + length :])
    arrays = [_array(body, track) for track in header["tracks"]]
    return header, arrays


def _array(body: bytes, track: dict[str, Any]) -> np.ndarray:
    dtype, count, offset = track["dtype"], track["count"], track["offset"]
    if dtype not in ("f3", "f4", "i4"):
        return np.frombuffer(body, "<" + dtype, count, offset)
    size = int(dtype[1])
    planes = np.frombuffer(body, "u1", size * count, offset).reshape(size, -1).astype(np.int64)
    found = []
    for column in (planes.T @ 256 ** np.arange(size)).reshape(-1, track["length"]).tolist():
        value, values = 0, []
        for sent in column:
            value = (value + ((sent >> 1) ^ -(sent & 1))) % 256**size
            values.append(value << 8 if size == 3 else value)
        found.append(values)
    whole = np.array(found, dtype=np.uint32).T
    return whole.ravel().view(np.int32 if dtype == "i4" else np.float32)
