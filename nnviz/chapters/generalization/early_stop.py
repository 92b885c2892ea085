"""Early stopping: where the loss of the test rows was lowest, and where patience ended."""

from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import instance, integer
from nnviz.training.learning_curve import MOST_EPOCHS, Learning


@dataclass(frozen=True)
class EpochScores:
    """The losses and errors of a network after an epoch, as measured in `Learning`."""

    epoch: int
    train_loss: float
    test_loss: float
    train_error: float
    test_error: float


@dataclass(frozen=True)
class EarlyStop:
    """What stopping a run early would have given.

    The epochs are chosen by the test rows, so these are no longer new to the network that is
    kept: its scores are a little too good.
    """

    patience: int  # epochs without a new lowest test loss after which a run is stopped
    lowest: EpochScores  # the epoch with the lowest test loss of the whole run
    # the epoch at which patience would have ended the run; None if it never did
    stop: EpochScores | None
    kept: EpochScores  # the epoch with the lowest test loss up to `stop`
    end: EpochScores  # the last epoch of the run that was not stopped
    # the most epochs in a row, up to `stop` or the end, without a new lowest test loss
    longest_wait: int


def early_stop(learning: Learning, patience: int) -> EarlyStop:
    """Return where a run would have been stopped, and its scores there.

    Raises TypeError or ValueError if it is no Learning, or the patience is out of range.
    `patience`: epochs, 1 to 2,000; as `Hyperparameters.patience`, counted from the first epoch
    on.
    """
    instance(learning, "learning", Learning)
    patience = integer(patience, "patience", 1, MOST_EPOCHS)
    stop, longest_wait = _stop_epoch(learning, patience)
    until = learning.last_epoch if stop is None else stop
    return EarlyStop(
        patience=patience,
        lowest=scores_at(learning, learning.best_epoch),
        stop=None if stop is None else scores_at(learning, stop),
        kept=scores_at(learning, int(np.argmin(learning.test_loss[: until + 1]))),
        end=scores_at(learning, learning.last_epoch),
        longest_wait=longest_wait,
    )


def scores_at(learning: Learning, epoch: int) -> EpochScores:
    """Return the losses and errors after an epoch.

    Raises TypeError or ValueError if the epoch was not measured.
    """
    epoch = integer(epoch, "epoch", 0, learning.last_epoch)
    measures = (learning.train_loss, learning.test_loss, learning.train_error, learning.test_error)
    return EpochScores(epoch, *(float(each[epoch]) for each in measures))


def _stop_epoch(learning: Learning, patience: int) -> tuple[int | None, int]:
    """Return the epoch at which patience ends, if it does, and the longest wait up to there."""
    lowest, since, longest = np.inf, 0, 0
    for epoch, loss in enumerate(learning.test_loss[1:].tolist(), start=1):
        lowest, since = (loss, 0) if loss < lowest else (lowest, since + 1)
        longest = max(longest, since)
        if since >= patience:
            return epoch, longest
    return None, longest
