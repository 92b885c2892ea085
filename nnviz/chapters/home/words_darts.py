"""Throws at the dartboard, in sentences and in formulas with the numbers on the screen."""

import math
from typing import Final

from nnviz.chapters.home import darts
from nnviz.chapters.home.words_four_steps import Working, side
from nnviz.text.digits import (
    as_printed,
    digits,
    digits_apart,
    enough_digits,
    enough_for_all,
    gives,
    latex,
    without_dust,
)

NEAR: Final = 1.0
"""Miss in cm that counts as hitting the bull's-eye."""

LAST_THROWS: Final = 20
"""Number of throws over which the spread is reported."""

_FALL: Final = (
    r"\text{fall} = \tfrac{1}{2} \cdot 9.81 \cdot \text{time}^2 \cdot 100\,\text{cm}, \quad "
    r"\text{time} = \frac{2.37\,\text{m}}{\text{speed}}"
)
_MISS: Final = r"\text{miss} = \text{height} - \text{fall} - 173"
_NEXT: Final = r"\text{height}_\text{next} = \text{height} - \text{fraction} \cdot \text{miss}"


def cm(value: float, significant: int = 3) -> str:
    """Return a length in cm with three digits; rounding errors of a zero are shown as 0."""
    return digits(without_dust(value, 200), significant)


def height(value: float) -> str:
    """Return a height above the floor, to a tenth of a centimetre."""
    return digits(round(value, 1))


def describe(game: darts.Game, hand: tuple[float, float], next_height: float | None) -> str:
    """Say where the last dart hit, and what the next throw will be.

    `hand` is height in cm and speed in m/s of a next throw by hand, `next_height` the height of the
    corrected hand in cm, None for a throw by hand.
    """
    if next_height is None:
        if game.lost:
            cure = "go back, start again, or move the hand"
            return f"{last(game)} So there is no miss to correct by: {cure}."
        start = _by_hand(hand)
        return f"{last(game)} {start}" if len(game) else start
    miss, before = float(game.misses[-1]), float(game.heights[-1])
    move = next_height - before
    if cm(move) == "0":
        return f"{last(game)} The hand stays where it is."
    of_move, old, new = _told_move(before, next_height)
    fraction = -move / miss
    n = enough_for_all([(lambda miss: fraction * miss, of_move)], (miss,), 3)
    way = "lower" if move < 0 else "higher"
    return (
        f"{last(game, n)} So the next hand is {cm(abs(move), of_move)} cm {way}, at {new} cm "
        f"instead of {old} cm."
    )


def _told_move(before: float, after: float) -> tuple[int, str, str]:
    """Return the digits of a move, and both heights as text: what is printed can be checked."""
    of_after = digits_apart(before, after)
    goal, move = digits(after, of_after), after - before
    for of_before, of_move in ((n, m) for n in range(of_after, 18) for m in range(3, n + 1)):
        found = sum(as_printed((before,), of_before) + as_printed((move,), of_move))
        if gives(found, goal, of_after, exact=False):
            break
    return of_move, digits(before, of_before), goal


def missed(miss: float, significant: int = 3) -> str:
    """Return a miss as in "4.5 cm too high"."""
    length = cm(miss, significant)
    if length == "0":
        return "exactly in the bull's-eye"
    return f"{length.lstrip('−')} cm too {'high' if miss > 0 else 'low'}"


def last(game: darts.Game, significant: int = 3) -> str:
    """Say where the last dart hit, or what it met before the wall."""
    miss, n = float(game.misses[-1]), len(game)
    if darts.is_lost(miss):
        return f"Throw {n} met the {'ceiling' if miss > 0 else 'floor'} before the wall."
    where = "" if abs(miss) <= darts.BOARD_RADIUS else ", beside the board"
    return f"Throw {n} hit {missed(miss, significant)}{where}."


def _by_hand(hand: tuple[float, float]) -> str:
    return (
        f"The hand is {height(hand[0])} cm above the floor and throws level, at "
        f"{digits(hand[1])} metres a second. The bull's-eye is at {digits(darts.BULLSEYE)} cm. "
        "Throw!"
    )


def fraction_effect(fraction: float, miss: float | None, wind: float = 0) -> str:
    """Say how a fraction behaves, and how many throws it takes from a miss in cm."""
    text = darts.dart_regime(fraction).sentence
    if wind:
        return f"Without wind: {text[0].lower()}{text[1:]}"
    if miss is None or darts.is_lost(miss):
        return text
    if abs(miss) <= NEAR:
        return f"{text} The last dart is within {digits(NEAR)} cm already."
    n = darts.throws_until(miss, fraction, NEAR)
    if n is None and 0 < fraction < 2:
        return f"{text} From here it takes more than a thousand throws."
    if n is None:
        return f"{text} From here no throw comes within {digits(NEAR)} cm."
    throws = "the next throw is" if n == 1 else f"it takes {n} throws to be"
    return f"{text} From here {throws} within {digits(NEAR)} cm."


def wind_effect(game: darts.Game, fraction: float, wind: float) -> str:
    """Say how the wind affects throws corrected by this fraction; "" without wind."""
    if wind == 0:
        return ""
    kept = darts.long_run_spread(fraction, wind)
    gust = f"Gusts spread by {cm(wind)} cm."
    if fraction == 0:
        text = f"{gust} Nothing is corrected, so the throws spread as the gusts do."
    elif math.isinf(kept):
        text = f"{gust} At this fraction the throws never settle."
    elif kept > darts.BULLSEYE:
        text = f"{gust} At this fraction the throws spread until one misses the wall."
    else:
        n = enough_digits(lambda times: wind * times, (kept / wind,), 3)
        times = digits(kept / wind, n)
        why = "chases the last gust" if fraction >= 0.7 else "averages over many gusts"
        text = (
            f"{gust} This fraction {why}: in the long run the throws spread by {cm(kept)} cm, "
            f"{times} times as much."
        )
    last = game.misses[-LAST_THROWS:]
    if len(last) >= 5:
        text += f" Your last {len(last)} throws spread by {cm(darts.spread(last))} cm."
    return text


def darts_working(game: darts.Game, fraction: float, wind: float) -> Working:
    """Return how the last throw and the next correction are computed, as sentences and formulas."""
    if not len(game):
        return (
            ("The dart falls on its way, the less the faster it is:", (_FALL,)),
            ("The miss is what is left between the hit and the bull's-eye:", (_MISS,)),
            ("And the next hand is corrected by a fraction of the miss:", (_NEXT,)),
        )
    height, speed, gust, miss = (
        float(column[-1]) for column in (game.heights, game.speeds, game.gusts, game.misses)
    )
    seconds, fall = darts.DISTANCE / (100 * speed), darts.fall(speed)
    values = (height, fall, gust) if wind else (height, fall)
    n = enough_digits(lambda height, fall, gust=0: height - fall + gust - darts.BULLSEYE, values, 4)
    of_time = enough_digits(lambda time: 0.5 * 9.81 * time**2 * 100, (seconds,), n)
    falls = (
        rf"= \tfrac{{1}}{{2}} \cdot 9.81 \cdot {side(seconds, of_time)}^2 \cdot 100 "
        rf"= {side(fall, n)}\,\text{{cm}}"
    )
    blown = rf" + {latex(gust, n)}\,\text{{(wind)}}" if wind else ""
    misses = (
        rf"= {side(height, n)} - {side(fall, n)}{blown} - {side(darts.BULLSEYE)} = {side(miss)}"
    )
    steps: list[tuple[str, tuple[str, ...]]] = [
        ("The dart falls on its way, the less the faster it is:", (_FALL, falls)),
        ("What is left between the hit and the bull's-eye:", (_MISS, misses)),
    ]
    if not game.lost:
        following = darts.corrected_height(height, miss, fraction)
        values = height, fraction, miss
        n = enough_digits(lambda height, fraction, miss: height - fraction * miss, values, 4)
        next_height = (
            rf"= {side(height, n)} - {side(fraction, n)} \cdot {latex(miss, n)} = {side(following)}"
        )
        left = 1 - fraction
        factor = (
            rf"\text{{miss}}_\text{{next}} = (1 - \text{{fraction}}) \cdot \text{{miss}} = "
            rf"{latex(left, digits_apart(left, -1.0, 0.0, 1.0))} \cdot \text{{miss}}"
        )
        steps.append(("The correction:", (_NEXT, next_height)))
        steps.append(
            ("A hand 1 cm lower hits 1 cm lower. So, but for the wind, nothing else:", (factor,))
        )
    kept = darts.long_run_spread(fraction, wind)
    if wind and math.isfinite(kept):
        values = wind, 2 - fraction
        n = enough_digits(lambda wind, left: wind * math.sqrt(2 / left), values, 4)
        gusts, left_over = (side(value, n) for value in values)
        spreads = (
            r"\text{spread} = \text{wind} \cdot \sqrt{\frac{2}{2 - \text{fraction}}} = "
            rf"{gusts} \cdot \sqrt{{\frac{{2}}{{{left_over}}}}} = {side(kept)}"
        )
        steps.append(("With wind, the spread of the throws in the long run:", (spreads,)))
    return tuple(steps)
