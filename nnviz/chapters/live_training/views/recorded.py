"""Runs and what is shown of them, computed once for everybody: a config is all that they depend on.

Everything here is read-only, so people can share it; the caches are bounded.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, ParamSpec, TypeVar, cast

import streamlit as st

from nnviz.chapters.live_training.figures.run import PLANE
from nnviz.chapters.live_training.jumps import Jump, jumps
from nnviz.chapters.live_training.run_surfaces import RunSurfaces, run_surfaces
from nnviz.nn.checks import FloatArray
from nnviz.training.baselines.yardsticks import Yardsticks, yardsticks
from nnviz.training.branches import Branch, Line, lines
from nnviz.training.maps.heatmap import Plane
from nnviz.training.maps.surface_axes import SurfaceAxes, principal_directions, two_parameters
from nnviz.training.parameter_names import parameter_keys
from nnviz.training.run import Run, record
from nnviz.training.run_config import RunConfig
from nnviz.training.run_view import MOST_MAPS, RunView, view

P = ParamSpec("P")
R = TypeVar("R")


def cached(max_entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Return the decorator of what is computed once for everybody."""
    # repr writes every float in full, so equal keys are equal configs.
    kept: Any = st.cache_resource(
        max_entries=max_entries, show_spinner=False, hash_funcs={RunConfig: repr, Plane: repr}
    )

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast(Callable[P, R], kept(function))

    return decorate


@cached(max_entries=32)
def recorded(config: RunConfig) -> Run:
    """Return the run."""
    return record(config)


def branched(trunk: RunConfig, branches: tuple[Branch, ...]) -> tuple[Line | None, ...]:
    """Return a run and its branches."""
    return lines(trunk, branches, recorded)


@cached(max_entries=48)
def seen(config: RunConfig, stride: int, first: int, last: int, *, quick: bool = False) -> RunView:
    """Return what is shown of some steps of a run, every ``stride`` updates.

    ``quick`` is for a picture between two others, which is there for the blink of an eye.
    """
    most_maps = 21 if quick else MOST_MAPS
    run = recorded(config)
    return view(run, PLANE, stride=stride, most_maps=most_maps, first=first, last=last)


@cached(max_entries=32)
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


@cached(max_entries=32)
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


@cached(max_entries=32)
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
    try:
        return _search(_model(config)).result(wait)
    except TimeoutError:
        return yardsticks(_model(config), quick=True)


def _model(config: RunConfig) -> RunConfig:
    """Return the config that all runs of the same model on the same rows share."""
    return RunConfig(
        config.rows, config.targets, config.features, config.standardise, config.hidden
    )


# One at a time: a search takes up to a second of a processor.
_SEARCHES: Final = ThreadPoolExecutor(1, "search")
_HEAD_START: Final = 0.15  # s


@cached(max_entries=64)
def _search(config: RunConfig) -> Future[Yardsticks]:
    return _SEARCHES.submit(_searched, config)


def _searched(config: RunConfig) -> Yardsticks:
    # After a moment: until then the picture of the new model has the processor to itself.
    time.sleep(_HEAD_START)
    return yardsticks(config)
