"""What each row adds to each weight: one update of a run, and what other rows would have done.

An update serves the row that was picked. Every other row would have changed the same weights and
biases by other amounts, and often the other way.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, instance, integer
from nnviz.nn.network import Network, backward
from nnviz.training.record import Record

# A sum is 0 where no more is left of its terms than what rounding leaves.
_DUST = 1e-13


@dataclass(frozen=True, eq=False)
class RowUpdates(Frozen):
    """The update that leads from one step of a run to the next, beside those not made."""

    step: int  # before the update
    row: int  # the row that was picked, counted from 0
    learning_rate: float  # of this update
    before: FloatArray  # (n_rows,): loss of every row
    after: FloatArray
    # (n_rows, n_parameters). What each row would add to each parameter if it were its turn, in the
    # order of `Network.parameters`. The line of the picked row is the update that was made.
    by_row: FloatArray
    # (n_parameters,). Their sum: the way straight down the cumulative error. Not finite where it
    # left float64; exactly 0 where the rows cancel but for rounding.
    together: FloatArray

    @property
    def made(self) -> FloatArray:
        """What the update added to each parameter, shape (n_parameters,)."""
        return np.asarray(self.by_row[self.row])

    @property
    def changes(self) -> FloatArray:
        """By how much the error of each row rose, shape (n_rows,)."""
        return self.after - self.before

    @property
    def gained(self) -> tuple[int, ...]:
        """The other rows whose error fell, counted from 0."""
        return self._others(self.after < self.before)

    @property
    def lost(self) -> tuple[int, ...]:
        """The other rows whose error rose, counted from 0."""
        return self._others(self.after > self.before)

    @property
    def paid_most(self) -> int | None:
        """The other row whose error rose most; None if none did."""
        return max(self.lost, key=lambda i: float(self.changes[i]), default=None)

    @property
    def ways(self) -> npt.NDArray[np.int64]:
        """For each parameter, 1 if the update went with all rows together, −1 if against, or 0."""
        signs = np.sign(self.made) * np.sign(self.together)
        return np.where(np.isnan(signs), 0, signs).astype(np.int64)

    def _others(self, which: npt.NDArray[np.bool_]) -> tuple[int, ...]:
        return tuple(i for i in np.flatnonzero(which).tolist() if i != self.row)


def row_updates(run: Record, step: int) -> RowUpdates:
    """Return what each row would have added in the update that leads from `step` to the next."""
    instance(run, "run", Record)
    if run.last_step == run.first_step:
        raise ValueError("this run has no update that can be looked at: it ends where it begins.")
    step = integer(step, "step", run.first_step, run.last_step - 1)
    plan = run.plan
    before, after = run.row_errors_between(step, step + 1)
    rate = run.learning_rate_at(step)
    slopes = row_gradients(run.network_at(step), plan.train_inputs, plan.sample.y, plan.loss)
    with np.errstate(over="ignore", invalid="ignore"):
        each = -rate * slopes
    row = int(run.picks(step, step + 1)[0])
    return RowUpdates(step, row, rate, before, after, each, sum_of_rows(each))


def sum_of_rows(each: FloatArray) -> FloatArray:
    """Return the sum over the rows of `each`, (n_rows, n_parameters); 0 where rounding is left."""
    with np.errstate(over="ignore", invalid="ignore"):
        total, size = each.sum(axis=0), np.abs(each).sum(axis=0)
        return np.where(np.abs(total) <= _DUST * size, 0.0, total)


def row_gradients(
    network: Network, X: npt.ArrayLike, y: npt.ArrayLike, loss: str = "squared_error"
) -> FloatArray:
    """Return the gradient of each row's own loss, shape (n_rows, n_parameters).

    It is in the order of `Network.parameters`; its sum over the rows is `network.gradients`. A row
    and a weight: input of the weight times derivative of the row's loss by the weighted sum. X and
    y have the shapes (n_rows, n_inputs) and (n_rows,) or (n_rows, n_outputs).
    """
    instance(network, "network", Network)
    forward = network.forward(X)
    parts = []
    with np.errstate(over="ignore", invalid="ignore"):
        for inputs, layer in zip(
            forward.activations[:-1], backward(network, forward, y, loss), strict=True
        ):
            derror_dz = layer.derror_dpre_activations
            derror_dweights = inputs[:, :, np.newaxis] * derror_dz[:, np.newaxis, :]
            parts += [derror_dweights.reshape(len(inputs), -1), derror_dz]
    return np.concatenate(parts, axis=1)
