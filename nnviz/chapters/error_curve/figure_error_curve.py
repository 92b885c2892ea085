"""A curve of the error, the walk down it, and the step that comes next."""

from types import MappingProxyType
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.error_curve.descent import Walk
from nnviz.chapters.error_curve.figure_scene import Scene
from nnviz.chapters.error_curve.figure_tangent import slope_note, tangent
from nnviz.chapters.error_curve.flat_regions import Shoulder
from nnviz.chart import theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits

_NARROW: Final = MappingProxyType({"height": 330, "margin": {"l": 40, "r": 8, "t": 12, "b": 40}})
_WIDTH: Final = 550  # px of the axes, about
_FADING: Final = 12  # places that a walk takes to fade into the past


def error_curve_picture(scene: Scene, walk: Walk, ahead: Walk | None) -> Picture:
    """Draw the curve, the walk so far and the next step; the present point itself is a handle.

    Parameters
    ----------
    scene : Scene
    walk : Walk
        The steps so far; its last place is the present one.
    ahead : Walk or None
        The walk of one step that would come next; None keeps it a secret.
    """
    x, error, slope = (float(values[-1]) for values in (walk.x, walk.error, walk.slope))
    here = scene.shows(x, error)
    traces: list[Any] = [_curve(scene), _places(scene)]
    notes = [_shoulder_note(shoulder) for shoulder in scene.shoulders]
    if here:
        traces.append(tangent(scene, x, error, slope))
        notes.append(slope_note(scene, x, error, slope))
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
        xaxis=theme.axis(scene.x_label, range=scene.x_range, zeroline=not scene.shoulders),
        yaxis=theme.axis("error", range=scene.y_range),
        annotations=notes,
        shapes=[_shade(shoulder, scene) for shoulder in scene.shoulders],
    )
    return Picture(go.Figure(traces, layout), _NARROW)


def _curve(scene: Scene) -> go.Scatter:
    return go.Scatter(
        x=scene.xs,
        y=scene.errors,
        mode="lines",
        line={"color": theme.BLUE, "width": 3, "simplify": False},
        hovertemplate=f"{scene.x_label} %{{x:.4g}}<br>error %{{y:.4g}}<extra></extra>",
    )


def _places(scene: Scene) -> go.Scatter:
    xs, errors = zip(*scene.places.values(), strict=True) if scene.places else ((), ())
    return go.Scatter(
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
    """Return where a name has room: outside of a parabola, below a shoulder."""
    if scene.shoulders:
        return "bottom center" if scene.room(x) == "right" else "middle right"
    return "middle right" if x >= 0 else "middle left"


def _trail(walk: Walk) -> go.Scatter:
    """Draw where the walk has been, the older the fainter."""
    age = np.arange(len(walk.x))[::-1]
    opacity = np.clip(1 - age / _FADING, 0.45, 1)
    opacity[-1] = 0  # the present place is the handle's
    rows = zip(walk.x.tolist(), walk.error.tolist(), walk.slope.tolist(), strict=True)
    return go.Scatter(
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


def _step_ahead(scene: Scene, ahead: Walk) -> list[go.Scatter]:
    """Draw the next step as a dashed arrow along x, and how the point lands on the curve."""
    x, error = ahead.x, ahead.error
    share = abs(float(ahead.steps[0])) / np.ptp(scene.x_range)
    # A head longer than its arrow would stick out at the wrong end.
    head = min(13, _WIDTH * share / 2)
    hover = f"the next step: {float(ahead.steps[0])!r}<extra></extra>"
    dashed = go.Scatter(
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
    landing = go.Scatter(
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
        "x": scene.x_range[rightwards],
        "y": level,
        "text": f"{when}: {scene.x_label.partition(' = ')[0]} = {digits(x)}",
        "ax": -44 if rightwards else 44,
        "ay": 0,
        "xanchor": "right" if rightwards else "left",
        "showarrow": True,
        "arrowhead": 2,
        "arrowwidth": 2.5,
        "arrowcolor": colour,
        "bgcolor": theme.PAPER,
        "font": {"color": theme.INK, "size": 14},
    }


def _shade(shoulder: Shoulder, scene: Scene) -> dict[str, Any]:
    return {
        "type": "rect",
        "layer": "below",
        "x0": shoulder.low,
        "x1": shoulder.high,
        "y0": scene.y_range[0],
        "y1": scene.y_range[1],
        "line": {"width": 0},
        "fillcolor": theme.PANEL,
    }


def _shoulder_note(shoulder: Shoulder) -> dict[str, Any]:
    wrong = shoulder.error > 0.5
    return {
        "x": (shoulder.low + shoulder.high) / 2,
        "y": 0.17 if wrong else 0.55,  # where the curve leaves room
        "text": f"flat<br>shoulder:<br>sure and<br>{'wrong' if wrong else 'right'}",
        "showarrow": False,
        "font": {"color": theme.INK, "size": 13},
    }
