"""The tutorial's neuron learns to tell 3 from 8: the pictures, the run, and every step of it.

Its 64 inputs are the inks of a picture, 0 to 16, as they are. As in the tutorial one picture makes
one update, and the error is the squared miss. It starts with all weights at 0: what is seen in them
later has been learned. `PictureStudy` repeats it with more and more pictures.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.pictures_to_numbers.drawing import Drawing
from nnviz.data.digits import PIXEL_NAMES, digits
from nnviz.data.sample import Sample
from nnviz.nn.architecture import Architecture
from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.rng import LARGEST_SEED, generator
from nnviz.training.hyperparameters import Hyperparameters
from nnviz.training.plan import Plan
from nnviz.training.record import record
from nnviz.training.timeline import Timeline
from nnviz.training.trials import Study, Trial, Trials

TWO: Final = (3, 8)
"""The digits that are told apart; the prediction is how sure the neuron is of the second."""

STREAM: Final = "threes and eights"
"""The stream of random numbers that says which pictures are learned from."""

UPDATES: Final = 2_000
RATE: Final = 0.01
FEWEST_PICTURES: Final = 2
MOST_PICTURES: Final = 200

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True)
class NeuronConfig:
    """Everything that one training depends on: equal configs make equal runs."""

    n_train: int = 20  # pictures that are learned from; all others are held out
    seed: int = 0  # which pictures these are, and in which order they come

    def __post_init__(self) -> None:
        integer(self.n_train, "n_train", FEWEST_PICTURES, MOST_PICTURES)
        integer(self.seed, "seed", 0, LARGEST_SEED)


@lru_cache(maxsize=64)
def order(seed: int) -> IntArray:
    """Return where the threes and eights stand in the file, in an order by chance; read-only.

    A training takes the first of them, so one with more pictures takes those of the smaller one and
    more, and those behind the first 200 are never learned from.
    """
    both = np.flatnonzero(np.isin(digits().labels, TWO))
    found = generator(seed, STREAM).permutation(both)
    found.flags.writeable = False
    return found


def is_eight(pictures: IntArray) -> FloatArray:
    """Return the target of each of some pictures: 1 for an 8, 0 for a 3."""
    return np.asarray(digits().labels[pictures] == TWO[1], dtype=np.float64)


def examples(seed: int, digit: int) -> tuple[Drawing, ...]:
    """Return the pictures of one digit that no training with this seed learns from."""
    others = order(seed)[MOST_PICTURES:]
    own = others[digits().labels[others] == digit]
    return tuple(tuple(picture) for picture in digits().pictures[own].tolist())


def plan_of(config: NeuronConfig) -> Plan:
    """Return the plan of a training: the tutorial's neuron with 64 inputs."""
    train = order(config.seed)[: config.n_train]
    inks, names = digits().pictures[train].astype(np.float64), tuple(map(str, TWO))
    sample = Sample(inks, is_eight(train), PIXEL_NAMES, names, "digit")
    how = Hyperparameters(learning_rate=RATE, batch_size=1)
    return neuron_plan(sample, "squared_error", how, config.seed)


def neuron_plan(sample: Sample, loss: str, how: Hyperparameters, seed: int) -> Plan:
    """Return the plan of one sigmoid neuron that reads squares as they are and starts at 0."""
    architecture = Architecture(
        PIXEL_NAMES, standardise=False, hidden=(), loss=loss, initialisation="zeros"
    )
    return Plan(sample, architecture, how, test_fraction=0.0, seed=seed)


@dataclass(frozen=True, eq=False)
class NeuronRun(Frozen):
    """A recorded training. Step k is the state after k updates; at step 0 all parameters are 0."""

    config: NeuronConfig
    parameters: FloatArray  # (UPDATES + 1, 65): the weights of the squares, then the bias
    used: IntArray  # (UPDATES,): which of the pictures in the file each update learned from

    @property
    def train(self) -> IntArray:
        """Where the pictures that are learned from stand in the file."""
        return order(self.config.seed)[: self.config.n_train]

    @property
    def held_out(self) -> IntArray:
        """Where all other threes and eights stand in the file."""
        return order(self.config.seed)[self.config.n_train :]

    @property
    def last_step(self) -> int:
        """Number of updates, the last step."""
        return len(self.parameters) - 1

    @cached_property
    def mean_inks(self) -> FloatArray:
        """Mean ink of each square, shape (2, 64): of the threes learned from, then of the eights.

        NaN where there is none of a digit.
        """
        own = digits().pictures[self.train].astype(np.float64)
        eight = is_eight(self.train) == 1
        kinds = (own[~eight], own[eight])
        return np.array([k.mean(axis=0) if len(k) else np.full(64, np.nan) for k in kinds])

    @cached_property
    def held_out_accuracy(self) -> FloatArray:
        """Fraction of the held-out pictures that are answered right at every step."""
        return accuracy(self.parameters, self.held_out)

    @cached_property
    def train_accuracy(self) -> FloatArray:
        """Fraction of the pictures learned from that are answered right at every step."""
        return accuracy(self.parameters, self.train)


def accuracy(parameters: FloatArray, pictures: IntArray) -> FloatArray:
    """Return the fraction of some pictures that are answered right, shape (n_steps,).

    A sum above 0 says 8, one below 0 says 3; one of exactly 0 says neither and is not right.
    """
    sums = parameters[:, :-1] @ digits().pictures[pictures].T.astype(np.float64)
    signs = np.where(is_eight(pictures) == 1, 1.0, -1.0)
    return np.asarray(((sums + parameters[:, -1:]) * signs > 0).mean(axis=1))


def train_neuron(config: NeuronConfig) -> NeuronRun:
    """Train the neuron from 0, and return the record of all its steps."""
    made = record(Timeline.of(plan_of(config), UPDATES))
    picks = np.asarray(made.picks(0, UPDATES), dtype=np.int64)
    return NeuronRun(
        config,
        made.parameters_every(1, 0, UPDATES),
        order(config.seed)[: config.n_train][picks],
    )


def measure(config: NeuronConfig) -> float:
    """Train, and return the accuracy on the held-out pictures at the end."""
    made = record(Timeline.of(plan_of(config), UPDATES))
    held_out = order(config.seed)[config.n_train :]
    return float(accuracy(made.parameters_at(UPDATES)[np.newaxis], held_out)[0])


SIZES: Final = (10, 20, 40, 60, 100, 200)
"""Numbers of pictures that are learned from."""

REPEATS: Final = 40
LARGEST_FIRST_SEED: Final = LARGEST_SEED - REPEATS


@dataclass(frozen=True)
class PictureStudy(Study[NeuronConfig]):
    """How many pictures it takes: trainings from more and more of them, many times.

    A trial is the index of the repeat, and that in `SIZES`.
    """

    seed: int  # of the first repeat

    def __post_init__(self) -> None:
        integer(self.seed, "seed", 0, LARGEST_FIRST_SEED)

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of repeats and of `SIZES`."""
        return REPEATS, len(SIZES)

    def config_of(self, trial: Trial) -> NeuronConfig:
        """Return the config of a trial."""
        repeat, size = trial
        return NeuronConfig(SIZES[size], self.seed + repeat)


PictureTrials = Trials[PictureStudy]
