"""The losses of a record: their curve at some checkpoints, their name and size in words."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen
from nnviz.text.digits import digits
from nnviz.training.plan import Plan
from nnviz.training.record import Record
from nnviz.training.scores import scores

# Checkpoints of a whole record; fewer if there are many rows, so that it takes half a second.
_CHECKPOINTS, _FEWEST_CHECKPOINTS = 100, 20
_MOST_ACTIVATIONS: Final = 30_000_000


@dataclass(frozen=True, eq=False)
class Losses(Frozen):
    """The losses of a record at some steps."""

    steps: npt.NDArray[np.int64]  # (n,): in ascending order
    # train_loss, test_loss: (n,): as in `Scores`
    train_loss: FloatArray
    test_loss: FloatArray


@dataclass(frozen=True, eq=False)
class EpochLosses(Losses):
    """The losses of a record after every epoch; a lowest or highest loss is one of these.

    The steps are the first step of every segment, and the ends of its epochs.
    """

    # whether all epochs are there; if that would take too long, these are those of the curve
    complete: bool

    def between(self, first: int, last: int) -> "EpochLosses":
        """Return those from one step to another, both included."""
        kept = (first <= self.steps) & (self.steps <= last)
        return EpochLosses(
            self.steps[kept], self.train_loss[kept], self.test_loss[kept], self.complete
        )


@dataclass(frozen=True, eq=False)
class LossCurve(Losses):
    """The losses of a record at about a hundred checkpoints, and after every epoch."""

    # (n_checkpoints,): index of the first checkpoint with which each one can be compared: before it
    # the network had other rows, or another loss
    since: npt.NDArray[np.int64]
    epochs: EpochLosses

    def until(self, step: int) -> slice:
        """Return the checkpoints up to a step whose losses can be compared with each other."""
        last = int(np.searchsorted(self.steps, step, side="right")) - 1
        return slice(int(self.since[last]), last + 1)


def loss_curve(record: Record) -> LossCurve:
    """Return the losses of a record at about 100 checkpoints.

    They are at least an epoch apart, and were recorded. The losses after every epoch, of which
    anything is said that is a lowest or a highest, come with them.
    """
    steps, train, test, since = [], [], [], []
    n_before = first_comparable = 0
    n_recorded = sum(len(segment.recorded_steps) for segment in record.segments)
    before: Plan | None = None
    for segment in record.segments:
        plan, recorded = segment.plan, segment.recorded_steps
        stride = int(recorded[1] - recorded[0]) if len(recorded) > 1 else 1
        values = plan.sample.n_rows * sum(plan.sizes)
        most = max(_FEWEST_CHECKPOINTS, min(_CHECKPOINTS, _MOST_ACTIVATIONS // values))
        every = max(-(-n_recorded // most), -(-plan.updates_per_epoch // stride))
        if before is not None and _measured_by(before) != _measured_by(plan):
            first_comparable = n_before
        found = scores(plan, segment.parameters[::every])
        steps.append(recorded[::every])
        train.append(found.train_loss)
        test.append(found.test_loss)
        since.append(np.full(len(found.train_loss), first_comparable))
        n_before += len(found.train_loss)
        before = plan
    curve = np.concatenate(steps), np.concatenate(train), np.concatenate(test)
    return LossCurve(*curve, np.concatenate(since), _after_epochs(record, curve))


def _after_epochs(
    record: Record, curve: tuple[npt.NDArray[np.int64], FloatArray, FloatArray]
) -> EpochLosses:
    """Return the losses after every epoch, repeated exactly; or the curve if they are too many."""
    steps, train, test, n_activations = [], [], [], 0
    for segment in record.segments:
        plan, per_epoch = segment.plan, segment.plan.updates_per_epoch
        n_epochs = (segment.last - segment.first) // per_epoch + 2
        n_activations += n_epochs * plan.sample.n_rows * sum(plan.sizes)
        if n_activations > _MOST_ACTIVATIONS:
            return EpochLosses(*curve, complete=False)
        end = segment.first + (segment.updates.order_begin - segment.first) % per_epoch
        found = [(segment.first, segment.parameters_every(1, segment.first, segment.first))]
        if end == segment.first:
            end += per_epoch
        if end <= segment.last:
            found.append((end, segment.parameters_every(per_epoch, end, segment.last)))
        for first, parameters in found:
            measured = scores(plan, parameters)
            steps.append(first + per_epoch * np.arange(len(parameters)))
            train.append(measured.train_loss)
            test.append(measured.test_loss)
    return EpochLosses(
        np.concatenate(steps), np.concatenate(train), np.concatenate(test), complete=True
    )


def _measured_by(plan: Plan) -> tuple[object, ...]:
    made = plan.architecture
    scale = made.standardise or bool(plan.sample.classes)
    return plan.sample, plan.test_fraction, plan.seed, made.loss, made.output, scale


def loss_name(plan: Plan, rows: str = "training") -> str:
    """Return "training loss", or "training error in price" if a price is predicted.

    `rows`: "training" or "test".
    """
    if plan.sample.classes:
        return f"{rows} loss"
    return f"{rows} error in {plan.sample.target}"


def loss_value(plan: Plan, loss: float) -> float:
    """Return a loss, or the root mean square error of a regression in the unit of its target."""
    return loss if plan.sample.classes else math.sqrt(loss) * plan.target_scale[1]


def loss_text(plan: Plan, loss: float, significant: int = 4) -> str:
    """Return `loss_value` with a few digits."""
    if math.isinf(loss):
        return "a number too large for the computer"
    return digits(loss_value(plan, loss), significant)
