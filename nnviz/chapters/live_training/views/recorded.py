"""Runs and what is shown of them, computed once for everybody: all depends on a timeline.

Everything here is read-only, so people can share it; the caches are bounded.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from nnviz.chapters.live_training.branches import Branch, Line, line_by_itself, lines, way_to
from nnviz.chapters.live_training.jumps import Jump, jumps
from nnviz.chapters.live_training.surfaces import RunSurfaces, run_surfaces
from nnviz.site.background import Background
from nnviz.site.caching import cached
from nnviz.training.baselines.yardsticks import Yardsticks, yardsticks
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.surface_axes import SurfaceAxes, principal_directions, two_parameters
from nnviz.training.model import Model
from nnviz.training.parameter_names import parameter_keys
from nnviz.training.plan import Plan
from nnviz.training.playback import RunView, stride_of, view
from nnviz.training.record import Record, record
from nnviz.training.timeline import Timeline

_AT_ONCE: Final = 100_000
"""Updates of a run and its branches that are made before the first picture."""
_SLIDING: Final = 500_000
"""The same while a slider is moved: a sixth of a second, in which no line goes out of sight."""


@cached(Timeline)
def recorded(timeline: Timeline, _known: Record | None = None, until: int | None = None) -> Record:
    """Return the record of a timeline; what is known of it already is not trained again."""
    return record(timeline, _known, stride_of(timeline.steps), until)


def run_of(timeline: Timeline, step: int) -> Record:
    """Return the part of its record around a step in which nothing but the rate is changed."""
    return recorded(timeline).run_at(step)


def branched(
    trunk: Timeline, branches: tuple[Branch, ...], number: int = 0, *, sliding: bool = False
) -> tuple[tuple[Line | None, ...], bool]:
    """Return a run and its branches, and whether all are there.

    Of long ones those are that `train_others` has trained, and that of the ``number``.
    """
    keys = _keys(trunk, branches)
    n_updates = len(keys) * trunk.steps
    if len(keys) == 1 or n_updates <= _AT_ONCE:
        return lines(trunk, branches, recorded), True
    look = _LINES.work if sliding and n_updates <= _SLIDING else _LINES.known
    there = [look(key).results[:1] for key in keys]
    if all(there):
        return tuple(line for (line,) in there), True
    found = [line for known in there for line in known or (None,)]
    if not there[number]:
        found[number] = line_by_itself(*keys[number], recorded)
    return tuple(found), False


def train_others(trunk: Timeline, branches: tuple[Branch, ...]) -> int:
    """Let a thread train all lines, and return how many are trained."""
    return sum(bool(_LINES.ask(key).sound().results) for key in _keys(trunk, branches))


_Key = tuple[Timeline, tuple[Branch, ...]]


def _keys(trunk: Timeline, branches: tuple[Branch, ...]) -> list[_Key]:
    return [(trunk, way_to(branches, number)) for number in range(len(branches) + 1)]


def _line(key: _Key) -> Iterator[Line | None]:
    trunk, way = key
    yield lines(trunk, way, recorded)[-1]


_LINES: Final = Background(_line, kept=32)
"""Long lines, by what leads to them."""


class Window(NamedTuple):
    """Steps of a run that are shown: every ``stride`` updates from the first to the last."""

    timeline: Timeline
    stride: int
    first: int
    last: int


@cached(Timeline)
def seen(window: Window) -> RunView:
    """Return what is shown of some steps of a run."""
    timeline, stride, first, last = window
    return view(run_of(timeline, first), stride=stride, first=first, last=last)


@cached(Timeline)
def axes(timeline: Timeline, text: str) -> SurfaceAxes:
    """Return the axes that a text names, for the last run of a timeline.

    Those that it does not have are its first two parameters.
    """
    run = recorded(timeline).runs[-1]
    if text == "principal":
        return principal_directions(run)
    plan, keys = run.plan, parameter_keys(run.plan)
    chosen = [keys.index(key) for key in text.split(",") if key in keys]
    i, j = chosen if len(set(chosen)) == 2 else (0, 1)
    return two_parameters(plan, i, j)


@cached(Timeline, Plane)
def surfaces(window: Window, of: Timeline, text: str, plane: Plane) -> RunSurfaces:
    """Return the error around some steps of a run, over the axes that a text names for ``of``."""
    return run_surfaces(seen(window), axes(of, text), plane)


@cached(Timeline)
def biggest_jumps(timeline: Timeline, first: int) -> tuple[Jump, ...]:
    """Return the updates that did the most harm, of the run around a step."""
    return jumps(run_of(timeline, first))


def measured(plan: Plan, *, wait: bool = True) -> Yardsticks:
    """Return what the run is measured against, which its rate, rows' order and seed do not change.

    What has to be searched for is waited for, or left out, so that a picture comes first.
    """
    model = Model.of(plan).plan(plan.sample)  # shared by all runs of a model on the same rows
    known = _SEARCHES.wait(model) if wait else _SEARCHES.known(model)
    if known.failed:
        raise RuntimeError("what the run is measured against could not be searched for")
    return yardsticks(model, quick=True) if known.latest is None else known.latest


def _searched(plan: Plan) -> Iterator[Yardsticks]:
    yield yardsticks(plan)


# One at a time: a search takes up to a second of a processor.
_SEARCHES: Final = Background(_searched, kept=64, threads=1)
