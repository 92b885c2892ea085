"""How many rows a set of predictions gets right."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.checks import number, vector


@dataclass(frozen=True)
class Confusion:
    """Numbers of rows, by what they are and what is said of them.

    Attributes
    ----------
    true_positives, false_positives : int
        Rows of class 1, and of class 0, that are said to be 1.
    true_negatives, false_negatives : int
        Rows of class 0, and of class 1, that are said to be 0.
    """

    true_positives: int
    false_positives: int
    true_negatives: int
    false_negatives: int


def confusion(
    predictions: npt.ArrayLike, targets: npt.ArrayLike, threshold: float = 0.5
) -> Confusion:
    """Count the rows by target and answer; a prediction of `threshold` or more says 1.

    Parameters
    ----------
    predictions : array_like, shape (n_rows,)
    targets : array_like, shape (n_rows,)
        0 or 1.
    threshold : float

    Raises
    ------
    TypeError, ValueError
        If the arrays do not fit, or hold anything but finite numbers and targets of 0 and 1.
    """
    said = vector(predictions, "predictions") >= number(threshold, "threshold")
    actual = vector(targets, "targets", n=len(said))
    if not np.isin(actual, (0.0, 1.0)).all():
        raise ValueError("targets must be 0 or 1 for every row.")
    is_one = actual == 1.0
    return Confusion(
        true_positives=int((said & is_one).sum()),
        false_positives=int((said & ~is_one).sum()),
        true_negatives=int((~said & ~is_one).sum()),
        false_negatives=int((~said & is_one).sum()),
    )


def n_correct(predictions: npt.ArrayLike, targets: npt.ArrayLike, threshold: float = 0.5) -> int:
    """Return the number of rows on the right side of the threshold; see `confusion`."""
    counts = confusion(predictions, targets, threshold)
    return counts.true_positives + counts.true_negatives


def accuracy(predictions: npt.ArrayLike, targets: npt.ArrayLike, threshold: float = 0.5) -> float:
    """Return the share of rows on the right side of the threshold, from 0 to 1."""
    return n_correct(predictions, targets, threshold) / len(vector(targets, "targets"))
