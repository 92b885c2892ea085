"""Darts on their way, from the side: the last flights, the next one, and the correction."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.home.darts import BOARD_RADIUS, BULLSEYE, DISTANCE, Game, path
from nnviz.chart import theme

FLIGHTS: Final = 4
"""So many are seen at once, the older the fainter."""


@dataclass(frozen=True)
class Ahead:
    """The next throw as it would go without wind: the hand, and the hand that it came from.

    Attributes
    ----------
    before, height : float
        Of the hand, in cm.
    speed : float
        In m/s.
    miss : float
        In cm above the bull's-eye.
    """

    before: float
    height: float
    speed: float
    miss: float


def flights(game: Game) -> list[go.Scatter]:
    """Draw the last flights, the newest dark, and always as many traces."""
    traces = []
    for age in range(FLIGHTS - 1, -1, -1):
        i = len(game) - 1 - age
        known, colour = i >= 0, theme.GREY if age else theme.ABOVE
        way, above = (
            path(game.heights[i], game.speeds[i], game.gusts[i]) if known else (np.zeros(0),) * 2
        )
        traces.append(
            go.Scatter(
                x=way,
                y=above,
                mode="lines+markers",
                line={
                    "color": colour,
                    "width": 1.5 if age else 3,
                    "simplify": False,
                },
                marker={
                    "size": [0] * (len(way) - 1) + [10],
                    "color": colour,
                    "opacity": 1,
                },
                opacity=1 - 0.22 * age,
                hovertext=told(game, i) if known else "",
                hoverinfo="text",
            )
        )
    return traces


def ahead_flight(ahead: Ahead | None) -> list[go.Scatter]:
    """Draw the next flight, dashed, as it would be without wind."""
    if ahead is None:
        return [go.Scatter(x=[], y=[], mode="lines", hoverinfo="skip")]
    way, above = path(ahead.height, ahead.speed)
    return [
        go.Scatter(
            x=way,
            y=above,
            mode="lines",
            line={"color": theme.VERMILLION, "width": 2.5, "dash": "dash", "simplify": False},
            hovertext=f"the next throw, without wind<br>hand {ahead.height!r} cm"
            f"<br>miss {ahead.miss!r} cm",
            hoverinfo="text",
        )
    ]


def hand_note(ahead: Ahead | None) -> list[dict[str, Any]]:
    """Draw the correction as an arrow along the height of the hand."""
    if ahead is None or ahead.before == ahead.height:
        return []
    return [
        {
            "x": 0,
            "y": ahead.height,
            "ax": 0,
            "ay": ahead.before,
            "xref": "x",
            "yref": "y",
            "axref": "x",
            "ayref": "y",
            "text": "",
            "showarrow": True,
            "arrowhead": 2,
            "arrowwidth": 3,
            "arrowcolor": theme.VERMILLION,
            "standoff": 0,
        }
    ]


def wall() -> dict[str, Any]:
    """Draw the board from the side."""
    return {
        "type": "line",
        "x0": DISTANCE,
        "x1": DISTANCE,
        "y0": BULLSEYE - BOARD_RADIUS,
        "y1": BULLSEYE + BOARD_RADIUS,
        "line": {"color": theme.INK, "width": 5},
        "layer": "below",
    }


def told(game: Game, i: int) -> str:
    """Return a throw to full precision, for hovering."""
    fraction = float(game.fractions[i])
    how = "by hand" if game.by_hand[i] else f"corrected by {fraction!r} of the miss"
    return (
        f"throw {i + 1}, {how}<br>hand {float(game.heights[i])!r} cm, "
        f"{float(game.speeds[i])!r} m/s<br>miss {float(game.misses[i])!r} cm"
    )
