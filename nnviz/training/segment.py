"""A segment of a record: the updates that were made by one plan, and how to repeat any of them."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import factor
from nnviz.training.kernels.kernel import TURN, Kernel
from nnviz.training.plan import Plan
from nnviz.training.row_order import RowNumbers, batches
from nnviz.training.transfer import keeps_order, keeps_state

# Values and rows held at once, so that a long run takes little memory: 0.8 MB and 2 MB.
_MOST_VALUES: Final = 100_000
_MOST_ROWS: Final = 500_000


class Chunk(NamedTuple):
    """Some updates in a row: the steps that were noted, where they ended, and as in `Trained`."""

    steps: npt.NDArray[np.int64]  # (n_notes,)
    end: int
    path: FloatArray
    states_path: FloatArray
    parameters: FloatArray
    state: FloatArray
    harmless: bool


@dataclass(frozen=True)
class Updates:
    """The updates of a plan, counted from where its row order and its optimizer began."""

    plan: Plan
    # the step at which the order of the rows began; the first epoch starts there
    order_begin: int = 0
    optimizer_begin: int = 0  # the step at which the optimizer began, with a state of zeros
    epochs_before: float = 0.0  # epochs that had been finished at `order_begin`
    # (n_steps,): the row of every update of the run, in the orders that take one row at a time
    picked: RowNumbers | None = field(default=None, compare=False, repr=False)

    @cached_property
    def kernel(self) -> Kernel:
        """The compiled updates of the plan."""
        return Kernel.of(self.plan)

    def continued(self, plan: Plan, step: int) -> "Updates":
        """Return the updates of another plan from a step on; what can go on is counted on."""
        same_order, same_state = keeps_order(self.plan, plan), keeps_state(self.plan, plan)
        return Updates(
            plan,
            self.order_begin if same_order else step,
            self.optimizer_begin if same_state else step,
            self.epochs_before if same_order else self.epoch_at(step),
        )

    def epoch_at(self, step: int) -> float:
        """Return how many epochs have been finished at a step, with the part of this one."""
        return self.epochs_before + (step - self.order_begin) / self.plan.updates_per_epoch

    def rates(self, first: int, last: int) -> FloatArray:
        """Return the learning rate of the updates from one step to another, (last - first,)."""
        chosen, steps = self.plan.hyperparameters, np.arange(first, last)
        epochs = (steps - self.order_begin) // self.plan.updates_per_epoch + self.epochs_before
        rates = chosen.learning_rate * factor(chosen.schedule, chosen.schedule_epochs, epochs)
        return np.ascontiguousarray(rates)

    def initial_state(self) -> FloatArray:
        """Return the state of an optimizer that begins, shape (n_states, n_parameters)."""
        n_states = OPTIMIZERS[self.plan.hyperparameters.optimizer].n_states
        return np.zeros((n_states, self.plan.n_parameters))

    def batches(self, first: int, last: int) -> tuple[RowNumbers, npt.NDArray[np.int64]]:
        """Return the rows of the updates from one step to another; see `row_order.batches`."""
        if self.picked is None:
            begin, plan = self.order_begin, self.plan
            n_rows = len(plan.split.train)
            return batches(n_rows, plan.batch_size, plan.seed, first - begin, last - begin)
        return self.picked[first:last].copy(), np.arange(last - first + 1)

    def train(
        self,
        parameters: FloatArray,
        state: FloatArray,
        first: int,
        last: int,
        every: int = 1,
        first_note: int | None = None,
    ) -> Iterator[Chunk]:
        """Update from step `first` to `last`, in chunks that fit into memory and into a turn.

        Yields what was noted every ``every`` updates, the first time at step `first_note`, or
        ``first + every`` without it.
        """
        n_values = max(1, parameters.size + state.size)
        length = every * max(1, _MOST_VALUES // n_values)
        at_once = TURN // (self.plan.batch_size * parameters.size)
        length = max(1, min(length, _MOST_ROWS // self.plan.batch_size, at_once))
        note = first + every if first_note is None else first_note
        for at in range(first, last, length):
            end = min(at + length, last)
            rows, starts = self.batches(at, end)
            trained = self.kernel.train(
                parameters, state, rows, starts, self.rates(at, end),
                t=at - self.optimizer_begin + 1, first_mask=at, every=every, first_note=note - at,
            )  # fmt: skip
            parameters, state = trained.parameters, trained.state
            steps = note + every * np.arange(len(trained.path))
            note += every * len(steps)
            yield Chunk(steps, end, *trained)

    def replay(
        self, parameters: FloatArray, state: FloatArray, first: int, last: int
    ) -> tuple[FloatArray, FloatArray]:
        """Return parameters and optimizer state at step `last`, trained from those at `first`."""
        for chunk in self.train(parameters, state, first, last, max(1, last - first)):
            parameters, state = chunk.parameters, chunk.state
        return parameters, state


@dataclass(frozen=True, eq=False)
class Segment(Frozen):
    """The record of the updates made by one plan."""

    updates: Updates
    # first, last: its steps; the parameters at the first one have been changed already
    first: int
    last: int
    # (n_recorded,): the steps of its checkpoints: evenly spaced from the first, and the last
    recorded_steps: npt.NDArray[np.int64]
    parameters: FloatArray  # (n_recorded, n_parameters)
    optimizer_states: FloatArray  # (n_recorded, n_states, n_parameters)
    # origin, stride: the grid of the checkpoints, ``origin + k * stride``; the first and the last
    # may lie beside it
    origin: int = 0
    stride: int = 1
    goes_on: bool = False  # whether nothing but the learning rate was changed at the first step
    # The parameters at its steps ``shown_from + k * shown_every``, to be shown without training
    # again; none if `shown_every` is 0. There may be some of later steps.
    shown_from: int = 0
    shown_every: int = 0
    shown: FloatArray | None = None  # (n_shown, n_parameters)

    @property
    def plan(self) -> Plan:
        """What the updates were made by."""
        return self.updates.plan

    def until(self, last: int) -> "Segment":
        """Return its part up to a step, as if no more had been recorded."""
        if last == self.last:
            return self
        n_kept = int(np.searchsorted(self.recorded_steps, last, side="right"))
        steps = self.recorded_steps[:n_kept]
        path, states = self.parameters[:n_kept], self.optimizer_states[:n_kept]
        if steps[-1] != last:
            end = self.updates.replay(path[-1], states[-1], int(steps[-1]), last)
            steps = np.append(steps, last)
            path = np.concatenate([path, end[0][np.newaxis]])
            states = np.concatenate([states, end[1][np.newaxis]])
        return replace(
            self, last=last, recorded_steps=steps, parameters=path, optimizer_states=states
        )

    def state_at(self, step: int) -> tuple[FloatArray, FloatArray]:
        """Return parameters and optimizer state at a step, exactly as the run had them."""
        before = int(np.searchsorted(self.recorded_steps, step, side="right")) - 1
        start = self.parameters[before], self.optimizer_states[before]
        return self.updates.replay(*start, int(self.recorded_steps[before]), step)

    def parameters_at(self, step: int) -> FloatArray:
        """Return the parameters at a step, exactly as the run had them."""
        return np.asarray(self.parameters_every(1, step, step)[0])

    def parameters_every(self, stride: int, first: int, last: int) -> FloatArray:
        """Return the parameters at steps ``first``, ``first + stride`` ... up to ``last``.

        The result has the shape ((last - first) // stride + 1, n_parameters).
        """
        stride = integer(stride, "stride", 1)
        first = integer(first, "first step", self.first, self.last)
        last = integer(last, "last step", first, self.last)
        if self.shown is not None and stride == self.shown_every:
            before = (self.shown_from - self.first) % stride
            at, beside = divmod(first - self.first - before, stride)
            if not beside:
                return self.shown[at : at + (last - first) // stride + 1]
        steps = np.arange(first, last + 1, stride)
        recorded = np.searchsorted(self.recorded_steps, steps, side="right") - 1
        exact = self.recorded_steps[recorded] == steps
        if exact.all():
            return np.array(self.parameters[recorded])
        parameters, state = self.state_at(first)
        found = [parameters[np.newaxis]]
        if len(steps) > 1:
            end = int(steps[-1])
            found += [c.path for c in self.updates.train(parameters, state, first, end, stride)]
        return np.concatenate(found)
