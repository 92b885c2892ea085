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
from nnviz.chapters.deeper_networks.losses import EpochLosses, LossCurve, loss_curve
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.training.plan import Plan
from nnviz.training.record import Record

IntArray: TypeAlias = npt.NDArray[np.int64]

KINDS: Final = (
    "penalty", "diverged", "stopped", "equal", "all dead", "all saturated", "vanishing",
    "oscillating", "overfitting", "cooled", "flat", "slow", "stuck", "learned", "settled", "dead",
    "saturated", "learning",
)  # fmt: skip

FADED: Final = 100.0
"""The gradient vanishes if that of the first layer is this many times smaller than the last's."""
BEHIND: Final = 10.0
"""The first layer is left behind if the last has moved at least so many times as far."""
LEVEL: Final = 1e-3
"""The training loss is flat if its gradient is shorter than this."""
RISEN: Final = 1.1
"""The network is overfitting if the test loss is at least this many times its lowest."""
SMALL: Final = 0.05
"""There is little left to learn if the training loss is below this and every row is right."""
COOLED: Final = 0.01
"""The schedule is why nothing moves if it has taken the rate below this fraction of itself."""
EXPLAINED: Final = 0.5
"""A fit that explains less of the variance of its training rows overfits nothing."""
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
        - "penalty": L2 times the learning rate is above 1, so each update turns the sign of every
          weight; `value` is what it multiplies them by.
        - "equal": the units of `layer` have equal weights and biases; `value` is the length of
          the gradient that reaches the layer. `lasts` says whether they are sure to stay equal.
        - "dead", "all dead": `units` of `layer`, or all of its units, give 0 for every training
          row, and their derivative is 0; `value` is the fraction of them.
        - "saturated", "all saturated": the same of units within 0.01 of the ends of their
          activation; `value` is their largest derivative at any row.
        - "vanishing": `value` is how many times longer the gradient of the last layer is than
          `other`, that of the first; since `step` the last has moved `moved` times as far.
        - "oscillating": since `step` the training loss goes up and down between `other` and
          `value`.
        - "overfitting": the test loss is `value`, but was `other` at `step`, and the training
          loss has fallen since.
        - "cooled": as "stuck", but the schedule has taken the learning rate down to `other`.
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
    moved : float
        NaN if nothing has moved yet.
    lasts : bool
    every : bool
        Whether `value` and `other` are a highest and a lowest of all epochs, and not only of
        those that were looked at.
    """

    kind: str
    value: float
    other: float = np.nan
    layer: int | None = None
    units: tuple[int, ...] = ()
    n_units: int = 0
    step: int | None = None
    moved: float = np.nan
    lasts: bool = False
    every: bool = True


def conditions(record: Record, step: int) -> tuple[Condition, ...]:
    """Return the conditions of a run at a step, the most important first; there is at least one."""
    found = states(record.plan_at(step), record.parameters_at(step)[np.newaxis])
    return conditions_over(record, [step], [found], loss_curve(record))[0]


def conditions_over(
    record: Record, steps: Sequence[int], found: Sequence[States], curve: LossCurve
) -> tuple[tuple[Condition, ...], ...]:
    """Return the conditions at many steps, which are in ascending order.

    `found`: what is measured at those steps, one entry for each segment that they lie in.
    """
    remaining = iter(steps)
    conditions_by_step = []
    for some in found:
        for at in range(len(some.gradient)):
            step = next(remaining)
            plan = record.plan_at(step)
            here = [
                *_of_ending(record, step, curve),
                *_of_penalty(plan, record.learning_rate_at(step)),
                *_of_units(record, some, at, step),
                *_of_gradients(record, some, at, step),
                *_of_losses(record, some, at, step, curve),
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


def _of_penalty(plan: Plan, rate: float) -> list[Condition]:
    """Return what L2 does to the weights; an optimizer with a state divides or adds it up."""
    chosen = plan.hyperparameters
    factor = 1.0 - rate * chosen.l2
    if factor >= 0 or OPTIMIZERS[chosen.optimizer].n_states:
        return []
    return [Condition("penalty", factor, chosen.l2)]


def _of_units(record: Record, found: States, at: int, step: int) -> list[Condition]:
    here = []
    segment = record.segment_at(step)
    plan = segment.plan
    # What an optimizer has kept of unequal units would part them again.
    no_state = not OPTIMIZERS[plan.hyperparameters.optimizer].n_states
    lasts = no_state or segment is record.segments[0]
    sizes = [units for units, _ in plan.architecture.hidden]
    bounds = pairwise(accumulate(sizes, initial=0))
    for layer, (n_units, (begin, end)) in enumerate(zip(sizes, bounds, strict=True)):
        if found.equal[at, layer] and not plan.hyperparameters.dropout:
            reaching = float(found.gradients[at, layer])
            here.append(Condition("equal", reaching, layer=layer, n_units=n_units, lasts=lasts))
        units = tuple(np.flatnonzero(found.idle[at, begin:end]).tolist())
        if units:
            dead = ACTIVATIONS[plan.activations[layer]].dies
            steepest = float(found.slopes[at, begin:end][list(units)].max())
            kind = ("all " * (len(units) == n_units)) + ("dead" if dead else "saturated")
            value = len(units) / n_units if dead else steepest
            here.append(Condition(kind, value, np.nan, layer, units, n_units))
    return here


def _of_gradients(record: Record, found: States, at: int, step: int) -> list[Condition]:
    if found.scores.train_accuracy[at] > 0.99:
        return []
    here = []
    plan = record.plan_at(step)
    first, last = found.gradients[at, [0, -1]].tolist()
    if len(plan.activations) > 2 and first > 0 and last > FADED * first:
        here += _vanishing(record, step, last / first, first)
    if found.gradient[at] < LEVEL:
        here.append(Condition("flat", float(found.gradient[at])))
    return here


def _vanishing(record: Record, step: int, ratio: float, first: float) -> list[Condition]:
    """Return whether the first layer is left behind, by how far both layers have really moved.

    An optimizer that divides each gradient by its size moves the first layer all the same.
    """
    segment = record.segment_at(step)
    before = int(np.searchsorted(segment.recorded_steps, step)) - 1
    if before < 0:
        linear = not OPTIMIZERS[segment.plan.hyperparameters.optimizer].n_states
        return [Condition("vanishing", ratio, first)] if linear else []
    way = segment.parameters_at(step) - segment.parameters[before]
    layers = segment.plan.layers(way)
    moved_first, moved_last = (
        float(np.sqrt(np.square(weights).sum() + np.square(bias).sum()))
        for weights, bias in (layers[0], layers[-1])
    )
    if not moved_last:
        return [Condition("vanishing", ratio, first)]
    if moved_last < BEHIND * moved_first:
        return []
    moved = moved_last / moved_first if moved_first else np.inf
    since = int(segment.recorded_steps[before])
    return [Condition("vanishing", ratio, first, step=since, moved=moved)]


def _of_losses(
    record: Record, found: States, at: int, step: int, curve: LossCurve
) -> list[Condition]:
    """Return the conditions that the losses up to a step show; "learning" is always one."""
    until = curve.until(step)
    steps, train, test = curve.steps[until], curve.train_loss[until], curve.test_loss[until]
    epochs = curve.epochs.between(int(steps[0]), step)
    loss, right = float(found.scores.train_loss[at]), float(found.scores.train_accuracy[at])
    here = []
    done = right > 0.99 and loss < SMALL
    if not done:
        here += _oscillating(steps, train, epochs)
        here += _stuck_or_slow(record, step, steps, train, epochs, loss, right)
    if _fits(record.plan_at(step), right):
        here += _overfitting(test, epochs, loss, float(found.scores.test_loss[at]))
    if done:
        here.append(Condition("learned", loss))
    factor = float(train[0]) / loss if loss else np.inf
    here.append(Condition("learning", factor, float(train[0]), step=int(steps[0])))
    return here


def _fits(plan: Plan, right: float) -> bool:
    """Return whether a network does better on its training rows than one that learned nothing."""
    if not plan.sample.classes:
        return right >= EXPLAINED
    counts = np.bincount(plan.sample.y[plan.split.train].astype(int))
    return bool(right > counts.max() / counts.sum())


def _oscillating(steps: IntArray, train: FloatArray, epochs: EpochLosses) -> list[Condition]:
    lately, since = train[-_LAST:], int(steps[-_LAST:][0])
    moves = np.sign(np.diff(lately))
    turns = int((moves[1:] * moves[:-1] < 0).sum())
    every = np.concatenate([lately, epochs.train_loss[epochs.steps >= since]])
    low, high = float(every.min()), float(every.max())
    if turns < _TURNS or lately.max() < _JUMP * lately.min():
        return []
    return [Condition("oscillating", high, low, step=since, every=epochs.complete)]


def _stuck_or_slow(
    record: Record,
    step: int,
    steps: IntArray,
    train: FloatArray,
    epochs: EpochLosses,
    loss: float,
    right: float,
) -> list[Condition]:
    if len(train) < _LAST:
        return []
    falls = bool((np.diff(train) < 0).all() and (np.diff(epochs.train_loss) < 0).all())
    if right <= ENOUGH and 0.9 * train[0] < loss < train[0] and falls:
        return [Condition("slow", loss, float(train[0]), step=int(steps[0]))]
    then = 3 * len(train) // 4
    since, before = int(steps[then]), float(train[then])
    every = np.concatenate([train[then:], epochs.train_loss[epochs.steps >= since], [loss]])
    if abs(before - loss) < 0.01 * loss and np.ptp(every) < 0.02 * loss:
        if right > ENOUGH:
            return [Condition("settled", loss, before, step=since)]
        rate, chosen = record.learning_rate_at(step), record.plan_at(step).hyperparameters
        if rate <= COOLED * chosen.learning_rate:
            return [Condition("cooled", loss, rate, step=since)]
        return [Condition("stuck", loss, before, step=since)]
    return []


def _overfitting(
    test: FloatArray, epochs: EpochLosses, loss: float, tested: float
) -> list[Condition]:
    every = np.concatenate([test, epochs.test_loss, [tested]])
    if not len(epochs.steps) or not np.isfinite(every).all():
        return []
    lowest = int(epochs.test_loss.argmin())
    least = float(epochs.test_loss[lowest])
    if len(test) - int(test.argmin()) <= _AGAIN or test[-_AGAIN:].min() < RISEN * least:
        return []
    if tested < RISEN * least or tested - least < 0.01 or loss >= epochs.train_loss[lowest]:
        return []
    since = int(epochs.steps[lowest])
    return [Condition("overfitting", tested, least, step=since, every=epochs.complete)]
