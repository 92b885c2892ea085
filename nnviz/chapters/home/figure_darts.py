"""Darts: the flight from the side, the board from the front, and the miss over the throws."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.home.darts import BOARD_RADIUS, BULLSEYE, Game, is_lost
from nnviz.chapters.home.figure_flights import (
    FLIGHTS,
    Ahead,
    ahead_flight,
    flights,
    hand_note,
    told,
    wall,
)
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits

HEIGHTS: Final = ((112.0, 234.0), (0.0, 346.0))
"""What the picture shows, in cm above the floor: around the board, or from floor to ceiling."""

_THROWS_SHOWN: Final = (10, 20, 50, 100, 200)
_FADING: Final = 12  # throws that a dot takes to fade into the past
_RINGS: Final = (BOARD_RADIUS, 15.0, 7.5)


def heights_shown(game: Game, hand: float) -> tuple[float, float]:
    """Return which of `HEIGHTS` the picture takes: it grows when something lies outside."""
    low, high = HEIGHTS[0]
    points = [hand, *game.hits.tolist(), *game.heights[-FLIGHTS:].tolist()]
    return HEIGHTS[0] if all(low < point < high for point in points) else HEIGHTS[1]


def darts_picture(game: Game, hand: float, ahead: Ahead | None) -> Picture:
    """Draw the throws so far; the hand itself is a handle.

    Parameters
    ----------
    game : Game
    hand : float
        The height that the next throw starts from, in cm.
    ahead : Ahead or None
        The next throw if it is a corrected one; None keeps it a secret.
    """
    low, high = heights_shown(game, hand)
    tall = {"range": [low, high], "fixedrange": True, "tickfont": {"size": 12}}
    of_miss = {**tall, "range": [low - BULLSEYE, high - BULLSEYE]}
    traces = [*flights(game), *ahead_flight(ahead), *_board(game), *_misses(game, ahead)]
    layout = theme.layout(
        340,
        margin={"l": 50, "r": 10, "t": 24, "b": 40},
        xaxis=theme.axis(
            "way to the board in cm", domain=[0, 0.46], range=[-12, 246], fixedrange=True
        ),
        yaxis=theme.axis("height in cm", **tall),
        xaxis2={"domain": [0.49, 0.66], "range": [-1, 1], "visible": False, "fixedrange": True}
        | {"scaleanchor": "y2", "anchor": "y2"},
        yaxis2=tall | {"visible": False, "anchor": "x2"},
        xaxis3=_throws_axis(game, domain=[0.73, 1], anchor="y3"),
        yaxis3=theme.axis("miss in cm", **of_miss, anchor="x3"),
        shapes=[wall(), *_rings()],
        annotations=[*_titles((0.23, 0.575, 0.865), 1.0), *hand_note(ahead)],
        dragmode=False,
    )
    narrow = {
        "height": 530,
        "margin": {"l": 54, "r": 8, "t": 22, "b": 40},
        "xaxis": {"domain": [0, 1]},
        "yaxis": {"domain": [0.57, 1], "dtick": 20 if high - low < 200 else 100},
        "xaxis2": {"domain": [0, 0.34]},
        "yaxis2": {"domain": [0, 0.42]},
        "xaxis3": {"domain": [0.5, 1]},
        "yaxis3": {"domain": [0, 0.42]},
        "annotations": [
            *_titles((0.5, 0.17, 0.75), 0.425, first=1.0),
            *hand_note(ahead),
        ],
    }
    return Picture(go.Figure(traces, layout), narrow)


def _titles(xs: tuple[float, ...], y: float, first: float | None = None) -> list[dict[str, Any]]:
    heights = (y if first is None else first, y, y)
    titles = ("from the side", "on the board", "throw by throw")
    return [
        {
            "x": x,
            "y": height,
            "text": title,
            "xref": "paper",
            "yref": "paper",
            "xanchor": "center",
            "yanchor": "bottom",
            "showarrow": False,
            "font": {"size": 13},
        }
        for x, height, title in zip(xs, heights, titles, strict=True)
    ]


def _rings() -> list[dict[str, Any]]:
    return [
        {
            "type": "circle",
            "xref": "x2",
            "yref": "y2",
            "x0": -radius,
            "x1": radius,
            "y0": BULLSEYE - radius,
            "y1": BULLSEYE + radius,
            "line": {"color": theme.GREY, "width": 2 if radius == BOARD_RADIUS else 1},
            "fillcolor": theme.PANEL if radius == BOARD_RADIUS else "rgba(0,0,0,0)",
            "layer": "below",
        }
        for radius in _RINGS
    ]


def _board(game: Game) -> list[go.Scatter]:
    """Draw the hits on the board, and its centre."""
    n = len(game)
    centre = go.Scatter(
        x=[0],
        y=[BULLSEYE],
        xaxis="x2",
        yaxis="y2",
        mode="markers",
        marker={"symbol": "cross-thin", "size": 14, "line": {"width": 2, "color": theme.INK}},
        hovertext=f"bull's-eye: {digits(BULLSEYE)} cm",
        hoverinfo="text",
    )
    return [centre, _dots(game, [0.0] * n, game.hits.tolist(), "2")]


def _dots(game: Game, x: list[float], y: list[float], axes: str, mode: str = "markers") -> Any:
    n = len(game)
    age = np.arange(n)[::-1]
    newest = age == 0
    return go.Scatter(
        x=x,
        y=y,
        xaxis=f"x{axes}",
        yaxis=f"y{axes}",
        mode=mode,
        line={"color": theme.GREY, "width": 1, "simplify": False},
        marker={
            "color": np.where(newest, theme.ABOVE, theme.GREY).tolist(),
            "symbol": np.where(game.by_hand, "square", "circle").tolist(),
            "size": np.where(newest, 12, 8).tolist(),
            "opacity": np.clip(1 - age / _FADING, 0.35, 1).tolist(),
            "line": {"color": theme.PAPER, "width": 1},
        },
        hovertext=[told(game, i) for i in range(n)],
        hoverinfo="text",
    )


def _misses(game: Game, ahead: Ahead | None) -> list[Any]:
    numbers = [float(i) for i in range(1, len(game) + 1)]
    dots = _dots(game, numbers, game.misses.tolist(), "3", "lines+markers")
    shown = ahead is not None and not is_lost(ahead.miss)
    coming = go.Scatter(
        x=[len(game) + 1] if shown else [],
        y=[ahead.miss] if ahead is not None and shown else [],
        xaxis="x3",
        yaxis="y3",
        mode="markers",
        marker={
            "symbol": "circle-open", "size": 12, "color": theme.VERMILLION, "line": {"width": 2.5},
        },
        hovertext="the next throw, without wind",
        hoverinfo="text",
    )  # fmt: skip
    return [dots, coming]


def _throws_axis(game: Game, **options: Any) -> dict[str, Any]:
    """Return an axis that holds still until the throws outgrow it."""
    last = next(most for most in _THROWS_SHOWN if most >= len(game))
    return theme.axis(
        "throw", range=[0.4, last + 1.6], fixedrange=True, dtick=max(1, last // 5), **options
    )
