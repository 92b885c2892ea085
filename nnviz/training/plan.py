"""A plan: everything that one training depends on, as one pure value."""

from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Annotated

import numpy as np
import numpy.typing as npt

from nnviz.data.sample import MOST_ROWS, Sample
from nnviz.data.split import SPLITS, Split, split, split_by_number
from nnviz.nn.architecture import ENGINEERED, Architecture, offered_inputs
from nnviz.nn.checks import Check, Checked, FloatArray, instance, integer, matrix, number, one_of
from nnviz.nn.initializers import start_parameters
from nnviz.nn.inputs import FEATURES, Standardiser
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Layer, Network
from nnviz.nn.rng import LARGEST_SEED, generator, normals, tutorial_stream
from nnviz.training.hyperparameters import Hyperparameters

MOST_TEST_FRACTION = 0.9


@dataclass(frozen=True)
class Plan(Checked):
    """One training, complete: equal plans make bit-identical runs on one machine.

    Attributes
    ----------
    sample : Sample
    architecture : Architecture
    hyperparameters : Hyperparameters
    test_fraction : float
        Fraction of the rows that are held out, 0 to 0.9.
    seed : int
        Of the split, the starting weights, the order of the rows and the units left out.
    n_train : int
        Rows that are learned from, all others being held out; 0 leaves it to `test_fraction`.
    split_by : {"drawn", "in order"}
        Which rows those are: see `split.split_by_number`.

    Raises
    ------
    TypeError, ValueError
        If the loss does not suit the sample, or an input is not there.
    """

    sample: Annotated[Sample, Check(instance, kind=Sample)]
    architecture: Annotated[Architecture, Check(instance, kind=Architecture)] = field(
        default_factory=Architecture
    )
    hyperparameters: Annotated[Hyperparameters, Check(instance, kind=Hyperparameters)] = field(
        default_factory=Hyperparameters
    )
    test_fraction: Annotated[float, Check(number, low=0.0, high=MOST_TEST_FRACTION)] = 0.5
    seed: Annotated[int, Check(integer, low=0, high=LARGEST_SEED)] = 0
    n_train: Annotated[int, Check(integer, low=0, high=MOST_ROWS)] = 0
    split_by: Annotated[str, Check(one_of, options=SPLITS)] = "drawn"

    def check_together(self) -> None:
        """Refuse a loss that does not suit the sample, an input or rows that are not there."""
        integer(self.n_train, "n_train", 0, self.sample.n_rows - 1)
        if self.split_by != "drawn" and not self.n_train:
            raise ValueError("rows in order need n_train, how many are learned from.")
        loss = LOSSES[self.architecture.loss]
        if not loss.suits(self.sample.n_classes):
            which = "two classes" if loss.most_classes == 2 else "classes"
            raise ValueError(f"loss {loss.name} needs a sample with {which}.")
        known = offered_inputs(self.sample.X.shape[1])
        for name in self.architecture.inputs:
            if name not in known:
                raise ValueError(f"an input must be one of {', '.join(known)}, not {name}.")

    @property
    def column_inputs(self) -> tuple[str, ...]:
        """The columns of the sample as inputs: "x1", "x2" and so on."""
        return tuple(f"x{k + 1}" for k in range(self.sample.X.shape[1]))

    @property
    def n_outputs(self) -> int:
        """Units of the last layer: one for each class, or one for two classes or a number."""
        return LOSSES[self.architecture.loss].n_outputs(self.sample.n_classes)

    @property
    def sizes(self) -> tuple[int, ...]:
        """Inputs, then units of every layer."""
        hidden = (units for units, _ in self.architecture.hidden)
        return (len(self.architecture.inputs), *hidden, self.n_outputs)

    @property
    def activations(self) -> tuple[str, ...]:
        """Activation of every layer."""
        return self.architecture.activations

    @property
    def loss(self) -> str:
        """The loss of the output."""
        return self.architecture.loss

    @property
    def n_parameters(self) -> int:
        """Weights and biases together."""
        return sum((n_inputs + 1) * n_units for n_inputs, n_units in pairwise(self.sizes))

    @cached_property
    def split(self) -> Split:
        """Which rows are learned from, and which are held out."""
        if self.n_train:
            return split_by_number(self.sample, self.n_train, self.seed, self.split_by)
        return split(self.sample, self.test_fraction, self.seed)

    @property
    def holds_out(self) -> bool:
        """Whether it says that rows are held out; a split of very few rows may have none."""
        return self.n_train > 0 or self.test_fraction > 0.0

    @cached_property
    def standardiser(self) -> Standardiser | None:
        """What is done to every input, or None."""
        if not self.architecture.standardise:
            return None
        return Standardiser.fit(self._engineered(self.sample.X[self.split.train]))

    @cached_property
    def target_scale(self) -> tuple[float, float]:
        """Mean and scale that targets of a regression are freed of; 0 and 1 where they are not."""
        if self.sample.classes or not self.architecture.standardise:
            return 0.0, 1.0
        scaler = Standardiser.fit(self.sample.y[self.split.train][:, np.newaxis])
        return float(scaler.mean[0]), float(scaler.scale[0])

    @property
    def target_levels(self) -> tuple[float, float]:
        """What an output should be for a class that it does not stand for, and for its own."""
        return (-1.0, 1.0) if self.architecture.output == "tanh" else (0.0, 1.0)

    def inputs(self, points: npt.ArrayLike) -> FloatArray:
        """Return what the network is given for points.

        The result has the shape (n_points, n_inputs). `points` has the shape (n_points, n_columns)
        or (n_points, 2): in the units of the columns; where only the plane's two are given, the
        others are at their mean over the training rows.
        """
        points = matrix(points, "points")
        n_columns = self.sample.X.shape[1]
        if points.shape[1] == 2 < n_columns:
            rest = self.sample.X[self.split.train, 2:].mean(axis=0)
            points = np.column_stack([points, np.tile(rest, (len(points), 1))])
        if points.shape[1] == 2 > n_columns:
            points = points[:, :1]  # the second axis of the plane is the target
        inputs = self._engineered(matrix(points, "points", n_columns=n_columns))
        return inputs if self.standardiser is None else self.standardiser.transform(inputs)

    def _engineered(self, points: FloatArray) -> FloatArray:
        columns = []
        for name in self.architecture.inputs:
            if name in ENGINEERED:
                columns.append(FEATURES[name].value(points[:, 0], points[:, 1 % points.shape[1]]))
            else:
                columns.append(points[:, self.column_inputs.index(name)])
        return np.column_stack(columns)

    def targets(self, y: npt.ArrayLike) -> FloatArray:
        """Return what the outputs should be for values of `sample.y`, (n_rows, n_outputs)."""
        y = np.asarray(y, dtype=np.float64)
        if not self.sample.classes:
            mean, scale = self.target_scale
            return ((y - mean) / scale)[:, np.newaxis]
        low, high = self.target_levels
        own = np.arange(self.n_outputs) if self.n_outputs > 1 else np.array([1])
        return np.where(y[:, np.newaxis] == own, high, low)

    @cached_property
    def train_inputs(self) -> FloatArray:
        """Of the training rows, shape (n_train, n_inputs); read-only, as all of these."""
        return _frozen(self.inputs(self.sample.X[self.split.train]))

    @cached_property
    def test_inputs(self) -> FloatArray:
        """Of the rows held out, shape (n_test, n_inputs)."""
        rows = self.sample.X[self.split.test]
        n_inputs = len(self.architecture.inputs)
        return _frozen(self.inputs(rows) if len(rows) else np.empty((0, n_inputs)))

    @cached_property
    def train_targets(self) -> FloatArray:
        """Of the training rows, shape (n_train, n_outputs)."""
        return _frozen(self.targets(self.sample.y[self.split.train]))

    @cached_property
    def test_targets(self) -> FloatArray:
        """Of the rows held out, shape (n_test, n_outputs)."""
        return _frozen(self.targets(self.sample.y[self.split.test]))

    @property
    def batch_size(self) -> int:
        """Rows of one update: all of them where more are asked for than there are."""
        return min(self.hyperparameters.batch_size, len(self.split.train))

    @property
    def updates_per_epoch(self) -> int:
        """Updates in which every training row is used once; the last one may have fewer rows."""
        return -(-len(self.split.train) // self.batch_size)

    @cached_property
    def start(self) -> FloatArray:
        """Parameters before the first update, shape (n_parameters,), in the order of `Network`."""
        initialisation = self.architecture.initialisation
        if initialisation == "tutorial":
            return _frozen(normals(self.n_parameters, rng=tutorial_stream(self.seed)))
        rng = generator(self.seed, "weights")
        return _frozen(start_parameters(self.sizes, initialisation, rng=rng))

    def layers(self, parameters: FloatArray) -> list[tuple[FloatArray, FloatArray]]:
        """Return weights (..., n_inputs, n_units) and bias (..., n_units) of each layer."""
        layers, used = [], 0
        for n_inputs, n_units in pairwise(self.sizes):
            end = used + n_inputs * n_units
            weights = parameters[..., used:end].reshape(*parameters.shape[:-1], n_inputs, n_units)
            layers.append((weights, parameters[..., end : end + n_units]))
            used = end + n_units
        return layers

    def network(self, parameters: FloatArray) -> Network:
        """Return the network with parameters of this plan, shape (n_parameters,).

        Raises ValueError if the output is softmax, which is no activation of single units.
        """
        layers = zip(self.layers(parameters), self.activations, strict=True)
        return Network(tuple(Layer(*layer, activation) for layer, activation in layers))


def _frozen(array: FloatArray) -> FloatArray:
    array = np.ascontiguousarray(array)
    array.flags.writeable = False
    return array
