"""Distribution shift: the world moves, and the rows that come from it with it."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import numpy as np

from nnviz.data.sample import LARGEST_VALUE, Sample
from nnviz.nn.checks import instance, integer, items, number

LARGEST_TURN: Final = 360.0


def shifted(
    sample: Sample,
    rows: Iterable[int] | None = None,
    by: tuple[float, float] = (0.0, 0.0),
    turn: float = 0.0,
) -> Sample:
    """Return some rows of a sample as they would be if the world had turned and moved.

    The plane of the first two columns turns about the mean of *all* rows of the sample, then
    moves; other columns and the targets stay. So a row comes to lie at the same place whichever
    others are asked for, and the rows that are held out fit to those that are learned from.

    Parameters
    ----------
    sample : Sample
    rows : iterable of int, optional
        Indices of the rows that are wanted, in the order in which they are; all if left out.
    by : (float, float)
        How far along x1 and x2, in the units of the columns.
    turn : float
        Degrees, counterclockwise where x1 points to the right and x2 up; -360 to 360.

    Returns
    -------
    Sample
        With as many rows as were asked for.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right; also if no row is asked
        for, or a row would end more than 1e12 from zero.
    """
    instance(sample, "sample", Sample)
    chosen = np.arange(sample.n_rows)
    if rows is not None:
        high = sample.n_rows - 1
        listed = [integer(row, "each of rows", 0, high) for row in items(rows, "rows")]
        if not listed:
            raise ValueError("rows must hold at least one row to move.")
        chosen = np.array(listed)
    way = items(by, "by")
    if len(way) != 2:
        raise ValueError(f"by must be two numbers, one for each axis, not {len(way)}.")
    offset = np.array([number(part, "each of by", -LARGEST_VALUE, LARGEST_VALUE) for part in way])
    angle = np.radians(number(turn, "turn", -LARGEST_TURN, LARGEST_TURN))
    X = sample.X[chosen]
    plane = X[:, :2]
    if angle != 0:
        centre = sample.X[:, :2].mean(axis=0)
        x1, x2 = (plane - centre).T
        cosine, sine = np.cos(angle), np.sin(angle)
        plane = centre + np.stack([cosine * x1 - sine * x2, sine * x1 + cosine * x2], axis=1)
    X[:, :2] = plane + offset
    return replace(sample, X=X, y=sample.y[chosen])
