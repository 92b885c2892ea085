"""Draw layers and products of layers as cells with their numbers, and place them on the screen."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Final, NamedTuple

import numpy as np

from nnviz.chapters.prediction.linear_collapse import Collapse
from nnviz.chart import plot, theme
from nnviz.nn.checks import FloatArray
from nnviz.nn.layers import Layer

BIAS_GAP: Final = 0.3
"""Rows of cells between the last row of weights and the bias."""

_WIDE: Final = (940, 330)  # pixels of the plot: the usual width of a page, and its height
_NARROW_WIDTH: Final = 346
_LARGEST_CELL: Final = (76, 38)
_NAMES: Final = 20  # pixels at the left of a matrix, for the names of its rows
_BETWEEN: Final = 46  # pixels between two matrices, the names of the rows of the second included
_TITLE: Final = 26  # pixels above a matrix
_MATRICES: Final = 0.62  # their share of the width; the outputs have the rest
_ROW_NAMES: Final = 98  # pixels at the left of the outputs
_OUTPUTS_HEIGHT: Final = 230

STRONGEST: Final = 1.5
"""From this size on a number's colour grows no stronger."""

STRENGTH: Final = 0.6
"""Of the strongest colour; text in the theme's own colour stays readable on it."""

_SUBSCRIPTS: Final = "₁₂₃₄₅₆₇₈₉"


class Place(NamedTuple):
    """From where to where something reaches, in shares of the plot's width and height."""

    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """A layout of the picture."""

    layers: tuple[Place, ...]
    products: tuple[Place, ...]  # of the product of the first two, the first three, ... layers
    outputs: Place
    height: int  # of the plot, in pixels


def rows_of_cells(n_inputs: int) -> float:
    """Return the height of a matrix with its bias, counted in cells."""
    return n_inputs + BIAS_GAP + 1


def wide(sizes: tuple[int, ...]) -> Plan:
    """Put the layers side by side, below each the product so far, and the outputs to the right."""
    width, height = _WIDE
    units = sizes[1:]
    room = _MATRICES * width - _NAMES - _BETWEEN * (len(units) - 1)
    across = min(_LARGEST_CELL[0], room / sum(units))
    upper, lower = rows_of_cells(max(sizes[:-1])), rows_of_cells(sizes[0])
    down = min(_LARGEST_CELL[1], (height - _TITLE) / (upper + lower))
    lefts = [
        _NAMES + across * before + _BETWEEN * k
        for k, before in enumerate(accumulate((0, *units[:-1])))
    ]

    def place(k: int, middle: float, n_inputs: int) -> Place:
        half = down * rows_of_cells(n_inputs) / 2
        return Place(
            (lefts[k] / width, (lefts[k] + across * units[k]) / width),
            (1 - (middle + half) / height, 1 - (middle - half) / height),
        )

    below = down * upper + _TITLE
    return Plan(
        tuple(place(k, down * upper / 2, sizes[k]) for k in range(len(units))),
        tuple(place(k, below + down * lower / 2, sizes[0]) for k in range(1, len(units))),
        Place((_MATRICES + _ROW_NAMES / width, 1), (0, 1)),
        height,
    )


def narrow(sizes: tuple[int, ...]) -> Plan:
    """Put the layers one below the other, beside each the product so far, the outputs last."""
    width, units = _NARROW_WIDTH, sizes[1:]
    across = min(_LARGEST_CELL[0], (width - 2 * _NAMES - 24) / (2 * max(units)))
    down = 24
    # A product has a row per input, which may be more than the layer beside it has.
    heights = [_TITLE + down * rows_of_cells(max(n, sizes[0])) for n in sizes[:-1]]
    tops = [0.0, *accumulate(heights)]
    height = round(tops[-1] + _TITLE + 20 + _OUTPUTS_HEIGHT)
    second = width / 2 + _NAMES

    def place(k: int, left: float, n_inputs: int) -> Place:
        top = tops[k] + _TITLE
        return Place(
            (left / width, (left + across * units[k]) / width),
            (1 - (top + down * rows_of_cells(n_inputs)) / height, 1 - top / height),
        )

    return Plan(
        tuple(place(k, _NAMES, sizes[k]) for k in range(len(units))),
        tuple(place(k, second, sizes[0]) for k in range(1, len(units))),
        Place((_ROW_NAMES / width, 1), (0, _OUTPUTS_HEIGHT / height)),
        height,
    )


@dataclass(frozen=True, eq=False)
class Matrix:
    """The weights and, as a last row, the bias of a layer or of a product of layers."""

    layer: Layer
    # name, title: its letter, and what stands above it in the picture
    name: str
    title: str
    rows: tuple[str, ...]  # the name of each row of weights, for the picture
    # inputs, units: the full names of rows and columns
    inputs: tuple[str, ...]
    units: tuple[str, ...]
    axes: str  # the number of its subplot; the outputs have the first


def layer_matrices(collapse: Collapse) -> tuple[Matrix, ...]:
    """Return the layers of the stack."""
    matrices = []
    for k, layer in enumerate(collapse.network.layers):
        rows = tuple(f"x{i + 1}" if k == 0 else str(i + 1) for i in range(len(layer.weights)))
        name = f"W{_SUBSCRIPTS[k]}"
        title = f"<b>{name}</b> {len(rows)}×{len(layer.bias)}"
        inputs = rows if k == 0 else _units(collapse, k - 1)
        matrices.append(Matrix(layer, name, title, rows, inputs, _units(collapse, k), str(k + 2)))
    return tuple(matrices)


def product_matrices(collapse: Collapse) -> tuple[Matrix, ...]:
    """Return the products of the first two layers, the first three, ..., of all of them."""
    n_layers = len(collapse.products)
    rows = tuple(f"x{i + 1}" for i in range(collapse.network.n_inputs))
    matrices = []
    for k in range(1, n_layers):
        name = "".join(f"W{i}" for i in _SUBSCRIPTS[: k + 1])
        title = f"<b>{name}</b>" if k < n_layers - 1 else "<b>folded: W</b>"
        axes = str(k + 1 + n_layers)
        matrices.append(
            Matrix(collapse.products[k], name, title, rows, rows, _units(collapse, k), axes)
        )
    return tuple(matrices)


def cells(matrix: Matrix, decimals: int, size: int) -> list[plot.Trace]:
    """Draw a row of cells per input, and the bias below them; ``size`` of the font in pixels."""
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
    across, up = f"x{matrix.axes}", f"y{matrix.axes}"
    return {
        f"xaxis{matrix.axes}": theme.axis(
            "", range=(-0.5, n_units - 0.5), anchor=up, showticklabels=False, **bare
        ),
        f"yaxis{matrix.axes}": theme.axis(
            "", range=(n_inputs + BIAS_GAP + 0.5, -0.5), anchor=across, tickfont={"size": 11},
            tickvals=[*range(n_inputs), n_inputs + BIAS_GAP], ticktext=[*matrix.rows, "b"], **bare,
        ),
    }  # fmt: skip


def _heatmap(
    matrix: Matrix,
    values: FloatArray,
    places: list[float],
    says: list[list[str]],
    decimals: int,
    size: int,
) -> plot.Trace:
    return plot.heatmap(
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
        **plot.on(matrix.axes),
    )


def _units(collapse: Collapse, k: int) -> tuple[str, ...]:
    """Return the full names of the units of a layer."""
    n_units = len(collapse.network.layers[k].bias)
    if k == len(collapse.network.layers) - 1:
        return ("the output",) if n_units == 1 else tuple(f"output {j + 1}" for j in range(n_units))
    return tuple(f"unit {j + 1} of layer {k + 1}" for j in range(n_units))


def _short(value: float, decimals: int) -> str:
    text = f"{value:.{decimals}f}"
    # What is rounded to 0 has no sign.
    return text.replace("-", "−") if float(text) else text.lstrip("-")
