"""Sweeps with errors made up by hand, for what shows and tells them."""

import numpy as np

from nnviz.chapters.compare_runs.sweep import Sweep, SweepResult, error_curves
from tests.runs import timeline_of

NAN, INF = np.nan, np.inf


def made_up(errors, rates=None, *, first=0, at_end=False):
    """Return a result whose runs have these errors all along, shape (n_rates, n_seeds)."""
    errors = np.array(errors, dtype=float)
    base = timeline_of(steps=1_000)
    rates = rates or tuple(10.0**i for i in range(-len(errors) + 1, 1))
    sweep = Sweep(base, rates, first, errors.shape[1], at_end)
    return SweepResult(sweep, np.repeat(errors[:, :, None], len(sweep.steps), axis=2))


def real(rates, n_seeds, **choices):
    """Return the result of real runs."""
    base = timeline_of(**{"steps": 1_000, **choices})
    sweep = Sweep(base, rates, 0, n_seeds)
    curves = [error_curves(base, rate, sweep.seeds) for rate in rates]
    return SweepResult(sweep, np.array(curves))
