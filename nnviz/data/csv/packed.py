"""The cells of a column in one text, and the numbers in them, read by how they are written.

Cells that differ in their digits alone have the same form. One of each form is taken apart by
`marks`, which tells where its digits stand and what they mean; then the digits of all of them are
added up at once. A number of at most 15 digits is exact as a whole number, and so is the power of
ten it is divided by, so the quotient is the float64 that Python reads.
"""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final, NamedTuple, overload

import numpy as np
import numpy.typing as npt

from nnviz.data.csv.marks import END, LONGEST, shapes, taken_apart
from nnviz.nn.checks import FloatArray
from nnviz.text.numbers import parsed

BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.intp]
_Codes = npt.NDArray[np.uint8] | npt.NDArray[np.uint32]

_MOST_FORMS: Final = 400  # of a column; the cells of rarer ones are read one by one
_EXACT_DIGITS: Final = 15
_ZERO, _NINE = ord("0"), ord("9")
_WEIGHT: Final = 0x9E3779B97F4A7C15  # odd, for the keys of forms; equal keys are compared
_GROUPING: Final = "' \u00a0\u202f\u2009\u2007’"
_DIGITS: Final = re.compile(
    rf"[.,]?[0-9]+(?:[.,{_GROUPING}][0-9]+)*(?:[eE][+-]?[0-9]+|[.,](?![^ ]))?"
)
BARE: Final = ("", "")


class Cells(Sequence[str]):
    """Texts, kept as one: a fifth of the memory of so many strings."""

    def __init__(self, cells: Sequence[str]) -> None:
        self._n = len(cells)
        self._text = END.join(cells)
        assert self._text.count(END) == max(self._n - 1, 0)  # no cell holds a control character

    def __len__(self) -> int:
        """Return how many there are."""
        return self._n

    def __iter__(self) -> Iterator[str]:
        """Return them one by one."""
        return iter(self._text.split(END) if self._n else ())

    @overload
    def __getitem__(self, i: int) -> str: ...
    @overload
    def __getitem__(self, i: slice) -> tuple[str, ...]: ...
    def __getitem__(self, i: int | slice) -> str | tuple[str, ...]:
        """Return one of them, or some."""
        if isinstance(i, slice):
            return tuple(self[k] for k in range(*i.indices(self._n)))
        ends = self._ends
        return self._text[ends[i - 1] + 1 if i % self._n else 0 : ends[i]]

    @property
    def _codes(self) -> _Codes:
        if self._text.isascii():
            return np.frombuffer(self._text.encode(), np.uint8)
        return np.frombuffer(self._text.encode("utf-32-le"), np.uint32)

    @cached_property
    def _ends(self) -> npt.NDArray[np.int32]:
        ends = np.flatnonzero(self._codes == ord(END))
        return np.append(ends, len(self._text)).astype(np.int32)

    def some(self, rows: IntArray) -> list[str]:
        """Return the cells of some rows."""
        if 4 * len(rows) < self._n:
            return [self[row] for row in rows.tolist()]
        every = list(self)
        return [every[row] for row in rows.tolist()]

    def matrix(self, most: int) -> tuple[_Codes, BoolArray]:
        """Return the characters of each cell as a row, filled with 0, and which cells are longer.

        The rows are a multiple of eight bytes wide.
        """
        codes, ends = self._codes, self._ends
        starts = np.append(0, ends[:-1] + 1)
        lengths = ends - starts
        width = -(-min(int(lengths.max()), most) // 8) * 8 or 8
        windows = np.lib.stride_tricks.sliding_window_view(
            np.append(codes, np.zeros(width, codes.dtype)), width
        )
        result = windows[starts]
        result[np.arange(width) >= lengths[:, None]] = 0
        return result, lengths > most


class Number(NamedTuple):
    """A number in a cell, what stands around it, and whether marks stand between thousands."""

    value: float
    around: tuple[str, str]
    thousands: bool


def number(cell: str, decimal: str) -> Number | None:
    """Return the number in a cell, or None if there is none."""
    value = parsed(cell, decimal)
    if value is not None:
        return Number(value, BARE, False)
    found = taken_apart(cell)
    value = None if found is None else found.value(decimal)
    if found is None or value is None:
        return None
    thousands = found.has_thousands or bool(found.marks and found.marks != decimal)
    return Number(value, found.around, thousands)


def numbers(
    cells: Cells, decimal: str, marks: frozenset[str], usual: tuple[str, str]
) -> tuple[FloatArray, str]:
    """Return the numbers of cells, NaN where there is none, and one with marks between thousands.

    Parameters
    ----------
    cells : Cells
        At least one.
    decimal : str
        The decimal mark.
    marks : frozenset of str
        What says, in small letters, that a number is missing.
    usual : tuple of str
        What stands around the numbers: others have another unit, and are none here.
    """
    values = np.full(len(cells), np.nan)
    characters, long = cells.matrix(LONGEST)
    is_digit = (characters >= _ZERO) & (characters <= _NINE)
    some = is_digit.any(axis=1) | long
    groups = [rows for rows in _alike(characters, is_digit) if some[rows[0]]]
    groups.sort(key=len, reverse=True)
    gone = set(map(shapes, marks))
    others = groups[_MOST_FORMS:]
    first_grouped = len(cells)
    for rows in groups[:_MOST_FORMS]:
        cell = cells[int(rows[0])]
        alone = long[rows[0]] or shapes(cell).lower() in gone
        form = None if alone else _form(cell, decimal)
        if form is None:
            # Other digits than these: no 0 before thousands, and those of a unit such as m2.
            if alone or number(shapes(cell).replace("1", "2"), decimal):
                others.append(rows)
            continue
        own = characters[rows]
        # Where marks stand between thousands, or a unit such as m2 behind, a digit may decide.
        odd = (own[:, form.fixed] != own[0, form.fixed]).any(axis=1)
        if form.thousands:
            odd |= own[:, form.first] == _ZERO
        if odd.any():
            others.append(rows[odd])
            rows, own = rows[~odd], own[~odd]
        found = form.values(own)
        if form.around != usual:  # of these, only 0 counts without a unit
            kept = (found == 0) & (form.around == BARE)
            rows, found = rows[kept], found[kept]
        values[rows] = found
        if form.thousands and rows.size:
            first_grouped = min(first_grouped, int(rows[0]))
    read: dict[str, Number | None] = {}
    for row in np.concatenate(others).tolist() if others else ():
        cell = cells[row]
        if cell not in read:
            read[cell] = None if cell.lower() in marks else number(cell, decimal)
        own_number = read[cell]
        if own_number and own_number.around in (usual, BARE if own_number.value == 0 else usual):
            values[row] = own_number.value
            first_grouped = min(first_grouped, row if own_number.thousands else first_grouped)
    return values, cells[first_grouped] if first_grouped < len(cells) else ""


def _alike(characters: _Codes, is_digit: BoolArray) -> list[IntArray]:
    """Return the rows of each form."""
    alike, letters = characters.copy(), characters | 0x20
    behind = (letters[:, :-1] >= ord("a")) & (letters[:, :-1] != ord("e"))
    is_digit = is_digit.copy()
    is_digit[:, 1:] &= ~behind  # as in m2
    alike[is_digit] = _ZERO
    words = alike.view(np.uint64)
    keys = np.zeros(len(words), np.uint64)
    for word in words.T:
        keys = (keys ^ word) * np.uint64(_WEIGHT)
        keys ^= keys >> np.uint64(29)
    order = np.argsort(keys, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(keys[order])) + 1)
    firsts = np.repeat([rows[0] for rows in groups], list(map(len, groups)))
    if not (words[order] == words[firsts]).all():  # two forms have one key
        return list(np.arange(len(words))[:, None])
    return groups


class _Form(NamedTuple):
    """Where the digits of a number stand in its cell, and what they mean."""

    first: int  # the first digit
    digits: IntArray  # all of its digits
    text: list[int]  # these, the decimal mark and the exponent
    fixed: IntArray  # digits that stand behind it, in a unit
    n_decimals: int
    around: tuple[str, str]  # what stands around the number
    plain: bool  # whether the digits are few enough, and there is no exponent
    negative: bool
    thousands: bool

    def values(self, own: _Codes) -> FloatArray:
        """Return the numbers in rows of characters that are of this form."""
        if self.plain:
            powers = 10.0 ** np.arange(len(self.digits))[::-1]
            result = (own[:, self.digits].astype(np.float64) - _ZERO) @ powers
            result /= 10.0**self.n_decimals
        else:
            text = np.full((len(own), len(self.text) + 1), ord(" "), np.uint8)
            text[:, :-1] = own[:, self.text]
            words = text.tobytes().replace(b",", b".").split()
            result = np.fromiter(map(float, words), float, len(own))
        return -result if self.negative else result


def _form(cell: str, decimal: str) -> _Form | None:
    """Return the form of the number in a cell, or None if there is none."""
    found = _DIGITS.search(cell)
    own = number(cell, decimal) if found else None
    if found is None or own is None:
        return None
    start, body = found.start(), found.group()
    digits = [start + i for i, character in enumerate(body) if character in "0123456789"]
    text = [
        start + i for i, character in enumerate(body) if character in f"0123456789eE+-{decimal}"
    ]
    behind = [i for i in range(found.end(), len(cell)) if cell[i].isdigit()]
    after = body.partition(decimal)[2]
    form = _Form(
        digits[0],
        np.array(digits),
        text,
        np.array(behind, dtype=np.intp),
        len(after),
        own.around,
        len(digits) <= _EXACT_DIGITS and "e" not in body.lower(),
        math.copysign(1.0, own.value) < 0,
        own.thousands,
    )
    codes = np.frombuffer(cell.encode("utf-32-le"), np.uint32)[None]
    return form if form.values(codes).tolist() == [own.value] else None
