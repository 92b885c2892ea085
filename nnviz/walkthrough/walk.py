"""A walk through updates, one row after the other, that can be seen at every single step.

Nothing is stored while a person steps: where they stand is a number, and what is seen there
follows from it. So going back is exact, across any number of updates.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import FloatArray, integer, matrix, number, vector
from nnviz.nn.network import Layer, Network, targets_as_columns
from nnviz.nn.trace import Trace, trace_update
from nnviz.walkthrough.steps import Step, update_steps


@dataclass(frozen=True)
class RowUpdate:
    """One update of a walk: which row it learns from, at which rate."""

    row: int  # counted from 0
    learning_rate: float  # 0 or more


@dataclass(frozen=True)
class WalkStart:
    """The start of a walk: a network and the rows that it may take."""

    rows: tuple[tuple[float, ...], ...]  # what goes into the network
    targets: tuple[float, ...]  # one for each row
    sizes: tuple[int, ...]  # number of inputs, then of units in each layer
    activations: tuple[str, ...]  # one key of `ACTIVATIONS` for each layer
    parameters: tuple[float, ...]  # in the order of `Network.parameters`
    loss: str = "squared_error"  # a key of `LOSSES`

    def network(self) -> Network:
        """Return the network before the first update.

        Raises TypeError or ValueError if sizes, activations and parameters do not fit together.
        """
        if len(self.activations) != len(self.sizes) - 1:
            raise ValueError(
                f"activations must hold {len(self.sizes) - 1} names, one for each layer, "
                f"but holds {len(self.activations)}."
            )
        layers = [
            Layer(np.zeros((n_inputs, n_units)), np.zeros(n_units), activation)
            for n_inputs, n_units, activation in zip(
                self.sizes[:-1], self.sizes[1:], self.activations, strict=True
            )
        ]
        return Network(tuple(layers)).with_parameters(self.parameters)

    @property
    def X(self) -> FloatArray:
        """The rows, shape (n_rows, n_inputs)."""
        return np.array(self.rows, dtype=np.float64)

    @property
    def y(self) -> FloatArray:
        """The targets, shape (n_rows,)."""
        return np.array(self.targets, dtype=np.float64)


@dataclass(frozen=True)
class Place:
    """A place in a walk: one step of one update."""

    update: int  # counted from 0
    index: int  # of the step within the update
    step: Step


@dataclass(frozen=True, eq=False)
class BackpropWalk:
    """All updates of a walk, each with every value kept."""

    start: WalkStart
    traces: tuple[Trace, ...]  # one for each update that was made
    # what these updates took; shorter than asked for where the walk had to stop
    taken: tuple[RowUpdate, ...]
    steps: tuple[Step, ...]  # of each update
    stopped: str | None = None  # why the next update could not be made, in a sentence

    @property
    def last(self) -> int:
        """The last position; the first is 0."""
        return len(self.traces) * len(self.steps) - 1

    def place(self, position: int) -> Place:
        """Return the place of a position, which is a whole number from 0 to `last`."""
        position = integer(position, "position", 0, self.last)
        update, index = divmod(position, len(self.steps))
        return Place(update, index, self.steps[index])

    def position(self, update: int, kind: str) -> int:
        """Return the position of the first step of this kind in an update.

        Raises ValueError if there is no such update, or no such step.
        """
        update = integer(update, "update", 0, len(self.traces) - 1)
        for index, step in enumerate(self.steps):
            if step.kind == kind:
                return update * len(self.steps) + index
        raise ValueError(f"an update of this network has no step {kind!r}.")


def walk_updates(start: WalkStart, taken: Iterable[RowUpdate], *, every_term: bool) -> BackpropWalk:
    """Make one update for each row that is taken, and keep every value.

    The walk ends early, with the reason in `BackpropWalk.stopped`, where an update would leave
    float64. Raises TypeError or ValueError if the start does not fit together, a row does not
    exist, none is taken, or the first update fails.
    """
    network = start.network()
    steps = update_steps(network, every_term=every_term)
    X = matrix(start.rows, "rows", n_columns=network.n_inputs)
    targets_as_columns(vector(start.targets, "targets", n=len(X)), network, start.loss)
    # All are checked first: a walk stops on its way for one reason alone, that it diverges.
    asked = tuple(_checked(start, item) for item in taken)
    traces: list[Trace] = []
    for item in asked:
        try:
            traces.append(next_trace(start, network, item))
        except ValueError as reason:
            if not traces:
                raise
            return BackpropWalk(start, tuple(traces), asked[: len(traces)], steps, str(reason))
        network = traces[-1].updated
    if not traces:
        raise ValueError("a walk must take at least one row.")
    return BackpropWalk(start, tuple(traces), asked, steps)


def next_trace(start: WalkStart, network: Network, item: RowUpdate) -> Trace:
    """Return the trace of one update of a network by one row of the walk.

    Raises TypeError or ValueError if the row does not exist, or the update would leave float64.
    """
    item = _checked(start, item)
    return trace_update(
        network,
        start.rows[item.row],
        start.targets[item.row],
        loss=start.loss,
        learning_rate=item.learning_rate,
    )


def _checked(start: WalkStart, item: RowUpdate) -> RowUpdate:
    return RowUpdate(
        integer(item.row, "row", 0, len(start.rows) - 1),
        number(item.learning_rate, "learning_rate", low=0),
    )
