"""Data sets: rows to learn from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from nnviz.nn.checks import FloatArray, matrix, vector


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows with their targets; the arrays are read-only.

    Attributes
    ----------
    name : str
        Public name, the key in `DATASETS`.
    X : ndarray, shape (n_samples, n_features)
        Inputs, dimensionless.
    y : ndarray, shape (n_samples,)
        Targets.
    title, description : str
        For people.

    Raises
    ------
    TypeError, ValueError
        If X and y are not finite numbers with one target per row.
    """

    name: str
    X: FloatArray
    y: FloatArray
    title: str
    description: str

    def __post_init__(self) -> None:
        X = matrix(self.X, "X")
        y = vector(self.y, "y")
        if len(X) != len(y):
            raise ValueError(f"X and y must have as many rows, but have {len(X)} and {len(y)}.")
        X.flags.writeable = False
        y.flags.writeable = False
        object.__setattr__(self, "X", X)
        object.__setattr__(self, "y", y)


def eight_rows() -> Dataset:
    """Return the tutorial's eight rows of two numbers, four of each class.

    Source: Real Python, "Python AI: How to Build a Neural Network & Make Predictions" (2021).
    """
    return Dataset(
        name="eight_rows",
        X=np.array([[3, 1.5], [2, 1], [4, 1.5], [3, 4], [3.5, 0.5], [2, 0.5], [5.5, 1], [1, 1]]),
        y=np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0, 1.0, 0.0]),
        title="The eight rows",
        description="The tutorial's data. No straight line separates them: the best gets 6 of 8.",
    )


DATASETS: Mapping[str, Callable[[], Dataset]] = MappingProxyType({"eight_rows": eight_rows})
