"""Holding rows out: which rows a network learns from, and which ones it is tested with."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import Sample
from nnviz.nn.checks import Frozen, instance, integer, number, one_of
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


SPLITS: Final = ("drawn", "in order")
"""Whether the rows to learn from are drawn, or are the first ones as the sample holds them."""


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


def split_by_number(sample: Sample, n_train: int, seed: int, by: str = "drawn") -> Split:
    """Return a split that learns from so many rows, and holds out all others.

    Drawn rows are of each class alike, to within one row; more of them are the same ones and
    others. "in order" takes the first rows of the sample, whatever they are.

    Parameters
    ----------
    n_train : int
        From 1 to one less than there are.
    seed : int
        From 0 to 2**32 - 1; without effect "in order".
    by : {"drawn", "in order"}
    """
    instance(sample, "sample", Sample)
    n_train = integer(n_train, "n_train", 1, sample.n_rows - 1)
    if one_of(by, "by", SPLITS) == "in order":
        return Split(train=np.arange(n_train), test=np.arange(n_train, sample.n_rows))
    order = generator(seed, "split").permutation(sample.n_rows)
    groups = [order]
    if sample.classes:
        groups = [order[sample.y[order] == k] for k in range(sample.n_classes)]
    place = np.empty(sample.n_rows)
    for group in groups:
        place[group] = (np.arange(len(group)) + 0.5) / len(group)
    chosen = np.argsort(place, kind="stable")
    return Split(train=np.sort(chosen[:n_train]), test=np.sort(chosen[n_train:]))
