"""A lucky seed: how a training ends with other initial weights, all else being the same."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.nn.checks import FloatArray, Frozen, instance, integer, items
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import MOST_STEPS, Stage, Timeline

N_OTHERS: Final = 20

MOST_OTHERS: Final = 0.75
"""A seed is lucky if at least this fraction of the others end higher, unlucky if lower."""

ALIKE: Final = 1.1
"""The seed hardly matters if the highest loss is at most this many times the lowest."""


@dataclass(frozen=True, eq=False)
class SeedComparison(Frozen):
    """How a training ends, and how it ends with the initial weights of other seeds."""

    n_updates: int
    loss: float  # training loss at the end; infinite if the training left the range of float64
    losses: FloatArray  # (n_others,): the same with the other seeds

    @property
    def n_lower(self) -> int:
        """Number of others that end lower."""
        return int((self.losses < self.loss).sum())

    @property
    def n_higher(self) -> int:
        """Number of others that end higher."""
        return int((self.losses > self.loss).sum())

    @property
    def n_diverged(self) -> int:
        """Number of others that left the range of float64."""
        return int(np.isinf(self.losses).sum())

    @property
    def verdict(self) -> str:
        """One of "alike", "lucky", "unlucky" and "ordinary"."""
        every, most = np.append(self.losses, self.loss), MOST_OTHERS * len(self.losses)
        if every.max() <= ALIKE * every.min():
            return "alike"
        if self.n_higher >= most:
            return "lucky"
        return "unlucky" if self.n_lower >= most else "ordinary"


def other_seeds(plan: Plan, n: int = N_OTHERS) -> tuple[int, ...]:
    """Return the seeds after that of the plan."""
    return tuple((plan.seed + k) % (LARGEST_SEED + 1) for k in range(1, n + 1))


def with_seed(plan: Plan, seed: int, n_updates: int) -> Timeline:
    """Return the training with the initial weights of another seed.

    The rows that are held out, the order of the rows and dropout stay those of the plan: with
    other test rows the losses could not be compared. Raises TypeError or ValueError if the seed
    or the number of updates is out of range.
    """
    start = replace(plan, seed=integer(seed, "seed", 0, LARGEST_SEED)).start
    by_hand = tuple(enumerate(start.tolist()))
    return Timeline((Stage(0, plan, by_hand),), integer(n_updates, "n_updates", 1, MOST_STEPS))


def final_loss(plan: Plan, n_updates: int, seed: int) -> float:
    """Return the training loss at the end with the initial weights of a seed.

    It is infinite if the training left the range of float64.
    """
    instance(plan, "plan", Plan)
    run = record(with_seed(plan, seed, n_updates))
    if run.diverged_at is not None:
        return np.inf
    return float(run.scores_at(run.last_step).train_loss[0])


def compare_seeds(plan: Plan, n_updates: int, seeds: Sequence[int] | None = None) -> SeedComparison:
    """Train with the initial weights of other seeds, and compare how the trainings end.

    Raises TypeError or ValueError if a seed or the number of updates is out of range, or there
    is no seed. `seeds`: at least one; the 20 after that of the plan if left out.
    """
    seeds = other_seeds(plan) if seeds is None else seeds
    losses = [final_loss(plan, n_updates, seed) for seed in items(seeds, "seeds")]
    if not losses:
        raise ValueError("seeds must hold at least one seed, but is empty.")
    return SeedComparison(n_updates, final_loss(plan, n_updates, plan.seed), np.array(losses))
