"""Runs of gradient descent, computed once for everybody: a plan and a start say all of them."""

from nnviz.chapters.linear_regression.descent import Descent, descend
from nnviz.chapters.linear_regression.figure_tracks import descent_tracks
from nnviz.chapters.linear_regression.squares import Squares
from nnviz.chart import packing
from nnviz.site.caching import cached
from nnviz.training.plan import Plan


@cached(48, Plan)
def run_of(plan: Plan, start: tuple[float, float, float], updates: int) -> Descent:
    """Return a run."""
    return descend(plan, start, updates)


@cached(24, Plan)
def packed(
    plan: Plan, start: tuple[float, float, float], updates: int, feature: int
) -> tuple[bytes, str]:
    """Return the moving marks of a run, for the browser."""
    run = run_of(plan, start, updates)
    return packing.pack(descent_tracks(run, Squares(plan.sample, feature)))
