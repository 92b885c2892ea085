"""A timeline: a plan, and what is changed while the network learns."""

from dataclasses import dataclass
from typing import Any

from nnviz.nn.checks import instance, integer, items, number
from nnviz.training.plan import Plan

MOST_STEPS = 1_000_000
MOST_STAGES = 30


@dataclass(frozen=True)
class Stage:
    """What is planned from a step on.

    Attributes
    ----------
    step : int
        The first update made by this plan leads from it to the next step.
    plan : Plan
        All of it, changed or not.
    by_hand : tuple of (int, float)
        Parameters that are set here: index in the order of `Network.parameters`, and value.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    step: int
    plan: Plan
    by_hand: tuple[tuple[int, float], ...] = ()

    def __post_init__(self) -> None:
        instance(self.plan, "plan", Plan)
        object.__setattr__(self, "step", integer(self.step, "step of a stage", 0, MOST_STEPS))
        pairs = tuple(
            (
                integer(index, "number of a parameter", 0, self.plan.n_parameters - 1),
                number(value, "a parameter set by hand", -1e6, 1e6),
            )
            for index, value in _pairs(self.by_hand)
        )
        if len({index for index, _ in pairs}) < len(pairs):
            raise ValueError("by_hand must set each parameter once.")
        object.__setattr__(self, "by_hand", pairs)


@dataclass(frozen=True)
class Timeline:
    """A run of training with the changes that are made on the way.

    Attributes
    ----------
    stages : tuple of Stage
        At least one; the first at step 0, the others each later than the one before.
    steps : int
        Updates to make, 1 to a million. Stages from there on are never reached.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    stages: tuple[Stage, ...]
    steps: int = 3_000

    def __post_init__(self) -> None:
        stages = tuple(items(self.stages, "stages"))
        if not 1 <= len(stages) <= MOST_STAGES:
            raise ValueError(f"a timeline has 1 to {MOST_STAGES} stages, not {len(stages)}.")
        for stage in stages:
            instance(stage, "each of the stages", Stage)
        steps = [stage.step for stage in stages]
        if steps[0] != 0 or sorted(set(steps)) != steps:
            raise ValueError("stages must begin at step 0, and each later than the one before.")
        object.__setattr__(self, "stages", stages)
        object.__setattr__(self, "steps", integer(self.steps, "steps", 1, MOST_STEPS))

    @classmethod
    def of(cls, plan: Plan, steps: int = 3_000) -> "Timeline":
        """Return the timeline of a plan that is never changed."""
        return cls((Stage(0, plan),), steps)


def _pairs(values: Any) -> list[tuple[Any, Any]]:
    pairs = [items(pair, "each of by_hand") for pair in items(values, "by_hand")]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError("by_hand must hold pairs of a number and a value.")
    return [(pair[0], pair[1]) for pair in pairs]
