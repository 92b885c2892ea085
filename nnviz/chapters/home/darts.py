"""Darts: a throw, where it hits, and the next throw corrected by a fraction of the miss.

The dart leaves the hand level, at a height and a speed, and falls on its way to the board. Air does
not slow it. So the height of the hand moves the hit one for one, and a correction of the height by
a fraction of the miss multiplies the miss by 1 - fraction, whatever the speed.

In a link the throws are text: `210@12` by hand, `0.5` corrected, `0.5*10` ten times.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.nn import rng
from nnviz.nn.checks import FloatArray, Frozen, integer, items, number
from nnviz.nn.regimes import CREEPING, Regime
from nnviz.text.digits import told_apart
from nnviz.text.numbers import number as parse_number
from nnviz.text.numbers import quoted, whole, written

BULLSEYE: Final = 173.0
"""Height of the centre of the board above the floor, in cm; so far below a ceiling, too."""

BOARD_RADIUS: Final = 22.5
"""In cm."""

INNERMOST: Final = 7.5
"""Radius of the innermost ring of the board, in cm."""

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
class Game(Frozen):
    """Throws and their results."""

    heights: FloatArray  # (n,): of the hand, in cm
    speeds: FloatArray  # (n,): of the hand, in m/s
    # (n,): fraction of the previous miss that each throw was corrected by; NaN for a throw by hand
    fractions: FloatArray
    gusts: FloatArray  # (n,): offset that the wind added to the height of each hit, in cm
    misses: FloatArray  # (n,): height of each hit above the bull's-eye, in cm; negative below it

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
        """Whether the last dart hit the floor or the ceiling, so there is no miss to correct."""
        return len(self) > 0 and is_lost(float(self.misses[-1]))


def fall(speed: float) -> float:
    """Return how far a dart falls before it reaches the board, in cm: g t^2 / 2.

    Raises TypeError or ValueError if the speed (m/s) is no number above 0.
    """
    speed = number(speed, "speed", low=0.01)
    seconds = DISTANCE / (100 * speed)
    return GRAVITY * seconds**2 / 2


def path(height: float, speed: float, gust: float = 0.0, n: int = 41) -> tuple[FloatArray, ...]:
    """Return `n` points of a dart's trajectory: distances from the hand, and heights, in cm.

    The gust pushes with a constant force, so its effect grows as the fall does.
    """
    distances = np.linspace(0.0, DISTANCE, n)
    return distances, height + (gust - fall(speed)) * (distances / DISTANCE) ** 2


def is_lost(miss: float) -> bool:
    """Return whether a dart with this miss hits the floor or the ceiling before the wall."""
    return abs(miss) >= BULLSEYE


def corrected_height(height: float, miss: float, fraction: float) -> float:
    """Return the height of the next hand: moved against the miss by a fraction of it, in cm."""
    return height - fraction * miss


def play(throws: Sequence[Throw], *, wind: float = 0.0, seed: int = 0) -> Game:
    """Throw one dart after the other.

    Parameters
    ----------
    throws : sequence of ByHand or Corrected
        At most `MOST_THROWS`; the first is by hand. The game ends before a throw that would correct
        a dart that did not reach the wall: see `Game.lost`.
    wind : float
        Standard deviation of the gusts' effect on a hit, in cm.
    seed : int
        Seed of the gusts. The first gust is the same however many throws follow.
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
    """Return how many corrected throws it takes, without wind, until a miss is at most `within` cm.

    Return None if `at_most` throws do not suffice, or the dart is lost before.
    """
    for n in range(at_most + 1):
        if abs(miss) <= within:
            return n
        if is_lost(miss):
            return None
        miss -= fraction * miss
    return None


def spread(misses: FloatArray) -> float:
    """Return the sample standard deviation of the hits, in cm; there must be at least two."""
    if len(misses) < 2:
        raise ValueError("a spread needs at least two throws.")
    return float(np.std(misses, ddof=1))


def long_run_spread(fraction: float, wind: float) -> float:
    """Return the stationary spread of throws that are all corrected: wind * sqrt(2 / (2 - f)).

    Let a be the aim's error. Each throw replaces a by (1 - f) a - f gust, so its stationary
    variance is f wind^2 / (2 - f), and a hit is a plus the next gust. From f = 2 on there is no
    stationary distribution: infinity, if there is wind.
    """
    fraction = number(fraction, "fraction", 0, LARGEST_FRACTION)
    wind = number(wind, "wind", 0, STRONGEST_WIND)
    if wind == 0:
        return 0.0
    return wind * math.sqrt(2 / (2 - fraction)) if fraction < 2 else math.inf


def dart_regime(fraction: float) -> Regime:
    """Return how correcting every throw by this fraction of the miss behaves, without wind."""
    factor = 1.0 - number(fraction, "fraction", 0, LARGEST_FRACTION)
    each = f"Each throw multiplies the miss by {told_apart(factor, -1.0, 0.0, 1.0)[0]}"
    if fraction == 0:
        name, sentence = "stands still", "Nothing is corrected: every throw misses alike."
    elif factor == 0:
        name, sentence = "one step", "One correction by the whole miss hits the bull's-eye."
    elif factor == -1:
        name, sentence = "for ever", "Each throw misses as far on the other side, for ever."
    elif factor > CREEPING:
        name, sentence = "creeps", f"{each}: it gets there, but it creeps."
    elif factor > 0:
        name, sentence = "converges", f"{each}: it arrives, always from the same side."
    elif factor > -1:
        name = "zig-zags"
        sentence = f"{each}: it overshoots to the other side each time, and still arrives."
    else:
        name = "diverges"
        sentence = f"{each}: each throw overshoots by more than the last one missed."
    return Regime(name, factor, sentence)


def write_throws(throws: Sequence[Throw]) -> str:
    """Return the throws as text, a run of equal ones written once."""
    texts = [
        f"{written(throw.height)}@{written(throw.speed)}"
        if isinstance(throw, ByHand)
        else written(throw.fraction)
        for throw in throws
    ]
    runs = [(text, len(list(run))) for text, run in groupby(texts)]
    return ",".join(text if n == 1 else f"{text}*{n}" for text, n in runs)


def read_throws(text: str) -> tuple[Throw, ...]:
    """Return the throws that a text stands for.

    Raises ValueError with the middle of a sentence that says what would be right.
    """
    throws: list[Throw] = []
    for word in text.split(",") if text else ():
        what, _, times = word.partition("*")
        try:
            n = whole(times) if times else 1
            throw = _parse_throw(what)
        except (TypeError, ValueError):
            raise ValueError(
                f"{quoted(word)} is not a throw such as 210@12, from 210 cm at 12 metres a second, "
                "or 0.5, corrected by half of the miss"
            ) from None
        if not 1 <= n <= MOST_THROWS or len(throws) + n > MOST_THROWS:
            raise ValueError(f"it may hold {MOST_THROWS} throws at the most")
        throws += [throw] * n
    if throws and isinstance(throws[0], Corrected):
        raise ValueError("the first throw must be by hand, such as 210@12")
    return tuple(throws)


def _parse_throw(text: str) -> Throw:
    height, at, speed = text.partition("@")
    if at:
        return ByHand(parse_number(height), parse_number(speed))
    return Corrected(parse_number(height))
