"""What one update did to every row: who gained and who lost."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, Frozen, instance
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Network, targets_as_columns
from nnviz.nn.trace import Trace


@dataclass(frozen=True, eq=False)
class UpdateEffect(Frozen):
    """The error of every row before and after an update by one of them."""

    # before, after: (n_rows,): summed over the outputs; infinite or NaN where it left float64
    before: FloatArray
    after: FloatArray

    @property
    def gained(self) -> tuple[int, ...]:
        """The rows whose error fell, counted from 0."""
        return tuple(np.flatnonzero(self.after < self.before).tolist())

    @property
    def lost(self) -> tuple[int, ...]:
        """The rows whose error rose, counted from 0."""
        return tuple(np.flatnonzero(self.after > self.before).tolist())


def update_effect(trace: Trace, X: npt.ArrayLike, y: npt.ArrayLike) -> UpdateEffect:
    """Return the errors of all rows before and after the update of a trace."""
    instance(trace, "trace", Trace)
    return UpdateEffect(
        row_errors(trace.network, X, y, trace.loss), row_errors(trace.updated, X, y, trace.loss)
    )


def row_errors(network: Network, X: npt.ArrayLike, y: npt.ArrayLike, loss: str) -> FloatArray:
    """Return the error of each row, summed over the outputs, shape (n_rows,).

    Raises TypeError or ValueError if rows and targets do not fit the network.
    """
    targets = targets_as_columns(y, network, loss)
    forward, output = network.forward(X), network.layers[-1].activation
    z, predictions = forward.pre_activations[-1], forward.activations[-1]
    if len(targets) != len(predictions):
        raise ValueError(
            f"y must have {len(predictions)} rows, one per row of X, not {len(targets)}."
        )
    with np.errstate(over="ignore", invalid="ignore"):
        errors: FloatArray = LOSSES[loss].of_output(output, z, predictions, targets).sum(axis=1)
    return errors
