"""All parameters of a network as text for a link: exact, and four letters for three bytes."""

import base64
import binascii
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np

MOST_PARAMETERS: Final = 700
LARGEST: Final = 1e6
_BYTES: Final = 8


def write_weights(parameters: Sequence[float]) -> str:
    """Return the text that stands for parameters; empty for none."""
    if not len(parameters):
        return ""
    content = np.asarray(parameters, dtype="<f8").tobytes()
    return base64.urlsafe_b64encode(zlib.compress(content, 9)).decode().rstrip("=")


def read_weights(text: str) -> tuple[float, ...]:
    """Return the parameters that a text stands for.

    Raises
    ------
    ValueError
        With the middle of a sentence: "The address says ..., but <reason>."
    """
    if not text:
        return ()
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        most = _BYTES * MOST_PARAMETERS
        content = zlib.decompressobj().decompress(packed, most + 1)
    except (ValueError, binascii.Error, zlib.error):
        raise ValueError("it is not what this page writes for weights") from None
    if not content or len(content) % _BYTES or len(content) > most:
        raise ValueError(f"it holds no whole numbers of weights, or more than {MOST_PARAMETERS}")
    values = np.frombuffer(content, dtype="<f8")
    if not (np.abs(values) <= LARGEST).all():  # so written that NaN is refused as well
        raise ValueError(f"a weight is a number up to {LARGEST:,.0f} in size")
    return tuple(values.tolist())
