"""Holding rows out: which rows a network learns from, and which ones it is tested with."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import Sample
from nnviz.nn.checks import Frozen, instance, number
from nnviz.nn.rng import generator

MOST_TEST: Final = 0.9

IntArray: TypeAlias = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Split(Frozen):
    """The rows of a sample in two parts."""

    # train, test: indices of rows, in ascending order, read-only; each row is in one of them.
    # `test` may be empty, `train` is not
    train: IntArray
    test: IntArray


def split(sample: Sample, test_fraction: float, seed: int) -> Split:
    """Return which rows are held out, drawn at random from each class alike.

    Each class gives its fraction to within one row, and keeps a row for training. A larger
    fraction holds out the rows of the smaller one and more, so that moving it changes no more than
    it must. Over classes of equal size, the number of test rows is that fraction of all rows,
    rounded, unless a class would have no row left.

    Parameters
    ----------
    test_fraction : float
        From 0 (no test rows) to 0.9.
    seed : int
        From 0 to 2**32 - 1.
    """
    instance(sample, "sample", Sample)
    test_fraction = number(test_fraction, "test_fraction", 0.0, MOST_TEST)
    order = generator(seed, "split").permutation(sample.n_rows)
    groups = [order]
    if sample.classes:
        groups = [order[sample.y[order] == k] for k in range(sample.n_classes)]
    held_out = np.zeros(sample.n_rows, dtype=bool)
    for k, group in enumerate(groups):
        # The classes round up at different fractions: if all did at a half, classes of equal
        # size would all round the same way, and the test rows be too many or too few together.
        n = int(test_fraction * len(group) + (k + 0.5) / len(groups))
        held_out[group[: max(0, min(n, len(group) - 1))]] = True
    return Split(train=np.flatnonzero(~held_out), test=np.flatnonzero(held_out))
