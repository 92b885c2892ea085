"""A sample as a short text that an address can hold, exact in every digit."""

import base64
import binascii
import json
import zlib
from typing import Any, Final, TypeGuard

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import FEWEST_COLUMNS, MOST_COLUMNS, MOST_ROWS, Sample, is_text
from nnviz.nn.checks import FloatArray

MOST_CHARACTERS: Final = 3500
"""Of the text. About 850 points with two digits after the point, or 160 with all their digits;
more would make a link that mail programs break."""

_MOST_BYTES: Final = 1_000_000  # unpacked
_MOST_HEAD: Final = 20_000  # of them, the names and how the columns are written
_MOST_DIGITS: Final = 15  # after the point
_LARGEST: Final = 2**53  # every whole number up to here is a float64
_FLOATS: Final = -1  # instead of a number of digits: as float64


def encode(sample: Sample) -> str | None:
    """Return a text of ASCII letters, digits, ``-`` and ``_``; None if it would be too long.

    A column whose values are whole numbers divided by a power of ten is written as these whole
    numbers, counted from the smallest one; that division gives back the same float64, as both
    numbers are exact and IEEE 754 rounds the quotient correctly. Other columns are written as
    float64. All lowest bits of a column stand together, then all second ones: none is wasted, and
    where rows are alike the higher ones make long runs, which deflate finds.
    """
    layouts, planes = [], b""
    for values in (*sample.X.T, sample.y):
        layout, packed = _packed(np.ascontiguousarray(values))
        layouts.append(layout)
        planes += packed
    head = [sample.n_rows, sample.columns, sample.classes, sample.target, layouts]
    first = json.dumps(head, separators=(",", ":")).encode() + b"\n"
    if len(first) > _MOST_HEAD or len(first) + len(planes) > _MOST_BYTES:
        return None
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(first + planes) + deflate.flush()
    text = base64.urlsafe_b64encode(packed).decode().rstrip("=")
    return text if len(text) <= MOST_CHARACTERS else None


def decode(text: str) -> Sample:
    """Return the sample that a text of `encode` stands for.

    Raises ValueError with the middle of a sentence: "The address says ..., but <reason>."
    """
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"it may have {MOST_CHARACTERS:,} letters at the most")
    first, _, planes = _unpacked(text).partition(b"\n")
    try:
        head = json.loads(first) if len(first) < _MOST_HEAD else None
    except (ValueError, RecursionError):
        head = None
    if not _is_head(head):
        raise ValueError("it does not say what its columns are")
    n_rows, columns, classes, target, layouts = head
    ends = np.cumsum([(n_rows * layout[2] + 7) // 8 for layout in layouts]).tolist()
    if ends[-1] != len(planes):
        raise ValueError(f"it does not hold {n_rows:,} rows of {len(columns)} columns")
    pieces = [planes[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    values = [_values(piece, layout, n_rows) for piece, layout in zip(pieces, layouts, strict=True)]
    try:
        return Sample(
            np.column_stack(values[:-1]), values[-1], tuple(columns), tuple(classes), target
        )
    except ValueError as reason:
        raise ValueError(str(reason).removesuffix(".")) from None


def _packed(values: FloatArray) -> tuple[list[int], bytes]:
    """Return how a column is written, and its bits.

    It is written with so many digits after the point, counted from the smallest whole number, with
    so many bits; and these rows hold -0.0.
    """
    for n_digits in range(_MOST_DIGITS + 1):
        scaled = np.rint(values * 10.0**n_digits)
        if np.abs(scaled).max() > _LARGEST:
            break
        whole = scaled.astype(np.int64)
        if np.array_equal(whole / 10.0**n_digits, values):
            smallest = int(whole.min())
            n_bits = int(whole.max() - smallest).bit_length()
            # Rounding leaves some; as whole numbers they would lose their sign.
            minus = np.flatnonzero((values == 0) & np.signbit(values)).tolist()
            return [n_digits, smallest, n_bits, *minus], _planes(whole - smallest, n_bits)
    return [_FLOATS, 0, 64], _planes(values, 64)


def _planes(numbers: npt.NDArray[Any], n_bits: int) -> bytes:
    """Return the lowest bit of every number, then the second bit of every number, ..."""
    octets = numbers.astype(numbers.dtype.newbyteorder("<")).view(np.uint8).reshape(-1, 8)
    bits = np.unpackbits(octets, axis=1, bitorder="little")
    return np.packbits(bits[:, :n_bits].T).tobytes()


def _values(planes: bytes, layout: list[int], n_rows: int) -> FloatArray:
    n_digits, smallest, n_bits, *minus = layout
    bits = np.zeros((n_rows, 64), dtype=np.uint8)
    found = np.unpackbits(np.frombuffer(planes, np.uint8), count=n_rows * n_bits)
    bits[:, :n_bits] = found.reshape(n_bits, n_rows).T
    octets = np.packbits(bits, axis=1, bitorder="little")
    if n_digits == _FLOATS:
        return octets.view("<f8").ravel().astype(np.float64)
    whole = octets.view("<i8").ravel() + smallest
    values = np.asarray(whole / 10.0**n_digits, dtype=np.float64)
    values[minus] = -0.0
    return values


def _unpacked(text: str) -> bytes:
    broken = ValueError("it is not what this page has written, or not all of it")
    try:
        packed = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise broken from None
    inflate = zlib.decompressobj(-15)
    try:
        # Never more than this, whatever a few characters promise to become.
        plain = inflate.decompress(packed, _MOST_BYTES)
    except zlib.error:
        raise broken from None
    if not inflate.eof or inflate.unused_data:
        raise broken
    return plain


def _is_head(head: Any) -> TypeGuard[list[Any]]:
    """Tell whether the names and the layouts are of the right kinds and sizes."""
    if not isinstance(head, list) or len(head) != 5:
        return False
    n_rows, columns, classes, target, layouts = head
    if not all(isinstance(values, list) for values in (columns, classes, layouts)):
        return False
    names = [*columns, *classes, target]
    sizes = FEWEST_COLUMNS <= len(columns) <= MOST_COLUMNS and len(layouts) == len(columns) + 1
    return (
        sizes
        and _is_whole(n_rows, 1, MOST_ROWS)
        and all(map(is_text, names))
        and all(_is_layout(layout, n_rows) for layout in layouts)
    )


def _is_layout(layout: Any, n_rows: int) -> bool:
    if not isinstance(layout, list) or len(layout) < 3:
        return False
    if layout == [_FLOATS, 0, 64]:
        return True
    n_digits, smallest, n_bits, *minus = layout
    return (
        _is_whole(n_digits, 0, _MOST_DIGITS)
        and _is_whole(smallest, -_LARGEST, _LARGEST)
        and _is_whole(n_bits, 0, 54)
        and all(_is_whole(row, 0, n_rows - 1) for row in minus)
    )


def _is_whole(value: Any, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high
