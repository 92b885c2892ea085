"""What a network takes for what: the confusion matrix, and the mistakes it is surest of."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.chapters.pictures_to_numbers.ten.network import KINDS, IntArray, TenRun, probabilities
from nnviz.nn.checks import FloatArray, Frozen


@dataclass(frozen=True)
class Seen:
    """A held-out picture, and what is said of it."""

    picture: int  # where it stands in the file, from 0
    label: int  # the digit that it shows
    said: int
    probability: float  # of what is said
    of_label: float  # of the digit that it shows


@dataclass(frozen=True, eq=False)
class Confusion(Frozen):
    """What is said of every held-out picture."""

    pictures: IntArray  # (n,): where they stand in the file
    labels: IntArray  # (n,)
    said: IntArray  # (n,)
    probability: FloatArray  # (n,): of what is said
    of_label: FloatArray  # (n,): of the digit that is shown

    @cached_property
    def counts(self) -> IntArray:
        """How often each digit (row) is said to be each digit (column), (10, 10)."""
        return np.bincount(self.labels * KINDS + self.said, minlength=KINDS**2).reshape(
            KINDS, KINDS
        )

    @property
    def n_wrong(self) -> int:
        """How many pictures are wrong."""
        return int((self.labels != self.said).sum())

    @property
    def largest(self) -> tuple[tuple[int, int], ...]:
        """The digits and what they are most often taken for; several if they are equally many."""
        wrong = self.counts * (1 - np.eye(KINDS, dtype=np.int64))
        if not wrong.any():
            return ()
        return tuple((int(k), int(said)) for k, said in np.argwhere(wrong == wrong.max()))

    def cell(self, label: int, said: int) -> tuple[Seen, ...]:
        """Return the pictures of a digit that are said to be another, the surest first."""
        return self._of(np.flatnonzero((self.labels == label) & (self.said == said)))

    def mistakes(self) -> tuple[Seen, ...]:
        """Return all pictures that are wrong, the surest first."""
        return self._of(np.flatnonzero(self.labels != self.said))

    def _of(self, chosen: IntArray) -> tuple[Seen, ...]:
        order = chosen[np.argsort(-self.probability[chosen], kind="stable")]
        return tuple(
            Seen(*each)
            for each in zip(
                self.pictures[order].tolist(),
                self.labels[order].tolist(),
                self.said[order].tolist(),
                self.probability[order].tolist(),
                self.of_label[order].tolist(),
                strict=True,
            )
        )


def confusion(run: TenRun, step: int) -> Confusion:
    """Return what the network says of every held-out picture at a step."""
    found = probabilities(run, run.parameters[step : step + 1], run.plan.test_inputs)[0]
    said, rows = found.argmax(axis=1), np.arange(len(found))
    return Confusion(run.held_out, run.labels, said, found[rows, said], found[rows, run.labels])
