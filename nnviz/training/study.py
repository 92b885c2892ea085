"""A study: some variants of a training, each repeated with several seeds."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

import numpy as np

from nnviz.nn.checks import Check, Checked, instances, integer
from nnviz.training.learning_curve import Learning, held_out, learn, most_epochs, repeated
from nnviz.training.plan import Plan

MOST_REPEATS: Final = 50
MOST_VARIANTS: Final = 20


@dataclass(frozen=True)
class Variant:
    """One thing to compare."""

    name: str  # for people: "8-8", "L2 0.01"
    plan: Plan  # as in the first repeat; the others have the seeds that follow


@dataclass(frozen=True)
class Study(Checked):
    """Variants to compare, with the same seeds for each: pure, hashable, and computed in pieces.

    Repeat k of two variants with one sample, fraction and seed has the same rows held out, so that
    they can be compared run by run.
    """

    # 1 to 20, in the order in which they are shown, with different names
    variants: Annotated[tuple[Variant, ...], Check(instances, kind=Variant)]
    epochs: Annotated[int, Check(integer)] = 400  # of each run
    # runs of each variant, 1 to 50
    n_repeats: Annotated[int, Check(integer, low=1, high=MOST_REPEATS)] = 8

    def check_together(self) -> None:
        """Refuse no or too many variants, equal names, and too many epochs for their rows."""
        variants = self.variants
        if not 1 <= len(variants) <= MOST_VARIANTS:
            raise ValueError(f"a study has 1 to {MOST_VARIANTS} variants, not {len(variants)}.")
        for variant in variants:
            held_out(variant.plan)
        if len({variant.name for variant in variants}) < len(variants):
            raise ValueError("the variants of a study must have different names.")
        integer(self.epochs, "epochs", 1, min(most_epochs(variant.plan) for variant in variants))

    @property
    def names(self) -> tuple[str, ...]:
        """What the variants are called."""
        return tuple(variant.name for variant in self.variants)

    @property
    def n_runs(self) -> int:
        """How many runs there are in all."""
        return len(self.variants) * self.n_repeats

    def plan_of(self, variant: int, repeat: int) -> Plan:
        """Return what one run is made by."""
        variant = integer(variant, "variant", 0, len(self.variants) - 1)
        repeat = integer(repeat, "repeat", 0, self.n_repeats - 1)
        return repeated(self.variants[variant].plan, repeat)

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Yield (variant, repeat) of every run: repeat by repeat, so that whole curves come."""
        for repeat, variant in np.ndindex(self.n_repeats, len(self.variants)):
            yield variant, repeat

    def learning(self, variant: int, repeat: int) -> Learning:
        """Make one run; equal plans and epochs give equal results, so it can be kept by value."""
        return learn(self.plan_of(variant, repeat), self.epochs)


def learnings(study: Study) -> Iterator[tuple[tuple[int, int], Learning]]:
    """Make all runs of a study, one after the other, in the order of `Study.pieces`."""
    for piece in study.pieces():
        yield piece, study.learning(*piece)
