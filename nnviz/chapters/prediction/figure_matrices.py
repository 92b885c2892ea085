"""Layers and products of layers as cells with their numbers in them."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import plotly.graph_objects as go

from nnviz.chapters.prediction.figure_plan import BIAS_GAP
from nnviz.chapters.prediction.linear_collapse import Fold
from nnviz.chart import theme
from nnviz.nn.checks import FloatArray
from nnviz.nn.layers import Layer

STRONGEST: Final = 1.5
"""From this size on a number's colour grows no stronger."""

STRENGTH: Final = 0.6
"""Of the strongest colour; text in the theme's own colour stays readable on it."""

_SUBSCRIPTS: Final = "₁₂₃₄₅₆₇₈₉"


@dataclass(frozen=True, eq=False)
class Matrix:
    """The weights and, as a last row, the bias of a layer or of a product of layers.

    Attributes
    ----------
    layer : Layer
    name, title : str
        Its letter, and what stands above it in the picture.
    rows : tuple of str
        The name of each row of weights, for the picture.
    inputs, units : tuple of str
        The full names of rows and columns.
    axes : str
        The number of its subplot; the outputs have the first.
    """

    layer: Layer
    name: str
    title: str
    rows: tuple[str, ...]
    inputs: tuple[str, ...]
    units: tuple[str, ...]
    axes: str


def layer_matrices(fold: Fold) -> tuple[Matrix, ...]:
    """Return the layers of the stack."""
    matrices = []
    for k, layer in enumerate(fold.network.layers):
        rows = tuple(f"x{i + 1}" if k == 0 else str(i + 1) for i in range(len(layer.weights)))
        name = f"W{_SUBSCRIPTS[k]}"
        title = f"<b>{name}</b> {len(rows)}×{len(layer.bias)}"
        inputs = rows if k == 0 else _units(fold, k - 1)
        matrices.append(Matrix(layer, name, title, rows, inputs, _units(fold, k), str(k + 2)))
    return tuple(matrices)


def product_matrices(fold: Fold) -> tuple[Matrix, ...]:
    """Return the products of the first two layers, the first three, ..., of all of them."""
    n_layers = len(fold.products)
    rows = tuple(f"x{i + 1}" for i in range(fold.network.n_inputs))
    matrices = []
    for k in range(1, n_layers):
        name = "".join(f"W{i}" for i in _SUBSCRIPTS[: k + 1])
        title = f"<b>{name}</b>" if k < n_layers - 1 else "<b>folded: W</b>"
        axes = str(k + 1 + n_layers)
        matrices.append(Matrix(fold.products[k], name, title, rows, rows, _units(fold, k), axes))
    return tuple(matrices)


def cells(matrix: Matrix, decimals: int, size: int) -> list[go.Heatmap]:
    """Draw a row of cells per input, and a little below them the bias.

    Parameters
    ----------
    matrix : Matrix
    decimals, size : int
        Of the numbers in the cells; the font size in pixels.
    """
    weights, bias = matrix.layer.weights, matrix.layer.bias
    weights_say = [
        [
            f"weight from {source} to {unit}: {w!r}"
            for unit, w in zip(matrix.units, row, strict=True)
        ]
        for source, row in zip(matrix.inputs, weights.tolist(), strict=True)
    ]
    bias_says = [
        [f"bias of {unit}: {b!r}" for unit, b in zip(matrix.units, bias.tolist(), strict=True)]
    ]
    places: list[float] = list(range(len(weights)))
    return [
        _heatmap(matrix, weights, places, weights_say, decimals, size),
        _heatmap(matrix, bias[np.newaxis], [len(weights) + BIAS_GAP], bias_says, decimals, size),
    ]


def axes(matrix: Matrix) -> dict[str, Any]:
    """Return the two axes of a matrix: names at its rows and nothing else."""
    n_inputs, n_units = matrix.layer.weights.shape
    bare = {
        "fixedrange": True, "showgrid": False, "showline": False, "zeroline": False, "ticks": "",
    }  # fmt: skip
    return {
        f"xaxis{matrix.axes}": theme.axis(
            "",
            range=(-0.5, n_units - 0.5),
            anchor=f"y{matrix.axes}",
            showticklabels=False,
            **bare,
        ),
        f"yaxis{matrix.axes}": theme.axis(
            "",
            range=(n_inputs + BIAS_GAP + 0.5, -0.5),
            anchor=f"x{matrix.axes}",
            tickvals=[*range(n_inputs), n_inputs + BIAS_GAP],
            ticktext=[*matrix.rows, "b"],
            tickfont={"size": 11},
            **bare,
        ),
    }


def _heatmap(
    matrix: Matrix,
    values: FloatArray,
    places: list[float],
    says: list[list[str]],
    decimals: int,
    size: int,
) -> go.Heatmap:
    return go.Heatmap(
        x=list(range(values.shape[1])),
        y=places,
        z=np.clip(values, -STRONGEST, STRONGEST).tolist(),
        text=[[_short(value, decimals) for value in row] for row in values.tolist()],
        texttemplate="%{text}",
        textfont={"size": size, "color": theme.INK},
        colorscale=[[k / 2, colour] for k, colour in enumerate(theme.DIVERGING)],
        zmin=-STRONGEST / STRENGTH,
        zmax=STRONGEST / STRENGTH,
        showscale=False,
        xgap=2,
        ygap=2,
        customdata=says,
        hovertemplate=f"{matrix.name}<br>%{{customdata}}<extra></extra>",
        xaxis=f"x{matrix.axes}",
        yaxis=f"y{matrix.axes}",
    )


def _units(fold: Fold, k: int) -> tuple[str, ...]:
    """Return the full names of the units of a layer."""
    n_units = len(fold.network.layers[k].bias)
    if k == len(fold.network.layers) - 1:
        return ("the output",) if n_units == 1 else tuple(f"output {j + 1}" for j in range(n_units))
    return tuple(f"unit {j + 1} of layer {k + 1}" for j in range(n_units))


def _short(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    # What is rounded to 0 has no sign.
    return text.replace("-", "−") if float(text) else text.lstrip("-")
