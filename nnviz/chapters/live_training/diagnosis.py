"""What state a run is in at a step, each with the number that shows it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.plan import Plan
from nnviz.training.record import Record

KINDS = ("diverged", "saturated", "dead", "full", "stuck", "ordinary")

NEAR_THE_END = 0.999
"""A prediction beyond this, or below 1 minus this, hardly moves: its slope is below 0.001."""

HARDLY_ANY_SLOPE = 1e-3
"""A cumulative error with a gradient shorter than this is as good as level."""


@dataclass(frozen=True)
class Condition:
    """One state that a run is in at a step, of `KINDS`, with the number that shows it.

    - "diverged": the run left the range of float64. `step` is the first step that has no numbers,
      `value` the size of the largest parameter just before.
    - "saturated": every prediction is beyond 0.999 or below 0.001. `value` is the largest slope
      p (1 - p) of the output at any row.
    - "dead": these units of the first hidden layer are relu and give 0 for every row, for good.
      `value` is the largest of their sums at any row, not above 0.
    - "full": these units of the first hidden layer are tanh beyond 0.999 in size, or sigmoid beyond
      0.999 or below 0.001, for every row. `value` is their largest slope at any row.
    - "stuck": the gradient of the cumulative error is shorter than 0.001. `value` is its length.
    - "ordinary": none of these. `value` is the length of the gradient.

    Why a dead unit stays dead: with z at or below 0 for every row, the slope of relu is 0 at every
    row (at z = 0 the slope of the left side is used, as in `ACTIVATIONS`). Whatever row an update
    uses, the derivatives of the error by the weights and the bias of the unit have that slope as a
    factor, so they are 0 and the update leaves weights and bias as they are. Its inputs are the
    rows themselves, which no update moves, so z stays what it is at every row, and so on with the
    next update. Its output weight stays as well, because its derivative has the unit's 0 as a
    factor. That is why only the first hidden layer is asked here: the inputs of a later one move.
    """

    kind: str
    value: float  # dimensionless
    units: tuple[int, ...] = ()  # those that are dead or full, counted from 0
    n_units: int = 0  # as many as there are in that layer
    step: int | None = None  # where the run diverged


def conditions(run: Record, step: int) -> tuple[Condition, ...]:
    """Return the conditions of a run at a step, in the order of `KINDS`; never none.

    A run that diverges is called so at every step that it has.
    """
    return conditions_of(run, run.parameters_between(step, step))[0]


def conditions_of(run: Record, parameters: FloatArray) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions at many steps of a run at once, from its parameters there.

    These have the shape (n_steps, n_parameters).
    """
    plan = run.plan
    with np.errstate(all="ignore"):
        predicted = evaluation.predictions(plan, parameters, plan.train_inputs)
        slopes = (predicted * (1.0 - predicted)).max(axis=1)
        gradients = evaluation.gradient_sizes(plan, parameters)
    saturated = _all_near_the_end(predicted, 0.0)
    if plan.architecture.output != "sigmoid":
        saturated[:] = False
    diverged = []
    if run.diverged_at is not None:
        largest = float(np.abs(run.parameters[-1]).max())
        diverged = [Condition("diverged", largest, step=run.diverged_at)]
    found: list[tuple[Condition, ...]] = []
    for at, units in enumerate(_of_units(plan, parameters)):
        here = [*diverged]
        if saturated[at]:
            here.append(Condition("saturated", float(slopes[at])))
        here += units
        if gradients[at] < HARDLY_ANY_SLOPE:
            here.append(Condition("stuck", float(gradients[at])))
        found.append(tuple(here) or (Condition("ordinary", float(gradients[at])),))
    return tuple(found)


def _of_units(plan: Plan, parameters: FloatArray) -> tuple[tuple[Condition, ...], ...]:
    """Return which units of the first hidden layer are dead or full, for every step."""
    activation = ACTIVATIONS[plan.architecture.hidden[0][1]] if plan.architecture.hidden else None
    if activation is None or not (activation.dies or activation.saturates):
        return ((),) * len(parameters)
    kind = "dead" if activation.dies else "full"
    weights, bias = plan.layers(parameters)[0]
    with np.errstate(all="ignore"):
        z = plan.train_inputs @ weights + bias[:, np.newaxis]
        if activation.dies:
            values = z.max(axis=1)
            idle = values <= 0
        else:
            idle = _all_near_the_end(activation.value(z), activation.lowest)
            values = activation.derivative(z).max(axis=1)
    return tuple(
        (Condition(kind, float(value[which].max()), units, len(which)),)
        if (units := tuple(np.flatnonzero(which).tolist()))
        else ()
        for which, value in zip(idle, values, strict=True)
    )


def _all_near_the_end(values: FloatArray, lowest: float) -> npt.NDArray[np.bool_]:
    """Return, for every step, whether the values of all rows are near 1 or near the lowest."""
    low = lowest + (1.0 - NEAR_THE_END)
    return np.asarray(np.all((values > NEAR_THE_END) | (values < low), axis=1))
