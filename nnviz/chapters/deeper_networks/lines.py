"""Lines: a run, the changes that are made on its way, and its branches.

Every line is a pure value from which its training is computed, so a link holds nothing else.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Annotated, Any, Final

from nnviz.chapters.deeper_networks.settings import FROM_THE_START, Settings
from nnviz.data.sample import Sample
from nnviz.nn.checks import Check, Checked
from nnviz.training.timeline import MOST_STAGES, Stage, Timeline

MOST_LINES: Final = 5
MOST_CHANGES: Final = 20
"""Number of changes of one line; with those of the lines that it leaves, `MOST_STAGES`."""
MOST_BY_HAND: Final = 12


def _read_only(values: Mapping[Any, Any], name: str) -> Mapping[Any, Any]:
    return MappingProxyType(dict(values))


@dataclass(frozen=True)
class Change(Checked):
    """The changes of a line at one step."""

    step: int
    # fields of `Settings` with their values from here on
    choices: Annotated[Mapping[str, Any], Check(_read_only)] = field(default_factory=dict)
    # parameters that are set: their positions and values
    by_hand: Annotated[Mapping[int, float], Check(_read_only)] = field(default_factory=dict)

    @property
    def empty(self) -> bool:
        """Whether nothing is changed."""
        return not self.choices and not self.by_hand

    def with_more(self, choices: Mapping[str, Any], by_hand: Mapping[int, float]) -> "Change":
        """Return it with more changes at the same step; the newer ones count."""
        return Change(self.step, {**self.choices, **choices}, {**self.by_hand, **by_hand})


@dataclass(frozen=True)
class Line:
    """A run or a branch."""

    parent: int = 0  # number of the line that it leaves; 0 for the first one, which leaves none
    at: int = 0  # the last step that both share; 0 for the first
    # in the order of their steps, none before `at`, each step once
    changes: tuple[Change, ...] = ()
    name: str = ""  # the name that the person gave it

    def without(self, choices: Container[str] = (), by_hand: Container[int] = ()) -> "Line":
        """Return it as if some settings and some parameters had never been changed on it."""
        kept = (
            Change(
                change.step,
                {name: value for name, value in change.choices.items() if name not in choices},
                {index: value for index, value in change.by_hand.items() if index not in by_hand},
            )
            for change in self.changes
        )
        return replace(self, changes=tuple(change for change in kept if not change.empty))


Lines = tuple[Line, ...]


def changes_of(lines: Sequence[Line], number: int) -> tuple[Change, ...]:
    """Return all changes of a line, with those that it shares with other lines."""
    line = lines[number]
    before = changes_of(lines, line.parent) if number else ()
    found = {change.step: change for change in before if change.step <= line.at}
    for change in line.changes:
        shared = found.get(change.step, Change(change.step))
        found[change.step] = shared.with_more(change.choices, change.by_hand)
    return tuple(found[step] for step in sorted(found))


def settings_at(base: Settings, lines: Sequence[Line], number: int, step: int) -> Settings:
    """Return the settings of a line at a step."""
    for change in changes_of(lines, number):
        if change.step <= step:
            base = base.with_choices(change.choices)
    return base


def timeline_of(
    base: Settings, lines: Sequence[Line], number: int, own: Sample | None, steps: int
) -> Timeline:
    """Return the timeline of a line.

    Parameters that a plan does not have are not set.
    """
    settings, stages = base, [Stage(0, base.plan(own))]
    for change in changes_of(lines, number)[: MOST_STAGES - 1]:
        settings = settings.with_choices(change.choices)
        plan = settings.plan(own)
        by_hand = tuple((k, v) for k, v in change.by_hand.items() if k < plan.n_parameters)
        stage = Stage(change.step, plan, by_hand)
        if change.step == 0:
            stages[0] = stage
        elif by_hand or plan != stages[-1].plan:
            stages.append(stage)
    return Timeline(tuple(stages), steps)


def with_line(lines: Lines, number: int, line: Line) -> Lines:
    """Return the lines with one of them replaced."""
    return (*lines[:number], line, *lines[number + 1 :])


def with_change(
    lines: Lines,
    number: int,
    step: int,
    choices: Mapping[str, Any] = MappingProxyType({}),
    by_hand: Mapping[int, float] = MappingProxyType({}),
) -> Lines:
    """Return the lines with a change on one of them, from a step on.

    Raises ValueError with a sentence, if there are too many changes already, or a choice cannot
    be changed on the way.
    """
    fixed = [name for name in choices if name in FROM_THE_START]
    if fixed:
        raise ValueError(f"{fixed[0]} decides how a run begins; it is the same for all of it.")
    line = lines[number]
    step = max(step, line.at)
    there = {change.step: change for change in line.changes}
    there[step] = there.get(step, Change(step)).with_more(choices, by_hand)
    if len(there) > MOST_CHANGES or len(there[step].by_hand) > MOST_BY_HAND:
        raise ValueError(
            f"A line holds up to {MOST_CHANGES} changes, each with up to {MOST_BY_HAND} values "
            "set by hand. Take one back first."
        )
    changes = tuple(there[k] for k in sorted(there) if not there[k].empty)
    lines = with_line(lines, number, replace(line, changes=changes))
    check_stages(lines)
    return lines


def check_stages(lines: Sequence[Line]) -> None:
    """Refuse lines with more changes, shared ones included, than a timeline has stages."""
    most = max(len(changes_of(lines, number)) for number in range(len(lines)))
    if most >= MOST_STAGES:
        raise ValueError(
            f"A line holds up to {MOST_STAGES - 1} changes, with those of the lines that it "
            "leaves. Take one back first."
        )


def without_change(lines: Lines, number: int, step: int) -> Lines:
    """Return the lines without the change of one of them at a step."""
    line = lines[number]
    kept = tuple(change for change in line.changes if change.step != step)
    return with_line(lines, number, replace(line, changes=kept))


def with_branch(lines: Lines, number: int, at: int) -> Lines:
    """Return the lines with one more branch, which leaves a line at a step.

    Raises ValueError with a sentence, if there are as many as can be told apart.
    """
    if len(lines) >= MOST_LINES:
        raise ValueError(
            f"{MOST_LINES - 1} branches are as many as can be told apart. Delete one first."
        )
    while number and lines[number].at > at:
        number = lines[number].parent
    return (*lines, Line(number, at))


def leaving_with(lines: Lines, number: int) -> tuple[int, ...]:
    """Return the numbers of a branch and of all that leave it, directly or not."""
    gone = {number}
    for k, line in enumerate(lines):
        if k and line.parent in gone:
            gone.add(k)
    return tuple(sorted(gone))


def without_line(lines: Lines, number: int) -> tuple[Lines, int]:
    """Return the lines without a branch and those that leave it, and the number of its parent.

    Raises ValueError with a sentence, if it is the run itself.
    """
    if number == 0:
        raise ValueError("The run itself cannot be deleted, its branches can.")
    gone = leaving_with(lines, number)
    kept = [k for k in range(len(lines)) if k not in gone]
    places = {k: place for place, k in enumerate(kept)}
    return (
        tuple(replace(lines[k], parent=places[lines[k].parent] if k else 0) for k in kept),
        places[lines[number].parent],
    )


def last_shared_step(lines: Sequence[Line], first: int, second: int) -> int:
    """Return the last step that two lines have in common."""
    if first == second:
        raise ValueError("a line does not part from itself.")
    later, earlier = max(first, second), min(first, second)
    # A line leaves one that came before it, so the younger one is gone back from.
    at, parent = lines[later].at, lines[later].parent
    return at if parent == earlier else min(at, last_shared_step(lines, parent, earlier))
