"""Runs of gradient descent, computed once for everybody: a plan and a start say all of them."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar, cast

import streamlit as st

from nnviz.chapters.linear_regression.descent import Descent, descend
from nnviz.chapters.linear_regression.figure_tracks import descent_tracks
from nnviz.chapters.linear_regression.squares import Squares
from nnviz.chart import packing
from nnviz.training.plan import Plan

P = ParamSpec("P")
R = TypeVar("R")


def _cached(max_entries: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    # repr writes every float in full, and a sample's digest: equal keys are equal plans.
    kept: Any = st.cache_resource(
        max_entries=max_entries, show_spinner=False, hash_funcs={Plan: repr}
    )

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        return cast(Callable[P, R], kept(function))

    return decorate


@_cached(max_entries=48)
def run_of(plan: Plan, start: tuple[float, float, float], updates: int) -> Descent:
    """Return a run."""
    return descend(plan, start, updates)


@_cached(max_entries=24)
def packed(
    plan: Plan, start: tuple[float, float, float], updates: int, feature: int
) -> tuple[bytes, str]:
    """Return the moving marks of a run, for the browser."""
    run = run_of(plan, start, updates)
    return packing.pack(descent_tracks(run, Squares(plan.sample, feature)))
