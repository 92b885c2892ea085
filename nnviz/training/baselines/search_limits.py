"""What a search finds, what no model can go below, and how much is searched at most."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training.baselines.separation import checked_rows

MOST_ROWS = 40
MOST_INPUTS = 7


@dataclass(frozen=True, eq=False)
class Best(Frozen):
    """How low a sigmoid neuron, with or without a hidden layer, can bring its error."""

    error: float  # the least sum of squared errors, or what it can be brought arbitrarily close to
    # (n_parameters,): where it is reached, in the order of `Network.parameters`; None if it is not
    parameters: FloatArray | None
    n_correct: int  # rows on the right side of 0.5 there, or on the way there
    # Whether some parameters reach `error`. If not, ever larger ones come ever closer.
    attained: bool
    how: str  # how it was found, in a sentence or two
    sure: bool  # whether it is proven that nothing is lower


def least_possible(X: npt.ArrayLike, y: npt.ArrayLike) -> float:
    """Return a sum of squared errors that no model whatever can be below on these rows.

    Equal rows get equal answers, of which the mean of their targets is the best: with n1
    targets of 1 and n0 of 0 it costs n1 * n0 / (n1 + n0). X has the shape (n_rows, n_inputs), y
    is 0 or 1, shape (n_rows,).
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
