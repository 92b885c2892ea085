"""The moving marks of a network that learns: maps in its units, edges and biases by their values.

Weights travel as bytes, because 400 of them at 500 checkpoints would otherwise be a megabyte that
hardly shrinks. The browser only looks up how wide, and of which colour, a byte is drawn.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from nnviz.chart.tracks import Track
from nnviz.nn.checks import FloatArray

HEAVIEST: Final = 5.0
"""The size of a weight from which on an edge grows no wider and a mark no stronger."""


def weight_bytes(weights: FloatArray) -> npt.NDArray[np.uint8]:
    """Return weights as bytes: 127 and 128 next to zero, 0 and 255 for five and more.

    In between by the square root of the size, so that small weights can be distinguished as well.
    """
    with np.errstate(all="ignore"):
        size = np.sqrt(np.minimum(np.nan_to_num(np.abs(weights), nan=0.0) / HEAVIEST, 1.0))
        signed = np.where(weights < 0, -size, size)
    # Every sign is kept, however small the weight.
    return np.where(weights < 0, np.floor(127.5 + 127.5 * signed), np.ceil(127.5 + 127.5 * signed)
    ).astype(np.uint8)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class TilesTrack(Track):
    """Many small maps on one canvas. ``values`` uint8 (n, tiles, rows, columns), lowest row first.

    ``boxes`` holds (x, y, side) of each square, in the coordinates of its subplot.
    """

    boxes: tuple[tuple[float, float, float], ...]
    stops: tuple[str, ...]

    kind = "tiles"
    dtype = "u1"

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        shape = list(self.values.shape[2:])
        return {**super().style(), "boxes": self.boxes, "stops": self.stops, "shape": shape}


@dataclass(frozen=True, kw_only=True)
class SignedTrack(Track):
    """Signed numbers, one for each place. ``values`` uint8 (n, places), as `weight_bytes` gives.

    ``below`` and ``above`` are the colours of negative and of positive ones.
    """

    places: tuple[tuple[float, ...], ...]
    below: str
    above: str

    dtype = "u1"

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        return {
            **super().style(), "places": self.places, "below": self.below, "above": self.above
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class EdgeTrack(SignedTrack):
    """Edges by weight: wider for a larger one, dashed for a negative one.

    ``places`` are (x0, y0, x1, y1); ``widest`` is the width of the heaviest, in the coordinates of
    the subplot.
    """

    widest: float = 7.0

    kind = "edges"

    def style(self) -> dict[str, Any]:
        """Return what the browser needs besides the values."""
        return {**super().style(), "widest": self.widest}


@dataclass(frozen=True, kw_only=True)
class BiasTrack(SignedTrack):
    """Biases as small marks: a square for a positive one, a diamond for a negative one.

    The stronger the colour, the further from zero. ``places`` are (x, y, side).
    """

    kind = "biases"
