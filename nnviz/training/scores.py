"""How well a network does at many checkpoints: loss and accuracy of training and test rows."""

from dataclasses import dataclass

import numpy as np

from nnviz.nn.checks import FloatArray, Frozen
from nnviz.training import evaluation
from nnviz.training.plan import Plan


@dataclass(frozen=True, eq=False)
class Scores(Frozen):
    """Losses and accuracies, shape (n_checkpoints,); of test rows NaN where there are none."""

    # Mean over the rows, without penalties; a regression's in the network's own scale.
    train_loss: FloatArray
    test_loss: FloatArray
    # Fraction of the rows that are right, 0 to 1; of a regression R squared, 1 at most.
    train_accuracy: FloatArray
    test_accuracy: FloatArray


def scores(plan: Plan, parameters: FloatArray) -> Scores:
    """Return how well a network does; `parameters` have the shape (n_checkpoints, n_parameters)."""
    y = plan.sample.y
    train = _of(plan, parameters, plan.train_inputs, plan.train_targets, y[plan.split.train])
    test = _of(plan, parameters, plan.test_inputs, plan.test_targets, y[plan.split.test])
    return Scores(train[0], test[0], train[1], test[1])


def _of(
    plan: Plan, parameters: FloatArray, inputs: FloatArray, targets: FloatArray, y: FloatArray
) -> tuple[FloatArray, FloatArray]:
    loss, accuracy = np.full(len(parameters), np.nan), np.full(len(parameters), np.nan)
    if len(inputs):
        for block in evaluation.blocks(plan, len(parameters), len(inputs)):
            z, predicted = evaluation.forward(plan, parameters[block], inputs)[-1]
            with np.errstate(all="ignore"):
                loss[block] = evaluation.losses(plan, z, predicted, targets).mean(axis=-1)
            accuracy[block] = evaluation.accuracy(plan, predicted, y)
    return loss, accuracy
