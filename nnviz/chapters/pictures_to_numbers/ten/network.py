"""A network learns the ten digits: the plan, the run, and how well it does at every step."""

from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt

from nnviz.data.digits import PIXEL_NAMES, digit_sample, digits
from nnviz.nn.architecture import MOST_UNITS, Architecture
from nnviz.nn.checks import Check, Checked, FloatArray, Frozen, integer, one_of
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training import evaluation
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline

KINDS: Final = 10
FEWEST_PICTURES: Final = 10
MOST_PICTURES: Final = 1_000
UPDATES: Final = 300
HYPERPARAMETERS: Final = Hyperparameters("sgd", learning_rate=1.0, batch_size=100)
"""With 1,000 pictures these are 30 epochs of 10 updates."""

HANDS: Final = ("any", "other")
"""Whose pictures are held out: drawn like those that are learned from, or by other people."""

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class TenConfig(Checked):
    """Everything that one training depends on: equal configs make equal runs.

    Attributes
    ----------
    n_train : int
        Pictures that are learned from; all others are held out.
    units : int
        Hidden tanh units; 0 for no hidden layer.
    hands : {"any", "other"}
        Whether the pictures are drawn, of each digit alike, or are the first ones of the file,
        which seems to hold one person after the other: the same row of digits begins anew about
        every 130 pictures.
    seed : int
        Of the pictures that are drawn, the first weights and the order of the pictures.
    """

    n_train: Annotated[int, Check(integer, low=FEWEST_PICTURES, high=MOST_PICTURES)] = MOST_PICTURES
    units: Annotated[int, Check(integer, low=0, high=MOST_UNITS)] = 16
    hands: Annotated[str, Check(one_of, options=HANDS)] = "any"
    seed: Annotated[int, Check(integer, low=0, high=LARGEST_SEED)] = 0


def plan_of(config: TenConfig) -> Plan:
    """Return the plan of a training: 64 inputs from 0 to 1, ten outputs that add up to 1."""
    architecture = Architecture(
        PIXEL_NAMES,
        standardise=False,
        hidden=((config.units, "tanh"),) if config.units else (),
        output="softmax",
        loss="cross_entropy",
    )
    return Plan(
        digit_sample(),
        architecture,
        HYPERPARAMETERS,
        seed=config.seed,
        n_train=config.n_train,
        split_by="in order" if config.hands == "other" else "drawn",
    )


@dataclass(frozen=True, eq=False)
class TenRun(Frozen):
    """A recorded training. Step k is the state after k updates."""

    config: TenConfig
    plan: Plan
    parameters: FloatArray  # (UPDATES + 1, n_parameters)

    @property
    def last_step(self) -> int:
        """Number of updates, the last step."""
        return len(self.parameters) - 1

    @property
    def held_out(self) -> IntArray:
        """Where the pictures that are not learned from stand in the file."""
        return self.plan.split.test

    @property
    def labels(self) -> IntArray:
        """The digits that those pictures show."""
        return digits().labels[self.held_out]

    @cached_property
    def digit_accuracy(self) -> FloatArray:
        """Fraction of the held-out pictures of each digit that is right, (UPDATES + 1, 10)."""
        return digit_accuracy(self, self.parameters)

    @cached_property
    def n_right(self) -> IntArray:
        """How many of the held-out pictures are right at every step, (UPDATES + 1,)."""
        counts = np.bincount(self.labels, minlength=KINDS)
        return np.rint(self.digit_accuracy @ counts).astype(np.int64)

    def accuracy(self, step: int) -> float:
        """Return the fraction of the held-out pictures that is right at a step."""
        return float(self.n_right[step]) / len(self.held_out)

    def train_accuracy(self, step: int) -> float:
        """Return the fraction of the pictures learned from that is right at a step."""
        said = evaluation.outputs(
            self.plan, self.parameters[step : step + 1], self.plan.train_inputs
        )
        return float(
            evaluation.accuracy(self.plan, said, self.plan.sample.y[self.plan.split.train])[0]
        )


def train_ten(config: TenConfig) -> TenRun:
    """Train the network, and return the record of all its steps."""
    plan = plan_of(config)
    made = record(Timeline.of(plan, UPDATES), shown_every=1)
    return TenRun(config, plan, made.parameters_every(1, 0, UPDATES))


def measure(config: TenConfig) -> float:
    """Train, and return the accuracy on the held-out pictures at the end."""
    plan = plan_of(config)
    made = record(Timeline.of(plan, UPDATES))
    said = evaluation.outputs(plan, made.parameters_at(UPDATES)[np.newaxis], plan.test_inputs)
    return float(evaluation.accuracy(plan, said, plan.sample.y[plan.split.test])[0])


def probabilities(
    run: TenRun, parameters: FloatArray, inputs: FloatArray, off: int | None = None
) -> FloatArray:
    """Return the probability of each digit, shape (n_steps, n_pictures, 10).

    Parameters
    ----------
    parameters : ndarray, shape (n_steps, n_parameters)
    inputs : ndarray, shape (n_pictures, 64)
        From 0 to 1.
    off : int or None
        A hidden unit, from 0, whose output is taken to be 0.
    """
    if off is None:
        return evaluation.outputs(run.plan, parameters, inputs)
    keep = np.ones(run.config.units)
    keep[off] = 0.0
    found = np.empty((len(parameters), len(inputs), KINDS))
    for block in evaluation.blocks(run.plan, len(parameters), len(inputs)):
        found[block] = evaluation.forward(run.plan, parameters[block], inputs, [keep])[-1][1]
    return found


def digit_accuracy(run: TenRun, parameters: FloatArray, off: int | None = None) -> FloatArray:
    """Return the fraction of the held-out pictures of each digit that is right, (n_steps, 10)."""
    right = probabilities(run, parameters, run.plan.test_inputs, off).argmax(axis=-1) == run.labels
    own = (run.labels[:, np.newaxis] == np.arange(KINDS)).astype(np.float64)
    return np.asarray(right.astype(np.float64) @ own / own.sum(axis=0))
