"""Peeking: how much too good a network looks to the rows by which its moment was chosen."""

from dataclasses import dataclass, replace

import numpy as np

from nnviz import plan_network
from nnviz.checks import FloatArray, instance, integer
from nnviz.history import record
from nnviz.learning import most_epochs
from nnviz.plan import Plan
from nnviz.rng import generator
from nnviz.split import IntArray
from nnviz.timeline import Timeline


@dataclass(frozen=True)
class Peeking:
    """The rows held out in two halves: each chooses a moment, and both judge it.

    The figures are means over the two ways round. So `new_loss` is never below `chosen_loss`: a
    half has its own lowest loss at the moment that it chose.

    Attributes
    ----------
    epochs : (int, int)
        Where the first half has its lowest loss, and where the second one has.
    chosen_loss, chosen_error : float
        In the eyes of the half that chose the moment.
    new_loss, new_error : float
        In the eyes of the other one, which is what new rows would say. Loss: mean over the rows,
        without penalties. Error: share of the rows wrong; of a regression 1 minus R squared.
    """

    epochs: tuple[int, int]
    chosen_loss: float
    chosen_error: float
    new_loss: float
    new_error: float


def peeking(plan: Plan, epochs: int) -> Peeking:
    """Train, and return what choosing the moment by half of the held-out rows hides.

    Parameters
    ----------
    plan : Plan
        At least four rows held out. Its patience is not used.
    epochs : int
        From 1 to `learning.most_epochs`.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """
    instance(plan, "plan", Plan)
    epochs = integer(epochs, "epochs", 1, most_epochs(plan))
    n_test = len(plan.split.test)
    if n_test < 4:
        raise ValueError(f"two halves need at least four rows held out, not {n_test}.")
    plan = replace(plan, recipe=replace(plan.recipe, patience=0))
    per_epoch = plan.updates_per_epoch
    history = record(Timeline.of(plan, epochs * per_epoch))
    parameters = history.parameters_every(per_epoch, 0, history.last_step)
    order = generator(plan.seed, "peeking").permutation(n_test)
    one, other = (_judged(plan, parameters, np.sort(half)) for half in (order[::2], order[1::2]))
    # Loss and error of each half at every epoch; the moments are where a loss is lowest.
    first, second = int(np.argmin(one[0])), int(np.argmin(other[0]))
    chosen = (one[:, first] + other[:, second]) / 2.0
    new = (other[:, first] + one[:, second]) / 2.0
    return Peeking(
        (first, second), float(chosen[0]), float(chosen[1]), float(new[0]), float(new[1])
    )


def _judged(plan: Plan, parameters: FloatArray, half: IntArray) -> FloatArray:
    """Return loss and error of some of the rows held out, shape (2, n_moments)."""
    y = plan.sample.y[plan.split.test[half]]
    answers = plan_network.outputs(plan, parameters, plan.test_inputs[half])
    losses = plan_network.losses(plan, answers, plan.test_targets[half]).mean(axis=-1)
    return np.stack([losses, 1.0 - plan_network.accuracy(plan, answers, y)])
