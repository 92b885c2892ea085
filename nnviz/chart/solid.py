"""What pictures in three dimensions have in common."""

from collections.abc import Sequence
from typing import Any

from nnviz.chart import plot, theme
from nnviz.nn.checks import FloatArray


def axis(title: str, size: int = 13, **options: Any) -> dict[str, Any]:
    """Return the layout of one axis of a scene; ``size`` is that of its title in pixels."""
    return {
        "title": {"text": title, "font": {"size": size}},
        "color": theme.INK,
        "gridcolor": theme.GREY,
        "zerolinecolor": theme.GREY,
        "showbackground": False,
        "showspikes": False,
        "nticks": 6,
        **options,
    }


def upright_lines(
    points: FloatArray, ends: Sequence[FloatArray], line: dict[str, Any], name: str
) -> plot.Trace:
    """Return a line at each of the points, shape (n, 2), between two heights of shape (n,)."""
    x: list[float | None] = []
    y: list[float | None] = []
    z: list[float | None] = []
    for (px, py), start, end in zip(points.tolist(), *ends, strict=True):
        x += [px, px, None]
        y += [py, py, None]
        z += [float(start), float(end), None]
    return plot.scatter3d(x=x, y=y, z=z, mode="lines", line=line, name=name, hoverinfo="skip")
