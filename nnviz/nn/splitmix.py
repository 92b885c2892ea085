"""Random numbers by their index: the k-th number of a stream without those before it.

A long training run shuffles its rows every epoch and may drop units out at every update. With
these streams any epoch and any update can be repeated directly, and a script needs nothing but
whole numbers to do the same. Source: Steele, Lea and Flood (2014), "Fast splittable pseudorandom
number generators", section 4 (SplitMix64).
"""

from typing import Final

from nnviz.nn.checks import integer
from nnviz.nn.rng import LARGEST_SEED

GAMMA: Final = 0x9E3779B97F4A7C15
MULTIPLIERS: Final = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
ORDER, DROPOUT = 1, 2
"""Streams of a seed: the order of the rows in every epoch, and dropout at every update."""

_64_BITS: Final = 2**64 - 1


def mixed(state: int) -> int:
    """Return 64 bits in which every bit depends on all bits of `state`."""
    state = ((state ^ (state >> 30)) * MULTIPLIERS[0]) & _64_BITS
    state = ((state ^ (state >> 27)) * MULTIPLIERS[1]) & _64_BITS
    return state ^ (state >> 31)


def numbered(key: int, k: int) -> int:
    """Return the k-th number of a stream, 0 to 2**64 - 1; the first one has k = 1."""
    return mixed((key + k * GAMMA) & _64_BITS)


def key_of(seed: int, stream: int, index: int) -> int:
    """Return the key of one epoch, or one update, in a stream of a seed."""
    seed = integer(seed, "seed", 0, LARGEST_SEED)
    return numbered(mixed((seed + stream * GAMMA) & _64_BITS), index)


def shuffled(n: int, key: int) -> list[int]:
    """Return 0 to n - 1 in an order that depends on the key only.

    Source: Durstenfeld (1964), algorithm 235; the place to swap with is the high half of
    a 32-bit number times the numbers of places, so none is preferred by more than 1 in 2**32 / n.
    """
    order = list(range(n))
    for last in range(n - 1, 0, -1):
        place = ((numbered(key, n - last) >> 32) * (last + 1)) >> 32
        order[last], order[place] = order[place], order[last]
    return order
