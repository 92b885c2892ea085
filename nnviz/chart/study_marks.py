"""The marks of repeated runs: a dot for each run, the median, and the band of the middle half."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from nnviz.chart import plot, theme
from nnviz.chart.tracks import Dash
from nnviz.nn.checks import FloatArray
from nnviz.training.study_results import Band

SPREAD: Final = (0.07, 0.36)
"""How far the dots of one variant stand from its place, nearest and farthest, in units of x."""

REACH: Final = 26.0
"""How many pixels beside a dot a click still counts for it."""


@dataclass(frozen=True)
class Look:
    """How the runs are drawn that were measured on one kind of rows."""

    name: str  # as it stands in sentences and legends
    # colour, dash, symbol: of the line of medians and of its dots
    colour: str
    dash: Dash
    symbol: str
    # letter, stroke: the dot and the line as characters of a legend
    letter: str
    stroke: str
    side: int  # -1 for dots to the left of the variant's place, 1 for dots to the right


TRAIN: Final = Look("training rows", theme.GREEN, "solid", "circle", "●", "—", -1)
TEST: Final = Look("test rows", theme.VERMILLION, "dash", "square-open", "□", "– –", 1)
STOPPED: Final = Look(
    "test rows, had each run stopped at its lowest", theme.PURPLE, "dot", "diamond-open", "◇",
    "···", 1,
)  # fmt: skip


def place(look: Look, variant: int, repeat: int, n_repeats: int) -> float:
    """Return the x of the dot of one run."""
    near, far = SPREAD
    fraction = repeat / (n_repeats - 1) if n_repeats > 1 else 0.5
    return variant + look.side * (near + fraction * (far - near))


def dots(look: Look, values: FloatArray, texts: Sequence[Sequence[str]], axes: str) -> plot.Trace:
    """Return a small dot for each run; ``values`` are (n_variants, n_repeats), NaN for no dot."""
    n_variants, n_repeats = values.shape
    runs = [(i, k) for i in range(n_variants) for k in range(n_repeats)]
    return plot.scatter(
        x=[place(look, i, k, n_repeats) for i, k in runs],
        y=_finite(values).ravel(),
        mode="markers",
        marker={
            "symbol": look.symbol,
            "size": 6,
            "color": look.colour,
            "opacity": 0.75,
            "line": {"width": 1.2, "color": look.colour},
        },
        text=[texts[i][k] for i, k in runs],
        hovertemplate="%{text}<extra></extra>",
        name=f"each run, {look.name}",
        **_on(axes),
    )


def ring(look: Look, values: FloatArray, run: tuple[int, int], axes: str) -> plot.Trace:
    """Return the ring around the dot of one run, given as (variant, repeat)."""
    return plot.scatter(
        x=[place(look, *run, values.shape[1])],
        y=_finite(values[run[0], run[1] : run[1] + 1]),
        mode="markers",
        marker={
            "symbol": "circle-open", "size": 15, "color": theme.INK,
            "line": {"width": 2.5, "color": theme.INK},
        },
        hoverinfo="skip",
        name="the opened run",
        **_on(axes),
    )  # fmt: skip


def middle(
    look: Look, band: Band, names: Sequence[str], told: Callable[..., Sequence[str]], axes: str
) -> list[Any]:
    """Return two traces: the medians as a line, and the band of the middle half of the runs.

    ``told`` writes numbers as texts that keep their order, for what appears at a median.
    """
    low, high = _finite(band.low), _finite(band.high)
    here = np.flatnonzero(np.isfinite(low) & np.isfinite(high))
    around = plot.band(
        here, low[here], high[here], line={"width": 0, "color": look.colour},
        fillcolor=look.colour, opacity=0.22, name=f"the middle half, {look.name}", **_on(axes),
    )  # fmt: skip
    band_rows = np.column_stack([band.low, band.median, band.high]).tolist()
    median = plot.scatter(
        x=np.arange(len(low)),
        y=_finite(band.median),
        mode="lines+markers",
        line={"color": look.colour, "dash": look.dash, "width": 3},
        marker={
            "symbol": look.symbol,
            "size": 11,
            "color": look.colour,
            "line": {"color": look.colour, "width": 2.5},
        },
        text=[
            f"{name}: {look.name}<br>median {half[1]}<br>middle half {half[0]} to {half[2]}<br>"
            f"{n} runs"
            for name, half, n in zip(
                names, (told(*each) for each in band_rows), band.n.tolist(), strict=True
            )
        ],
        hovertemplate="%{text}<extra></extra>",
        name=f"median, {look.name}",
        **_on(axes),
    )
    return [around, median]


def nearest(
    shown: Sequence[tuple[Look, FloatArray]],
    click: tuple[float, float],
    size: tuple[float, float],
    room: tuple[float, float],
) -> tuple[int, int] | None:
    """Return variant and repeat of the dot that is nearest to a click, or None far from all.

    Parameters
    ----------
    shown : sequence of (Look, ndarray of shape (n_variants, n_repeats))
        What has been drawn with `dots`.
    click : (float, float)
        Where the click was, in the units of the axes.
    size, room : (float, float)
        The size of the subplot in the units of the axes, and roughly in pixels.
    """
    best, found = REACH, None
    for look, values in shown:
        for variant, repeat in zip(*np.nonzero(np.isfinite(values)), strict=True):
            run = (int(variant), int(repeat))
            right = (place(look, *run, values.shape[1]) - click[0]) / size[0] * room[0]
            up = (float(values[run]) - click[1]) / size[1] * room[1]
            if np.hypot(right, up) < best:
                best, found = float(np.hypot(right, up)), run
    return found


def named(look: Look) -> str:
    """Return the entry of a legend: mark, line and name."""
    mark = f'<span style="color:{look.colour}"><b>{look.letter}{look.stroke}</b></span>'
    return f"{mark} {look.name}"


def legend(lines: Sequence[str], axes: str, **options: Any) -> dict[str, Any]:
    """Return an annotation above a subplot; ``options`` replace its layout entries."""
    x, y = plot.axis_names(axes)
    return {
        "text": "<br>".join(lines),
        "align": "left",
        "xref": f"{x} domain",
        "yref": f"{y} domain",
        "x": 0,
        "y": 1,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12},
        **options,
    }


def _finite(values: Any) -> Any:
    values = np.asarray(values, dtype=float)
    return np.where(np.isfinite(values), values, np.nan)


def _on(axes: str) -> dict[str, str]:
    return dict(zip(("xaxis", "yaxis"), plot.axis_names(axes), strict=True))
