"""Runs of one row at a time in the tutorial's order, as the tests of their pages need them."""

from dataclasses import replace

import numpy as np

from nnviz.data.sample import Sample
from nnviz.data.tutorial import eight_rows
from nnviz.nn.architecture import Architecture
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import Record, record
from nnviz.training.timeline import Stage, Timeline


def plan_of(
    rows=None, targets=None, *, features=(), standardise=False, hidden=(), output="sigmoid",
    loss="squared_error", learning_rate=0.1, order="tutorial", seed=0,
):  # fmt: skip
    """Return a plan of one-row updates; of the tutorial's eight rows, if no others are given."""
    sample = eight_rows() if rows is None else Sample(np.array(rows), np.array(targets))
    return Plan(
        sample,
        Architecture(
            inputs=("x1", "x2", *features),
            standardise=standardise,
            hidden=hidden,
            output=output,
            loss=loss,
            initialisation="glorot" if hidden else "tutorial",
        ),
        Hyperparameters(learning_rate=learning_rate, batch_size=1, order=order),
        test_fraction=0.0,
        seed=seed,
    )


def with_rate(plan, learning_rate):
    """Return the plan with another learning rate."""
    return replace(plan, hyperparameters=replace(plan.hyperparameters, learning_rate=learning_rate))


def timeline_of(
    rows=None, targets=None, *, rate_changes=(), begin=None, steps=10_000, record_every=100,
    **choices,
):  # fmt: skip
    """Return a timeline of such a plan.

    ``rate_changes`` are pairs of a step and a learning rate; ``begin`` is a step and all
    parameters, set by hand there, in a branch of a neuron without further inputs.
    """
    plan = plan_of(rows, targets, **choices)
    stages = [Stage(0, plan)]
    if begin is not None:
        step, parameters, *_ = begin
        trunk = plan_of(rows, targets, **{**choices, "features": (), "hidden": ()})
        stages = [Stage(0, trunk), Stage(step, plan, tuple(enumerate(parameters)))]
    stages += [Stage(step, with_rate(plan, rate)) for step, rate in rate_changes]
    return Timeline(tuple(stages), steps, record_every)


def run_of(rows=None, targets=None, **choices):
    """Return the last run of the record of such a timeline: from ``begin`` on, if there is one."""
    return record(timeline_of(rows, targets, **choices)).runs[-1]


def ended_at_once(**choices):
    """Return a run that has left the range of float64 with its first update."""
    run = run_of(**{"output": "linear", **choices})
    return Record(run.timeline, (run.segments[0].until(0),), 0, diverged_at=1)
