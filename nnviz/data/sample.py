"""A sample: rows of numbers, each with a class or a number to predict; and edits of its points."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import (
    Check,
    Checked,
    FloatArray,
    integer,
    matrix,
    number,
    strings,
    vector,
)

FEWEST_ROWS = 2  # that must stay when points are taken out
MOST_ROWS = 50_000
FEWEST_COLUMNS = 1
MOST_COLUMNS = 64
MOST_CLASSES = 10
LARGEST_VALUE = 1e12


def is_text(name: object) -> bool:
    """Return whether a name that was decoded is text that can be shown and stored as UTF-8."""
    return isinstance(name, str) and not any(
        "\ud800" <= character <= "\udfff" for character in name
    )


@dataclass(frozen=True, eq=False)
class Sample(Checked):
    """Rows to learn from; two samples are equal if everything in them is.

    Attributes
    ----------
    X : ndarray, shape (n_rows, n_columns)
        In the units of the columns, at most 1e12 in size. The first two columns are the plane
        that is drawn; with one column only, the plane's second axis is the target.
    y : ndarray, shape (n_rows,)
        The number of the class, 0 to n_classes - 1; or, where there are no classes, any number.
    columns : tuple of str
        What the columns are called; each once.
    classes : tuple of str
        What the classes are called, 2 to 10; empty for a regression.
    target : str
        What `y` is called.
    """

    X: Annotated[FloatArray, Check(matrix, largest=LARGEST_VALUE)]
    y: Annotated[FloatArray, Check(vector, largest=LARGEST_VALUE)]
    columns: Annotated[tuple[str, ...], Check(strings)] = ("x1", "x2")
    classes: Annotated[tuple[str, ...], Check(strings)] = ("0", "1")
    target: str = "class"

    def check_together(self) -> None:
        """Refuse too many rows, columns or classes, names that are not unique, unknown classes."""
        X, columns, classes = self.X, self.columns, self.classes
        y = vector(self.y, "y", n=len(X), largest=LARGEST_VALUE)
        if len(X) > MOST_ROWS:
            raise ValueError(f"a sample has at most {MOST_ROWS:,} rows, not {len(X):,}.")
        if not FEWEST_COLUMNS <= X.shape[1] <= MOST_COLUMNS:
            raise ValueError(
                f"a sample has {FEWEST_COLUMNS} to {MOST_COLUMNS} columns, not {X.shape[1]}."
            )
        if len(columns) != X.shape[1] or len(set(columns)) < len(columns):
            raise ValueError(f"columns must be {X.shape[1]} different names, one for each column.")
        if classes and not 2 <= len(classes) <= MOST_CLASSES:
            raise ValueError(f"a sample has 2 to {MOST_CLASSES} classes, not {len(classes)}.")
        if len(set(classes)) < len(classes):
            raise ValueError("classes must hold each name once.")
        if classes and not np.isin(y, np.arange(len(classes))).all():
            raise ValueError(f"y must be the number of a class, 0 to {len(classes) - 1}.")

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.X)

    @property
    def n_classes(self) -> int:
        """How many classes there are; 0 for a regression."""
        return len(self.classes)

    @cached_property
    def plane(self) -> FloatArray:
        """Where the rows lie in the plane that is drawn, shape (n_rows, 2)."""
        return self.X[:, :2] if self.X.shape[1] > 1 else np.column_stack([self.X, self.y])

    @property
    def plane_names(self) -> tuple[str, str]:
        """What the axes of the plane are called; with one column, the second is the target."""
        return self.columns[0], (*self.columns, self.target)[1]

    @property
    def is_curve(self) -> bool:
        """Whether a number is predicted from one column: the predictions are a curve."""
        return not self.classes and self.X.shape[1] == 1

    @cached_property
    def digest(self) -> str:
        """Return a digest of everything in the sample, in 16 hexadecimal digits."""
        names = repr((self.X.shape, self.columns, self.classes, self.target)).encode()
        return sha256(names + self.X.tobytes() + self.y.tobytes()).hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sample) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        """Return a short text that is equal for equal samples only."""
        return f"Sample({self.n_rows} rows, {self.digest})"


def middle(sample: Sample) -> list[float]:
    """Return the mean of every column, to four digits: where a point stands that nobody placed.

    With all its digits a mean would be longer in a link than all the other points.
    """
    return [float(f"{value:.4g}") for value in sample.X.mean(axis=0)]


def evenly_chosen(n: int, at_most: int) -> npt.NDArray[np.int64]:
    """Return the indices of n rows, or of so many of them, evenly chosen."""
    places = np.linspace(0, n - 1, min(n, at_most)).round()
    return np.asarray(places, dtype=np.int64)


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
        The number of its class, or the number to predict; with one column, ``x2`` is that
        number.
    """
    if sample.n_rows >= MOST_ROWS:
        raise ValueError(f"There are {MOST_ROWS:,} points, the most there can be: take one out.")
    row = [*_placed(x1, x2), *middle(sample)[2:]][: sample.X.shape[1]]
    y = number(x2, "x2") if sample.is_curve else y
    y = number(y, "y", -LARGEST_VALUE, LARGEST_VALUE)
    if sample.classes and y not in range(sample.n_classes):
        raise ValueError(f"y must be the number of a class, 0 to {sample.n_classes - 1}.")
    return _like(sample, np.vstack([sample.X, row]), np.append(sample.y, y))


def moved(sample: Sample, row: int, x1: float, x2: float) -> Sample:
    """Return the sample with one point elsewhere in the plane; its other columns stay."""
    row = integer(row, "row", 0, sample.n_rows - 1)
    X, y = sample.X.copy(), sample.y.copy()
    place = _placed(x1, x2)
    n = min(2, X.shape[1])
    X[row, :n] = place[:n]
    if sample.is_curve:
        y[row] = place[1]
    return _like(sample, X, y)


def without(sample: Sample, row: int) -> Sample:
    """Return the sample without one point.

    A class may lose its last point while two others have some: its name stays, so that the
    other classes keep their numbers and colours, and a point of it can be put in again. Raises
    TypeError or ValueError with a sentence; fewer than two points, or points of one class only,
    leave nothing to learn.
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
