"""The tangent of a curve, with its slope written beside it."""

from typing import Any

import numpy as np
import plotly.graph_objects as go

from nnviz.figures import theme
from nnviz.figures.scene import Scene
from nnviz.sentences.digits import digits


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
    """Write the slope beside the tangent, where the curve does not run."""
    note = {
        "text": f"slope = {digits(slope)}",
        "showarrow": False,
        "bgcolor": theme.PAPER,
        "font": {"color": theme.INK, "size": 14},
    }
    if scene.on_shoulder(x):
        return {
            **note, "x": x, "y": error, "yshift": 14, "xanchor": scene.room(x),
            "yanchor": "bottom",
        }  # fmt: skip
    low, high = _ends(scene, x, error, slope)
    if scene.shoulders:
        at, leftwards, gap = low, False, 8
    else:
        # Beside the upper end: inside a parabola there is room high up, outside of it low down.
        at = high if slope >= 0 else low
        steep = abs(x) > 0.22 * scene.x_range[1]
        leftwards = (slope >= 0) == steep
        gap = 22 if steep else 8  # inside, the curve runs between the tangent and the text
    return {
        **note,
        "x": at,
        "y": error + slope * (at - x),
        "xanchor": "right" if leftwards else "left",
        "yanchor": "middle",
        "xshift": -gap if leftwards else gap,
    }
