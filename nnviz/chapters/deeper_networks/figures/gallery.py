"""Small pictures of the presets: some of the rows, and the shape of the network beside them."""

from base64 import b64encode
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np

from nnviz.chapters.deeper_networks.presets import Preset
from nnviz.chart import theme
from nnviz.data.sample import evenly_chosen
from nnviz.training.plan import Plan

SIDE: Final = 44
"""Height of a picture, and the width of each of its halves, in pixels."""

_MOST_ROWS: Final = 90
_EDGE: Final = 3.0


@cache
def small_picture(preset: Preset) -> str:
    """Return the picture of a preset as an address that holds it, for an image."""
    plan = preset.plan()
    marks = [*_rows(plan), *_network(plan)]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * SIDE} {SIDE}" '
        f'width="{2 * SIDE}" height="{SIDE}">{"".join(marks)}</svg>'
    )
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"


def _rows(plan: Plan) -> list[str]:
    sample = plan.sample
    # Evenly chosen, but not at whole distances: neighbours often are of different classes.
    shown = evenly_chosen(sample.n_rows, _MOST_ROWS)
    points = sample.plane[shown]
    low, high = sample.plane.min(axis=0), sample.plane.max(axis=0)
    places = _EDGE + (SIDE - 2 * _EDGE) * (points - low) / np.where(high > low, high - low, 1.0)
    if sample.classes:
        colours = [theme.SEVERAL_COLOURS[int(k)] for k in sample.y[shown]]
    else:
        middle = float(np.median(sample.y))
        colours = [theme.ORANGE if y < middle else theme.BLUE for y in sample.y[shown]]
    return [
        _dots([(x, SIDE - y) for (x, y), own in zip(places.tolist(), colours, strict=True)
               if own == colour], 3.2, colour)
        for colour in sorted(set(colours))
    ]  # fmt: skip


def _dots(places: list[tuple[float, float]], across: float, colour: str) -> str:
    """Return dots as the round ends of lines without length: short, for they are sent."""
    path = "".join(f"M{x:.1f} {y:.1f}h0" for x, y in places)
    return f'<path d="{path}" stroke="{colour}" stroke-width="{across}" stroke-linecap="round"/>'


def _network(plan: Plan) -> list[str]:
    """Return a dot for each unit, a column for each layer, and the lines between them."""
    sizes = plan.sizes
    columns = [
        [
            (SIDE + 6 + (SIDE - 12) * layer / (len(sizes) - 1), (unit + 0.5) * SIDE / size)
            for unit in range(size)
        ]
        for layer, size in enumerate(sizes)
    ]
    lines = "".join(
        f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
        for before, after in pairwise(columns)
        for x0, y0 in before
        for x1, y1 in after
    )
    edges = f'<path d="{lines}" stroke="{theme.GREY}" stroke-width=".5"/>'
    return [edges, _dots([unit for column in columns for unit in column], 4, theme.GREY)]
