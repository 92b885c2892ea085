"""Single points of a sample put in, moved and taken out."""

import numpy as np

from nnviz.data.sample import LARGEST_VALUE, MOST_ROWS, Sample
from nnviz.nn.checks import FloatArray, integer, number

FEWEST_ROWS = 2


def middle(sample: Sample) -> list[float]:
    """Return the mean of every column, to four digits: where a point stands that nobody placed.

    With all its digits a mean would be longer in a link than all the other points.
    """
    return [float(f"{value:.4g}") for value in sample.X.mean(axis=0)]


def with_point(sample: Sample, x1: float, x2: float, y: float) -> Sample:
    """Return the sample with a point more, as its last row.

    Parameters
    ----------
    sample : Sample
        Stays as it is.
    x1, x2 : float
        Where it lies in the plane of the first two columns. The other columns, which the plane
        does not show, get their `middle`.
    y : float
        The number of its class, or the number that is to be told.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    if sample.n_rows >= MOST_ROWS:
        raise ValueError(f"There are {MOST_ROWS:,} points, the most there can be: take one out.")
    row = [*_placed(x1, x2), *middle(sample)[2:]]
    y = number(y, "y", -LARGEST_VALUE, LARGEST_VALUE)
    if sample.classes and y not in range(sample.n_classes):
        raise ValueError(f"y must be the number of a class, 0 to {sample.n_classes - 1}.")
    return _like(sample, np.vstack([sample.X, row]), np.append(sample.y, y))


def moved(sample: Sample, row: int, x1: float, x2: float) -> Sample:
    """Return the sample with one point elsewhere in the plane; its other columns stay.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    row = integer(row, "row", 0, sample.n_rows - 1)
    X = sample.X.copy()
    X[row, :2] = _placed(x1, x2)
    return _like(sample, X, sample.y)


def without(sample: Sample, row: int) -> Sample:
    """Return the sample without one point.

    A class may lose its last point while two others have some: its name stays, so that the other
    classes keep their numbers and colours, and a point of it can be put in again.

    Raises
    ------
    TypeError, ValueError
        With a sentence; fewer than two points, or points of one class only, leave nothing to
        learn.
    """
    row = integer(row, "row", 0, sample.n_rows - 1)
    if sample.n_rows <= FEWEST_ROWS:
        raise ValueError(f"At least {FEWEST_ROWS} points must stay: put another one in first.")
    X, y = np.delete(sample.X, row, axis=0), np.delete(sample.y, row)
    if sample.classes and len(np.unique(sample.y)) > len(np.unique(y)) == 1:
        name = sample.classes[int(sample.y[row])]
        raise ValueError(
            f"This is the last point of class {name}: put in another one first, for with one class "
            "only there is nothing to learn."
        )
    return _like(sample, X, y)


def _placed(x1: float, x2: float) -> tuple[float, float]:
    limits = -LARGEST_VALUE, LARGEST_VALUE
    return number(x1, "x1", *limits), number(x2, "x2", *limits)


def _like(sample: Sample, X: FloatArray, y: FloatArray) -> Sample:
    return Sample(X, y, sample.columns, sample.classes, sample.target)
