"""The throws of a game as a short script that needs NumPy alone."""

from nnviz.chapters.home.darts import BULLSEYE, DISTANCE, Game


def darts_snippet(game: Game) -> str:
    """Return a script that throws the same darts and prints every miss.

    The gusts are written out: they are what no learner can know beforehand.
    """
    throws = zip(game.heights, game.speeds, game.fractions, game.gusts, strict=True)
    lines = ",\n".join(
        f"    ({float(height)!r}, {float(speed)!r}, None, {float(gust)!r})"
        if fraction != fraction  # NaN: by hand
        else f"    (None, None, {float(fraction)!r}, {float(gust)!r})"
        for height, speed, fraction, gust in throws
    )
    return f"""\
import numpy as np

# The height of the hand in cm and its speed in m/s, or the fraction to correct by; and the gust.
throws = [
{lines}
]
misses = []
for new_height, new_speed, fraction, gust in throws:
    if fraction is None:
        height, speed = new_height, new_speed
    else:
        height = height - fraction * misses[-1]
    seconds = {DISTANCE / 100} / speed
    fall = 100 * 9.81 * seconds**2 / 2
    misses.append(height - fall + gust - {BULLSEYE})
    print("throw", len(misses), "hand", height, "miss", misses[-1])
if len(misses) > 1:
    print("spread of the last 20", np.std(misses[-20:], ddof=1))
"""
