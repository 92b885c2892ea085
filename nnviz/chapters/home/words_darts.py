"""Throws at the dartboard, in sentences."""

import re
from typing import Final

from nnviz.chapters.home.dart_regimes import dart_regime
from nnviz.chapters.home.darts import (
    BOARD_RADIUS,
    BULLSEYE,
    Game,
    is_lost,
    long_run_spread,
    spread,
    throws_until,
)
from nnviz.text.digits import digits, told_apart, without_dust

NEAR: Final = 1.0
"""What counts as hitting the bull's-eye, in cm."""

LAST_THROWS: Final = 20
"""So many throws make a spread."""


def cm(value: float) -> str:
    """Return a length in cm with three digits, free of what rounding leaves of zero."""
    return digits(without_dust(value, 200), 3)


def height(value: float) -> str:
    """Return a height above the floor, to a tenth of a centimetre."""
    return f"{value:.1f}".removesuffix(".0").replace("-", "−")


def darts(game: Game, hand: tuple[float, float], next_height: float | None) -> str:
    """Say where the last dart hit, and what the next throw will be.

    Parameters
    ----------
    game : Game
    hand : (float, float)
        Height in cm and speed in m/s from which the next throw is made if it is made by hand.
    next_height : float or None
        The height that a corrected hand would have; None for a throw by hand.
    """
    if next_height is None and not game.lost:
        start = _by_hand(hand)
        return f"{last(game)} {start}" if len(game) else start
    return f"{last(game)} {_then(game, next_height)}"


def missed(miss: float) -> str:
    """Return a miss as in "4.5 cm too high"."""
    told = cm(miss)
    if told == "0":
        return "exactly in the bull's-eye"
    return f"{told.lstrip('−')} cm too {'high' if miss > 0 else 'low'}"


def last(game: Game) -> str:
    """Say where the last dart hit."""
    miss, n = float(game.misses[-1]), len(game)
    if is_lost(miss):
        return f"Throw {n} met the {'ceiling' if miss > 0 else 'floor'} before the wall."
    where = "" if abs(miss) <= BOARD_RADIUS else ", beside the board"
    return f"Throw {n} hit {missed(miss)}{where}."


def _by_hand(hand: tuple[float, float]) -> str:
    return (
        f"The hand is {height(hand[0])} cm above the floor and throws level, at "
        f"{digits(hand[1])} metres a second. The bull's-eye is at {digits(BULLSEYE)} cm. Throw!"
    )


def _then(game: Game, next_height: float | None) -> str:
    if next_height is None:
        return "So there is no miss to correct by: go back, start again, or move the hand."
    move = next_height - float(game.heights[-1])
    if cm(move) == "0":
        return "The hand stays where it is."
    way = "lower" if move < 0 else "higher"
    before, after = told_apart(float(game.heights[-1]), next_height)
    return f"So the next hand is {cm(abs(move))} cm {way}, at {after} cm instead of {before} cm."


def fraction_told(fraction: float, miss: float | None, wind: float = 0) -> str:
    """Say how a fraction behaves, and how many throws it takes from a miss (in cm)."""
    told = re.sub(r"-(?=\d)", "−", dart_regime(fraction).sentence)
    if wind:
        return f"Without wind: {told[0].lower()}{told[1:]}"
    if miss is None or is_lost(miss):
        return told
    if abs(miss) <= NEAR:
        return f"{told} The last dart is within {digits(NEAR)} cm already."
    n = throws_until(miss, fraction, NEAR)
    if n is None and 0 < fraction < 2:
        return f"{told} From here it takes more than a thousand throws."
    if n is None:
        return f"{told} From here no throw comes within {digits(NEAR)} cm."
    throws = "the next throw is" if n == 1 else f"it takes {n} throws to be"
    return f"{told} From here {throws} within {digits(NEAR)} cm."


def wind_told(game: Game, fraction: float, wind: float) -> str:
    """Say what the wind does to throws that are corrected by this fraction; "" without wind."""
    if wind == 0:
        return ""
    kept = long_run_spread(fraction, wind)
    gust = f"Gusts spread by {cm(wind)} cm."
    if fraction == 0:
        told = f"{gust} Nothing is corrected, so the throws spread as the gusts do."
    elif kept > 1e6:
        told = f"{gust} At this fraction the throws never settle."
    else:
        times = digits(kept / wind, 3)
        why = "chases the last gust" if fraction >= 0.7 else "averages over many gusts"
        told = (
            f"{gust} This fraction {why}: in the long run the throws spread by {cm(kept)} cm, "
            f"{times} times as much."
        )
    last = game.misses[-LAST_THROWS:]
    if len(last) >= 5:
        told += f" Your last {len(last)} throws spread by {cm(spread(last))} cm."
    return told
