"""A line drawn by hand: which rows it gets right, and why no line can get all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray, Frozen

Ends = tuple[float, float, float, float]
Box = tuple[float, float, float, float]

FIRST_LINE: Final[Ends] = (0.5, 0.75, 6.0, 0.75)
"""The ends x1, x2 and x1, x2 of a line that gets four of the eight rows right."""


@dataclass(frozen=True, eq=False)
class HandLine(Frozen):
    """A line with its better answer: one side says class 1, the other class 0."""

    ends: Ends
    one_is_left: bool  # whether class 1 is at the left of the way from the first end to the second
    correct: npt.NDArray[np.bool_]  # (n_rows,): which rows are on the side of their class

    @property
    def n_correct(self) -> int:
        """How many rows are on the side of their class."""
        return int(self.correct.sum())


def sample_of(rows: Sequence[tuple[float, float, int]]) -> Sample:
    """Return rows (x1, x2, target), as an address holds them, as a sample."""
    table = np.array(rows, dtype=np.float64)
    return Sample(table[:, :2], table[:, 2])


def hand_line(sample: Sample, ends: Ends) -> HandLine:
    """Return a line through two points, with the classes of its sides that suit the rows better.

    A row on the line itself counts as being at its right.
    """
    left = _left_of(sample.X, ends) > 0
    as_drawn = left == (sample.y == 1)
    one_is_left = bool(2 * as_drawn.sum() >= len(as_drawn))
    return HandLine(ends, one_is_left, as_drawn if one_is_left else ~as_drawn)


def half_plane(ends: Ends, box: Box, *, left: bool) -> FloatArray:
    """Return the corners of the part of a box that lies on one side of a line, shape (n, 2).

    The box is x_low, x_high, y_low, y_high; `left` is seen from the first end towards the second.
    """
    x_low, x_high, y_low, y_high = box
    corners = np.array([[x_low, y_low], [x_high, y_low], [x_high, y_high], [x_low, y_high]])
    heights = _left_of(corners, ends) * (1 if left else -1)
    kept: list[FloatArray] = []
    for k, (corner, height) in enumerate(zip(corners, heights, strict=True)):
        before, height_before = corners[k - 1], heights[k - 1]
        if (height > 0) != (height_before > 0):
            kept.append(before + (corner - before) * height_before / (height_before - height))
        if height > 0:
            kept.append(corner)
    return np.array(kept).reshape(-1, 2)


def crossed_pairs(sample: Sample) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return two rows of class 1 and two of class 0 with the same midpoint; None without such.

    A line with both rows of a pair on one side has their midpoint there too. The same point cannot
    be on both sides, so no line gets all four rows right.
    """
    ones, zeros = (
        list(combinations(np.flatnonzero(sample.y == target).tolist(), 2)) for target in (1, 0)
    )
    by_midpoint = {_midpoint(sample, pair): pair for pair in ones}
    crossed = ((by_midpoint.get(_midpoint(sample, pair)), pair) for pair in zeros)
    return next(((one, zero) for one, zero in crossed if one is not None), None)


def _midpoint(sample: Sample, pair: tuple[int, int]) -> tuple[float, float]:
    x, y = sample.X[list(pair), :2].mean(axis=0).tolist()
    return round(x, 9), round(y, 9)


def _left_of(points: FloatArray, ends: Ends) -> FloatArray:
    """Return how far points are left of the line, times the distance of its ends."""
    x0, y0, x1, y1 = ends
    return np.asarray((x1 - x0) * (points[:, 1] - y0) - (y1 - y0) * (points[:, 0] - x0))
