"""From a prediction to an answer: the threshold, and the prediction as a probability."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import Frozen, integer, number
from nnviz.nn.rng import generator


def decide(prediction: float, threshold: float) -> int:
    """Return the class that a prediction stands for: 1 from the threshold on, else 0."""
    return int(number(prediction, "prediction") >= number(threshold, "threshold"))


@dataclass(frozen=True, eq=False)
class CoinFlips(Frozen):
    """Coins that come up 1 with the probability of a prediction."""

    probability: float
    came_up: npt.NDArray[np.bool_]  # (n,): which coins came up 1

    @property
    def n_ones(self) -> int:
        """How many coins came up 1."""
        return int(self.came_up.sum())


def flip_coins(probability: float, seed: int, n: int = 100) -> CoinFlips:
    """Flip n coins that come up 1 with this probability.

    A coin comes up 1 if its random number lies below the probability. With the same seed the
    numbers are the same, so a higher probability only ever turns coins from 0 to 1. Raises
    TypeError or ValueError if the probability is not from 0 to 1, n not from 1 to 10,000, or
    the seed is none.
    """
    probability = number(probability, "probability", 0, 1)
    n = integer(n, "n", 1, 10_000)
    drawn = generator(seed, "coin flips").random(n)
    return CoinFlips(probability, np.asarray(drawn < probability))
