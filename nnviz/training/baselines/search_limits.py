"""What no model can go below, and how many rows and inputs are searched at most."""

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray
from nnviz.training.baselines.separation import checked_rows

MOST_ROWS = 40
MOST_INPUTS = 7


def least_possible(X: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """Return a sum of squared errors that no model whatever can be below on these rows.

    Equal rows get equal answers, of which the mean of their targets is the best: with n1
    targets of 1 and n0 of 0 it costs n1 * n0 / (n1 + n0). Raises TypeError or ValueError if X,
    shape (n_rows, n_inputs), and y, shape (n_rows,) and 0 or 1, do not fit.
    """
    X, signs = checked_rows(X, y)
    _, place, counts = np.unique(X, axis=0, return_inverse=True, return_counts=True)
    ones = np.bincount(place.ravel(), weights=signs > 0)
    return float((ones * (counts - ones) / counts).sum())


def refuse_too_many(what: str, X: FloatArray) -> None:
    """Raise a ValueError if there are more rows or inputs than are searched."""
    if len(X) > MOST_ROWS or X.shape[1] > MOST_INPUTS:
        raise ValueError(
            f"{what} is looked for with at most {MOST_ROWS} rows and {MOST_INPUTS} "
            f"inputs, but there are {len(X)} and {X.shape[1]}."
        )
