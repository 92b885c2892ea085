"""Sweeps as they are made, piece by piece: computed once for everybody, and never for long."""

import time
from collections.abc import Iterator
from typing import Final

import numpy as np
import streamlit as st

from nnviz.chapters.compare_runs.sweep import Sweep, error_curves
from nnviz.chapters.compare_runs.sweep_result import SweepResult
from nnviz.nn.checks import FloatArray
from nnviz.training.baselines.single_neuron import BestNeuron, best_neuron
from nnviz.training.run_config import RunConfig

_SEEDS: Final = 25  # of one rate, to a piece
_SECONDS: Final = 0.2  # of work before the page shows what there is
_PIECES: Final = 2_000  # of 20 kB each


def gather(sweep: Sweep, n_known: int, *, go_on: bool) -> tuple[SweepResult, int]:
    """Return what is known of the runs, and how many pieces that is.

    Parameters
    ----------
    sweep : Sweep
    n_known : int
        How many pieces were known the last time; they are not computed again.
    go_on : bool
        Compute more of them, for a fifth of a second.
    """
    shape = (len(sweep.learning_rates), sweep.n_seeds, len(sweep.steps))
    curves = np.full(shape, np.nan)
    begin, n_gathered = time.monotonic(), 0
    for rate, first, n_seeds in _pieces(sweep):
        n_new = n_gathered - n_known
        late = time.monotonic() - begin > _SECONDS
        # However long the known ones took, there is one more each time.
        if n_new >= 0 and (not go_on or (late and n_new > 0)):
            break
        after = first - sweep.first_seed
        learning_rate = sweep.learning_rates[rate]
        curves[rate, after : after + n_seeds] = _piece(sweep.base, learning_rate, first, n_seeds)
        n_gathered += 1
    return SweepResult(sweep, curves), n_gathered


@st.cache_resource(max_entries=16, show_spinner=False, hash_funcs={RunConfig: repr})
def best_of_one_neuron(base: RunConfig) -> BestNeuron | None:
    """Return what no single neuron can beat, or None where a run is no neuron, or has too much."""
    if base.hidden:
        return None
    try:
        return best_neuron(base.inputs(), base.y)
    except ValueError:  # too much to search
        return None


def _pieces(sweep: Sweep) -> Iterator[tuple[int, int, int]]:
    """Yield index of the rate, first seed and number of seeds of each piece.

    They begin at multiples of 25, so that a longer sweep finds the pieces of a shorter one.
    """
    first, end = sweep.seeds.start, sweep.seeds.stop
    while first < end:
        stop = min(end, first - first % _SEEDS + _SEEDS)
        for rate in range(len(sweep.learning_rates)):
            yield rate, first, stop - first
        first = stop


# repr writes every float in full, so equal keys are equal configs.
@st.cache_resource(max_entries=_PIECES, show_spinner=False, hash_funcs={RunConfig: repr})
def _piece(base: RunConfig, learning_rate: float, first_seed: int, n_seeds: int) -> FloatArray:
    return error_curves(base, learning_rate, range(first_seed, first_seed + n_seeds))
