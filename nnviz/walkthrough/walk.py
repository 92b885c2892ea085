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
    """One update of a walk: which row it learns from, at which rate.

    Attributes
    ----------
    row : int
        The row it learns from, counted from 0.
    learning_rate : float
        0 or more.
    """

    row: int
    learning_rate: float


@dataclass(frozen=True)
class WalkStart:
    """The start of a walk: a network and the rows that it may take.

    Attributes
    ----------
    rows : tuple of tuple of float
        What goes into the network, one tuple for each row.
    targets : tuple of float
        One for each row.
    sizes : tuple of int
        Number of inputs, then of units in each layer.
    activations : tuple of str
        One key of `ACTIVATIONS` for each layer.
    parameters : tuple of float
        In the order of `Network.parameters`.
    loss : str
        A key of `LOSSES`.
    """

    rows: tuple[tuple[float, ...], ...]
    targets: tuple[float, ...]
    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    parameters: tuple[float, ...]
    loss: str = "squared_error"

    def network(self) -> Network:
        """Return the network before the first update.

        Raises
        ------
        TypeError, ValueError
            If sizes, activations and parameters do not fit together.
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
    """A place in a walk: one step of one update.

    Attributes
    ----------
    update : int
        Counted from 0.
    index : int
        Of the step within the update.
    step : Step
    """

    update: int
    index: int
    step: Step


@dataclass(frozen=True, eq=False)
class BackpropWalk:
    """All updates of a walk, each with every value kept.

    Attributes
    ----------
    start : WalkStart
    traces : tuple of Trace
        One for each update that was made.
    taken : tuple of RowUpdate
        What these updates took; shorter than asked for where the walk had to stop.
    steps : tuple of Step
        Of each update.
    stopped : str or None
        Why the next update could not be made, in a sentence.
    """

    start: WalkStart
    traces: tuple[Trace, ...]
    taken: tuple[RowUpdate, ...]
    steps: tuple[Step, ...]
    stopped: str | None = None

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

        Raises
        ------
        TypeError, ValueError
            If there is no such update, or no such step.
        """
        update = integer(update, "update", 0, len(self.traces) - 1)
        for index, step in enumerate(self.steps):
            if step.kind == kind:
                return update * len(self.steps) + index
        raise ValueError(f"an update of this network has no step {kind!r}.")


def walk_updates(start: WalkStart, taken: Iterable[RowUpdate], *, every_term: bool) -> BackpropWalk:
    """Make one update for each row that is taken, and keep every value.

    The walk ends early, with the reason in `BackpropWalk.stopped`, where an update would leave
    float64.

    Raises
    ------
    TypeError, ValueError
        If the start does not fit together, a row does not exist, none is taken, or the first update
        fails.
    """
    network = start.network()
    steps = update_steps(network, every_term=every_term)
    X = matrix(start.rows, "rows", n_columns=network.n_inputs)
    targets_as_columns(vector(start.targets, "targets", n=len(X)), network, start.loss)
    # All are checked first: a walk stops on its way for one reason alone, that it diverges.
    asked = [_checked(start, item) for item in taken]
    traces: list[Trace] = []
    made: list[RowUpdate] = []
    for item in asked:
        try:
            traces.append(next_trace(start, network, item))
        except ValueError as reason:
            if not traces:
                raise
            return BackpropWalk(start, tuple(traces), tuple(made), steps, str(reason))
        made.append(item)
        network = traces[-1].updated
    if not traces:
        raise ValueError("a walk must take at least one row.")
    return BackpropWalk(start, tuple(traces), tuple(made), steps)


def next_trace(start: WalkStart, network: Network, item: RowUpdate) -> Trace:
    """Return the trace of one update of a network by one row of the walk.

    Raises
    ------
    TypeError, ValueError
        If the row does not exist, or the update would leave float64.
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
