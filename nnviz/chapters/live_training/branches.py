"""Branches of a run: at some step something is changed, and both go on.

A branch is a pure value: which line it leaves, at which step, and what is changed there. What it
looks like is replayed from that, so a link needs to hold nothing else.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from nnviz.training.model import Model
from nnviz.training.parameter_names import parameter_keys
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.timeline import Stage, Timeline

MOST_BRANCHES: Final = 4
"""As many as can be told apart in one picture, besides the run that they leave."""

ORDERS: Final = MappingProxyType(
    {"random": "tutorial", "shuffled": "shuffled", "in turn": "in turn"}
)
"""What links and menus call an order of the rows, and what `Hyperparameters` call it."""


@dataclass(frozen=True)
class Branch:
    """What is changed at one step of a line. None leaves a choice as it is there."""

    parent: int  # the line that it leaves: 0 for the run itself, k for the k-th branch
    at: int  # the last step that both share
    learning_rate: float | None = None
    order: str | None = None  # a key of `ORDERS`
    # of the order of the rows from here on; and of the random start of what begins anew
    seed: int | None = None
    model: Model | None = None
    # parameters set by hand, by their keys in `parameter_names`; those that the model does not have
    # are passed over
    weights: tuple[tuple[str, float], ...] = ()
    name: str = ""  # what the person calls it


@dataclass(frozen=True)
class Piece:
    """Steps ``first`` to ``last`` of a timeline, in which nothing but the rate is changed."""

    timeline: Timeline
    first: int
    last: int


@dataclass(frozen=True)
class Line:
    """A run from step 0 to its end, through all that was changed on the way."""

    # one after the other, without a gap; each of the oldest line that has it
    pieces: tuple[Piece, ...]
    # the step from which on it differs from the line that it leaves; 0 for the first
    own_from: int = 0

    @property
    def timeline(self) -> Timeline:
        """All of it, from its first update on."""
        return self.pieces[-1].timeline

    @property
    def plan(self) -> Plan:
        """By which it ends: what can be changed about the line."""
        return self.timeline.stages[-1].plan

    @property
    def last_step(self) -> int:
        """Its end."""
        return self.pieces[-1].last

    def piece_at(self, step: int) -> Piece:
        """Return the piece that holds a step."""
        return next(piece for piece in reversed(self.pieces) if piece.first <= step)


def lines(
    trunk: Timeline, branches: Sequence[Branch], record: Callable[[Timeline, Record | None], Record]
) -> tuple[Line | None, ...]:
    """Return the run and its branches as lines; None for one that would begin at the end or beyond.

    Each branch leaves the run or a branch before it, at a step that this one has of its own.
    `record` is `training.record`, or something that remembers what it has recorded.
    """
    end = record(trunk, None).last_step
    found: list[Line | None] = [Line((Piece(trunk, 0, end),))]
    for number, branch in enumerate(branches, 1):
        if not 0 <= branch.parent < number:
            raise ValueError(f"branch {number} must leave one that comes before it.")
        parent = found[branch.parent]
        begins = parent is not None and branch.at < parent.last_step
        found.append(_line(parent, branch, record) if parent and begins else None)
    return tuple(found)


def way_to(branches: Sequence[Branch], number: int) -> tuple[Branch, ...]:
    """Return the branches that lead to a line, as if there were no others, and without names."""
    way: list[Branch] = []
    while number:
        way.insert(0, branches[number - 1])
        number = way[0].parent
    return tuple(replace(branch, parent=k, name="") for k, branch in enumerate(way))


def line_by_itself(
    trunk: Timeline, way: Sequence[Branch], record: Callable[..., Record]
) -> Line | None:
    """Return the last of the `lines`, the others trained only to where they are left.

    Its pieces are all its own. `way` is what `way_to` returns; `record` is called with the step to
    stop at besides, if not all is needed.
    """
    timeline, known = trunk, None
    for branch in way:
        known = record(timeline, known, min(branch.at + 1, timeline.steps))
        if known.last_step <= branch.at:
            return None
        timeline = _branched(timeline, branch)
    runs = record(timeline, known).runs
    lasts = [*(run.first_step - 1 for run in runs[1:]), runs[-1].last_step]
    return Line(
        tuple(Piece(timeline, run.first_step, last) for run, last in zip(runs, lasts, strict=True)),
        way[-1].at if way else 0,
    )


def parting(branches: Sequence[Branch], first: int, second: int) -> int:
    """Return the last step that two lines share, by their numbers; 0 is the run itself.

    Two branches that leave one line share it up to the earlier of both.
    """
    ways = []
    for number in (first, second):
        way = {}  # where the lines on the way to this one leave others, by their numbers
        while number:
            way[number] = branches[number - 1].at
            number = branches[number - 1].parent
        ways.append(way)
    # Where each leaves the youngest line that both come from.
    own = ways[0].keys() ^ ways[1].keys()
    return min(
        (at for way in ways for number, at in way.items() if number in own), default=sys.maxsize
    )


def _line(
    parent: Line, branch: Branch, record: Callable[[Timeline, Record | None], Record]
) -> Line:
    timeline = _branched(parent.timeline, branch)
    found = record(timeline, record(parent.timeline, None))
    begin = found.runs[-1].first_step
    before = [
        replace(piece, last=min(piece.last, begin - 1))
        for piece in parent.pieces
        if piece.first < begin
    ]
    return Line((*before, Piece(timeline, begin, found.last_step)), branch.at)


def _branched(parent: Timeline, branch: Branch) -> Timeline:
    """Return the timeline of a branch, as that of the line that it leaves is until there."""
    shared = [stage for stage in parent.stages if stage.step <= branch.at]
    plan = _changed(shared[-1].plan, branch)
    keys = parameter_keys(plan)
    by_hand = [(keys.index(key), value) for key, value in branch.weights if key in keys]
    stages = (*shared, Stage(branch.at, plan, tuple(by_hand)))
    return replace(parent, stages=stages)


def _changed(plan: Plan, branch: Branch) -> Plan:
    chosen = plan.hyperparameters
    rate = chosen.learning_rate if branch.learning_rate is None else branch.learning_rate
    order = chosen.order if branch.order is None else ORDERS[branch.order]
    seed = plan.seed if branch.seed is None else branch.seed
    if branch.model is not None:
        return branch.model.plan(plan.sample, rate, order, seed)
    chosen = replace(chosen, learning_rate=rate, order=order)
    return replace(plan, hyperparameters=chosen, seed=seed)
