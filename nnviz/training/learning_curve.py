"""How well a network does after every epoch of one training, and the same training repeated."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from nnviz.nn.checks import FloatArray, Frozen, instance, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.scores import scores
from nnviz.training.timeline import MOST_STEPS, Timeline

MEASURES: Final = ("train_error", "test_error", "train_loss", "test_loss")
MOST_EPOCHS: Final = 2_000


@dataclass(frozen=True, eq=False)
class Learning(Frozen):
    """What was measured after every epoch of a run of one unchanged plan."""

    # without patience: the run goes on to its end, so that one can see what came after a stop
    plan: Plan
    epochs: int  # how many were asked for
    # (epochs + 1,), fewer if the run left the range of float64: after 0, 1, 2 ... epochs the mean
    # over the rows, without penalties, as in `scores.Scores`
    train_loss: FloatArray
    test_loss: FloatArray
    # of the same shape: fraction of the rows that are wrong; of a regression 1 minus R squared, the
    # fraction of the targets' spread that is left unexplained, which has no upper end
    train_error: FloatArray
    test_error: FloatArray
    diverged: bool  # whether the run left the range of float64

    @property
    def last_epoch(self) -> int:
        """The last epoch that was measured."""
        return len(self.train_loss) - 1

    @property
    def best_epoch(self) -> int:
        """The first epoch after which the loss of the test rows was at its lowest."""
        return int(np.argmin(self.test_loss))

    @property
    def timeline(self) -> Timeline:
        """The run itself, for `history.record`: epoch k ends at step k x updates_per_epoch."""
        return Timeline.of(self.plan, self.epochs * self.plan.updates_per_epoch)


def most_epochs(plan: Plan) -> int:
    """Return the largest number of epochs that `learn` takes for a plan; 1 or more."""
    return max(1, min(MOST_EPOCHS, MOST_STEPS // plan.updates_per_epoch))


def learn(plan: Plan, epochs: int) -> Learning:
    """Train, and measure after every epoch.

    Parameters
    ----------
    plan : Plan
        With rows held out. Its patience is not used.
    epochs : int
        From 1 to `most_epochs`.
    """
    instance(plan, "plan", Plan)
    epochs = integer(epochs, "epochs", 1, most_epochs(plan))
    held_out(plan)
    plan = replace(plan, hyperparameters=replace(plan.hyperparameters, patience=0))
    per_epoch = plan.updates_per_epoch
    history = record(Timeline.of(plan, epochs * per_epoch))
    measured = scores(plan, history.parameters_every(per_epoch, 0, history.last_step))
    return Learning(
        plan=plan,
        epochs=epochs,
        train_loss=measured.train_loss,
        test_loss=measured.test_loss,
        train_error=1.0 - measured.train_accuracy,
        test_error=1.0 - measured.test_accuracy,
        diverged=history.diverged_at is not None,
    )


def held_out(plan: Plan) -> None:
    """Refuse a plan that holds no rows out."""
    if not len(plan.split.test):
        raise ValueError(
            "no rows are held out, so nothing can be said about new ones: take a larger "
            "test_fraction."
        )


def repeated(plan: Plan, repeat: int) -> Plan:
    """Return the plan with a seed `repeat` further on: other split, weights and order of rows."""
    repeat = integer(repeat, "repeat", 0, LARGEST_SEED)
    return replace(plan, seed=(plan.seed + repeat) % (LARGEST_SEED + 1))
