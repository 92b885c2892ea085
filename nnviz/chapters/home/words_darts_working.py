"""A throw worked out: the fall, the miss and the correction, with this moment's numbers."""

import math

from nnviz.chapters.home.darts import (
    BULLSEYE,
    DISTANCE,
    Game,
    corrected_height,
    fall,
    long_run_spread,
)
from nnviz.chapters.home.words_four_steps_working import Working
from nnviz.text.digits import latex

_FALL = (
    r"\text{fall} = \tfrac{1}{2} \cdot 9.81 \cdot \text{time}^2 \cdot 100\,\text{cm}, \quad "
    r"\text{time} = \frac{2.37\,\text{m}}{\text{speed}}"
)
_MISS = r"\text{miss} = \text{height} - \text{fall} - 173"
_NEXT = r"\text{height}_\text{next} = \text{height} - \text{fraction} \cdot \text{miss}"


def darts_working(game: Game, fraction: float, wind: float) -> Working:
    """Return how the last throw and the next correction are computed; Working as elsewhere."""
    if not len(game):
        return (
            ("The dart falls on its way, the less the faster it is:", (_FALL,)),
            ("The miss is what is left between the hit and the bull's-eye:", (_MISS,)),
            ("And the next hand is corrected by a fraction of the miss:", (_NEXT,)),
        )
    height, speed, gust, miss = (
        float(column[-1]) for column in (game.heights, game.speeds, game.gusts, game.misses)
    )
    seconds = DISTANCE / (100 * speed)
    falls = (
        rf"= \tfrac{{1}}{{2}} \cdot 9.81 \cdot {_bare(seconds)}^2 \cdot 100 "
        rf"= {_bare(fall(speed))}\,\text{{cm}}"
    )
    blown = rf" + {latex(gust)}\,\text{{(wind)}}" if wind else ""
    misses = rf"= {_bare(height)} - {_bare(fall(speed))}{blown} - {_bare(BULLSEYE)} = {_bare(miss)}"
    steps: list[tuple[str, tuple[str, ...]]] = [
        ("The dart falls on its way, the less the faster it is:", (_FALL, falls)),
        ("What is left between the hit and the bull's-eye:", (_MISS, misses)),
    ]
    if not game.lost:
        following = corrected_height(height, miss, fraction)
        next_height = (
            rf"= {_bare(height)} - {_bare(fraction)} \cdot {latex(miss)} = {_bare(following)}"
        )
        factor = (
            rf"\text{{miss}}_\text{{next}} = (1 - \text{{fraction}}) \cdot \text{{miss}} = "
            rf"{latex(1 - fraction)} \cdot \text{{miss}}"
        )
        steps.append(("The correction:", (_NEXT, next_height)))
        steps.append(
            ("A hand 1 cm lower hits 1 cm lower. So, but for the wind, nothing else:", (factor,))
        )
    kept = long_run_spread(fraction, wind)
    if wind and math.isfinite(kept):
        spreads = (
            r"\text{spread} = \text{wind} \cdot \sqrt{\frac{2}{2 - \text{fraction}}} = "
            rf"{_bare(wind)} \cdot \sqrt{{\frac{{2}}{{{_bare(2 - fraction)}}}}} = {_bare(kept)}"
        )
        steps.append(("With wind, the spread of the throws in the long run:", (spreads,)))
    return tuple(steps)


def _bare(value: float) -> str:
    return latex(value, alone=True)
