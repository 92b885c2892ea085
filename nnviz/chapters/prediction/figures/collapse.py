"""Draw a stack of layers, collapsed into one layer step by step, and the outputs of both."""

import math
from types import MappingProxyType
from typing import Any, Final

from nnviz.chapters.prediction.figures import matrices
from nnviz.chapters.prediction.figures.matrices import (
    Matrix,
    Plan,
    axes,
    cells,
    layer_matrices,
    product_matrices,
)
from nnviz.chapters.prediction.linear_collapse import Collapse, Comparison
from nnviz.chapters.prediction.words import row_name
from nnviz.chart import plot, theme
from nnviz.chart.picture import Picture
from nnviz.text.digits import digits

_MARGIN: Final = MappingProxyType({"l": 2, "r": 14, "t": 34, "b": 44})
_NARROW_TOP: Final = 4  # pixels: the legend stands further down
_BEFORE: Final = -33  # pixels from a matrix to what stands between it and the one before it
_STEP: Final = 2  # the axis of unlimited outputs grows by so much at a time


def collapse_picture(collapse: Collapse, comparison: Comparison, *, shown: bool = True) -> Picture:
    """Draw every layer, below it the product of all layers so far, and the outputs of both.

    ``shown`` tells whether the products and the outputs of the collapsed layer may be seen.
    """
    drawn = [*layer_matrices(collapse), *(product_matrices(collapse) if shown else ())]
    sizes = collapse.network.sizes
    plan, narrow = matrices.wide(sizes), matrices.narrow(sizes)
    # Four numbers side by side have less room each.
    decimals, size = (3, 11) if max(sizes[1:]) <= 3 else (2, 10)
    traces: list[Any] = outputs(comparison, len(collapse.network.layers), shown=shown)
    for matrix in drawn:
        traces += cells(matrix, decimals, size)
    layout = theme.layout(
        plan.height + _MARGIN["t"] + _MARGIN["b"],
        margin=dict(_MARGIN),
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        annotations=_notes(collapse, comparison, plan, is_wide=True, shown=shown),
        **output_axes(comparison, collapse.network.layers[-1].activation),
    )
    for matrix in drawn:
        layout.update(axes(matrix))
    for axis, place in _domains(plan, shown=shown).items():
        layout[axis] |= place
    return Picture(
        plot.figure(traces, layout),
        {
            "height": narrow.height + _NARROW_TOP + _MARGIN["b"],
            "margin": {"t": _NARROW_TOP},
            "legend": {"x": 0, "xanchor": "left", "y": narrow.outputs.y[1] + 6 / narrow.height},
            "annotations": _notes(collapse, comparison, narrow, is_wide=False, shown=shown),
            **_domains(narrow, shown=shown),
        },
    )


def _domains(plan: Plan, *, shown: bool) -> dict[str, Any]:
    """Return where every axis reaches from and to; the outputs have the first pair."""
    entries = theme.moved("", plan.outputs)
    for i, place in enumerate((*plan.layers, *(plan.products if shown else ())), 2):
        entries |= theme.moved(str(i), place)
    return entries


def _notes(
    collapse: Collapse, comparison: Comparison, plan: Plan, *, is_wide: bool, shown: bool
) -> list[dict[str, Any]]:
    """Return the name of each matrix, what stands between two layers, and the worst row."""
    layers, products = layer_matrices(collapse), product_matrices(collapse)
    notes = []
    for k, matrix in enumerate(layers):
        between = collapse.network.layers[k - 1].activation.replace("_", " ") if k else ""
        if between and is_wide:
            notes.append(_between(matrix, between))
        elif between:
            # On a narrow screen the layers stand below each other, and this between them.
            between = "·" if between == "linear" else f"{between}, then"
        title = matrix.title if is_wide else f"{between} {matrix.title}".strip()
        notes.append(_matrix_title(matrix, title))
    if shown:
        for matrix in products:
            right = is_wide and matrix is products[-1]
            notes.append(_matrix_title(matrix, matrix.title, right=right))
        if not comparison.same:
            notes.append(worst_note(comparison, collapse.network.layers[-1].activation))
    return [*notes, _step_by_step(plan, is_wide=is_wide, shown=shown)]


def _step_by_step(plan: Plan, *, is_wide: bool, shown: bool) -> dict[str, Any]:
    """Say what the products are where there is none: the first layer is its own."""
    layer, product = plan.layers[0], plan.products[0]
    x, y = (layer.x, product.y) if is_wide else (product.x, layer.y)
    text = f"folded, step<br>by step {'→' if is_wide else '↓'}"
    text = text if shown else "hidden while<br>you predict"
    return _note(text, "paper", "paper", x=x[0], y=(y[0] + y[1]) / 2)


def _matrix_title(matrix: Matrix, text: str, *, right: bool = False) -> dict[str, Any]:
    side = "right" if right else "left"
    return _note(text, *_domain_of(matrix), x=int(right), y=1, xanchor=side, yanchor="bottom")


def _between(matrix: Matrix, activation: str) -> dict[str, Any]:
    """Write the activation from bottom to top in the gap; a product is a dot."""
    dot = activation == "linear"
    return _note(
        "<b>·</b>" if dot else activation,
        *_domain_of(matrix),
        xshift=_BEFORE,
        xanchor="center",
        textangle=0 if dot else -90,
        size=22 if dot else 13,
    )


def _domain_of(matrix: Matrix) -> tuple[str, str]:
    return f"x{matrix.axes} domain", f"y{matrix.axes} domain"


def _note(text: str, xref: str, yref: str, **options: Any) -> dict[str, Any]:
    middle_left = {"x": 0, "y": 0.5, "xanchor": "left", "yanchor": "middle", "align": "left"}
    return theme.note(text, **{**middle_left, "xref": xref, "yref": yref, **options})


def outputs(comparison: Comparison, n_layers: int, *, shown: bool) -> list[plot.Trace]:
    """Draw a circle per row for the stack, a square for the one layer, a line between them."""
    circle = {"symbol": "circle-open", "size": 15, "color": theme.INK, "line": {"width": 2}}
    square = {"symbol": "square", "size": 8, "color": theme.VERMILLION}
    stack = _marks(comparison, comparison.stacked.tolist(), f"stack of {n_layers} layers", circle)
    if not shown:
        return [stack]
    return [
        _lines(comparison),
        stack,
        _marks(comparison, comparison.collapsed.tolist(), "folded into one", square),
    ]


def output_axes(comparison: Comparison, activation: str) -> dict[str, Any]:
    """Return axes that hold still while the outputs move within them."""
    n = len(comparison.X)
    title = "output" if activation == "linear" else f"output, after the last {activation}"
    return {
        # Not to be zoomed: another activation at the end is another axis.
        "xaxis": theme.axis(
            title, range=_range(comparison, activation), zeroline=False, fixedrange=True
        ),
        "yaxis": theme.axis(
            "",
            range=(n + 0.6, 0.4),
            tickvals=list(range(1, n + 1)),
            ticktext=[f"{i + 1}: {row_name(comparison, i)}" for i in range(n)],
            zeroline=False,
            fixedrange=True,
        ),
    }


def worst_note(comparison: Comparison, activation: str) -> dict[str, Any]:
    """Write beside the row with the largest difference how large it is, where there is room."""
    row = comparison.worst
    ends = sorted((float(comparison.stacked[row]), float(comparison.collapsed[row])))
    low, high = _range(comparison, activation)
    on_the_left = ends[0] - low > high - ends[1]
    return theme.note(
        f"{digits(comparison.worst_difference)} apart",
        ends[0] if on_the_left else ends[1],
        row + 1,
        size=12,
        xref="x",
        yref="y",
        xanchor="right" if on_the_left else "left",
        xshift=-12 if on_the_left else 12,
        bgcolor=theme.PAPER,
    )


def _marks(
    comparison: Comparison, values: list[float], name: str, marker: dict[str, Any]
) -> plot.Trace:
    rows = range(1, len(values) + 1)
    return plot.scatter(
        x=values,
        y=list(rows),
        mode="markers",
        marker={"opacity": 1, **marker},
        name=name,
        customdata=[
            f"row {i}, {row_name(comparison, i - 1)}: {value!r}"
            for i, value in zip(rows, values, strict=True)
        ],
        hovertemplate=f"%{{customdata}}<extra>{name}</extra>",
        cliponaxis=False,
    )


def _lines(comparison: Comparison) -> plot.Trace:
    """Join what belongs to the same row."""
    x: list[float | None] = []
    y: list[float | None] = []
    for i, ends in enumerate(zip(comparison.stacked, comparison.collapsed, strict=True), 1):
        x += [*map(float, ends), None]
        y += [i, i, None]
    return plot.scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": theme.GREY, "width": 3},
        hoverinfo="skip",
        showlegend=False,
    )


def _range(comparison: Comparison, activation: str) -> tuple[float, float]:
    if activation == "sigmoid":
        return (-0.04, 1.04)
    values = [*comparison.stacked.tolist(), *comparison.collapsed.tolist()]
    low = min(-_STEP, _STEP * math.floor(min(values) / _STEP))
    high = max(_STEP, _STEP * math.ceil(max(values) / _STEP))
    edge = 0.03 * (high - low)
    return (low - edge, high + edge)
