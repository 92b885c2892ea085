"""What a training run is made of: every choice as a pure value, so that it can be a key."""

import sys
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import Sample
from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import (
    Check,
    Checked,
    FloatArray,
    instance,
    integer,
    items,
    matrix,
    number,
    numbers,
    one_of,
    vector,
)
from nnviz.nn.inputs import FEATURES, Standardiser, engineer
from nnviz.nn.losses import ELEMENTWISE
from nnviz.nn.rng import LARGEST_SEED

MOST_STEPS = 1_000_000
MOST_ROWS = 10_000
MOST_HIDDEN_LAYERS = 8
MOST_UNITS = 64
LARGEST_COORDINATE = 1e6
ORDERS = ("random", "shuffled", "in turn")

_COORDINATES = ("x1", "x2")


def _rows(values: npt.ArrayLike, name: str) -> tuple[tuple[float, float], ...]:
    table = matrix(values, name, n_columns=2, largest=LARGEST_COORDINATE)
    if len(table) > MOST_ROWS:
        raise ValueError(f"rows must be at most {MOST_ROWS}, but are {len(table)}.")
    return tuple((x1, x2) for x1, x2 in table.tolist())


def _targets(values: npt.ArrayLike, name: str) -> tuple[int, ...]:
    targets = vector(values, name)
    if not np.isin(targets, (0.0, 1.0)).all():
        raise ValueError("targets must be 0 or 1 for every row.")
    return tuple(int(target) for target in targets)


def _features(values: Any, name: str) -> tuple[str, ...]:
    addable = tuple(name for name in FEATURES if name not in _COORDINATES)
    names = tuple(one_of(each, "a feature", addable) for each in items(values, name))
    if len(set(names)) < len(names):
        raise ValueError("features must hold each feature once, but one is repeated.")
    return names


def _hidden(values: Any, name: str) -> tuple[tuple[int, str], ...]:
    layers = _pairs(values, name, "units and an activation")
    if len(layers) > MOST_HIDDEN_LAYERS:
        raise ValueError(f"hidden must be at most {MOST_HIDDEN_LAYERS} layers, not {len(layers)}.")
    return tuple(
        (
            integer(units, "units of a hidden layer", 1, MOST_UNITS),
            one_of(activation, "activation of a hidden layer", ACTIVATIONS),
        )
        for units, activation in layers
    )


def _rate(value: Any, name: str) -> float:
    return number(value, name, 0.0, sys.float_info.max)


def _rate_changes(values: Any, name: str) -> tuple[tuple[int, float], ...]:
    changes = tuple(
        (integer(step, "step of a rate change", 0, MOST_STEPS), _rate(rate, "rate of a change"))
        for step, rate in _pairs(values, name, "a step and a rate")
    )
    steps = [step for step, _ in changes]
    if sorted(set(steps)) != steps:
        raise ValueError("rate_changes must stand in the order of their steps, each step once.")
    return changes


def _pairs(values: Any, name: str, what: str) -> list[tuple[Any, Any]]:
    pairs = []
    for item in items(values, name):
        pair = items(item, f"each of {name}")
        if len(pair) != 2:
            raise ValueError(f"{name} must hold pairs of {what}, not {len(pair)} values.")
        pairs.append((pair[0], pair[1]))
    return pairs


def _true_or_false(value: Any, name: str) -> bool:
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, not {value!r}.")
    return bool(value)


@dataclass(frozen=True)
class Begin(Checked):
    """Where a run begins that goes on from a step of another one: a branch.

    Attributes
    ----------
    step : int
        Its first step; what came before is the other run's.
    parameters : tuple of float
        At that step, in the order of `Network.parameters`; dimensionless.
    n_inputs : int
        Inputs that the first of all these runs began with. They decide how many numbers the stream
        of random rows has given before update 1, so a branch sees the rows that its trunk sees.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    step: Annotated[int, Check(integer, "step of begin", low=0, high=MOST_STEPS)]
    parameters: Annotated[tuple[float, ...], Check(numbers, "parameters of begin", largest=np.inf)]
    n_inputs: Annotated[int, Check(integer, "n_inputs of begin", low=1, high=100)] = 2


@dataclass(frozen=True)
class RunConfig(Checked):
    """One training run by one-row updates, complete: equal configs make bit-identical runs.

    Attributes
    ----------
    rows : tuple of (float, float)
        The points (x1, x2), dimensionless; any table of two columns is taken.
    targets : tuple of int
        0 or 1 for every row.
    features : tuple of str
        Inputs added to x1 and x2, keys of `inputs.FEATURES`.
    standardise : bool
        Whether every input is moved to mean 0 and scaled to standard deviation 1 over the rows.
    hidden : tuple of (int, str)
        Units and activation of each hidden layer; none for the single neuron.
    output_activation, loss : str
        A key of `ACTIVATIONS`, and one of `losses.ELEMENTWISE`.
    learning_rate : float
        Of the first update; dimensionless.
    rate_changes : tuple of (int, float)
        ``(step, rate)``: the parameters up to that step stay as they were, and the updates that
        follow it are made with that rate.
    steps, record_every : int
        Updates to make, and after how many of them the record takes a note.
    seed : int
        Of the starting parameters and the order of the rows.
    order : {"random", "shuffled", "in turn"}
        A row at random, with replacement, for every update; every row once per epoch in a new
        order; the rows as they stand, over and over.
    begin : Begin, optional
        Where the run goes on from another one, instead of starting at step 0.

    Raises
    ------
    TypeError, ValueError
        With a sentence that says what is wrong and what would be right.
    """

    rows: Annotated[tuple[tuple[float, float], ...], Check(_rows)]
    targets: Annotated[tuple[int, ...], Check(_targets)]
    features: Annotated[tuple[str, ...], Check(_features)] = ()
    standardise: Annotated[bool, Check(_true_or_false)] = False
    hidden: Annotated[tuple[tuple[int, str], ...], Check(_hidden)] = ()
    output_activation: Annotated[str, Check(one_of, options=ACTIVATIONS)] = "sigmoid"
    loss: Annotated[str, Check(one_of, options=ELEMENTWISE)] = "squared_error"
    learning_rate: Annotated[float, Check(_rate)] = 0.1
    rate_changes: Annotated[tuple[tuple[int, float], ...], Check(_rate_changes)] = ()
    steps: Annotated[int, Check(integer, low=1, high=MOST_STEPS)] = 10_000
    record_every: Annotated[int, Check(integer, low=1, high=MOST_STEPS)] = 100
    seed: Annotated[int, Check(integer, low=0, high=LARGEST_SEED)] = 0
    order: Annotated[str, Check(one_of, options=ORDERS)] = "random"
    begin: Begin | None = None

    def check_together(self) -> None:
        """Refuse rows and targets, a beginning, or a loss and an output that do not fit."""
        if len(self.rows) != len(self.targets):
            raise ValueError(
                f"rows and targets must be as many, but are {len(self.rows)} and "
                f"{len(self.targets)}."
            )
        self._check_begin()
        if self.loss == "binary_cross_entropy" and self.output_activation != "sigmoid":
            raise ValueError(
                "loss binary_cross_entropy needs predictions between 0 and 1: "
                f"output_activation must be sigmoid, not {self.output_activation}."
            )

    def _check_begin(self) -> None:
        if self.begin is None:
            return
        instance(self.begin, "begin", Begin)
        if len(self.begin.parameters) != self.n_parameters:
            raise ValueError(
                f"begin must hold the {self.n_parameters} parameters of this network, "
                f"not {len(self.begin.parameters)}."
            )
        if self.begin.step > self.steps:
            raise ValueError(
                f"begin must lie within the {self.steps} steps of the run, not at step "
                f"{self.begin.step}."
            )

    @classmethod
    def from_dataset(cls, dataset: Sample, **choices: Any) -> "RunConfig":
        """Return the config that trains on the rows of `dataset`, with any other choices."""
        instance(dataset, "dataset", Sample)
        return cls(rows=_rows(dataset.X, "rows"), targets=_targets(dataset.y, "targets"), **choices)

    @property
    def input_names(self) -> tuple[str, ...]:
        """What the network is given, in order."""
        return _COORDINATES + self.features

    @property
    def sizes(self) -> tuple[int, ...]:
        """Inputs, then units of every layer."""
        return (len(self.input_names), *(units for units, _ in self.hidden), 1)

    @property
    def activations(self) -> tuple[str, ...]:
        """Activation of every layer."""
        return (*(activation for _, activation in self.hidden), self.output_activation)

    @property
    def first_step(self) -> int:
        """The step that the run begins with, 0 if it is no branch."""
        return self.begin.step if self.begin else 0

    @property
    def n_parameters(self) -> int:
        """Weights and biases together."""
        return sum((n_inputs + 1) * n_units for n_inputs, n_units in pairwise(self.sizes))

    @property
    def y(self) -> FloatArray:
        """The targets, shape (n_rows,)."""
        return np.array(self.targets, dtype=np.float64)

    @property
    def n_outputs(self) -> int:
        """Units of the last layer."""
        return 1

    @cached_property
    def train_inputs(self) -> FloatArray:
        """What the network is given for the rows, shape (n_rows, n_inputs), read-only."""
        inputs = np.ascontiguousarray(self.inputs())
        inputs.flags.writeable = False
        return inputs

    @cached_property
    def train_targets(self) -> FloatArray:
        """The targets as those of several outputs would stand, shape (n_rows, 1), read-only."""
        targets = self.y[:, np.newaxis]
        targets.flags.writeable = False
        return targets

    @property
    def standardiser(self) -> Standardiser | None:
        """What is done to every input, or None."""
        if not self.standardise:
            return None
        return Standardiser.fit(engineer(self.rows, self.input_names))

    def inputs(self, points: npt.ArrayLike | None = None) -> FloatArray:
        """Return what the network is given for `points` (x1, x2), or for the rows.

        Returns
        -------
        ndarray, shape (n_points, n_inputs)
            Dimensionless.
        """
        inputs = engineer(self.rows if points is None else points, self.input_names)
        standardiser = self.standardiser
        return inputs if standardiser is None else standardiser.transform(inputs)

    def learning_rate_at(self, step: int) -> float:
        """Return the rate of the update that leads from `step` to the next."""
        step = integer(step, "step", 0, MOST_STEPS)
        begun = [rate for from_step, rate in self.rate_changes if from_step <= step]
        return begun[-1] if begun else self.learning_rate

    def learning_rates(self, first: int, last: int) -> FloatArray:
        """Return the rates of the updates from one step to another, shape (last - first,)."""
        rates = np.full(last - first, self.learning_rate)
        for step, rate in self.rate_changes:
            rates[max(0, step - first) :] = rate
        return rates
