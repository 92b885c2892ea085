"""Sweeps as they are made, piece by piece, and the best that a single neuron can do: all cached."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from nnviz.chapters.compare_runs.address import PAGE
from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves
from nnviz.nn.checks import FloatArray
from nnviz.site.background import Background
from nnviz.site.caching import cached
from nnviz.site.stopping import Stopping
from nnviz.training.baselines.search_limits import Best
from nnviz.training.baselines.single_neuron import best_neuron
from nnviz.training.plan import Plan
from nnviz.training.timeline import Timeline

STOPPING: Final = Stopping(PAGE)

_SEEDS: Final = 25  # of one rate, to a piece


@cached(Plan)
def best_of_one_neuron(plan: Plan) -> Best | None:
    """Return what no single neuron can beat, or None where a run is no neuron, or has too much."""
    if plan.architecture.hidden:
        return None
    try:
        return best_neuron(plan.train_inputs, plan.sample.y)
    except ValueError:  # too much to search
        return None


def gathered(sweep: Sweep) -> SweepResult:
    """Make runs of a sweep for a fraction of a second, if not stopped; return all results."""
    curves = np.full((len(sweep.learning_rates), sweep.n_seeds, len(sweep.steps)), np.nan)
    for rate, first, piece in STOPPING.work(SWEEPS, sweep).results:
        curves[rate, first : first + len(piece)] = piece
    return SweepResult(sweep, curves)


def _pieces(sweep: Sweep) -> Iterator[tuple[int, int, FloatArray]]:
    """Yield index of the rate, index of the first seed, and the error curves of each piece.

    They begin at multiples of 25, so that a longer sweep finds the pieces of a shorter one.
    """
    first, end = sweep.seeds.start, sweep.seeds.stop
    while first < end:
        stop = min(end, first - first % _SEEDS + _SEEDS)
        for rate, learning_rate in enumerate(sweep.learning_rates):
            curves = _piece(sweep.base, learning_rate, first, stop - first)
            yield rate, first - sweep.first_seed, curves
        first = stop


SWEEPS: Final = Background(_pieces, kept=8)


@cached(Timeline)
def _piece(base: Timeline, learning_rate: float, first_seed: int, n_seeds: int) -> FloatArray:
    return error_curves(base, learning_rate, range(first_seed, first_seed + n_seeds))
