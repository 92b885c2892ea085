"""The data: controls to choose them, and rows put in, moved and taken out by hand."""

import numpy as np
import streamlit as st

from nnviz.chapters.deeper_networks.address import ADDRESS, Chosen
from nnviz.chapters.deeper_networks.settings import OWN, Settings
from nnviz.chapters.deeper_networks.views.widgets import seed_input, select, slider
from nnviz.chart import theme
from nnviz.chart.gestures import Drag, Handle
from nnviz.data import toys
from nnviz.data.sample import Sample, moved, with_point, without
from nnviz.data.toys import TOYS
from nnviz.site.folded import folded
from nnviz.site.plain import plain
from nnviz.site.rows.own_data import own_data
from nnviz.site.rows.row_editor import points_table
from nnviz.text.digits import digits, percent
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

_MOST_IN_A_TABLE = 200


def data_controls(chosen: Chosen) -> None:
    """Show a button that says what the data are, and the controls behind it."""
    settings = chosen.settings
    sample = settings.sample(chosen.own)
    folded(
        _words(settings, sample), lambda: _choices(chosen, sample), key="deeper_data", help=_HELP
    )


def _choices(chosen: Chosen, sample: Sample) -> None:
    settings = chosen.settings
    _which(chosen, settings)
    if settings.data == OWN:
        _own(chosen, sample)
    else:
        _toy(chosen, settings)
    slider(
        chosen, "test", "Held out for testing",
        [k / 20 for k in range(19)], "The network never learns from these rows.",
        shown=lambda share: percent(share)[0],
    )  # fmt: skip
    for sentence in split_words(settings.plan(chosen.own)):
        st.caption(plain(sentence))


_FEW_ROWS = 5


def split_words(plan: Plan) -> list[str]:
    """Return sentences on a split that leaves too little to learn from."""
    sample, n = plan.sample, len(plan.split.train)
    sentences = []
    if n <= _FEW_ROWS < n + len(plan.split.test):
        sentences.append(f"Only {n} of {sample.n_rows:,} rows are learned from: hold out fewer.")
    elif n <= _FEW_ROWS:
        rest = f", {len(plan.split.test)} are held out" if len(plan.split.test) else ""
        sentences.append(f"There are few rows: {n} are learned from{rest}.")
    taught = set(sample.y[plan.split.train].tolist())
    missing = (name for k, name in enumerate(sample.classes) if k not in taught)
    sentences += [f"No training row is of class {name}: it cannot be learned." for name in missing]
    return sentences


_HELP = "What the network learns from: a data set made by chance, or rows of your own."


def _words(settings: Settings, sample: Sample) -> str:
    return f"{_title(settings.data)} · {sample.n_rows:,}"


def _title(data: str) -> str:
    return "Own rows" if data == OWN else TOYS[data].title


def _which(chosen: Chosen, settings: Settings) -> None:
    select(chosen, "data", "Data", (*TOYS, OWN), shown=_title)
    if settings.data != OWN:
        st.caption(TOYS[settings.data].described(settings.noise))


def _toy(chosen: Chosen, settings: Settings) -> None:
    toy = TOYS[settings.data]
    if not toy.fixed:
        slider(chosen, "noise", "Noise", [k / 50 for k in range(51)])
    st.caption(toy.noise_words(settings.noise))
    if toy.fixed:
        return
    sizes = sorted({10, 20, 50, 100, 150, 200, 250, 400, 600, 1000, 2000, toys.MOST_ROWS})
    slider(chosen, "rows", "Rows", sizes)
    if len(toy.classes) > 1:
        slider(chosen, "classes", "Classes", range(2, toys.MOST_CLASSES + 1))
    seed_input(chosen, "draw", "Seed of the rows", "Other rows of the same kind.")
    st.caption("To put in, move or take out single points, choose a tool under the picture.")


def _own(chosen: Chosen, sample: Sample) -> None:
    if chosen.own is None:
        st.info("You have no rows of your own yet; the circle stands in for them.")
    else:
        columns = " and ".join(plain(name) for name in sample.plane_names)
        told = f"{sample.n_classes} classes" if sample.classes else "a number to be told"
        st.caption(f"{sample.n_rows:,} rows, {told}; the plane shows {columns}.")
    own_data(ADDRESS, chosen.use_rows)
    if sample.n_rows <= _MOST_IN_A_TABLE:
        points_table(sample, chosen.use_rows)


MOST_HANDLES = 300
# Distance from a row at which a click still means it, as a fraction of the range of the rows.
_NEAR = 0.04


def edit_rows(chosen: Chosen, x: float, y: float) -> None:
    """Add a row at a click, or remove the one there."""
    sample = chosen.settings.sample(chosen.own)
    try:
        if ADDRESS["tool"] == "add":
            target = ADDRESS["adds"] if sample.classes else float(np.median(sample.y))
            chosen.use_points(with_point(sample, x, y, float(target)))
        elif ADDRESS["tool"] == "remove":
            span = np.ptp(sample.plane, axis=0)
            scale = np.where(span > 0, span, 1.0)
            distances = np.hypot(*((sample.plane - (x, y)) / scale).T)
            if distances.min() > _NEAR:
                chosen.tell("There is no row there. Click on one to take it out.")
            else:
                chosen.use_points(without(sample, int(distances.argmin())))
    except ValueError as reason:
        chosen.tell(f"{reason} The rows stay as they were.")


def handles(plan: Plan, plane: Plane) -> list[Handle]:
    """Return a handle for every row, up to 300 of them."""
    sample = plan.sample
    symbols = ("circle", "square", "diamond")
    test = set(plan.split.test.tolist())
    step = (plane.x_high - plane.x_low) / 1000
    found = []
    for row in range(min(sample.n_rows, MOST_HANDLES)):
        k = int(sample.y[row]) if sample.classes else 1
        kind = "test" if row in test else "training"
        name = f"class {sample.classes[k]}" if sample.classes else f"value {digits(sample.y[row])}"
        found.append(
            Handle(
                name=str(row),
                label=f"Row {row + 1}, {kind}, {name}",
                x=float(sample.plane[row, 0]),
                y=float(sample.plane[row, 1]),
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
    """Move a row to where it was dragged."""
    sample = chosen.settings.sample(chosen.own)
    try:
        chosen.use_points(moved(sample, int(drag.name), drag.x, drag.y))
    except ValueError as reason:
        chosen.tell(f"{reason} The rows stay as they were.")
