"""Numbers drawn one after the other that are the same on every machine and in every version.

NumPy may change what its generators give from one version to the next; whole numbers by their
index (`nnviz.nn.splitmix`) stay.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

from nnviz.nn.checks import integer
from nnviz.nn.rng import LARGEST_SEED
from nnviz.nn.splitmix import numbered, shuffled

_Item = TypeVar("_Item")


class Draws:
    """A stream of numbers for a seed and a purpose.

    Parameters
    ----------
    seed : int
        From 0 to 2**32 - 1.
    purpose : str
        Streams of different purposes are independent.
    """

    def __init__(self, seed: int, purpose: str) -> None:
        seed = integer(seed, "seed", 0, LARGEST_SEED)
        self._key = int.from_bytes(sha256(f"{seed} {purpose}".encode()).digest()[:8])
        self._drawn = 0

    def _next(self) -> int:
        self._drawn += 1
        return numbered(self._key, self._drawn)

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both included."""
        return low + (((self._next() >> 32) * (high - low + 1)) >> 32)

    def on_grid(self, low: float, high: float, step: float) -> float:
        """Return one of low, low + step, ... up to high, without what rounding would add."""
        return round(low + step * self.whole(0, round((high - low) / step)), 10)

    def one_of(self, items: Sequence[_Item]) -> _Item:
        """Return one of some items."""
        return items[self.whole(0, len(items) - 1)]

    def some_of(self, items: Sequence[_Item], n: int) -> tuple[_Item, ...]:
        """Return so many of some items, each at most once, in a drawn order."""
        return tuple(items[i] for i in shuffled(len(items), self._next())[:n])
