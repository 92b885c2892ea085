"""Runs and what is shown of them, computed once for everybody: a config is all that they depend on.

Everything here is read-only, so people can share it; the caches are bounded.
"""

from collections.abc import Iterator
from typing import Final

from nnviz.chapters.live_training.figures.run import PLANE
from nnviz.chapters.live_training.jumps import Jump, jumps
from nnviz.chapters.live_training.surfaces import RunSurfaces, run_surfaces
from nnviz.nn.checks import FloatArray
from nnviz.site.background import Background
from nnviz.site.caching import cached
from nnviz.training.baselines.yardsticks import Yardsticks, yardsticks
from nnviz.training.branches import Branch, Line, lines
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.surface_axes import SurfaceAxes, principal_directions, two_parameters
from nnviz.training.parameter_names import parameter_keys
from nnviz.training.playback import MOST_MAPS, RunView, view
from nnviz.training.run import Run, record
from nnviz.training.run_config import RunConfig


@cached(32, RunConfig, Plane)
def recorded(config: RunConfig) -> Run:
    """Return the run."""
    return record(config)


def branched(trunk: RunConfig, branches: tuple[Branch, ...]) -> tuple[Line | None, ...]:
    """Return a run and its branches."""
    return lines(trunk, branches, recorded)


@cached(48, RunConfig, Plane)
def seen(config: RunConfig, stride: int, first: int, last: int, *, quick: bool = False) -> RunView:
    """Return what is shown of some steps of a run, every ``stride`` updates.

    ``quick`` is for a picture between two others, which is there for the blink of an eye.
    """
    most_maps = 21 if quick else MOST_MAPS
    run = recorded(config)
    return view(run, PLANE, stride=stride, most_maps=most_maps, first=first, last=last)


@cached(32, RunConfig, Plane)
def axes(config: RunConfig, text: str) -> SurfaceAxes:
    """Return the axes that a text names, for a run; those it does not have are its first two."""
    if text == "principal":
        return principal_directions(recorded(config))
    keys = parameter_keys(config)
    chosen = [keys.index(key) for key in text.split(",") if key in keys]
    i, j = chosen if len(set(chosen)) == 2 else (0, 1)
    return two_parameters(config, i, j)


def path(config: RunConfig, text: str, view: RunView) -> FloatArray:
    """Return where a view of a run with the same parameters stands on the axes of another."""
    return axes(config, text).coordinates(view.parameters)


@cached(32, RunConfig, Plane)
def surfaces(
    config: RunConfig,
    stride: int,
    first: int,
    last: int,
    of: RunConfig,
    text: str,
    plane: Plane,
    *,
    quick: bool = False,
) -> RunSurfaces:
    """Return the error around some steps of a run, over the axes that a text names for ``of``."""
    return run_surfaces(seen(config, stride, first, last, quick=quick), axes(of, text), plane)


@cached(32, RunConfig, Plane)
def biggest_jumps(config: RunConfig) -> tuple[Jump, ...]:
    """Return the updates that did the most harm."""
    return jumps(recorded(config))


def measured(config: RunConfig, *, wait: float | None = None) -> Yardsticks:
    """Return what the run is measured against, which its rate, rows' order and seed do not change.

    Parameters
    ----------
    config : RunConfig
    wait : float, optional
        Seconds after which what has to be searched for is left out, so that a picture comes first;
        the search goes on. Without it the search is waited for.
    """
    model = model_of(config)
    # After a moment: until then the picture of the new model has the processor to itself.
    known = _SEARCHES.ask(model, after=0.15) if wait == 0 else _SEARCHES.wait(model, wait)
    if known.failed:
        raise RuntimeError("what the run is measured against could not be searched for")
    return yardsticks(model, quick=True) if known.latest is None else known.latest


def model_of(config: RunConfig) -> RunConfig:
    """Return the config that all runs of the same model on the same rows share."""
    return RunConfig(
        config.rows, config.targets, config.features, config.standardise, config.hidden
    )


def _searched(config: RunConfig) -> Iterator[Yardsticks]:
    yield yardsticks(config)


# One at a time: a search takes up to a second of a processor.
_SEARCHES: Final = Background(_searched, kept=64, threads=1)
