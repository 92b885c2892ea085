"""Darts: a throw, where it hits, and the next throw corrected by a fraction of the miss.

The dart leaves the hand level, at a height and a speed, and falls on its way to the board. Air does
not slow it. So the height of the hand moves the hit one for one, and a correction of the height by
a fraction of the miss multiplies the miss by 1 - fraction, whatever the speed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn import rng
from nnviz.nn.checks import FloatArray, freeze, integer, items, number

BULLSEYE: Final = 173.0
"""Height of the centre of the board above the floor, in cm; so far below a ceiling, too."""

BOARD_RADIUS: Final = 22.5
"""In cm."""

DISTANCE: Final = 237.0
"""From the hand to the board, in cm."""

GRAVITY: Final = 981.0
"""In cm per second squared."""

MOST_THROWS: Final = 200
LOWEST_HAND, HIGHEST_HAND = -100.0, 450.0
SLOWEST, FASTEST = 5.0, 20.0
LARGEST_FRACTION: Final = 2.5
STRONGEST_WIND: Final = 10.0


@dataclass(frozen=True)
class ByHand:
    """A throw from a height (cm) at a speed (m/s) that a person chose."""

    height: float
    speed: float

    def __post_init__(self) -> None:
        number(self.height, "height", LOWEST_HAND, HIGHEST_HAND)
        number(self.speed, "speed", SLOWEST, FASTEST)


@dataclass(frozen=True)
class Corrected:
    """A throw like the one before, with the hand moved by this fraction of its miss."""

    fraction: float

    def __post_init__(self) -> None:
        number(self.fraction, "fraction", 0, LARGEST_FRACTION)


Throw = ByHand | Corrected


@dataclass(frozen=True, eq=False)
class Game:
    """Throws and what came of them.

    Attributes
    ----------
    heights, speeds : ndarray, shape (n,)
        Of the hand, in cm and m/s.
    fractions : ndarray, shape (n,)
        By which fraction of the miss before it each throw was corrected; NaN for one by hand.
    gusts : ndarray, shape (n,)
        What the wind added to the height of each hit, in cm.
    misses : ndarray, shape (n,)
        How far above the bull's-eye each hit, in cm; below it is negative.
    """

    heights: FloatArray
    speeds: FloatArray
    fractions: FloatArray
    gusts: FloatArray
    misses: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    def __len__(self) -> int:
        return len(self.misses)

    @property
    def hits(self) -> FloatArray:
        """Where the darts hit, in cm above the floor, shape (n,)."""
        return BULLSEYE + self.misses

    @property
    def by_hand(self) -> npt.NDArray[np.bool_]:
        """Which throws were made by hand, shape (n,)."""
        return np.isnan(self.fractions)

    @property
    def lost(self) -> bool:
        """Whether the last dart met the floor or the ceiling, so there is no miss to correct by."""
        return len(self) > 0 and is_lost(float(self.misses[-1]))


def fall(speed: float) -> float:
    """Return how far a dart falls on its way to the board, in cm: g t^2 / 2, with t = way / speed.

    Raises
    ------
    TypeError, ValueError
        If the speed (m/s) is no number above 0.
    """
    speed = number(speed, "speed", low=0.01)
    seconds = DISTANCE / (100 * speed)
    return GRAVITY * seconds**2 / 2


def path(height: float, speed: float, gust: float = 0.0, n: int = 41) -> tuple[FloatArray, ...]:
    """Return `n` places of a dart on its way, from the hand to the board.

    The gust pushes with a constant force, so what it adds grows as the fall does.

    Returns
    -------
    way, above : ndarray, shape (n,)
        From the hand and above the floor, in cm.
    """
    way = np.linspace(0.0, DISTANCE, n)
    return way, height + (gust - fall(speed)) * (way / DISTANCE) ** 2


def is_lost(miss: float) -> bool:
    """Return whether a dart met the floor or the ceiling before the wall."""
    return abs(miss) >= BULLSEYE


def corrected_height(height: float, miss: float, fraction: float) -> float:
    """Return the height of the next hand: lower by a fraction of the miss, if that was too high."""
    return height - fraction * miss


def play(throws: Sequence[Throw], *, wind: float = 0.0, seed: int = 0) -> Game:
    """Throw one dart after the other.

    Parameters
    ----------
    throws : sequence of ByHand or Corrected
        At most `MOST_THROWS`; the first is by hand. A game ends before a throw that would correct
        a dart which met no wall: see `Game.lost`.
    wind : float
        Standard deviation of what a gust adds to a hit, in cm.
    seed : int
        Of the gusts. The first gust is the same however many throws follow.

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit.
    """
    given = items(throws, "throws")
    if len(given) > MOST_THROWS:
        raise ValueError(f"throws must be at most {MOST_THROWS}, not {len(given)}.")
    wind = number(wind, "wind", 0, STRONGEST_WIND)
    stream = rng.generator(integer(seed, "seed", 0, rng.LARGEST_SEED), "darts.wind")
    gusts = wind * rng.normals(MOST_THROWS, rng=stream)
    heights: list[float] = []
    speeds: list[float] = []
    fractions: list[float] = []
    misses: list[float] = []
    for i, throw in enumerate(given):
        if isinstance(throw, ByHand):
            height, speed, fraction = throw.height, throw.speed, math.nan
        elif not isinstance(throw, Corrected):
            raise TypeError(f"a throw must be a ByHand or a Corrected, not {throw!r:.40}.")
        elif i == 0:
            raise ValueError("the first throw must be by hand: there is no miss to correct by.")
        elif is_lost(misses[-1]):
            break
        else:
            fraction, speed = throw.fraction, speeds[-1]
            height = corrected_height(heights[-1], misses[-1], fraction)
        heights.append(height)
        speeds.append(speed)
        fractions.append(fraction)
        misses.append(height - fall(speed) + float(gusts[i]) - BULLSEYE)
    return Game(
        heights=np.array(heights, dtype=np.float64),
        speeds=np.array(speeds, dtype=np.float64),
        fractions=np.array(fractions, dtype=np.float64),
        gusts=gusts[: len(misses)].copy(),
        misses=np.array(misses, dtype=np.float64),
    )


def throws_until(miss: float, fraction: float, within: float, at_most: int = 1000) -> int | None:
    """Return after how many corrected throws, without wind, a miss is at most `within` cm.

    None if it is not within `at_most` throws, or the dart is lost before.
    """
    for n in range(at_most + 1):
        if abs(miss) <= within:
            return n
        if is_lost(miss):
            return None
        miss -= fraction * miss
    return None


def spread(misses: FloatArray) -> float:
    """Return how far hits lie from their own middle: the standard deviation, in cm.

    Raises
    ------
    ValueError
        If there are fewer than two.
    """
    if len(misses) < 2:
        raise ValueError("a spread needs at least two throws.")
    return float(np.std(misses, ddof=1))


def long_run_spread(fraction: float, wind: float) -> float:
    """Return the spread that throws come to when every one is corrected: wind * sqrt(2/(2 - f)).

    The hand stands off by a. Each throw makes it (1 - f) a - f gust, so in the long run
    var(a) = f wind^2 / (2 - f); and a hit is a plus the next gust. From a fraction of 2 on the hand
    never settles: infinity, if there is wind at all.
    """
    fraction = number(fraction, "fraction", 0, LARGEST_FRACTION)
    wind = number(wind, "wind", 0, STRONGEST_WIND)
    if wind == 0:
        return 0.0
    return wind * math.sqrt(2 / (2 - fraction)) if fraction < 2 else math.inf
