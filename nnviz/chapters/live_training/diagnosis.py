"""What state a run is in at a step, each with the number that shows it."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.training import evaluation
from nnviz.training.record import Record

KINDS = ("diverged", "saturated", "dead", "full", "stuck", "ordinary")

NEAR_THE_END = 0.999
"""An answer beyond this, or below 1 minus this, hardly moves any more: its slope is below 0.001."""

HARDLY_ANY_SLOPE = 1e-3
"""A cumulative error with a gradient shorter than this is as good as level."""


@dataclass(frozen=True)
class Condition:
    """One thing that is the matter at a step, or that nothing is.

    Attributes
    ----------
    kind : str
        One of `KINDS`:

        - "diverged": the run left the range of float64. `step` is the first step that has no
          numbers, `value` the size of the largest parameter just before.
        - "saturated": every answer is beyond 0.999 or below 0.001. `value` is the largest slope
          p (1 - p) of the output at any row.
        - "dead": these units of the first hidden layer are relu and answer 0 to every row, for
          good. `value` is the largest of their sums at any row, not above 0.
        - "full": these units of the first hidden layer are tanh beyond 0.999 in size, or sigmoid
          beyond 0.999 or below 0.001, for every row. `value` is their largest slope at any row.
        - "stuck": the gradient of the cumulative error is shorter than 0.001. `value` is its
          length.
        - "ordinary": none of these. `value` is the length of the gradient.
    value : float
        Dimensionless.
    units : tuple of int
        The units that are dead or full, counted from 0.
    n_units : int
        As many as there are in that layer.
    step : int or None
        Where the run diverged.

    Notes
    -----
    Why a dead unit stays dead: with z at or below 0 for every row, the slope of relu is 0 at every
    row (at z = 0 the slope of the left side is used, as in `ACTIVATIONS`). Whatever row an update
    uses, the derivatives of the error by the weights and the bias of the unit have that slope as a
    factor, so they are 0 and the update leaves weights and bias as they are. Its inputs are the
    rows themselves, which no update moves, so z stays what it is at every row, and so on with the
    next update. Its output weight stays as well, because its derivative has the answer 0 as a
    factor. That is why only the first hidden layer is asked here: the inputs of a later one move.
    """

    kind: str
    value: float
    units: tuple[int, ...] = ()
    n_units: int = 0
    step: int | None = None


def conditions(run: Record, step: int) -> tuple[Condition, ...]:
    """Return the conditions of a run at a step, in the order of `KINDS`; never none.

    A run that diverges is called so at every step that it has.
    """
    return conditions_of(run, run.parameters_between(step, step))[0]


def conditions_of(run: Record, parameters: FloatArray) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions at many moments of a run at once.

    `parameters` has the shape (n_moments, n_parameters): those of the run at each moment.
    """
    plan = run.plan
    with np.errstate(all="ignore"):
        answers = evaluation.predictions(plan, parameters, plan.train_inputs)
        slopes = (answers * (1.0 - answers)).max(axis=1)
        gradients = evaluation.gradient_sizes(plan, parameters)
    saturated = _all_near_the_end(answers, 0.0)
    if plan.architecture.output != "sigmoid":
        saturated[:] = False
    units = _of_units(run, parameters)
    fate = _fate(run)
    found: list[tuple[Condition, ...]] = []
    for moment in range(len(parameters)):
        here = list(fate)
        if saturated[moment]:
            here.append(Condition("saturated", float(slopes[moment])))
        here += units[moment]
        if gradients[moment] < HARDLY_ANY_SLOPE:
            here.append(Condition("stuck", float(gradients[moment])))
        found.append(tuple(here) or (Condition("ordinary", float(gradients[moment])),))
    return tuple(found)


def _fate(run: Record) -> tuple[Condition, ...]:
    if run.diverged_at is None:
        return ()
    largest = float(np.abs(run.parameters[-1]).max())
    return (Condition("diverged", largest, step=run.diverged_at),)


def _of_units(run: Record, parameters: FloatArray) -> tuple[tuple[Condition, ...], ...]:
    """Return what is the matter with units of the first hidden layer, for every moment."""
    plan = run.plan
    activation = ACTIVATIONS[plan.architecture.hidden[0][1]] if plan.architecture.hidden else None
    if activation is None or not (activation.dies or activation.saturates):
        return ((),) * len(parameters)
    kind = "dead" if activation.dies else "full"
    n_inputs, n_units = next(pairwise(plan.sizes))
    end = n_inputs * n_units
    weights = parameters[:, :end].reshape(-1, n_inputs, n_units)
    with np.errstate(all="ignore"):
        z = plan.train_inputs @ weights + parameters[:, None, end : end + n_units]
        if activation.dies:
            values = z.max(axis=1)
            idle = values <= 0
        else:
            idle = _all_near_the_end(activation.value(z), activation.lowest)
            values = activation.derivative(z).max(axis=1)
    found: list[tuple[Condition, ...]] = []
    for which, value in zip(idle, values, strict=True):
        units = tuple(np.flatnonzero(which).tolist())
        if units:
            most = float(value[which].max())
            found.append((Condition(kind, most, units, n_units),))
        else:
            found.append(())
    return tuple(found)


def _all_near_the_end(answers: FloatArray, lowest: float) -> npt.NDArray[np.bool_]:
    """Return, for every moment, whether the answers to all rows are near 1 or near the lowest."""
    low = lowest + (1.0 - NEAR_THE_END)
    return np.asarray(np.all((answers > NEAR_THE_END) | (answers < low), axis=1))
