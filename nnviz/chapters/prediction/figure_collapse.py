"""A stack of layers as matrices, folded into one layer step by step, and what both put out."""

from types import MappingProxyType
from typing import Any, Final

import plotly.graph_objects as go

from nnviz.chapters.prediction import figure_plan
from nnviz.chapters.prediction.figure_matrices import (
    Matrix,
    axes,
    cells,
    layer_matrices,
    product_matrices,
)
from nnviz.chapters.prediction.figure_outputs import output_axes, outputs, worst_note
from nnviz.chapters.prediction.figure_plan import Plan
from nnviz.chapters.prediction.linear_collapse import Fold, FoldComparison
from nnviz.chart import theme
from nnviz.chart.picture import Picture

_MARGIN: Final = MappingProxyType({"l": 2, "r": 14, "t": 34, "b": 44})
_NARROW_TOP: Final = 4  # pixels: the legend stands further down
_BEFORE: Final = -33  # pixels from a matrix to what stands between it and the one before it


def folding_picture(fold: Fold, comparison: FoldComparison, *, shown: bool = True) -> Picture:
    """Draw every layer, below it the product of all layers so far, and the outputs of both.

    Parameters
    ----------
    fold : Fold
        Of two to nine layers and one output.
    comparison : FoldComparison
        What both networks make of the rows.
    shown : bool
        Whether the products and the outputs of the folded layer may be seen.
    """
    drawn = [*layer_matrices(fold), *(product_matrices(fold) if shown else ())]
    sizes = fold.network.sizes
    plan, narrow = figure_plan.wide(sizes), figure_plan.narrow(sizes)
    # Four numbers side by side have less room each.
    decimals, size = (3, 11) if max(sizes[1:]) <= 3 else (2, 10)
    traces: list[Any] = outputs(comparison, len(fold.network.layers), shown=shown)
    for matrix in drawn:
        traces += cells(matrix, decimals, size)
    layout = theme.layout(
        plan.height + _MARGIN["t"] + _MARGIN["b"],
        margin=dict(_MARGIN),
        showlegend=True,
        legend={"orientation": "h", "x": 1, "xanchor": "right", "y": 1.02, "yanchor": "bottom"},
        annotations=_notes(fold, comparison, plan, is_wide=True, shown=shown),
        **output_axes(comparison, fold.network.layers[-1].activation),
    )
    for matrix in drawn:
        layout.update(axes(matrix))
    layout.update(_domains(plan, shown=shown))
    return Picture(
        go.Figure(traces, layout),
        {
            "height": narrow.height + _NARROW_TOP + _MARGIN["b"],
            "margin": {"t": _NARROW_TOP},
            "legend": {"x": 0, "xanchor": "left", "y": narrow.outputs.y[1] + 6 / narrow.height},
            "annotations": _notes(fold, comparison, narrow, is_wide=False, shown=shown),
            **_domains(narrow, shown=shown),
        },
    )


def _domains(plan: Plan, *, shown: bool) -> dict[str, Any]:
    """Return where every axis reaches from and to; the outputs have the first pair."""
    places = (plan.outputs, *plan.layers, *(plan.products if shown else ()))
    entries: dict[str, Any] = {}
    for i, place in enumerate(places, 1):
        number = "" if i == 1 else str(i)
        entries[f"xaxis{number}"] = {"domain": list(place.x)}
        entries[f"yaxis{number}"] = {"domain": list(place.y)}
    return entries


def _notes(
    fold: Fold, comparison: FoldComparison, plan: Plan, *, is_wide: bool, shown: bool
) -> list[dict[str, Any]]:
    """Return the name of each matrix, what stands between two layers, and the worst row."""
    layers, products = layer_matrices(fold), product_matrices(fold)
    notes = []
    for k, matrix in enumerate(layers):
        between = fold.network.layers[k - 1].activation.replace("_", " ") if k else ""
        if between and is_wide:
            notes.append(_between(matrix, between))
        elif between:
            # On a narrow screen the layers stand below each other, and this between them.
            between = "·" if between == "linear" else f"{between}, then"
        title = matrix.title if is_wide else f"{between} {matrix.title}".strip()
        notes.append(_title(matrix, title))
    if shown:
        for matrix in products:
            notes.append(_title(matrix, matrix.title, right=is_wide and matrix is products[-1]))
        if not comparison.same:
            notes.append(worst_note(comparison, fold.network.layers[-1].activation))
    return [*notes, _step_by_step(plan, is_wide=is_wide, shown=shown)]


def _step_by_step(plan: Plan, *, is_wide: bool, shown: bool) -> dict[str, Any]:
    """Say what the products are where there is none: the first layer is its own."""
    layer, product = plan.layers[0], plan.products[0]
    x, y = (layer.x, product.y) if is_wide else (product.x, layer.y)
    text = f"folded, step<br>by step {'→' if is_wide else '↓'}"
    return {
        **_note(text if shown else "hidden while<br>you predict", "", ""),
        "xref": "paper",
        "yref": "paper",
        "x": x[0],
        "y": (y[0] + y[1]) / 2,
    }


def _title(matrix: Matrix, text: str, *, right: bool = False) -> dict[str, Any]:
    return _note(
        text,
        matrix.axes,
        matrix.axes,
        x=1 if right else 0,
        y=1,
        xanchor="right" if right else "left",
        yanchor="bottom",
    )


def _between(matrix: Matrix, activation: str) -> dict[str, Any]:
    """Write the activation from bottom to top in the gap; a product is a dot."""
    dot = activation == "linear"
    return _note(
        "<b>·</b>" if dot else activation,
        matrix.axes,
        matrix.axes,
        xshift=_BEFORE,
        xanchor="center",
        textangle=0 if dot else -90,
        font={"color": theme.INK, "size": 22 if dot else 13},
    )


def _note(text: str, x_axes: str, y_axes: str, **options: Any) -> dict[str, Any]:
    return {
        "text": text,
        "xref": f"x{x_axes} domain",
        "yref": f"y{y_axes} domain",
        "x": 0,
        "y": 0.5,
        "xanchor": "left",
        "yanchor": "middle",
        "align": "left",
        "showarrow": False,
        "font": {"color": theme.INK, "size": 13},
        **options,
    }
