"""Hyperparameters: how a network is trained, apart from its data and its layers."""

from dataclasses import dataclass
from typing import Annotated, Final

from nnviz.nn.checks import Check, Checked, integer, number, one_of
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES

LARGEST_RATE: Final = 100.0
LARGEST_PENALTY: Final = 10.0
MOST_DROPOUT: Final = 0.9
MOST_EPOCHS: Final = 100_000
MOST_BATCH: Final = 50_000
ORDERS: Final = ("epochs", "tutorial", "shuffled", "in turn")


@dataclass(frozen=True)
class Hyperparameters(Checked):
    """How a network is trained.

    Attributes
    ----------
    optimizer : str
        A key of `optimizers.OPTIMIZERS`.
    learning_rate : float
        0 to 100; dimensionless.
    batch_size : int
        Rows of one update, from 1; more than there are means all of them.
    l1, l2 : float
        Strength of the penalties ``l1 * sum(abs(weights))`` and ``l2 / 2 * sum(weights ** 2)``
        that are added to the loss; biases are free.
    dropout : float
        Fraction of the hidden units that are left out of an update, 0 to 0.9; what remains is
        divided by 1 - dropout.
    schedule : str
        A key of `schedules.SCHEDULES`.
    schedule_epochs : int
        What the schedule counts in.
    patience : int
        Early stopping: the run ends when the loss of the test rows has not become lower for so
        many epochs; 0 for never.
    order : {"epochs", "tutorial", "shuffled", "in turn"}
        Which rows an update is made with: every row once per epoch, in an order of its own for
        each epoch, which any epoch can be repeated from; or, one row at a time, a row at random
        with replacement, as the tutorial draws it from NumPy's legacy stream; every row once per
        epoch in a permutation by NumPy; the rows as they stand, over and over.
    """

    optimizer: Annotated[str, Check(one_of, options=OPTIMIZERS)] = "sgd"
    learning_rate: Annotated[float, Check(number, low=0.0, high=LARGEST_RATE)] = 0.1
    batch_size: Annotated[int, Check(integer, low=1, high=MOST_BATCH)] = 10
    l1: Annotated[float, Check(number, low=0.0, high=LARGEST_PENALTY)] = 0.0
    l2: Annotated[float, Check(number, low=0.0, high=LARGEST_PENALTY)] = 0.0
    dropout: Annotated[float, Check(number, low=0.0, high=MOST_DROPOUT)] = 0.0
    schedule: Annotated[str, Check(one_of, options=SCHEDULES)] = "constant"
    schedule_epochs: Annotated[int, Check(integer, low=1, high=MOST_EPOCHS)] = 100
    patience: Annotated[int, Check(integer, low=0, high=MOST_EPOCHS)] = 0
    order: Annotated[str, Check(one_of, options=ORDERS)] = "epochs"

    def check_together(self) -> None:
        """Refuse batches in an order that takes one row at a time."""
        if self.order != "epochs" and self.batch_size != 1:
            raise ValueError(
                f"the order {self.order} takes one row at a time: batch_size must be 1, "
                f"not {self.batch_size}."
            )
