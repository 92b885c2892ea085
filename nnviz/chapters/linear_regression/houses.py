"""Houses: made-up prices from area and age, with the truth that they were made from."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from nnviz.data.sample import Sample
from nnviz.nn.checks import integer, number
from nnviz.nn.rng import LARGEST_SEED, generator

FEWEST_ROWS: Final = 3
MOST_ROWS: Final = 60
MOST_NOISE: Final = 100.0

COLUMNS: Final = ("area (m²)", "age (years)")
TARGET: Final = "price (thousand €)"
AREAS: Final = (45, 180)
"""Smallest and largest area, in square metres."""
AGES: Final = (0, 60)
"""Lowest and highest age, in years."""


@dataclass(frozen=True)
class Truth:
    """What the prices were made from: price = weight · area + weight · age + bias + noise."""

    per_square_metre: float = 2.8  # thousand € for every square metre
    per_year: float = -1.6  # thousand € for every year of age; negative, as a house loses with age
    # thousand €: the price of a new house without any area, which is that of the ground
    bias: float = 60.0
    noise: float = 30.0  # standard deviation of what area and age do not tell, in thousand €


TRUTH: Final = Truth()


def houses(n_rows: int = 20, noise: float = TRUTH.noise, seed: int = 0) -> Sample:
    """Return made-up houses; areas and ages are whole numbers, prices whole thousands of euros.

    Areas and ages are drawn evenly, each by itself. The noise is normal, of this standard
    deviation in thousand €, and has a stream of its own: more of it moves the same prices
    farther. Raises TypeError or ValueError if there are not 3 to 60 rows, the noise is not 0 to
    100, or the seed is none.
    """
    n_rows = integer(n_rows, "n_rows", FEWEST_ROWS, MOST_ROWS)
    noise = number(noise, "noise", 0.0, MOST_NOISE)
    seed = integer(seed, "seed", 0, LARGEST_SEED)
    # Drawn for the most houses: the first ones stay when there are to be more.
    size = MOST_ROWS
    area = generator(seed, "houses", "area").integers(AREAS[0], AREAS[1] + 1, size)
    age = generator(seed, "houses", "age").integers(AGES[0], AGES[1] + 1, size)
    luck = generator(seed, "houses", "noise").standard_normal(size)
    X = np.column_stack([area, age]).astype(np.float64)
    exact = X @ [TRUTH.per_square_metre, TRUTH.per_year] + TRUTH.bias
    prices = np.round(exact + noise * luck)
    return Sample(X[:n_rows], prices[:n_rows], COLUMNS, (), TARGET)
