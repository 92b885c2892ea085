"""A timeline walked one update at a time, by the readable functions: to hold histories to."""

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from nnviz.nn.optimizers import OPTIMIZERS, step_of
from nnviz.nn.schedules import factor
from nnviz.nn.splitmix import DROPOUT, ORDER, key_of, numbered, shuffled
from nnviz.training import evaluation
from nnviz.training.transfer import transferred


@dataclass
class Walker:
    """The state of a training between two updates; `rates` are those of the updates made."""

    plan: object
    parameters: np.ndarray
    memory: np.ndarray
    step: int = 0
    updates_of_optimizer: int = 0
    updates_of_order: int = 0
    whole_epochs: int = 0
    epochs_before: Fraction = Fraction(0)
    epochs: Fraction = Fraction(0)
    rates: list = field(default_factory=list)

    @classmethod
    def at_start(cls, plan):
        return cls(plan, np.array(plan.start), nothing(plan))

    def update(self):
        """Take the next batch of the epoch, and make one update."""
        plan, hyperparameters = self.plan, self.plan.hyperparameters
        n_rows = len(plan.split.train)
        size = min(hyperparameters.batch_size, n_rows)
        batches = [slice(begin, begin + size) for begin in range(0, n_rows, size)]
        order = shuffled(n_rows, key_of(plan.seed, ORDER, self.whole_epochs))
        rows = order[batches[self.updates_of_order - self.whole_epochs * len(batches)]]
        with np.errstate(all="ignore"):
            gradient = evaluation.gradient(
                plan,
                self.parameters,
                plan.train_inputs[rows],
                plan.train_targets[rows],
                self.kept(len(rows)) if hyperparameters.dropout and plan.sizes[1:-1] else None,
            )
            epoch = float(self.epochs_before) + self.whole_epochs
            rate = hyperparameters.learning_rate * factor(
                hyperparameters.schedule, hyperparameters.schedule_epochs, epoch
            )
            self.updates_of_optimizer += 1
            taken, self.memory = step_of(
                hyperparameters.optimizer, gradient, self.memory, rate, self.updates_of_optimizer
            )
            self.parameters = self.parameters - taken
        self.rates.append(float(rate))
        self.step += 1
        self.updates_of_order += 1
        self.epochs += Fraction(1, len(batches))
        if self.updates_of_order % len(batches) == 0:
            self.whole_epochs += 1

    def kept(self, n_rows):
        """Return what every hidden unit is multiplied by in each row of the batch."""
        dropout, hidden = self.plan.hyperparameters.dropout, self.plan.sizes[1:-1]
        key = key_of(self.plan.seed, DROPOUT, self.step)
        shares = [(numbered(key, k + 1) >> 11) / 2**53 for k in range(n_rows * sum(hidden))]
        table = np.reshape([0 if s < dropout else 1 / (1 - dropout) for s in shares], (n_rows, -1))
        return np.split(table, np.cumsum(hidden)[:-1], axis=1)

    def change(self, stage):
        """Go on by another plan."""
        old, new = self.plan, stage.plan
        self.parameters = np.array(transferred(old, self.parameters, new))
        for index, value in stage.by_hand:
            self.parameters[index] = value
        same_parameters = (
            old.sizes == new.sizes
            and old.architecture.inputs == new.architecture.inputs
            and old.architecture.standardise == new.architecture.standardise
        )
        if not same_parameters or old.hyperparameters.optimizer != new.hyperparameters.optimizer:
            self.memory, self.updates_of_optimizer = nothing(new), 0
        n_old, n_new = len(old.split.train), len(new.split.train)
        sizes = (
            min(old.hyperparameters.batch_size, n_old),
            min(new.hyperparameters.batch_size, n_new),
        )
        same_rows = list(old.split.train) == list(new.split.train)
        if not same_rows or sizes[0] != sizes[1] or old.seed != new.seed:
            self.updates_of_order = self.whole_epochs = 0
            self.epochs_before = self.epochs
        self.plan = new

    @property
    def finite(self):
        """Whether the parameters and the training loss are finite."""
        return bool(np.isfinite(self.parameters).all() and np.isfinite(self.loss("train")))

    def loss(self, which):
        """Return the mean loss over the "train" or the "test" rows, without penalties."""
        inputs = getattr(self.plan, f"{which}_inputs")
        targets = getattr(self.plan, f"{which}_targets")
        losses = evaluation.row_losses(self.plan, self.parameters[np.newaxis], inputs, targets)
        with np.errstate(all="ignore"):
            return float(losses.mean())


def nothing(plan):
    """Return what an optimiser remembers at its beginning."""
    return np.zeros((OPTIMIZERS[plan.hyperparameters.optimizer].n_states, plan.n_parameters))


def walk(timeline):
    """Yield the walker at every step of a timeline, the start included, changed stages applied."""
    stages = {stage.step: stage for stage in timeline.stages}
    walker = Walker.at_start(stages[0].plan)
    for step in range(timeline.steps + 1):
        if step in stages and step < timeline.steps:
            if step == 0:
                for index, value in stages[0].by_hand:
                    walker.parameters[index] = value
            else:
                walker.change(stages[step])
        yield walker
        if step < timeline.steps:
            walker.update()
