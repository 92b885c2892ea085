"""Draw a curve of the error with its tangent, the walk down it and the step that comes next."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np

from nnviz.chapters.error_curve.paths import FlatRegion, Scene
from nnviz.chapters.error_curve.walk import Walk
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits

_NARROW: Final = MappingProxyType({"height": 330, "margin": {"l": 54, "r": 8, "t": 12, "b": 40}})
_WIDTH: Final = 550  # px of the axes, about
_FADING: Final = 12  # places that a walk takes to fade into the past

CURVE: Final = 0
"""The index of the curve among the traces, which the point cannot leave."""

_SIZES: Final = ((550, 390), (306, 278))
"""Of the axes in pixels, about: on a wide screen and on a phone."""


def error_curve_picture(scene: Scene, walk: Walk, ahead: Walk | None) -> Picture:
    """Draw the curve, the walk so far and the next step; the present point itself is a handle.

    ``ahead`` is the walk of the next step, or None to keep it a secret.
    """
    x, error, slope = walk.here
    here = scene.shows(x, error)
    traces: list[Any] = [_curve(scene), _places(scene)]
    notes = [_region_note(region) for region in scene.flat_regions]
    if here:
        traces.append(tangent(scene, x, error, slope))
    of_slope = [[slope_note(scene, x, error, slope, size)] if here else [] for size in _SIZES]
    traces.append(_trail(walk))
    if ahead is not None and len(ahead.steps):
        traces += _step_ahead(scene, ahead)
        if not scene.shows(float(ahead.x[1]), float(ahead.error[1])):
            level = error if here else 0.78 * scene.y_range[1]
            notes.append(_edge_note(scene, float(ahead.x[1]), "next", theme.VERMILLION, level))
    if not here:
        notes.append(_edge_note(scene, x, "now", theme.INK, 0.92 * scene.y_range[1]))
    layout = theme.layout(
        440,
        margin={"l": 46, "r": 10, "t": 10, "b": 40},
        xaxis=theme.axis(scene.x_label, range=scene.x_range, zeroline=not scene.flat_regions),
        yaxis=theme.axis("error", range=scene.y_range),
        annotations=[*notes, *of_slope[0]],
        shapes=[_shade(region, *scene.y_range) for region in scene.flat_regions],
    )
    changes = {**_NARROW, "annotations": [*notes, *of_slope[1]]}
    return Picture(plot.figure(traces, layout), changes)


def _curve(scene: Scene) -> plot.Trace:
    return plot.scatter(
        x=scene.xs,
        y=scene.errors,
        mode="lines",
        line={"color": theme.BLUE, "width": 3, "simplify": False},
        hovertemplate=f"{scene.x_label} %{{x:.4g}}<br>error %{{y:.4g}}<extra></extra>",
    )


def _places(scene: Scene) -> plot.Trace:
    xs, errors = zip(*scene.places.values(), strict=True) if scene.places else ((), ())
    return plot.scatter(
        x=xs,
        y=errors,
        mode="markers+text",
        marker={"symbol": "circle-open", "size": 18, "color": theme.INK, "line": {"width": 2}},
        text=[f"<b>{name}</b>" for name in scene.places],
        textposition=[_beside(scene, x) for x in xs],
        textfont={"size": 17, "color": theme.INK},
        hoverinfo="skip",
    )


def _beside(scene: Scene, x: float) -> str:
    """Return where a name has room: outside of a parabola, below a region."""
    if scene.flat_regions:
        return "bottom center" if scene.text_anchor(x) == "right" else "middle right"
    return "middle right" if x >= 0 else "middle left"


def _trail(walk: Walk) -> plot.Trace:
    """Draw where the walk has been, the older the fainter."""
    age = np.arange(len(walk.x))[::-1]
    opacity = np.clip(1 - age / _FADING, 0.45, 1)
    opacity[-1] = 0  # the present place is the handle's
    rows = zip(walk.x.tolist(), walk.error.tolist(), walk.slope.tolist(), strict=True)
    return plot.scatter(
        x=walk.x,
        y=walk.error,
        mode="lines+markers",
        line={"color": theme.GREY, "width": 1},
        marker={"color": theme.GREY, "size": 10, "opacity": opacity},
        hovertext=[
            f"after step {i}<br>x {x!r}<br>error {error!r}<br>slope {slope!r}"
            for i, (x, error, slope) in enumerate(rows)
        ],
        hoverinfo="text",
    )


def _step_ahead(scene: Scene, ahead: Walk) -> list[plot.Trace]:
    """Draw the next step as a dashed arrow along x, and how the point lands on the curve."""
    x, error = ahead.x, ahead.error
    share = abs(float(ahead.steps[0])) / np.ptp(scene.x_range)
    # A head longer than its arrow would stick out at the wrong end.
    head = min(13, _WIDTH * share / 2)
    hover = f"the next step: {float(ahead.steps[0])!r}<extra></extra>"
    dashed = plot.scatter(
        x=x,
        y=[error[0], error[0]],
        mode="lines+markers",
        line={"color": theme.VERMILLION, "width": 3, "dash": "dash"},
        marker={
            "symbol": "arrow", "angleref": "previous", "size": [0, head], "color": theme.VERMILLION,
            "opacity": 1,
        },
        hovertemplate=hover,
    )  # fmt: skip
    landing = plot.scatter(
        x=[x[1], x[1]],
        y=error,
        mode="lines+markers",
        line={"color": theme.VERMILLION, "width": 1.5, "dash": "dot"},
        marker={
            "symbol": "circle-open", "size": [0, 13], "color": theme.VERMILLION,
            "line": {"width": 2.5}, "opacity": 1,
        },
        hovertemplate=f"after it: x {float(x[1])!r}<br>error {float(error[1])!r}<extra></extra>",
    )  # fmt: skip
    return [dashed, landing]


def _edge_note(scene: Scene, x: float, when: str, colour: str, level: float) -> dict[str, Any]:
    """Point out of the picture to where a point is."""
    rightwards = x > sum(scene.x_range) / 2
    return {
        "x": scene.x_range[rightwards], "y": level,
        "text": f"{when}: {scene.x_label.partition(' = ')[0]} = {digits(x)}",
        "ax": -44 if rightwards else 44, "ay": 0, "xanchor": "right" if rightwards else "left",
        "showarrow": True, "arrowhead": 2, "arrowwidth": 2.5, "arrowcolor": colour,
        "bgcolor": theme.PAPER, "font": {"color": theme.INK, "size": 14},
    }  # fmt: skip


def _shade(region: FlatRegion, low: float, high: float) -> dict[str, Any]:
    return {
        "type": "rect", "layer": "below", "x0": region.low, "x1": region.high, "y0": low,
        "y1": high, "line": {"width": 0}, "fillcolor": theme.PANEL,
    }  # fmt: skip


def _region_note(region: FlatRegion) -> dict[str, Any]:
    wrong = region.error > 0.5
    text = f"flat:<br>{'sure,<br>but<br>wrong' if wrong else 'sure,<br>and<br>right'}"
    # Where the curve leaves room.
    return theme.note(text, (region.low + region.high) / 2, 0.17 if wrong else 0.55)


def tangent(scene: Scene, x: float, error: float, slope: float) -> plot.Trace:
    """Draw the line that touches the curve at x."""
    low, high = _ends(scene, x, error, slope)
    return plot.scatter(
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


def slope_note(
    scene: Scene, x: float, error: float, slope: float, size: tuple[float, float]
) -> dict[str, Any]:
    """Write the slope beside the tangent, where it hides no name of a place and least curve.

    ``size`` is that of the axes in pixels, about.
    """
    text = f"slope = {digits(slope)}"
    spots = _spots(scene, x, error, slope)
    hides = [_hides(scene, spots[0], len(text), size)]
    if hides[0]:
        hides += [_hides(scene, spot, len(text), size) for spot in spots[1:]]
    return theme.note(text, size=14, bgcolor=theme.PAPER, **spots[hides.index(min(hides))])


def _spots(scene: Scene, x: float, error: float, slope: float) -> list[dict[str, Any]]:
    """Return where the text may stand, the best first."""
    low, high = _ends(scene, x, error, slope)
    upper, lower = (high, low) if slope >= 0 else (low, high)
    # Beside the upper end: inside a parabola there is room high up, outside of it low down.
    steep = abs(x) > 0.22 * scene.x_range[1]
    leftwards = (slope >= 0) == steep
    spots = [(low, False, 8)] if scene.flat_regions else []
    spots += [
        (upper, leftwards, 22 if steep else 8),
        (upper, not leftwards, 8 if steep else 22),
        (lower, not leftwards, 8),
        (lower, leftwards, 8),
    ]
    if not scene.is_flat(x):
        return [
            {
                "x": at, "y": error + slope * (at - x), "yanchor": "middle", "yshift": 0,
                "xanchor": "right" if to_left else "left", "xshift": -gap if to_left else gap,
            }
            for at, to_left, gap in spots
        ]  # fmt: skip
    over = {"x": x, "y": error, "xshift": 0, "yshift": 14, "yanchor": "bottom"}
    under = {**over, "yshift": -14, "yanchor": "top"}
    anchors = (scene.text_anchor(x), "right", "left")
    return [{**spot, "xanchor": anchor} for spot in (over, under) for anchor in anchors]


def _hides(scene: Scene, spot: dict[str, Any], n_letters: int, size: tuple[float, float]) -> int:
    """Count what a text at the spot would hide on axes of a size."""
    hidden = 0
    scale = np.array(size) / (np.ptp(scene.x_range), np.ptp(scene.y_range))
    origin = np.array((scene.x_range[0], scene.y_range[0]))
    width = 7.6 * n_letters + 4
    left, bottom = (np.array((spot["x"], spot["y"])) - origin) * scale
    left += spot["xshift"] - {"left": 0, "center": width / 2, "right": width}[spot["xanchor"]]
    bottom += spot["yshift"] - {"bottom": 0, "middle": 10, "top": 20}[spot["yanchor"]]
    for name, place in scene.places.items():
        x, y = (np.array(place) - origin) * scale
        # The ring and its name, whichever side of the ring that stands on.
        reach, below = 16 + 10 * len(name), 32 if scene.flat_regions else 14
        hidden += 100 * bool(
            left < x + reach
            and x - reach < left + width
            and bottom < y + 14
            and y - below < bottom + 20
        )
    xs, ys = (np.stack((scene.xs, scene.errors), 1) - origin).T * scale[:, None]
    hidden += int(np.any((left < xs) & (xs < left + width) & (bottom < ys) & (ys < bottom + 20)))
    hidden += 50 * bool(left < 0 or size[0] < left + width or bottom < 0)
    return hidden
