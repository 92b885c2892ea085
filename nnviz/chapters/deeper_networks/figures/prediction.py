"""The still part of the outputs over the plane: training rows, test rows, and the legend."""

from html import escape
from itertools import islice
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chart import plot, theme
from nnviz.data.sample import evenly_chosen
from nnviz.text.digits import digits
from nnviz.training.maps.network_maps import answer_range
from nnviz.training.plan import Plan

MOST_POINTS: Final = 600
"""Number of training rows, and of test rows, that are drawn: evenly chosen if there are more."""

_LONGEST_NAME: Final = 12
_SIGNS: Final = ("●", "■", "◆", "▲", "★", "▼", "✚", "✖", "⬢", "⬟")  # as theme.SEVERAL_SYMBOLS


def prediction_traces(
    plan: Plan, *, rows_are_handles: bool = False, halo: bool = False
) -> list[plot.Trace]:
    """Return the rows over the plane: training rows filled, test rows open.

    They are left out where the chart shows them as handles. With a halo, a pale rim keeps the
    training rows apart from a ground of their own colour.
    """
    if rows_are_handles:
        return [plot.empty("2")]
    size = 8 if plan.sample.n_rows <= 100 else 7 if plan.sample.n_rows <= 300 else 6
    parts = ((plan.split.test, False), (plan.split.train, True))
    return [
        trace
        for rows, of_training in parts
        for trace in _part(plan, drawn(rows), of_training, size, halo=halo and of_training)
    ]


def drawn(rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the rows that are drawn: all, or `MOST_POINTS` of them, evenly chosen."""
    return np.asarray(np.sort(rows)[evenly_chosen(len(rows), MOST_POINTS)])


def prediction_stops(plan: Plan) -> tuple[str, ...]:
    """Return the colours of the ground: of several classes, paper and colour of each."""
    if plan.n_outputs == 1:
        return theme.DIVERGING
    colours = theme.SEVERAL_COLOURS[: plan.n_outputs]
    return tuple(stop for colour in colours for stop in (theme.PAPER, colour))


def prediction_words(plan: Plan, *, brief: bool = False) -> str:
    """Return the legend beside the plane, in lines of about 18 characters; briefly, the classes."""
    sample = plan.sample
    lines = [f"<b>{short_name(sample.target)}</b>"]
    if sample.classes:
        lines += [f"{class_sign(k)} {short_name(name)}" for k, name in enumerate(sample.classes)]
    else:
        low, high = (digits(value, 2) for value in answer_range(plan))
        lines.append(f'<span style="color:{theme.ORANGE}">●</span> {low}')
        lines.append(f'<span style="color:{theme.BLUE}">●</span> {high}')
    if not brief:
        lines += ["", *_counts(plan), "", "<b>ground</b>", *_ground(plan)]
    return "<br>".join(lines)


def class_sign(k: int) -> str:
    """Return the mark of a class in its colour, as markup for texts."""
    return f'<span style="color:{theme.SEVERAL_COLOURS[k]}">{_SIGNS[k]}</span>'


def _counts(plan: Plan) -> list[str]:
    lines = []
    for name, rows in (("● training", plan.split.train), ("○ test", plan.split.test)):
        if len(rows):
            lines.append(f"{name}: {len(rows):,}")
        if len(rows) > MOST_POINTS:
            lines.append(f"&nbsp; &nbsp; {MOST_POINTS} drawn")
    return lines


def _ground(plan: Plan) -> list[str]:
    if plan.sample.is_curve:
        return ["line and colour:", "what the network", "answers; grey: how", "far off it is"]
    if not plan.sample.classes:
        return ["what the network", "answers; clear:", "halfway"]
    if plan.n_outputs > 1:
        return ["the class told;", "the stronger, the", "surer it is"]
    first, second = (short_name(name) for name in plan.sample.classes)
    return [f"orange: tells {first}", f"blue: tells {second}", "line: undecided"]


def _part(
    plan: Plan, rows: npt.NDArray[np.int64], of_training: bool, size: int, *, halo: bool
) -> list[plot.Trace]:
    sample = plan.sample
    if halo and sample.classes:
        symbols = [theme.SEVERAL_SYMBOLS[int(k)] for k in sample.y[rows]]
        rim = {"symbol": symbols, "size": size + 5, "color": theme.PAPER}
        bare = _part(plan, rows, of_training, size, halo=False)
        return [_scatter(plan, rows, None, rim), *bare]
    if not sample.classes:
        low, high = answer_range(plan)
        scale = [[0, theme.ORANGE], [0.5, theme.PAPER], [1, theme.BLUE]]
        colour = {"color": sample.y[rows], "cmin": low, "cmax": high, "colorscale": scale}
        return _seen(plan, rows, of_training, "circle", size, colour)
    looks = zip(theme.SEVERAL_SYMBOLS, theme.SEVERAL_COLOURS, strict=True)
    return [
        trace
        for k, (symbol, colour) in enumerate(islice(looks, sample.n_classes))
        for trace in _seen(
            plan, rows[sample.y[rows] == k], of_training, symbol, size, {"color": colour}
        )
    ]


def _seen(
    plan: Plan,
    rows: npt.NDArray[np.int64],
    of_training: bool,
    symbol: str,
    size: int,
    colour: dict[str, Any],
) -> list[plot.Trace]:
    """Return rows of one look: training rows filled, test rows as rings."""
    if not len(rows):
        return []
    if of_training:
        line = {"color": theme.INK, "width": 1}
        disc = {"symbol": symbol, **colour, "size": size, "line": line}
        return [_scatter(plan, rows, of_training, disc)]
    ink = {"symbol": symbol, "size": size + 3, "color": theme.INK}
    ring = {**ink, "size": size - 1, "color": theme.PAPER, "line": {**colour, "width": 2}}
    return [_scatter(plan, rows, None, ink), _scatter(plan, rows, of_training, ring)]


def _scatter(
    plan: Plan, rows: npt.NDArray[np.int64], of_training: bool | None, marker: dict[str, Any]
) -> plot.Trace:
    """Return rows with hover texts; without any if ``of_training`` is None."""
    hover: dict[str, Any] = {"hoverinfo": "skip"}
    if of_training is not None:
        words = [_row_words(plan, row, of_training) for row in rows.tolist()]
        hover = {"hoverinfo": "text", "hovertext": words}
    x, y = plan.sample.plane[rows].T
    return plot.scatter(x=x, y=y, mode="markers", marker=marker, **plot.on("2"), **hover)


def _row_words(plan: Plan, row: int, of_training: bool) -> str:
    sample = plan.sample
    values = ", ".join(
        f"{escape(name)} {digits(value)}"
        for name, value in zip(sample.columns[:2], sample.X[row, :2].tolist(), strict=False)
    )
    y = float(sample.y[row])
    label = f"{escape(sample.target)} {digits(y)}"
    if sample.classes:
        label = f"class {escape(sample.classes[int(y)])}"
    return f"<b>{'training' if of_training else 'test'} row {row + 1}</b><br>{values}<br>{label}"


def short_name(name: str, longest: int = _LONGEST_NAME) -> str:
    """Return a name from outside, cut to a number of characters and escaped."""
    return escape(name if len(name) <= longest else f"{name[: longest - 1]}…")
