"""What state the training of a deeper network is in at a step, each with the number that shows it.

A condition of a whole run, such as a loss that jumps, is judged by the moments of `LossCurve`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.chapters.deeper_networks.diagnosis.states import States, states
from nnviz.chapters.deeper_networks.losses import LossCurve, loss_curve
from nnviz.nn.checks import FloatArray
from nnviz.training.plan import Plan
from nnviz.training.record import Record

IntArray: TypeAlias = npt.NDArray[np.int64]

KINDS: Final = (
    "diverged", "stopped", "equal", "all dead", "all full", "vanishing", "jumping", "overfitting",
    "flat", "slow", "still", "learned", "settled", "dead", "full", "learning",
)  # fmt: skip

FADED: Final = 100.0
"""How many times smaller the gradient of the first layer is than the last's, to be vanishing."""
LEVEL: Final = 1e-3
"""A training loss with a shorter gradient is as good as level."""
RISEN: Final = 1.1
"""How many times its lowest the test loss must be to be called overfitting."""
SMALL: Final = 0.05
"""A training loss below this, with every row right, has little left to learn."""
ENOUGH: Final = 0.9
"""A loss that hardly moves is where it should be if more than this share of the rows is right."""

_LAST: Final = 10  # moments of the course that are looked at for jumps
_TURNS: Final = 4  # changes of direction among them
_AGAIN: Final = 3  # moments in a row that a test loss has to be higher
_JUMP: Final = 1.5  # highest loss among them, over the lowest


@dataclass(frozen=True)
class Condition:
    """One thing that is the matter at a step, or that nothing is.

    Attributes
    ----------
    kind : str
        One of `KINDS`, which stand in the order of their importance:

        - "diverged": the run leaves the range of float64 at `step`; `value` is the size of the
          largest parameter before it.
        - "stopped": early stopping ended the run here; `value` is the lowest test loss.
        - "equal": the units of a layer are equal in all that is in front of them and behind them,
          so they stay equal. `value` is the length of the gradient that reaches the layer.
        - "dead", "all dead": `units` of `layer`, or all of its units, are ReLUs that give 0 for
          every training row. `value` is the share of them.
        - "full", "all full": the same of tanh beyond 0.99 in size, and sigmoid within 0.01 of its
          ends. `value` is the largest slope of them at any row.
        - "vanishing": `value` is how many times longer the gradient of the last layer is than
          `other`, that of the first.
        - "jumping": lately the training loss went up and down between `other` and `value`, since
          `step`.
        - "overfitting": the test loss is `value`, but was `other` at `step`, and the training
          loss has fallen since.
        - "flat": the whole gradient is `value` long, and rows are still wrong.
        - "slow": the training loss falls all the time, but since the start (`other`, at `step`)
          has lost less than a tenth and is `value`.
        - "still": the training loss is `value` and has stayed within a hundredth or two since
          `step`, where it was `other`; less than nine tenths of the rows are right.
        - "learned": every training row is right, and the training loss, `value`, is small.
        - "settled": as "still", with more rows right.
        - "learning": none of these. `value` is how many times smaller than `other` at `step` the
          training loss is.
    value, other : float
    layer : int or None
        A hidden layer, from 0.
    units : tuple of int
        Units of it, from 0.
    n_units : int
        As many as it has.
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
    """Return the conditions of a run at a step, the most important one first; never none.

    Raises
    ------
    TypeError, ValueError
        If the run has no such step.
    """
    parameters = record.parameters_at(step)[np.newaxis]
    plan = record.plan_at(step)
    return conditions_over(record, [step], [states(plan, parameters)], loss_curve(record))[0]


def conditions_over(
    record: Record, steps: Sequence[int], found: Sequence[States], course: LossCurve
) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions at many steps.

    Parameters
    ----------
    record : Record
    steps : sequence of int
        In ascending order.
    found : sequence of States
        Of those steps; one after another for each segment that they lie in.
    course : LossCurve
        Of the record.
    """
    at = iter(steps)
    told = []
    for some in found:
        for moment in range(len(some.downhill)):
            step = next(at)
            plan = record.plan_at(step)
            here = [
                *_fate(record, step, course),
                *_of_units(plan, some, moment),
                *_of_gradients(plan, some, moment),
                *_of_course(plan, some, moment, step, course),
            ]
            told.append(tuple(sorted(here, key=lambda each: KINDS.index(each.kind))))
    return tuple(told)


def _fate(record: Record, step: int, course: LossCurve) -> list[Condition]:
    if record.diverged_at is not None:
        largest = float(np.abs(record.segments[-1].parameters[-1]).max())
        return [Condition("diverged", largest, step=record.diverged_at)]
    if record.stopped_at is not None and step >= record.stopped_at:
        lowest = float(np.nanmin(course.test_loss[course.until(step)]))
        return [Condition("stopped", lowest, step=record.stopped_at)]
    return []


def _of_units(plan: Plan, found: States, moment: int) -> list[Condition]:
    here = []
    sizes = [units for units, _ in plan.architecture.hidden]
    bounds = pairwise(accumulate(sizes, initial=0))
    for layer, (n_units, (begin, end)) in enumerate(zip(sizes, bounds, strict=True)):
        if found.equal[moment, layer] and not plan.hyperparameters.dropout:
            reaching = float(found.gradients[moment, layer])
            here.append(Condition("equal", reaching, layer=layer, n_units=n_units))
        units = tuple(np.flatnonzero(found.idle[moment, begin:end]).tolist())
        if units:
            dead = plan.activations[layer] == "relu"
            steepest = float(found.slopes[moment, begin:end][list(units)].max())
            kind = ("all " * (len(units) == n_units)) + ("dead" if dead else "full")
            value = len(units) / n_units if dead else steepest
            here.append(Condition(kind, value, np.nan, layer, units, n_units))
    return here


def _of_gradients(plan: Plan, found: States, moment: int) -> list[Condition]:
    if found.scores.train_accuracy[moment] > 0.99:
        return []
    here = []
    first, last = found.gradients[moment, [0, -1]].tolist()
    if len(plan.activations) > 2 and first > 0 and last > FADED * first:
        here.append(Condition("vanishing", last / first, first))
    if found.downhill[moment] < LEVEL:
        here.append(Condition("flat", float(found.downhill[moment])))
    return here


def _of_course(
    plan: Plan, found: States, moment: int, step: int, course: LossCurve
) -> list[Condition]:
    """Return what the losses up to a step show, or that the network is learning."""
    until = course.until(step)
    steps, train, test = course.steps[until], course.train_loss[until], course.test_loss[until]
    loss, right = (
        float(each[moment]) for each in (found.scores.train_loss, found.scores.train_accuracy)
    )
    here = []
    done = right > 0.99 and loss < SMALL
    if not done:
        here += _jumping(steps, train)
        here += _halting(steps, train, loss, right)
    here += _overfitting(steps, train, test, loss, float(found.scores.test_loss[moment]))
    if done:
        here.append(Condition("learned", loss))
    factor = float(train[0]) / loss if loss else np.inf
    here.append(Condition("learning", factor, float(train[0]), step=int(steps[0])))
    return here


def _jumping(steps: IntArray, train: FloatArray) -> list[Condition]:
    lately = train[-_LAST:]
    moves = np.sign(np.diff(lately))
    turns = int((moves[1:] * moves[:-1] < 0).sum())
    low, high = float(lately.min()), float(lately.max())
    if turns < _TURNS or high < _JUMP * low:
        return []
    return [Condition("jumping", high, low, step=int(steps[-_LAST:][0]))]


def _halting(steps: IntArray, train: FloatArray, loss: float, right: float) -> list[Condition]:
    if len(train) < _LAST:
        return []
    if right <= ENOUGH and loss > 0.9 * train[0] and (np.diff(train) < 0).all():
        return [Condition("slow", loss, float(train[0]), step=int(steps[0]))]
    then = 3 * len(train) // 4
    if abs(train[then] - loss) < 0.01 * loss and np.ptp(train[then:]) < 0.02 * loss:
        kind = "settled" if right > ENOUGH else "still"
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
