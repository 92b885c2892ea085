"""Cells of an update: what every row would add to every weight, a line for each row."""

import textwrap
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from nnviz.chapters.live_training.row_gradients import RowUpdates
from nnviz.chart import plot, theme
from nnviz.nn.checks import FloatArray
from nnviz.text.digits import digits, in_powers
from nnviz.training.plan import Plan

FEW: Final = 8
"""Up to so many weights and biases every cell has room for its number, on a phone as well."""

GAP: Final = 0.2
"""Between the last row and the line of all rows together, which is ``ALL`` high; in rows."""

ALL: Final = 1.3

_ONE_LINE: Final = 4  # up to so many the sign and the number stand side by side
_ROOM: Final = 6  # letters of a number
_OFF: Final = 0.2  # of a triangle from the middle of its cell
_STRENGTH: Final = 0.6  # of the strongest colour, on which text stays readable
_WORDS: Final = {1: "with", -1: "against", 0: ""}.get


def bottom(n_rows: int) -> float:
    """Return where the cells end, in rows from the middle of the first."""
    return n_rows - 0.5 + GAP + ALL


def all_at(n_rows: int) -> float:
    """Return where the middle of the line of all rows together is, in the same way."""
    return n_rows - 0.5 + GAP + ALL / 2


def cells(updates: RowUpdates, names: Sequence[str]) -> list[Any]:
    """Return the cells of all rows, the line of all of them together, and their signs.

    `names`: of every weight and bias.
    """
    n_rows, n_parameters = updates.by_row.shape
    sizes = np.abs(updates.by_row[np.isfinite(updates.by_row)])
    strongest = float(sizes.max(initial=0.0)) or 1.0
    ways = updates.ways.tolist()
    rows_say = [
        [
            f"row {i + 1} would {_adds(value)} {name}"
            for value, name in zip(line, names, strict=True)
        ]
        for i, line in enumerate(updates.by_row.tolist())
    ]
    rows_say[updates.row] = [
        f"row {updates.row + 1} was used: the update {_adds(value, 's')} {name}"
        for value, name in zip(updates.made.tolist(), names, strict=True)
    ]
    all_say = [
        f"all rows together would {_adds(value)} {name}"
        + (f"<br>the update went {_WORDS(way)} them" if way else "")
        for value, name, way in zip(updates.together.tolist(), names, ways, strict=True)
    ]
    top = n_rows - 0.5 + GAP
    traces: list[Any] = [
        _heatmap(updates.by_row, [i - 0.5 for i in range(n_rows + 1)], rows_say, strongest),
        _heatmap(updates.together[np.newaxis], [top, top + ALL], [all_say], strongest),
    ]
    if n_parameters <= FEW:
        between = " " if n_parameters <= _ONE_LINE else "<br>"
        texts = [[_text(value, between) for value in line] for line in updates.by_row.tolist()]
        together = [
            f"{_text(value, between)}<br>{_WORDS(way)}".removesuffix("<br>")
            for value, way in zip(updates.together.tolist(), ways, strict=True)
        ]
        for trace, text in zip(traces, (texts, [together]), strict=True):
            trace.update(text=text, texttemplate="%{text}")
            trace["textfont"] = {"size": 11 if between == " " else 10, "color": theme.INK}
    else:
        traces.append(_signs(updates))
    return traces


def axes(plan: Plan, names: Sequence[str], row: int) -> dict[str, Any]:
    """Return the axes of the cells: what the weights are called, and the rows, one of them used."""
    n_rows, ticks = plan.sample.n_rows, [(float(i), name) for i, name in enumerate(names)]
    if len(names) > FEW:
        ticks = [((first + last) / 2, name) for first, last, name in blocks(plan, names)]
    bare: Any = {
        "fixedrange": True, "tickfont": {"size": 11}, "showgrid": False, "zeroline": False,
        "ticks": "",
    }  # fmt: skip
    return {
        "xaxis2": theme.axis(
            "", range=[-0.5, len(names) - 0.5], anchor="y2", **bare, tickangle=0,
            tickvals=[place for place, _ in ticks],
            ticktext=["<br>".join(textwrap.wrap(name, 7)) for _, name in ticks],
        ),
        "yaxis2": theme.axis(
            "", range=[bottom(n_rows), -0.5], anchor="x2", **bare,
            tickvals=[*range(n_rows), all_at(n_rows)],
            ticktext=[*(f"{'▸ ' * (i == row)}{i + 1}" for i in range(n_rows)), "all"],
        ),
    }  # fmt: skip


def blocks(plan: Plan, names: Sequence[str]) -> tuple[tuple[int, int, str], ...]:
    """Return first and last column of the parameters that belong together, and their name."""
    found: list[tuple[int, int, str]] = []
    sizes, start = plan.sizes, 0
    for layer, n_units in enumerate(sizes[1:]):
        is_last = layer == len(sizes) - 2
        if layer == 0:
            sources = [names[i].partition(" → ")[0] for i in range(0, sizes[0] * n_units, n_units)]
            parts = [(n_units, f"{source} →") for source in sources]
        else:
            where = "→ output" if is_last else f"layer {layer} → {layer + 1}"
            parts = [(sizes[layer] * n_units, where)]
        for length, name in (*parts, (n_units, "bias" if is_last else "biases")):
            found.append((start, start + length - 1, name))
            start += length
    return tuple(found)


def frames(plan: Plan, names: Sequence[str], row: int) -> list[dict[str, Any]]:
    """Return the frame around the row that was used, and lines between blocks of columns."""
    place = {"type": "line", "xref": "x2", "yref": "y2"}
    lines = []
    if len(names) > FEW:
        lines = [
            {
                **place, "x0": first - 0.5, "x1": first - 0.5, "y0": -0.5,
                "y1": bottom(plan.sample.n_rows), "line": {"color": theme.GREY, "width": 1},
            }
            for first, _, _ in blocks(plan, names)[1:]
        ]  # fmt: skip
    frame = {
        **place, "type": "rect", "x0": -0.5, "x1": len(names) - 0.5, "y0": row - 0.48,
        "y1": row + 0.48, "line": {"color": theme.INK, "width": 2},
    }  # fmt: skip
    return [*lines, frame]


def _heatmap(
    values: FloatArray, edges: list[float], says: list[list[str]], strongest: float
) -> plot.Trace:
    few = values.shape[1] <= FEW
    bounded = np.nan_to_num(values, nan=0.0, posinf=strongest, neginf=-strongest)
    return plot.heatmap(
        x=list(range(values.shape[1])), y=edges, **plot.on("2"),
        z=np.clip(bounded, -strongest, strongest).tolist(),
        colorscale=[[k / 2, colour] for k, colour in enumerate(theme.DIVERGING)],
        zmin=-strongest / _STRENGTH, zmax=strongest / _STRENGTH, showscale=False,
        xgap=2 if few else 0.5, ygap=2,
        customdata=says, hovertemplate="%{customdata}<extra></extra>",
    )  # fmt: skip


def _signs(updates: RowUpdates) -> plot.Trace:
    """Return a triangle in every cell, in its upper or lower half, where a number has no room."""
    n_rows, n_parameters = updates.by_row.shape
    lines = np.vstack([updates.by_row, updates.together])
    places = np.append(np.arange(n_rows, dtype=float), all_at(n_rows))
    y, x = np.nonzero(np.nan_to_num(lines))
    up = lines[y, x] > 0
    return plot.scatter(
        x=x.tolist(),
        y=np.where(up, places[y] - _OFF, places[y] + _OFF).tolist(),
        mode="markers",
        marker={
            "symbol": np.where(up, "triangle-up", "triangle-down").tolist(),
            "size": 8 if n_parameters <= 17 else 6 if n_parameters <= 33 else 4,
            "color": theme.INK,
            "line": {"width": 0},
        },
        hoverinfo="skip",
        **plot.on("2"),
    )


def _text(value: float, between: str) -> str:
    if value == 0 or np.isnan(value):
        return "0" if value == 0 else "?"
    size = "∞" if np.isinf(value) else _short(abs(value))
    return f"{'▲' if value > 0 else '▼'}{between}{size}"


def _short(size: float) -> str:
    fitting = (text for text in (digits(size, 2), digits(size, 1)) if len(text) <= _ROOM)
    return next(fitting, in_powers(size).replace(" ", ""))


def _adds(value: float, s: str = "") -> str:
    if value == 0:
        return f"leave{s} as it is:"
    to = "to" if value > 0 else "from"
    return f"{'add' if value > 0 else 'take'}{s} {digits(abs(value))} {to}"
