"""Draw the curve of an activation with the live point on it, its tangent and the threshold."""

from typing import Any, Final

import numpy as np

from nnviz.chart import plot, theme
from nnviz.chart.tracks import DotTrack, LineTrack, Track
from nnviz.nn.activations import ACTIVATIONS
from nnviz.text.digits import digits
from nnviz.text.names import CODE, Naming, called
from nnviz.walkthrough.figures.tracks import NAME, SLOPE, BoardTrack, Look, text_item

_REACHES: Final = (6.0, 12.0, 30.0, 60.0, 120.0, 300.0, 1e3, 1e4, 1e5)
_POINTS: Final = 241
_ROOM: Final = 9  # letters of the slope


def curve_ranges(activation: str, z: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return what the axes show: they hold still until z outgrows them."""
    reach = next((r for r in _REACHES if abs(z) <= r), abs(z) * 1.1)
    kind = ACTIVATIONS[activation]
    # What is small below 0 gets a little room there, and anything else as much as it needs.
    low = min(-0.15 * reach, 1.05 * float(kind.value(-reach)))
    return (-reach, reach), kind.plot_range or (low, 1.05 * reach)


def curve_traces(
    activation: str, z: float, threshold: float, *, axes: str, naming: Naming = CODE
) -> list[plot.Trace]:
    """Return the curve and the line of the threshold."""
    (low, high), _ = curve_ranges(activation, z)
    xs = np.linspace(low, high, _POINTS)
    z_name = called("weighted sum", naming)
    curve = plot.scatter(
        x=xs,
        y=ACTIVATIONS[activation].value(xs),
        mode="lines",
        line={"color": theme.BLUE, "width": 3},
        hovertemplate=f"{z_name} %{{x:.4g}}<br>{activation} %{{y:.4g}}<extra></extra>",
        **plot.on(axes),
    )
    line = plot.scatter(
        x=[low, high],
        y=[threshold, threshold],
        mode="lines",
        line={"color": theme.GREEN, "width": 2, "dash": "dash"},
        hovertemplate=f"threshold {threshold!r}: from here on the answer is 1<extra></extra>",
        **plot.on(axes),
    )
    return [line, curve]


def curve_axes(
    activation: str, z: float, axes: str, place: theme.Place, naming: Naming = CODE
) -> dict[str, Any]:
    """Return the layout of the curve's axes at a place."""
    x_range, y_range = curve_ranges(activation, z)
    name = called("weighted sum", naming)
    return theme.panel(
        axes,
        place,
        theme.axis(name, range=x_range, fixedrange=True, nticks=7),
        theme.axis("prediction", range=y_range, fixedrange=True, nticks=5),
    )


def curve_tracks(
    activation: str,
    z: float,
    a: float,
    n_steps: int,
    *,
    z_at: int,
    a_at: int,
    axes: str,
    slope: bool = True,
) -> tuple[Track, ...]:
    """Return what appears on the curve: z on the axis, then the point, its tangent and its slope.

    From the steps ``z_at`` and ``a_at`` on z and a are known; ``axes`` numbers the subplot.
    ``slope`` shows the tangent and its slope.
    """
    name = f"x{axes}y{axes}"
    (x_low, x_high), (y_low, y_high) = curve_ranges(activation, z)
    steep = float(ACTIVATIONS[activation].derivative(z))
    reach = 0.22 * (x_high - x_low) / np.hypot(1, steep * (x_high - x_low) / (y_high - y_low))
    tangent = [[z - reach, a - steep * reach], [z + reach, a + steep * reach]]
    drop = [[z, y_low], [z, a]]
    dropped = LineTrack(values=_from(z_at, n_steps, drop), axes=name, dash="dot", width=1.5)
    dots = (
        DotTrack(values=_from(z_at, n_steps, [z, y_low]), axes=name, size=5),
        DotTrack(values=_from(a_at, n_steps, [z, a]), axes=name, size=7),
    )
    if not slope:
        return dropped, *dots
    touching = LineTrack(values=_from(a_at, n_steps, tangent), axes=name, width=2.5)
    said = _slope(steep, (x_low, x_high, y_low, y_high), n_steps, a_at, axes=name)
    return dropped, touching, *dots, said


def _from(step: int, n_steps: int, values: Any) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return the same values from a step on, and before it none."""
    repeated = np.repeat(np.array([values], dtype=np.float64), n_steps, axis=0)
    repeated[:step] = np.nan
    return repeated


def _slope(
    slope: float, edges: tuple[float, float, float, float], n_steps: int, a_at: int, *, axes: str
) -> BoardTrack:
    x_low, x_high, y_low, y_high = edges
    place = (x_low + 0.03 * (x_high - x_low), y_high - 0.1 * (y_high - y_low))
    shown = digits(slope)
    if len(shown) > _ROOM:
        shown = digits(slope, 2)
    values = np.zeros((n_steps, 1, 2), dtype=np.uint16)
    values[a_at:, 0, 0] = 1
    return BoardTrack(
        values=values,
        items=(text_item(place, 13),),
        texts=("", f"{NAME}slope here\t{SLOPE}{shown}"),
        exact=("", repr(slope)),
        looks=(Look(),),
        axes=axes,
    )
