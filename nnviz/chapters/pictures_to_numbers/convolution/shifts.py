"""What is left of the answers when every held-out picture is moved sideways."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from nnviz.chapters.pictures_to_numbers.convolution.network import (
    FilterConfig,
    FilterNetwork,
    forward,
    learn,
    windows_of,
)
from nnviz.chapters.pictures_to_numbers.drawing import SIDE
from nnviz.chapters.pictures_to_numbers.two_digits import (
    MOST_PICTURES,
    NeuronConfig,
    is_eight,
    order,
    train_neuron,
)
from nnviz.data.digits import digits
from nnviz.nn.checks import FloatArray, Frozen, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.study_results import Band, band

SHIFTS: Final = (-2, -1, 0, 1, 2)
"""Columns by which pictures are moved to the right."""

READERS: Final = MappingProxyType({"weights": 0, "one": 1, "two": 2})
"""What reads a picture, and how many filters it has: the neuron of 64 weights has none."""

REPEATS: Final = 12

Trial: TypeAlias = tuple[int, str]
"""Index of the repeat, and a key of `READERS`."""


def moved(pictures: npt.NDArray[Any], right: int) -> npt.NDArray[Any]:
    """Return pictures, shape (n, 64), moved to the right; ink beyond the edge is lost."""
    grids = np.roll(pictures.reshape(-1, SIDE, SIDE), right, axis=2)
    if right > 0:
        grids[:, :, :right] = 0
    elif right < 0:
        grids[:, :, right:] = 0
    return grids.reshape(pictures.shape)


def held_out(seed: int) -> npt.NDArray[np.int64]:
    """Return where the threes and eights stand in the file that nothing here learns from."""
    return order(seed)[MOST_PICTURES:]


def of_filters(network: FilterNetwork, seed: int) -> FloatArray:
    """Return the accuracy on the held-out pictures at each of `SHIFTS`, shape (5,)."""
    pictures, right = digits().pictures[held_out(seed)], is_eight(held_out(seed)) == 1
    found = [forward(network, windows_of(moved(pictures, shift))).z for shift in SHIFTS]
    return np.array([_accuracy(z, right) for z in found])


def of_weights(parameters: FloatArray, seed: int) -> FloatArray:
    """Return the same for a neuron with 64 weights and, last, a bias."""
    pictures, right = digits().pictures[held_out(seed)], is_eight(held_out(seed)) == 1
    found = [moved(pictures, shift) @ parameters[:-1] + parameters[-1] for shift in SHIFTS]
    return np.array([_accuracy(z, right) for z in found])


def _accuracy(z: FloatArray, right: npt.NDArray[np.bool_]) -> float:
    """Return the fraction of right answers; a sum of exactly 0 says neither 3 nor 8."""
    return float((np.where(right, z, -z) > 0).mean())


def measure(seed: int, reader: str) -> FloatArray:
    """Train from the pictures of a seed, and return the accuracies at each of `SHIFTS`."""
    n_filters = READERS[reader]
    if not n_filters:
        return of_weights(train_neuron(NeuronConfig(MOST_PICTURES, seed)).parameters[-1], seed)
    return of_filters(learn(FilterConfig(MOST_PICTURES, seed, n_filters)), seed)


@dataclass(frozen=True)
class ShiftStudy:
    """Trainings of each reader from the pictures of several seeds."""

    seed: int  # of the first repeat

    def __post_init__(self) -> None:
        integer(self.seed, "seed", 0, LARGEST_SEED - REPEATS)

    def trials(self) -> Iterator[Trial]:
        """Yield all trials, repeat by repeat; all of one repeat learn from the same pictures."""
        for repeat in range(REPEATS):
            for reader in READERS:
                yield repeat, reader


@dataclass(frozen=True, eq=False)
class ShiftResults(Frozen):
    """The results of a study so far."""

    study: ShiftStudy
    # (n_readers, n_shifts, REPEATS): accuracy, 0 to 1; NaN where a trial is to come
    accuracy: FloatArray

    @property
    def n_done(self) -> int:
        """Number of trials that have been made."""
        return int(np.isfinite(self.accuracy[:, 0]).sum())

    @property
    def n_trials(self) -> int:
        """Number of trials of the whole study."""
        return len(READERS) * REPEATS

    @property
    def complete(self) -> bool:
        """Whether all trials have been made."""
        return self.n_done == self.n_trials

    def band(self, reader: str) -> Band:
        """Return the middle of the repeats at each of `SHIFTS`."""
        return band(self.accuracy[list(READERS).index(reader)])


def shift_results(study: ShiftStudy, made: Mapping[Trial, FloatArray]) -> ShiftResults:
    """Return the results of a study from the accuracies that are known."""
    accuracy = np.full((len(READERS), len(SHIFTS), REPEATS), np.nan)
    for (repeat, reader), values in made.items():
        accuracy[list(READERS).index(reader), :, repeat] = values
    return ShiftResults(study, accuracy)
