"""Darts: the flight from the side, the board from the front, and the miss over the throws."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from nnviz.chapters.home.darts import (
    BOARD_RADIUS,
    BULLSEYE,
    DISTANCE,
    INNERMOST,
    Game,
    is_lost,
    path,
)
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits

HEIGHTS: Final = ((112.0, 234.0), (0.0, 346.0))
"""Ranges of the picture in cm above the floor: around the board, or from floor to ceiling."""

FLIGHTS: Final = 4
"""Number of flights that are drawn, the older the fainter."""

_THROWS_SHOWN: Final = (10, 20, 50, 100, 200)
_FADING: Final = 12  # throws that a dot takes to fade into the past
_DOT: Final = 2.0  # cm that a dot takes on either side
_RINGS: Final = (BOARD_RADIUS, 15.0, INNERMOST)


@dataclass(frozen=True)
class Ahead:
    """The next throw as it would go without wind: the hand, and the hand that it came from."""

    before: float  # height of the hand before the correction, in cm
    height: float  # and after it
    speed: float  # in m/s
    miss: float  # in cm above the bull's-eye


def heights_shown(game: Game, hand: float) -> tuple[float, float]:
    """Return the range of `HEIGHTS` that the picture takes: the large one if it needs it."""
    low, high = HEIGHTS[0]
    points = [hand, *game.hits.tolist(), *game.heights[-FLIGHTS:].tolist()]
    # A dot on the rim would be seen by half.
    inside = all(low + _DOT < point < high - _DOT for point in points)
    return HEIGHTS[0] if inside else HEIGHTS[1]


def darts_picture(game: Game, hand: float, ahead: Ahead | None) -> Picture:
    """Draw the throws so far; the hand itself is a handle.

    `hand` is the height in cm that the next throw starts from. `ahead` is the next throw if it is a
    corrected one; None hides it.
    """
    low, high = heights_shown(game, hand)
    tall = {"range": [low, high], "fixedrange": True, "tickfont": {"size": 12}}
    of_miss = {**tall, "range": [low - BULLSEYE, high - BULLSEYE]}
    arrow = [*_correction(ahead), *_beyond(game, low, high)]
    way = {"domain": [0, 0.33], "range": [-12, 246], "fixedrange": True}
    layout = theme.layout(
        340,
        margin={"l": 50, "r": 10, "t": 24, "b": 40},
        xaxis=theme.axis("way to the board in cm", **way),
        yaxis=theme.axis("height in cm", **tall),
        xaxis2={"domain": [0.345, 0.72], "range": [-1, 1], "visible": False, "fixedrange": True}
        | {"scaleanchor": "y2", "anchor": "y2"},
        yaxis2=tall | {"visible": False, "anchor": "x2"},
        xaxis3=_throws_axis(game, domain=[0.79, 1], anchor="y3"),
        yaxis3=theme.axis("miss in cm", **of_miss, anchor="x3"),
        shapes=[_wall(), *_rings()],
        annotations=[*_titles((0.165, 1.0), (0.5325, 1.0), (0.895, 1.0)), *arrow],
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
        "annotations": [*_titles((0.5, 1.0), (0.17, 0.425), (0.75, 0.425)), *arrow],
    }
    flights = [_flight(game, len(game) - 1 - age, age) for age in reversed(range(FLIGHTS))]
    centre = plot.scatter(
        x=[0], y=[BULLSEYE], **plot.on("2"), mode="markers",
        marker={"symbol": "cross-thin", "size": 14, "line": {"width": 2, "color": theme.INK}},
        hovertext=f"bull's-eye: {digits(BULLSEYE)} cm", hoverinfo="text",
    )  # fmt: skip
    numbers = list(range(1, len(game) + 1))
    traces = [
        *flights,
        _flight_ahead(ahead),
        centre,
        _dots(game, [0] * len(game), game.hits.tolist(), "2"),
        _dots(game, numbers, game.misses.tolist(), "3", "lines+markers"),
        _miss_ahead(len(game) + 1, ahead),
    ]
    return Picture(plot.figure(traces, layout), narrow)


def _flight(game: Game, i: int, age: int) -> plot.Trace:
    """Draw throw `i`, the newest dark; nothing if there is no such throw."""
    known, colour = i >= 0, theme.GREY if age else theme.ABOVE
    x, y = path(game.heights[i], game.speeds[i], game.gusts[i]) if known else (np.zeros(0),) * 2
    return plot.scatter(
        x=x, y=y, mode="lines+markers", opacity=1 - 0.22 * age,
        line={"color": colour, "width": 1.5 if age else 3, "simplify": False},
        marker={"size": [0] * (len(x) - 1) + [10], "color": colour, "opacity": 1},
        hovertext=_hover(game, i) if known else "", hoverinfo="text",
    )  # fmt: skip


def _flight_ahead(ahead: Ahead | None) -> plot.Trace:
    """Draw the next flight, dashed, as it would be without wind."""
    if ahead is None:
        return plot.scatter(x=[], y=[], mode="lines", hoverinfo="skip")
    x, y = path(ahead.height, ahead.speed)
    told = f"the next throw, without wind<br>hand {ahead.height!r} cm<br>miss {ahead.miss!r} cm"
    return plot.scatter(
        x=x, y=y, mode="lines", hovertext=told, hoverinfo="text",
        line={"color": theme.VERMILLION, "width": 2.5, "dash": "dash", "simplify": False},
    )  # fmt: skip


def _miss_ahead(number: int, ahead: Ahead | None) -> plot.Trace:
    miss = [] if ahead is None or is_lost(ahead.miss) else [ahead.miss]
    look = {"symbol": "circle-open", "size": 12, "color": theme.VERMILLION, "line": {"width": 2.5}}
    return plot.scatter(
        x=[number] * len(miss), y=miss, **plot.on("3"), mode="markers", marker=look,
        hovertext="the next throw, without wind", hoverinfo="text",
    )  # fmt: skip


def _dots(game: Game, x: list[int], y: list[float], axes: str, mode: str = "markers") -> plot.Trace:
    """Draw every throw as a dot; it fades with its age, and its symbol tells who aimed."""
    age = np.arange(len(game))[::-1]
    newest = age == 0
    return plot.scatter(
        x=x, y=y, **plot.on(axes), mode=mode,
        line={"color": theme.GREY, "width": 1, "simplify": False},
        marker={
            "color": np.where(newest, theme.ABOVE, theme.GREY).tolist(),
            "symbol": np.where(game.by_hand, "square", "circle").tolist(),
            "size": np.where(newest, 12, 8).tolist(),
            "opacity": np.clip(1 - age / _FADING, 0.35, 1).tolist(),
            "line": {"color": theme.PAPER, "width": 1},
        },
        hovertext=[_hover(game, i) for i in range(len(game))], hoverinfo="text",
    )  # fmt: skip


def _hover(game: Game, i: int) -> str:
    """Return a throw to full precision."""
    fraction = float(game.fractions[i])
    how = "by hand" if game.by_hand[i] else f"corrected by {fraction!r} of the miss"
    return (
        f"throw {i + 1}, {how}<br>hand {float(game.heights[i])!r} cm, "
        f"{float(game.speeds[i])!r} m/s<br>miss {float(game.misses[i])!r} cm"
    )


def _correction(ahead: Ahead | None) -> list[dict[str, Any]]:
    """Draw the correction as an arrow along the height of the hand."""
    if ahead is None or ahead.before == ahead.height:
        return []
    ends = {"x": 0, "y": ahead.height, "ax": 0, "ay": ahead.before}
    references = {"xref": "x", "yref": "y", "axref": "x", "ayref": "y"}
    return [{**ends, **references, "text": "", **_arrow(theme.VERMILLION)}]


def _arrow(colour: str) -> dict[str, Any]:
    head = {"arrowhead": 2, "arrowwidth": 3, "arrowcolor": colour, "standoff": 0}
    return {"showarrow": True, **head}


def _beyond(game: Game, low: float, high: float) -> list[dict[str, Any]]:
    """Say at the rim of each part where the last dart left the picture, if it did."""
    if not game.lost:
        return []
    up, n = float(game.misses[-1]) > 0, len(game)
    met = f"throw {n} met the {'ceiling' if up else 'floor'}"
    rim = high if up else low
    return [
        {
            "xref": f"x{axis}", "yref": f"y{axis}", "x": x, "y": y, "ax": 0,
            "ay": 42 if up else -42, "text": text, "font": {"size": 13, "color": theme.INK},
            "bgcolor": theme.PAPER if text else "rgba(0,0,0,0)", **_arrow(theme.ABOVE),
        }
        for axis, x, y, text in (
            ("", DISTANCE / 2, rim, met), ("2", 0, rim, ""), ("3", n, rim - BULLSEYE, "")
        )
    ]  # fmt: skip


def _wall() -> dict[str, Any]:
    """Draw the board from the side."""
    low, high = BULLSEYE - BOARD_RADIUS, BULLSEYE + BOARD_RADIUS
    ends = {"x0": DISTANCE, "x1": DISTANCE, "y0": low, "y1": high}
    return {"type": "line", **ends, "line": {"color": theme.INK, "width": 5}, "layer": "below"}


def _rings() -> list[dict[str, Any]]:
    return [
        {
            "type": "circle", "xref": "x2", "yref": "y2", "layer": "below",
            "x0": -radius, "x1": radius, "y0": BULLSEYE - radius, "y1": BULLSEYE + radius,
            "line": {"color": theme.GREY, "width": 2 if radius == BOARD_RADIUS else 1},
            "fillcolor": theme.PANEL if radius == BOARD_RADIUS else "rgba(0,0,0,0)",
        }
        for radius in _RINGS
    ]  # fmt: skip


def _titles(*places: tuple[float, float]) -> list[dict[str, Any]]:
    titles = ("from the side", "on the board", "throw by throw")
    common = {"xref": "paper", "yref": "paper", "xanchor": "center", "yanchor": "bottom"}
    return [
        {"x": x, "y": y, "text": title, **common, "showarrow": False, "font": {"size": 13}}
        for (x, y), title in zip(places, titles, strict=True)
    ]


def _throws_axis(game: Game, **options: Any) -> dict[str, Any]:
    """Return an axis that changes only when the throws outgrow it."""
    last = next(most for most in _THROWS_SHOWN if most >= len(game))
    return theme.axis(
        "throw", range=[0.4, last + 1.6], fixedrange=True, dtick=max(1, last // 5), **options
    )
