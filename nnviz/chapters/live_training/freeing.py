"""Which models are freed from where the neuron gets stuck, and which are not."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.training import evaluation
from nnviz.training.baselines.search_limits import Best
from nnviz.training.baselines.yardsticks import reached, yardsticks
from nnviz.training.model import ADDABLE, Model
from nnviz.training.record import Record, record
from nnviz.training.timeline import Timeline

_WINDOW: Final = 20_000
_MOST_UPDATES: Final = 200_000
"""Of a longer run every checkpoint is looked at, not every update: that would take seconds."""


@dataclass(frozen=True, eq=False)
class Freeing:
    """What one model can do on some rows, and what one run of it did."""

    model: Model
    best: Best  # the lowest cumulative error found for it, by a search or by its run
    error: float  # where the run ends
    n_correct: int  # rows on the right side of 0.5 there
    proven: bool  # whether it is proven if there are weights that get all rows right, or none


def candidates(standardise: bool) -> tuple[Model, ...]:
    """Return the models that are compared, with the inputs standardised or not."""
    neuron = Model(standardise=standardise)
    layers = ((1, "tanh"), (2, "tanh"), (4, "tanh"), (4, "relu"), (4, "sigmoid"), (4, "linear"))
    return (
        neuron,
        *(replace(neuron, features=(name,)) for name in ADDABLE),
        *(replace(neuron, units=units, activation=activation) for units, activation in layers),
    )


def freeing(timeline: Timeline, model: Model) -> Freeing:
    """Return what a model can do on the rows of a timeline, and what its run does.

    Rate, order, seed and length are those at the beginning of the timeline as well.
    """
    chosen, plan = timeline.plan.hyperparameters, timeline.plan
    plan = model.plan(plan.sample, chosen.learning_rate, chosen.order, plan.seed)
    run = record(Timeline.of(plan, timeline.steps, timeline.record_every))
    answers = evaluation.predictions(plan, run.parameters[-1:], plan.train_inputs)[0]
    n_correct = int(np.sum((answers >= 0.5) == (plan.sample.y == 1)))
    best = reached(yardsticks(plan), _lowest(run)).best
    assert best is not None
    # A line that separates rows is looked for exactly, and linear units are a neuron in disguise.
    linear = not model.units or model.activation == "linear"
    free = plan.sample.n_rows in (best.n_correct, n_correct)
    if free and best.n_correct < n_correct:
        best = replace(best, n_correct=n_correct)
    return Freeing(model, best, float(run.cumulative_errors[-1]), n_correct, free or linear)


def _lowest(run: Record) -> float:
    """Return the lowest cumulative error after any update of a run."""
    if run.last_step > _MOST_UPDATES:
        return float(run.cumulative_errors.min())
    return min(
        float(run.cumulative_errors_between(at, min(at + _WINDOW, run.last_step)).min())
        for at in range(0, run.last_step + 1, _WINDOW)
    )
