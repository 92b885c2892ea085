"""Hyperparameters: how a network is trained, apart from its data and its layers."""

from dataclasses import dataclass
from typing import Final

from nnviz.nn.checks import integer, number, one_of
from nnviz.nn.optimizers import OPTIMIZERS
from nnviz.nn.schedules import SCHEDULES

LARGEST_RATE: Final = 100.0
LARGEST_PENALTY: Final = 10.0
MOST_DROPOUT: Final = 0.9
MOST_EPOCHS: Final = 100_000
MOST_BATCH: Final = 50_000


@dataclass(frozen=True)
class Hyperparameters:
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
        Share of the hidden units that are left out of an update, 0 to 0.9; what remains is
        divided by 1 - dropout.
    schedule : str
        A key of `schedules.SCHEDULES`.
    schedule_epochs : int
        What the schedule counts in.
    patience : int
        Early stopping: the run ends when the loss of the test rows has not become lower for so
        many epochs; 0 for never.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    optimizer: str = "sgd"
    learning_rate: float = 0.1
    batch_size: int = 10
    l1: float = 0.0
    l2: float = 0.0
    dropout: float = 0.0
    schedule: str = "constant"
    schedule_epochs: int = 100
    patience: int = 0

    def __post_init__(self) -> None:
        values = {
            "optimizer": one_of(self.optimizer, "optimizer", OPTIMIZERS),
            "learning_rate": number(self.learning_rate, "learning_rate", 0.0, LARGEST_RATE),
            "batch_size": integer(self.batch_size, "batch_size", 1, MOST_BATCH),
            "l1": number(self.l1, "l1", 0.0, LARGEST_PENALTY),
            "l2": number(self.l2, "l2", 0.0, LARGEST_PENALTY),
            "dropout": number(self.dropout, "dropout", 0.0, MOST_DROPOUT),
            "schedule": one_of(self.schedule, "schedule", SCHEDULES),
            "schedule_epochs": integer(self.schedule_epochs, "schedule_epochs", 1, MOST_EPOCHS),
            "patience": integer(self.patience, "patience", 0, MOST_EPOCHS),
        }
        for name, value in values.items():
            object.__setattr__(self, name, value)
