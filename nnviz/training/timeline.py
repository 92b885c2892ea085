"""A timeline: a plan, and what is changed while the network learns."""

from dataclasses import dataclass
from typing import Annotated, Any

from nnviz.nn.checks import Check, Checked, instance, instances, integer, items, number
from nnviz.training.plan import Plan

MOST_STEPS = 1_000_000
MOST_STAGES = 30


def _by_hand(values: Any, name: str) -> tuple[tuple[int, float], ...]:
    pairs = [items(pair, f"each of {name}") for pair in items(values, name)]
    if any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"{name} must hold pairs of a number and a value.")
    indices = [integer(index, "number of a parameter", 0) for index, _ in pairs]
    if len(set(indices)) < len(indices):
        raise ValueError(f"{name} must set each parameter once.")
    values = [number(value, "a parameter set by hand", -1e6, 1e6) for _, value in pairs]
    return tuple(zip(indices, values, strict=True))


@dataclass(frozen=True)
class Stage(Checked):
    """What is planned from a step on.

    Attributes
    ----------
    step : int
        The first update made by this plan leads from it to the next step.
    plan : Plan
        All of it, changed or not.
    by_hand : tuple of (int, float)
        Parameters that are set here: index in the order of `Network.parameters`, and value.
    """

    step: Annotated[int, Check(integer, "step of a stage", low=0, high=MOST_STEPS)]
    plan: Annotated[Plan, Check(instance, kind=Plan)]
    by_hand: Annotated[tuple[tuple[int, float], ...], Check(_by_hand)] = ()

    def check_together(self) -> None:
        """Refuse a parameter that the plan does not have."""
        for index, _ in self.by_hand:
            integer(index, "number of a parameter", 0, self.plan.n_parameters - 1)


def _stages(values: Any, name: str) -> tuple[Stage, ...]:
    stages = instances(values, "each of the stages", Stage)
    if not 1 <= len(stages) <= MOST_STAGES:
        raise ValueError(f"a timeline has 1 to {MOST_STAGES} stages, not {len(stages)}.")
    steps = [stage.step for stage in stages]
    if steps[0] != 0 or sorted(steps) != steps:
        raise ValueError("stages must begin at step 0, and none earlier than the one before.")
    return stages


@dataclass(frozen=True)
class Timeline(Checked):
    """A run of training with the changes that are made on the way.

    Attributes
    ----------
    stages : tuple of Stage
        At least one; the first at step 0, none earlier than the one before. Of two at one step the
        first makes no update, but its plan decides what the second starts from.
    steps : int
        Updates to make, 1 to a million. Stages from there on are never reached.
    record_every : int
        After how many updates a checkpoint is kept: as often as this, or every two times or four
        times as many updates and so on where there would be too many checkpoints. 0 spreads as
        many as are kept at the most evenly.
    """

    stages: Annotated[tuple[Stage, ...], Check(_stages)]
    steps: Annotated[int, Check(integer, low=1, high=MOST_STEPS)] = 3_000
    record_every: Annotated[int, Check(integer, low=0, high=MOST_STEPS)] = 0

    @classmethod
    def of(cls, plan: Plan, steps: int = 3_000, record_every: int = 0) -> "Timeline":
        """Return the timeline of a plan that is never changed."""
        return cls((Stage(0, plan),), steps, record_every)

    @property
    def plan(self) -> Plan:
        """The plan that it begins with."""
        return self.stages[0].plan

    def plan_at(self, step: int) -> Plan:
        """Return the plan by which the update after a step is to be made."""
        return [stage.plan for stage in self.stages if stage.step <= step][-1]
