"""Rows put in, moved and taken out by hand, on the plane."""

import numpy as np

from nnviz.chapters.deeper_networks.chosen import Chosen
from nnviz.chart import theme
from nnviz.chart.gestures import Drag, Handle
from nnviz.data.sample import moved, with_point, without
from nnviz.site.address import Address
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

MOST_HANDLES = 300
# How far from a row a click still means it, as a part of the plane.
_NEAR = 0.04


def edit_rows(address: Address, chosen: Chosen, x: float, y: float) -> None:
    """Put in a row where the person has clicked, or take out the one there."""
    sample = chosen.settings.sample(chosen.own)
    try:
        if address["tool"] == "add":
            target = address["adds"] if sample.classes else float(np.median(sample.y))
            chosen.use_points(with_point(sample, x, y, float(target)))
        elif address["tool"] == "remove":
            span = np.ptp(sample.X[:, :2], axis=0)
            scale = np.where(span > 0, span, 1.0)
            distances = np.hypot(*((sample.X[:, :2] - (x, y)) / scale).T)
            if distances.min() > _NEAR:
                chosen.tell("There is no row there. Click on one to take it out.")
            else:
                chosen.use_points(without(sample, int(distances.argmin())))
    except ValueError as reason:
        chosen.tell(f"{reason} The rows stay as they were.")


def handles(plan: Plan, plane: Plane) -> list[Handle]:
    """Return a handle for every row, up to 300 of them."""
    sample = plan.sample
    shown = range(min(sample.n_rows, MOST_HANDLES))
    symbols = ("circle", "square", "diamond")
    test = set(plan.split.test.tolist())
    step = (plane.x_high - plane.x_low) / 1000
    found = []
    for row in shown:
        k = int(sample.y[row]) if sample.classes else 1
        kind = "test" if row in test else "training"
        name = f"class {sample.classes[k]}" if sample.classes else f"value {sample.y[row]:.4g}"
        found.append(
            Handle(
                name=str(row),
                label=f"Row {row + 1}, {kind}, {name}",
                x=float(sample.X[row, 0]),
                y=float(sample.X[row, 1]),
                low=(plane.x_low, plane.y_low),
                high=(plane.x_high, plane.y_high),
                snap=float(f"{step:.1g}"),
                stride=float(f"{10 * step:.1g}"),
                live=False,
                size=5,
                colour=theme.SEVERAL_COLOURS[k % len(theme.SEVERAL_COLOURS)],
                symbol=symbols[k % len(symbols)],  # type: ignore[arg-type]
                axes="x2y2",
            )
        )
    return found


def move_row(chosen: Chosen, drag: Drag) -> None:
    """Take a row to where it was dragged."""
    sample = chosen.settings.sample(chosen.own)
    try:
        chosen.use_points(moved(sample, int(drag.name), drag.x, drag.y))
    except ValueError as reason:
        chosen.tell(f"{reason} The rows stay as they were.")
