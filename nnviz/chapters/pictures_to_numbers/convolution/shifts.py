"""What is left of the answers when every held-out picture is moved sideways."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

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
from nnviz.nn.checks import FloatArray, integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.training.study_results import Band
from nnviz.training.trials import Study, Trial, Trials

SHIFTS: Final = (-2, -1, 0, 1, 2)
"""Columns by which pictures are moved to the right."""

READERS: Final = MappingProxyType({"weights": 0, "one": 1, "two": 2})
"""What reads a picture, and how many filters it has: the neuron of 64 weights has none."""

REPEATS: Final = 12


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
    return _accuracies(seed, lambda pictures: forward(network, windows_of(pictures)).z)


def of_weights(parameters: FloatArray, seed: int) -> FloatArray:
    """Return the same for a neuron with 64 weights and, last, a bias."""
    return _accuracies(seed, lambda pictures: pictures @ parameters[:-1] + parameters[-1])


def _accuracies(seed: int, sums: Callable[[npt.NDArray[Any]], FloatArray]) -> FloatArray:
    """Return the fractions of right answers; a sum of exactly 0 says neither 3 nor 8."""
    pictures, eight = digits().pictures[held_out(seed)], is_eight(held_out(seed)) == 1
    found = [sums(moved(pictures, shift)) for shift in SHIFTS]
    return np.array([(np.where(eight, z, -z) > 0).mean() for z in found])


def measure(seed: int, reader: str) -> FloatArray:
    """Train from the pictures of a seed, and return the accuracies at each of `SHIFTS`."""
    n_filters = READERS[reader]
    if not n_filters:
        return of_weights(train_neuron(NeuronConfig(MOST_PICTURES, seed)).parameters[-1], seed)
    return of_filters(learn(FilterConfig(MOST_PICTURES, seed, n_filters)), seed)


@dataclass(frozen=True)
class ShiftStudy(Study[tuple[int, str]]):
    """Trainings of each reader, those of one repeat from the same pictures.

    A trial is the index of the repeat, and that in `READERS`; its config, a seed and a reader.
    """

    seed: int  # of the first repeat

    def __post_init__(self) -> None:
        integer(self.seed, "seed", 0, LARGEST_SEED - REPEATS)

    @property
    def shape(self) -> tuple[int, ...]:
        """Numbers of repeats and of `READERS`."""
        return REPEATS, len(READERS)

    def config_of(self, trial: Trial) -> tuple[int, str]:
        """Return what `measure` needs for a trial."""
        repeat, reader = trial
        return self.seed + repeat, tuple(READERS)[reader]


class ShiftResults(Trials[ShiftStudy]):
    """The accuracies of a study so far: of a trial at each of `SHIFTS`."""

    numbers = (len(SHIFTS),)

    def of_reader(self, reader: str) -> Band:
        """Return the middle of the repeats of a reader at each of `SHIFTS`."""
        return self.band(tuple(READERS).index(reader))
