"""Where the matrices of a stack and of its products stand, on a wide and on a narrow screen."""

from dataclasses import dataclass
from itertools import accumulate
from typing import Final

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


@dataclass(frozen=True)
class Place:
    """From where to where something reaches, in shares of the plot's width and height."""

    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True)
class Plan:
    """A layout of the picture.

    Attributes
    ----------
    layers, products : tuple of Place
        Of every layer, and of the product of the first two, the first three, ... layers.
    outputs : Place
    height : int
        Of the plot, in pixels.
    """

    layers: tuple[Place, ...]
    products: tuple[Place, ...]
    outputs: Place
    height: int


def rows_of_cells(n_inputs: int) -> float:
    """Return the height of a matrix with its bias, counted in cells."""
    return n_inputs + BIAS_GAP + 1


def wide(sizes: tuple[int, ...]) -> Plan:
    """Put the layers side by side, below each the product so far, and the outputs to the right.

    Parameters
    ----------
    sizes : tuple of int
        Number of inputs, then of units in each layer.
    """
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
