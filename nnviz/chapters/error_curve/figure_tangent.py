"""The tangent of a curve, with its slope written beside it."""

from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.error_curve.figure_scene import Scene
from nnviz.chart import theme
from nnviz.text.digits import digits

_SIZES: Final = ((550, 390), (320, 278))
"""Of the axes in pixels, about: on a wide screen and on a phone."""


def tangent(scene: Scene, x: float, error: float, slope: float) -> go.Scatter:
    """Draw the line that touches the curve at x."""
    low, high = _ends(scene, x, error, slope)
    return go.Scatter(
        x=[low, high],
        y=[error + slope * (low - x), error + slope * (high - x)],
        mode="lines",
        line={"color": theme.INK, "width": 2},
        hovertemplate=f"slope: {slope!r}<extra></extra>",
    )


def _ends(scene: Scene, x: float, error: float, slope: float) -> tuple[float, float]:
    """Return where the line begins and ends: about as long on the screen at every slope."""
    width, height = np.ptp(scene.x_range), np.ptp(scene.y_range)
    half = float(0.13 * width / np.hypot(1, 0.7 * slope * width / height))
    up = down = half
    if slope:
        # It rests on the axis rather than crossing it: an error below zero does not exist.
        down = min(half, error / abs(slope))
        up = min(half, (scene.y_range[1] - error) / abs(slope))
    low, high = (x - down, x + up) if slope >= 0 else (x - up, x + down)
    return max(low, scene.x_range[0]), min(high, scene.x_range[1])


def slope_note(scene: Scene, x: float, error: float, slope: float) -> dict[str, Any]:
    """Write the slope beside the tangent, where it hides no name of a place and least curve."""
    text = f"slope = {digits(slope)}"
    spots = _spots(scene, x, error, slope)
    hides = [_hides(scene, spot, len(text)) for spot in spots]
    return {
        "text": text,
        "showarrow": False,
        "bgcolor": theme.PAPER,
        "font": {"color": theme.INK, "size": 14},
        **spots[hides.index(min(hides))],
    }


def _spots(scene: Scene, x: float, error: float, slope: float) -> list[dict[str, Any]]:
    """Return where the text may stand, the best first."""
    low, high = _ends(scene, x, error, slope)
    upper, lower = (high, low) if slope >= 0 else (low, high)
    # Beside the upper end: inside a parabola there is room high up, outside of it low down.
    steep = abs(x) > 0.22 * scene.x_range[1]
    leftwards = (slope >= 0) == steep
    spots = [(low, False, 8)] if scene.shoulders else []
    spots += [
        (upper, leftwards, 22 if steep else 8),
        (upper, not leftwards, 8 if steep else 22),
        (lower, not leftwards, 8),
        (lower, leftwards, 8),
    ]
    beside = [
        {
            "x": at,
            "y": error + slope * (at - x),
            "xanchor": "right" if to_left else "left",
            "yanchor": "middle",
            "xshift": -gap if to_left else gap,
            "yshift": 0,
        }
        for at, to_left, gap in spots
    ]
    if not scene.on_shoulder(x):
        return beside
    over = {"x": x, "y": error, "xshift": 0, "yshift": 14, "yanchor": "bottom"}
    under = {**over, "yshift": -14, "yanchor": "top"}
    anchors = (scene.room(x), "right", "left")
    return [{**spot, "xanchor": anchor} for spot in (over, under) for anchor in anchors]


def _hides(scene: Scene, spot: dict[str, Any], n_letters: int) -> int:
    """Count what a text at the spot would hide, on a wide screen and on a phone."""
    hidden = 0
    for size in _SIZES:
        scale = np.array(size) / (np.ptp(scene.x_range), np.ptp(scene.y_range))
        origin = np.array((scene.x_range[0], scene.y_range[0]))
        width = 7.6 * n_letters + 4
        left, bottom = (np.array((spot["x"], spot["y"])) - origin) * scale
        left += spot["xshift"] - {"left": 0, "center": width / 2, "right": width}[spot["xanchor"]]
        bottom += spot["yshift"] - {"bottom": 0, "middle": 10, "top": 20}[spot["yanchor"]]
        for name, place in scene.places.items():
            x, y = (np.array(place) - origin) * scale
            # The ring and its name, whichever side of the ring that stands on.
            reach, below = 16 + 10 * len(name), 32 if scene.shoulders else 14
            hidden += 100 * bool(
                left < x + reach
                and x - reach < left + width
                and bottom < y + 14
                and y - below < bottom + 20
            )
        xs, ys = (np.stack((scene.xs, scene.errors), 1) - origin).T * scale[:, None]
        hidden += int(
            np.any((left < xs) & (xs < left + width) & (bottom < ys) & (ys < bottom + 20))
        )
        hidden += 50 * bool(left < 0 or size[0] < left + width or bottom < 0)
    return hidden
