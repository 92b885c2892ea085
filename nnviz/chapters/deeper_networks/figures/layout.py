"""Positions of the units, edges and biases of a network, and which of them a click means."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

import numpy as np

from nnviz.chapters.deeper_networks import items
from nnviz.chapters.deeper_networks.items import Bias, Edge, Item, Unit
from nnviz.nn.checks import FloatArray

WIDTH: Final = 540.0
HEIGHT: Final = 350.0
"""Height of the plane on which the network is drawn, in pixels of a wide screen."""

LEFT: Final = 42.0
RIGHT: Final = 34.0
"""Width for the names of the outputs; `LEFT` is that for the inputs."""

_LARGEST_UNIT: Final = 60.0
_SHARE_OF_A_ROW: Final = 0.8
_SHARE_OF_A_COLUMN: Final = 0.52
# Fraction of a unit's side over which its edges arrive.
_PORTS: Final = 0.62
_PIECES: Final = 24
_TOLERANCE: Final = 7.0
_MARK: Final = 11.0


class Tile(NamedTuple):
    """A square: its centre and the length of its side."""

    x: float
    y: float
    side: float


@dataclass(frozen=True)
class NetworkLayout:
    """A network on its plane; y points up, and the first unit of a layer is the highest."""

    sizes: tuple[int, ...]  # inputs, then the units of every layer
    tiles: tuple[tuple[Tile, ...], ...]  # the square of every unit, by layer

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """All units: inputs first, outputs last, in the order of the maps of a view."""
        return items.units(self.sizes)

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """All edges, in the order of the weights among a network's parameters."""
        return items.edges(self.sizes)

    @cached_property
    def biases(self) -> tuple[Bias, ...]:
        """All biases, in their order among a network's parameters."""
        return items.biases(self.sizes)

    def tile(self, unit: Unit | Bias) -> Tile:
        """Return the square of a unit."""
        return self.tiles[unit.layer][unit.unit]

    def mark(self, bias: Bias) -> Tile:
        """Return the square of a bias: at the lower left corner of its unit."""
        x, y, side = self.tile(bias)
        size = min(_MARK, 0.42 * side)
        return Tile(x - side / 2 + 0.5, y - side / 2 + 0.5, size)

    def ends(self, edge: Edge) -> tuple[float, float, float, float]:
        """Return where an edge begins and ends: (x0, y0, x1, y1)."""
        start = self.tiles[edge.layer - 1][edge.i]
        end = self.tiles[edge.layer][edge.j]
        n = self.sizes[edge.layer - 1]
        port = _PORTS * end.side * ((n - 1) / 2 - edge.i) / n
        return start.x + start.side / 2, start.y, end.x - end.side / 2, end.y + port

    def points(self, edge: Edge, n: int = _PIECES + 1) -> FloatArray:
        """Return points along an edge, its ends included, shape (n, 2)."""
        return np.asarray(curve(np.array([self.ends(edge)]), n)[0])


def curve(ends: FloatArray, n: int) -> FloatArray:
    """Return n points along each of some edges, shape (n_edges, n, 2).

    Bezier curves of the third degree whose two inner points lie halfway, level with the ends, as
    the browser draws them.
    """
    t = np.linspace(0.0, 1.0, n)
    x0, y0, x1, y1 = (ends[:, k, np.newaxis] for k in range(4))
    first = (1 - t) ** 3
    last = t**3
    inner = 1 - first - last
    x = first * x0 + inner * (x0 + x1) / 2 + last * x1
    late = 3 * (1 - t) * t**2 + last
    return np.stack([x, y0 + late * (y1 - y0)], axis=-1)


@lru_cache(maxsize=64)
def network_layout(sizes: tuple[int, ...]) -> NetworkLayout:
    """Return the positions of a network.

    `sizes`: inputs, then the units of every layer: what `Plan.sizes` gives.
    """
    side = min(
        _LARGEST_UNIT,
        _SHARE_OF_A_ROW * HEIGHT / max(sizes[1:]),
        _SHARE_OF_A_COLUMN * (WIDTH - LEFT - RIGHT) / (len(sizes) - 1 + _SHARE_OF_A_COLUMN),
    )
    of_inputs = min(side, _SHARE_OF_A_ROW * HEIGHT / sizes[0])
    first, last = LEFT + side / 2, WIDTH - RIGHT - side / 2
    tiles = tuple(
        tuple(
            Tile(
                first + (last - first) * layer / (len(sizes) - 1),
                HEIGHT - (unit + 0.5) * HEIGHT / size,
                side if layer else of_inputs,
            )
            for unit in range(size)
        )
        for layer, size in enumerate(sizes)
    )
    return NetworkLayout(sizes, tiles)


def item_at(layout: NetworkLayout, x: float, y: float) -> Item | None:
    """Return the item that a click means, or None if none is near.

    A bias mark lies over its unit, and a unit over the edges that end at it.
    """
    for bias in layout.biases:
        if _distance(layout.mark(bias), x, y) <= 1.5:
            return bias
    near = min(layout.units, key=lambda unit: _distance(layout.tile(unit), x, y))
    if _distance(layout.tile(near), x, y) <= 2.0:
        return near
    edge, distance = _nearest_edge(layout, x, y)
    return edge if distance <= _TOLERANCE else None


def _distance(tile: Tile, x: float, y: float) -> float:
    """Return the distance of a point from a square; 0 within it."""
    outside = (max(0.0, abs(x - tile.x) - tile.side / 2), max(0.0, abs(y - tile.y) - tile.side / 2))
    return float(np.hypot(*outside))


def _nearest_edge(layout: NetworkLayout, x: float, y: float) -> tuple[Edge, float]:
    edges = layout.edges
    points = curve(np.array([layout.ends(edge) for edge in edges]), _PIECES + 1)
    starts, along = points[:, :-1], np.diff(points, axis=1)
    gap = np.array([x, y]) - starts
    share = np.clip((gap * along).sum(axis=-1) / np.square(along).sum(axis=-1), 0.0, 1.0)
    distances = np.linalg.norm(gap - share[..., np.newaxis] * along, axis=-1).min(axis=1)
    nearest = int(distances.argmin())
    return edges[nearest], float(distances[nearest])
