"""A drawing: 8 x 8 squares of 0 (paper) to 16 (ink), its text in a link, and how it is moved.

The squares are numbered row by row from the upper left, as in the data, so that square k is the
input x(k + 1) of a network.
"""

from collections.abc import Sequence
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.data.digits import INK
from nnviz.data.digits import SIDE as SIDE
from nnviz.nn.checks import integer, items
from nnviz.text.numbers import quoted

N_PIXELS: Final = SIDE * SIDE
MOST_INK: Final = INK

Drawing: TypeAlias = tuple[int, ...]
"""The ink of each of the 64 squares, 0 to 16."""

EMPTY: Final[Drawing] = (0,) * N_PIXELS

# One character for each square; the letters behind those stand for 2, 3 ... empty squares.
_INKS: Final = "0123456789abcdefg"
_RUNS: Final = "hijklmnopqrstuvwxyz"
_SHORTEST_RUN: Final = 2


def drawing(values: Sequence[int] | npt.NDArray[np.integer]) -> Drawing:
    """Return the drawing of 64 whole numbers, each from 0 to 16."""
    found = items(values, "a drawing")
    if len(found) != N_PIXELS:
        raise ValueError(f"a drawing has {N_PIXELS} squares, not {len(found)}.")
    return tuple(integer(value, "the ink of a square", 0, MOST_INK) for value in found)


def text_of(drawing: Drawing) -> str:
    """Return the text of a drawing in a link; the same drawing always has the same text.

    An empty drawing is the empty text; any other says all 64 squares, so that a link which was cut
    short is no drawing.
    """
    if not any(drawing):
        return ""
    text, empty = "", 0
    for ink in drawing:
        if not ink:
            empty += 1
            continue
        text += _empty_squares(empty) + _INKS[ink]
        empty = 0
    return text + _empty_squares(empty)


def _empty_squares(n: int) -> str:
    longest = len(_RUNS) + _SHORTEST_RUN - 1
    whole, rest = divmod(n, longest)
    short = "0" * rest if rest < _SHORTEST_RUN else _RUNS[rest - _SHORTEST_RUN]
    return _RUNS[-1] * whole + short


def read(text: str) -> Drawing:
    """Return the drawing that a text of a link stands for.

    Raises ValueError with the middle of a sentence: "The address says ..., but <reason>."
    """
    inks: list[int] = []
    for character in text:
        if character in _INKS:
            inks.append(_INKS.index(character))
        elif character in _RUNS:
            inks += [0] * (_RUNS.index(character) + _SHORTEST_RUN)
        else:
            raise ValueError(
                f"{quoted(character)} is no square: 0 to 9 and a to g say how much ink one has, "
                "h to z how many are empty"
            )
    if text and len(inks) != N_PIXELS:
        some = f"more than {N_PIXELS}" if len(inks) > N_PIXELS else str(len(inks))
        raise ValueError(f"a drawing has {N_PIXELS} squares, and this has {some}")
    return tuple(inks) or EMPTY


def shifted(drawing: Drawing, down: int, right: int) -> Drawing:
    """Return the drawing moved by whole squares; ink that goes over the edge is lost."""
    grid = _grid(drawing)
    moved = np.zeros_like(grid)
    rows, columns = (_overlap(by) for by in (down, right))
    moved[rows[1], columns[1]] = grid[rows[0], columns[0]]
    return _of(moved)


def _overlap(by: int) -> tuple[slice, slice]:
    """Return which rows are still there after a move, and where they then are."""
    by = max(-SIDE, min(SIDE, by))
    return slice(max(0, -by), SIDE - max(0, by)), slice(max(0, by), SIDE + min(0, by))


def centred(drawing: Drawing) -> Drawing:
    """Return the drawing with its ink in the middle, as far as whole squares allow.

    Where one side must have a square more, it is the lower or the right one.
    """
    inked = _grid(drawing) > 0
    by = []
    for axis in (1, 0):
        found = np.flatnonzero(inked.any(axis=axis))
        if not len(found):
            return drawing
        first, last = int(found[0]), int(found[-1])
        by.append((SIDE - (last - first + 1)) // 2 - first)
    return shifted(drawing, *by)


def with_ink(drawing: Drawing, pixel: int, ink: int) -> Drawing:
    """Return the drawing with another ink in one square."""
    pixel = integer(pixel, "pixel", 0, N_PIXELS - 1)
    ink = integer(ink, "ink", 0, MOST_INK)
    return (*drawing[:pixel], ink, *drawing[pixel + 1 :])


def place(pixel: int) -> str:
    """Return where a square is, in words."""
    row, column = divmod(pixel, SIDE)
    return f"row {row + 1}, column {column + 1}"


def _grid(drawing: Drawing) -> npt.NDArray[np.int64]:
    return np.array(drawing, dtype=np.int64).reshape(SIDE, SIDE)


def _of(grid: npt.NDArray[np.int64]) -> Drawing:
    return tuple(grid.ravel().tolist())
