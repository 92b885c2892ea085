"""Early stopping: where the loss of the test rows was lowest, and where patience ended."""

from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import instance, integer
from nnviz.training.learning_curve import MOST_EPOCHS, Learning


@dataclass(frozen=True)
class Moment:
    """How a network did after an epoch; what the measures are, see `learning.Learning`.

    Attributes
    ----------
    epoch : int
    train_loss, test_loss, train_error, test_error : float
    """

    epoch: int
    train_loss: float
    test_loss: float
    train_error: float
    test_error: float


@dataclass(frozen=True)
class EarlyStop:
    """What it would have given to stop a run early.

    The epochs are chosen by the test rows, so the test rows are no longer strangers to the
    network that is kept: its figures are a little too good. `peeking` measures by how much.

    Attributes
    ----------
    patience : int
    lowest : Moment
        Where the loss of the test rows was lowest in the whole run.
    stop : Moment or None
        Where patience would have ended the run: the loss of the test rows had not become lower
        for so many epochs. None if that never happened.
    kept : Moment
        The lowest loss of the test rows up to `stop`: what is kept by whoever goes back to it.
    end : Moment
        The last one of the run that was not stopped.
    """

    patience: int
    lowest: Moment
    stop: Moment | None
    kept: Moment
    end: Moment


def early_stop(learning: Learning, patience: int) -> EarlyStop:
    """Return where a run would have been stopped, and what each moment would have given.

    Parameters
    ----------
    learning : Learning
    patience : int
        Epochs, 1 to 2,000; as `Hyperparameters.patience`, counted from the first epoch on.

    Raises
    ------
    TypeError, ValueError
        If it is no Learning, or the patience is out of range.
    """
    instance(learning, "learning", Learning)
    patience = integer(patience, "patience", 1, MOST_EPOCHS)
    stop = _stop(learning, patience)
    until = learning.last_epoch if stop is None else stop
    return EarlyStop(
        patience=patience,
        lowest=moment(learning, learning.best_epoch),
        stop=None if stop is None else moment(learning, stop),
        kept=moment(learning, int(np.argmin(learning.test_loss[: until + 1]))),
        end=moment(learning, learning.last_epoch),
    )


def moment(learning: Learning, epoch: int) -> Moment:
    """Return how the network did after an epoch.

    Raises
    ------
    TypeError, ValueError
        If it was not measured there.
    """
    epoch = integer(epoch, "epoch", 0, learning.last_epoch)
    return Moment(
        epoch,
        float(learning.train_loss[epoch]),
        float(learning.test_loss[epoch]),
        float(learning.train_error[epoch]),
        float(learning.test_error[epoch]),
    )


def _stop(learning: Learning, patience: int) -> int | None:
    lowest, since = np.inf, 0
    for epoch, loss in enumerate(learning.test_loss[1:].tolist(), start=1):
        if loss < lowest:
            lowest, since = loss, 0
        else:
            since += 1
            if since >= patience:
                return epoch
    return None
