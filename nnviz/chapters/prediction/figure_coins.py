"""A hundred coins: circles that came up 0, squares that came up 1."""

import math
from typing import Final

import numpy as np

from nnviz.chapters.prediction.decision import CoinFlips
from nnviz.chart import theme
from nnviz.text.digits import digits
from nnviz.walkthrough.board.tracks import NAME, VALUE, BoardTrack, Form, Item, Look, Point

ROW: Final = 10
"""Coins side by side."""

LOOKS: Final = (
    Look(),
    Look(theme.CLASS_COLOURS[0], 1.5, theme.CLASS_COLOURS[0]),
    Look(theme.CLASS_COLOURS[1], 1.5, theme.CLASS_COLOURS[1]),
)
_RADIUS: Final = 0.34
_CORNERS: Final = 20


def coins_track(flips: CoinFlips, n_steps: int, known_at: int, *, axes: str) -> BoardTrack:
    """Return the coins, which lie there once the prediction is known, and their count.

    Parameters
    ----------
    flips : CoinFlips
    n_steps : int
        Of the clock.
    known_at : int
        The step from which on they are seen.
    axes : str
        The subplot, whose coordinates count coins from the top left.
    """
    came_up = flips.came_up.astype(int).tolist()
    items = [_coin(i, came) for i, came in enumerate(came_up)]
    items.append(_text(len(came_up)))
    n = len(came_up)
    count = (
        f"{NAME}{n} coin flips, each 1 with\n{NAME}probability {digits(flips.probability)}\n"
        f"{VALUE}■ {flips.n_ones} came up 1\n{VALUE}● {n - flips.n_ones} came up 0"
    )
    values = np.zeros((n_steps, len(items), 2), dtype=np.uint16)
    values[known_at:, :-1, 1] = flips.came_up + 1
    values[known_at:, -1, 0] = 1
    return BoardTrack(
        values=values,
        items=tuple(items),
        texts=("", count),
        exact=("", ""),
        looks=LOOKS,
        axes=axes,
    )


def _coin(i: int, came_up: int) -> Item:
    x, y = float(i % ROW), float(i // ROW)
    points = _square(x, y) if came_up else _circle(x, y)
    form = Form(points, (x, y), 1)
    return Item("", "", closed=True, wide=form, narrow=form)


def _square(x: float, y: float) -> tuple[Point, ...]:
    r = _RADIUS
    return (x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)


def _circle(x: float, y: float) -> tuple[Point, ...]:
    turns = [2 * math.pi * k / _CORNERS for k in range(_CORNERS)]
    return tuple((x + _RADIUS * math.cos(t), y + _RADIUS * math.sin(t)) for t in turns)


def _text(n_coins: int) -> Item:
    """Return the item of the count, beside the coins."""
    form = Form((), (ROW + 0.1, (n_coins // ROW - 1) / 2), 13)
    return Item("", "", closed=False, wide=form, narrow=form, start=True)
