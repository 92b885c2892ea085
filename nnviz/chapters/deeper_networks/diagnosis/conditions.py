"""The conditions of a training at a step, such as dead units or overfitting, with their numbers.

Conditions of a whole run, such as a loss that oscillates, are judged by its `LossCurve`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.chapters.deeper_networks.diagnosis.states import States, states
from nnviz.chapters.deeper_networks.losses import LossCurve, loss_curve
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.training.plan import Plan
from nnviz.training.record import Record

IntArray: TypeAlias = npt.NDArray[np.int64]

KINDS: Final = (
    "diverged", "stopped", "equal", "all dead", "all saturated", "vanishing", "oscillating",
    "overfitting", "flat", "slow", "stuck", "learned", "settled", "dead", "saturated", "learning",
)  # fmt: skip

FADED: Final = 100.0
"""The gradient vanishes if that of the first layer is this many times smaller than the last's."""
LEVEL: Final = 1e-3
"""The training loss is flat if its gradient is shorter than this."""
RISEN: Final = 1.1
"""The network is overfitting if the test loss is at least this many times its lowest."""
SMALL: Final = 0.05
"""There is little left to learn if the training loss is below this and every row is right."""
ENOUGH: Final = 0.9
"""A loss that hardly changes has settled if more than this fraction of the rows is right."""

_LAST: Final = 10  # checkpoints of the curve in which a loss may oscillate
_TURNS: Final = 4  # changes of direction among them
_AGAIN: Final = 3  # checkpoints in a row at which a test loss has to be higher
_JUMP: Final = 1.5  # highest loss among them, over the lowest


@dataclass(frozen=True)
class Condition:
    """One thing that is wrong at a step, or that nothing is.

    Attributes
    ----------
    kind : str
        One of `KINDS`, which are in the order of their importance:

        - "diverged": the run leaves the range of float64 at `step`; `value` is the size of the
          largest parameter before it.
        - "stopped": early stopping ended the run here; `value` is the lowest test loss.
        - "equal": the units of `layer` have equal weights and biases, so they stay equal; `value`
          is the length of the gradient that reaches the layer.
        - "dead", "all dead": `units` of `layer`, or all of its units, give 0 for every training
          row, and their derivative is 0; `value` is the fraction of them.
        - "saturated", "all saturated": the same of units within 0.01 of the ends of their
          activation; `value` is their largest derivative at any row.
        - "vanishing": `value` is how many times longer the gradient of the last layer is than
          `other`, that of the first.
        - "oscillating": since `step` the training loss goes up and down between `other` and
          `value`.
        - "overfitting": the test loss is `value`, but was `other` at `step`, and the training
          loss has fallen since.
        - "flat": the whole gradient has the length `value`, and rows are still wrong.
        - "slow": the training loss falls all the time, but since the start (`other`, at `step`)
          has lost less than a tenth and is `value`.
        - "stuck": the training loss is `value` and has stayed within a hundredth or two since
          `step`, where it was `other`; less than nine tenths of the rows are right.
        - "learned": every training row is right, and the training loss, `value`, is small.
        - "settled": as "stuck", with more rows right.
        - "learning": none of these. `value` is how many times smaller than `other` at `step` the
          training loss is.
    value, other : float
    layer : int or None
        A hidden layer, from 0.
    units : tuple of int
        Units of that layer, from 0.
    n_units : int
        Number of all its units.
    step : int or None
    """

    kind: str
    value: float
    other: float = np.nan
    layer: int | None = None
    units: tuple[int, ...] = ()
    n_units: int = 0
    step: int | None = None


def conditions(record: Record, step: int) -> tuple[Condition, ...]:
    """Return the conditions of a run at a step, the most important first; there is at least one.

    Raises
    ------
    TypeError, ValueError
        If the run has no such step.
    """
    parameters = record.parameters_at(step)[np.newaxis]
    plan = record.plan_at(step)
    return conditions_over(record, [step], [states(plan, parameters)], loss_curve(record))[0]


def conditions_over(
    record: Record, steps: Sequence[int], found: Sequence[States], curve: LossCurve
) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions at many steps.

    Parameters
    ----------
    record : Record
    steps : sequence of int
        In ascending order.
    found : sequence of States
        What is measured at those steps, one entry for each segment that they lie in.
    curve : LossCurve
        The losses of the record.
    """
    remaining = iter(steps)
    conditions_by_step = []
    for some in found:
        for at in range(len(some.gradient)):
            step = next(remaining)
            plan = record.plan_at(step)
            here = [
                *_of_ending(record, step, curve),
                *_of_units(plan, some, at),
                *_of_gradients(plan, some, at),
                *_of_losses(plan, some, at, step, curve),
            ]
            conditions_by_step.append(tuple(sorted(here, key=lambda each: KINDS.index(each.kind))))
    return tuple(conditions_by_step)


def _of_ending(record: Record, step: int, curve: LossCurve) -> list[Condition]:
    if record.diverged_at is not None:
        largest = float(np.abs(record.segments[-1].parameters[-1]).max())
        return [Condition("diverged", largest, step=record.diverged_at)]
    if record.stopped_at is not None and step >= record.stopped_at:
        lowest = float(np.nanmin(curve.test_loss[curve.until(step)]))
        return [Condition("stopped", lowest, step=record.stopped_at)]
    return []


def _of_units(plan: Plan, found: States, at: int) -> list[Condition]:
    here = []
    sizes = [units for units, _ in plan.architecture.hidden]
    bounds = pairwise(accumulate(sizes, initial=0))
    for layer, (n_units, (begin, end)) in enumerate(zip(sizes, bounds, strict=True)):
        if found.equal[at, layer] and not plan.hyperparameters.dropout:
            reaching = float(found.gradients[at, layer])
            here.append(Condition("equal", reaching, layer=layer, n_units=n_units))
        units = tuple(np.flatnonzero(found.idle[at, begin:end]).tolist())
        if units:
            dead = ACTIVATIONS[plan.activations[layer]].dies
            steepest = float(found.slopes[at, begin:end][list(units)].max())
            kind = ("all " * (len(units) == n_units)) + ("dead" if dead else "saturated")
            value = len(units) / n_units if dead else steepest
            here.append(Condition(kind, value, np.nan, layer, units, n_units))
    return here


def _of_gradients(plan: Plan, found: States, at: int) -> list[Condition]:
    if found.scores.train_accuracy[at] > 0.99:
        return []
    here = []
    first, last = found.gradients[at, [0, -1]].tolist()
    if len(plan.activations) > 2 and first > 0 and last > FADED * first:
        here.append(Condition("vanishing", last / first, first))
    if found.gradient[at] < LEVEL:
        here.append(Condition("flat", float(found.gradient[at])))
    return here


def _of_losses(plan: Plan, found: States, at: int, step: int, curve: LossCurve) -> list[Condition]:
    """Return the conditions that the losses up to a step show; "learning" is always one."""
    until = curve.until(step)
    steps, train, test = curve.steps[until], curve.train_loss[until], curve.test_loss[until]
    loss, right = (
        float(each[at]) for each in (found.scores.train_loss, found.scores.train_accuracy)
    )
    here = []
    done = right > 0.99 and loss < SMALL
    if not done:
        here += _oscillating(steps, train)
        here += _stuck_or_slow(steps, train, loss, right)
    here += _overfitting(steps, train, test, loss, float(found.scores.test_loss[at]))
    if done:
        here.append(Condition("learned", loss))
    factor = float(train[0]) / loss if loss else np.inf
    here.append(Condition("learning", factor, float(train[0]), step=int(steps[0])))
    return here


def _oscillating(steps: IntArray, train: FloatArray) -> list[Condition]:
    lately = train[-_LAST:]
    moves = np.sign(np.diff(lately))
    turns = int((moves[1:] * moves[:-1] < 0).sum())
    low, high = float(lately.min()), float(lately.max())
    if turns < _TURNS or high < _JUMP * low:
        return []
    return [Condition("oscillating", high, low, step=int(steps[-_LAST:][0]))]


def _stuck_or_slow(
    steps: IntArray, train: FloatArray, loss: float, right: float
) -> list[Condition]:
    if len(train) < _LAST:
        return []
    if right <= ENOUGH and loss > 0.9 * train[0] and (np.diff(train) < 0).all():
        return [Condition("slow", loss, float(train[0]), step=int(steps[0]))]
    then = 3 * len(train) // 4
    if abs(train[then] - loss) < 0.01 * loss and np.ptp(train[then:]) < 0.02 * loss:
        kind = "settled" if right > ENOUGH else "stuck"
        return [Condition(kind, loss, float(train[then]), step=int(steps[then]))]
    return []


def _overfitting(
    steps: IntArray, train: FloatArray, test: FloatArray, loss: float, tested: float
) -> list[Condition]:
    if not np.isfinite(test).all() or not np.isfinite(tested):
        return []
    lowest = int(test.argmin())
    since = test[lowest:]
    if len(since) <= _AGAIN or since[-_AGAIN:].min() < RISEN * since[0]:
        return []
    if tested < RISEN * since[0] or tested - since[0] < 0.01 or loss >= train[lowest]:
        return []
    return [Condition("overfitting", tested, float(test[lowest]), step=int(steps[lowest]))]
