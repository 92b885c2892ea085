"""A sample: rows of numbers, and for each of them the class or the number that is to be told."""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import numpy as np

from nnviz.nn.checks import FloatArray, items, matrix, vector

MOST_ROWS = 50_000
MOST_COLUMNS = 12
MOST_CLASSES = 5
LARGEST_VALUE = 1e12


@dataclass(frozen=True, eq=False)
class Sample:
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
        What the classes are called, 2 to 5; empty for a regression.
    target : str
        What `y` is called.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    X: FloatArray
    y: FloatArray
    columns: tuple[str, ...] = ("x1", "x2")
    classes: tuple[str, ...] = ("0", "1")
    target: str = "class"

    def __post_init__(self) -> None:
        X = matrix(self.X, "X", largest=LARGEST_VALUE)
        y = vector(self.y, "y", n=len(X), largest=LARGEST_VALUE)
        columns = tuple(str(name) for name in items(self.columns, "columns"))
        classes = tuple(str(name) for name in items(self.classes, "classes"))
        if len(X) > MOST_ROWS:
            raise ValueError(f"a sample has at most {MOST_ROWS:,} rows, not {len(X):,}.")
        if not 2 <= X.shape[1] <= MOST_COLUMNS:
            raise ValueError(f"a sample has 2 to {MOST_COLUMNS} columns, not {X.shape[1]}.")
        if len(columns) != X.shape[1] or len(set(columns)) < len(columns):
            raise ValueError(f"columns must be {X.shape[1]} different names, one for each column.")
        if classes and not 2 <= len(classes) <= MOST_CLASSES:
            raise ValueError(f"a sample has 2 to {MOST_CLASSES} classes, not {len(classes)}.")
        if len(set(classes)) < len(classes):
            raise ValueError("classes must hold each name once.")
        if classes and not np.isin(y, np.arange(len(classes))).all():
            raise ValueError(f"y must be the number of a class, 0 to {len(classes) - 1}.")
        X.flags.writeable = False
        y.flags.writeable = False
        values = {"X": X, "y": y, "columns": columns, "classes": classes, "target": self.target}
        for name, value in values.items():
            object.__setattr__(self, name, value)

    @property
    def n_rows(self) -> int:
        """How many rows there are."""
        return len(self.X)

    @property
    def n_classes(self) -> int:
        """How many classes there are; 0 for a regression."""
        return len(self.classes)

    @cached_property
    def digest(self) -> str:
        """Name everything that the sample holds, in 16 letters."""
        names = repr((self.X.shape, self.columns, self.classes, self.target)).encode()
        return sha256(names + self.X.tobytes() + self.y.tobytes()).hexdigest()[:16]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sample) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        """Return a short text that is equal for equal samples only."""
        return f"Sample({self.n_rows} rows, {self.digest})"
