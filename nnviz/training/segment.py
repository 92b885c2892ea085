"""A segment of a history: the updates that were made by one plan, and how to repeat any of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, freeze, integer
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import factor
from nnviz.training.kernels.mini_batch import BatchKernel
from nnviz.training.plan import Plan

# Values held at once, so that the way through a long run takes little memory: 0.8 MB.
_AT_ONCE = 100_000
# Updates whose rates are held at once.
_MOST_RATES = 50_000


@dataclass(frozen=True)
class Course:
    """From where the updates of a segment are counted.

    Attributes
    ----------
    plan : Plan
    order_begin : int
        The step at which the order of the rows began; the first epoch starts there.
    optimizer_begin : int
        The step at which the optimiser began, remembering nothing.
    epochs_before : float
        Epochs that had been finished at `order_begin`.
    """

    plan: Plan
    order_begin: int = 0
    optimizer_begin: int = 0
    epochs_before: float = 0.0

    def epoch_at(self, step: int) -> float:
        """Return how many epochs have been finished at a step, with the part of this one."""
        return self.epochs_before + (step - self.order_begin) / self.plan.updates_per_epoch

    def rates(self, first: int, last: int) -> FloatArray:
        """Return the learning rate of the updates from one step to another, (last - first,)."""
        hyperparameters, steps = self.plan.hyperparameters, np.arange(first, last)
        epochs = (steps - self.order_begin) // self.plan.updates_per_epoch + self.epochs_before
        rates = hyperparameters.learning_rate * factor(
            hyperparameters.schedule, hyperparameters.schedule_epochs, epochs
        )
        return np.ascontiguousarray(rates)

    def nothing_remembered(self) -> FloatArray:
        """Return the memory of an optimiser that begins, shape (n_memories, n_parameters)."""
        n_memories = OPTIMIZERS[self.plan.hyperparameters.optimizer].n_memories
        return np.zeros((n_memories, self.plan.n_parameters))

    def walk(
        self, parameters: FloatArray, memory: FloatArray, first: int, last: int, every: int = 1
    ) -> Iterator["Passage"]:
        """Update from step `first` to `last`, in pieces that fit into memory.

        Yields what was noted every ``every`` updates, the first time at ``first + every``.
        """
        kernel = BatchKernel(self.plan)
        length = every * max(1, _AT_ONCE // max(1, parameters.size + memory.size))
        length = max(every, min(length, _MOST_RATES // every * every))
        noted = first
        for at in range(first, last, length):
            stop = min(at + length, last)
            path, memories, parameters, memory, harmless = kernel.walk(
                parameters,
                memory,
                self.rates(at, stop),
                first_update=at - self.order_begin,
                t=at - self.optimizer_begin + 1,
                first_mask=at,
                every=every,
                first_note=every,
            )
            steps = noted + every * (1 + np.arange(len(path)))
            noted = stop
            yield Passage(steps, path, memories, stop, parameters, memory, harmless)


@dataclass(frozen=True, eq=False)
class Passage:
    """What was noted on a part of the way, and where it ended.

    Attributes
    ----------
    steps : ndarray of int, shape (n_notes,)
    path : ndarray, shape (n_notes, n_parameters)
    memories : ndarray, shape (n_notes, n_memories, n_parameters)
    end : int
    parameters, memory : ndarray
        At the end.
    harmless : bool
        Whether no parameter left `batch_walk.HARMLESS`.
    """

    steps: npt.NDArray[np.int64]
    path: FloatArray
    memories: FloatArray
    end: int
    parameters: FloatArray
    memory: FloatArray
    harmless: bool


@dataclass(frozen=True, eq=False)
class Segment:
    """The record of the updates made by one plan.

    Attributes
    ----------
    course : Course
    first, last : int
        Its steps; the parameters at the first one have been changed already.
    recorded_steps : ndarray of int, shape (n_recorded,)
        Evenly spaced from the first, and the last.
    parameters : ndarray, shape (n_recorded, n_parameters)
    memories : ndarray, shape (n_recorded, n_memories, n_parameters)
        What the optimiser remembered there.
    """

    course: Course
    first: int
    last: int
    recorded_steps: npt.NDArray[np.int64]
    parameters: FloatArray
    memories: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def plan(self) -> Plan:
        """What the updates were made by."""
        return self.course.plan

    def parameters_at(self, step: int) -> FloatArray:
        """Return the parameters at a step, exactly as the run had them."""
        return np.asarray(self.parameters_every(1, step, step)[0])

    def parameters_every(self, stride: int, first: int, last: int) -> FloatArray:
        """Return the parameters at steps ``first``, ``first + stride`` ... up to ``last``.

        Returns
        -------
        ndarray, shape ((last - first) // stride + 1, n_parameters)

        Raises
        ------
        TypeError, ValueError
            If the steps do not lie within the segment.
        """
        stride = integer(stride, "stride", 1)
        first = integer(first, "first step", self.first, self.last)
        last = integer(last, "last step", first, self.last)
        steps = np.arange(first, last + 1, stride)
        recorded = np.searchsorted(self.recorded_steps, steps, side="right") - 1
        exact = self.recorded_steps[recorded] == steps
        if exact.all():
            return np.array(self.parameters[recorded])
        parameters, memory = self._moment(first, recorded[0])
        found = [parameters[np.newaxis]]
        if len(steps) > 1:
            end = int(steps[-1])
            found += [p.path for p in self.course.walk(parameters, memory, first, end, stride)]
        return np.concatenate(found)

    def _moment(self, step: int, index: int) -> tuple[FloatArray, FloatArray]:
        parameters, memory = self.parameters[index], self.memories[index]
        begin = int(self.recorded_steps[index])
        for passage in self.course.walk(parameters, memory, begin, step, max(1, step - begin)):
            parameters, memory = passage.parameters, passage.memory
        return parameters, memory
