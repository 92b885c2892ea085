"""Runs and what is shown of them, computed once for everybody: a config is all that they depend on.

Everything here is read-only, so people can share it; the caches are bounded.
"""

import streamlit as st

from nnviz.figures.live_training import PLANE
from nnviz.figures.run_tracks import probe_tracks, run_tracks, words_tracks
from nnviz.jumps import Jump, jumps
from nnviz.run_config import RunConfig
from nnviz.run_view import MOST_MAPS, RunView, view
from nnviz.sentences.training import moments
from nnviz.training import Run, record
from nnviz.ui import frames
from nnviz.yardsticks import Yardsticks, yardsticks


# repr writes every float in full, so equal keys are equal configs.
@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={RunConfig: repr})
def recorded(config: RunConfig) -> Run:
    """Return the run."""
    return record(config)


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={RunConfig: repr})
def seen(config: RunConfig, stride: int) -> RunView:
    """Return what is shown of the run, every ``stride`` updates."""
    # A picture between two others is there for the blink of an eye.
    most_maps = MOST_MAPS if stride == 1 else 21
    return view(recorded(config), PLANE, stride=stride, most_maps=most_maps)


def packed(
    config: RunConfig, stride: int, probe: tuple[float, float] | None
) -> list[tuple[bytes, str]]:
    """Return the moving marks of the run as the browser gets them."""
    packs = [_packed(config, stride)]
    if stride == 1:
        packs.append(_packed_words(config))
    if probe is not None:
        packs.append(frames.pack(probe_tracks(seen(config, stride), probe)))
    return packs


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={RunConfig: repr})
def _packed_words(config: RunConfig) -> tuple[bytes, str]:
    run = recorded(config)
    return frames.pack(words_tracks(run, moments(run, measured(config))))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={RunConfig: repr})
def _packed(config: RunConfig, stride: int) -> tuple[bytes, str]:
    return frames.pack(run_tracks(seen(config, stride)))


@st.cache_resource(max_entries=32, show_spinner=False, hash_funcs={RunConfig: repr})
def biggest_jumps(config: RunConfig) -> tuple[Jump, ...]:
    """Return the updates that did the most harm."""
    return jumps(recorded(config))


def measured(config: RunConfig) -> Yardsticks:
    """Return what the run is measured against, which its learning rate does not change."""
    return _measured(
        RunConfig(config.rows, config.targets, config.features, config.standardise)
        if not config.hidden
        else RunConfig(config.rows, config.targets)
    )


@st.cache_resource(max_entries=64, show_spinner=False, hash_funcs={RunConfig: repr})
def _measured(config: RunConfig) -> Yardsticks:
    return yardsticks(config)
