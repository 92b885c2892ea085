"""Luck: how a training ends with other random starting weights, all else being the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.nn.checks import FloatArray, freeze, instance, integer, items
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import MOST_STEPS, Stage, Timeline

N_OTHERS: Final = 20

MOST_OTHERS: Final = 0.75
"""A start is lucky if this share of the others end higher, unlucky if this share end lower."""

ALIKE: Final = 1.1
"""If the highest loss of all is not more than this many times the lowest, luck hardly matters."""


@dataclass(frozen=True, eq=False)
class Luck:
    """How a training stands among others that differ in their starting weights alone.

    Attributes
    ----------
    n_updates : int
    loss : float
        Training loss at the end; infinite if the training left the range of float64.
    losses : ndarray, shape (n_others,)
        The same with other starting weights, as many as are known by now.
    """

    n_updates: int
    loss: float
    losses: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def n_lower(self) -> int:
        """How many of the others end lower."""
        return int((self.losses < self.loss).sum())

    @property
    def n_diverged(self) -> int:
        """How many of the others left the range of float64."""
        return int(np.isinf(self.losses).sum())

    @property
    def n_higher(self) -> int:
        """How many of the others end higher."""
        return int((self.losses > self.loss).sum())

    @property
    def verdict(self) -> str:
        """One of "alike", "lucky", "unlucky" and "ordinary"."""
        every = np.append(self.losses, self.loss)
        if every.max() <= ALIKE * every.min():
            return "alike"
        if self.n_higher >= MOST_OTHERS * len(self.losses):
            return "lucky"
        return "unlucky" if self.n_lower >= MOST_OTHERS * len(self.losses) else "ordinary"


def other_seeds(plan: Plan, n: int = N_OTHERS) -> tuple[int, ...]:
    """Return the seeds after that of the plan."""
    return tuple((plan.seed + k) % (LARGEST_SEED + 1) for k in range(1, n + 1))


def started_by(plan: Plan, seed: int, n_updates: int) -> Timeline:
    """Return the training with the starting weights of another seed.

    The rows that are held out, the order of the rows and the units that are left out stay those
    of the plan: with other test rows the losses could not be compared.

    Raises
    ------
    TypeError, ValueError
        If the seed is none, or there are no such updates.
    """
    start = replace(plan, seed=integer(seed, "seed", 0, LARGEST_SEED)).start
    by_hand = tuple(enumerate(start.tolist()))
    return Timeline((Stage(0, plan, by_hand),), integer(n_updates, "n_updates", 1, MOST_STEPS))


def outcome(plan: Plan, n_updates: int, seed: int) -> float:
    """Return the training loss at the end with the starting weights of a seed.

    Infinite if the training left the range of float64.
    """
    instance(plan, "plan", Plan)
    run = record(started_by(plan, seed, n_updates))
    if run.diverged_at is not None:
        return np.inf
    last = run.parameters_at(run.last_step)[np.newaxis]
    return float(scores(plan, last).train_loss[0])


def luck(plan: Plan, n_updates: int, seeds: Sequence[int] | None = None) -> Luck:
    """Train with other starting weights, and return how this one stands among them.

    The same comes out piece by piece from `outcome` of the plan's own seed and of others.

    Parameters
    ----------
    plan : Plan
    n_updates : int
    seeds : sequence of int, optional
        At least one; the 20 after that of the plan if none are given.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    seeds = other_seeds(plan) if seeds is None else seeds
    losses = [outcome(plan, n_updates, seed) for seed in items(seeds, "seeds")]
    if not losses:
        raise ValueError("seeds must hold at least one seed, but is empty.")
    return Luck(n_updates, outcome(plan, n_updates, plan.seed), np.array(losses))
