"""Which part of the plane of a sample is shown."""

import numpy as np

from nnviz.data.sample import Sample
from nnviz.nn.checks import FloatArray
from nnviz.training.maps.heatmap import Plane

CELLS = 40
_ROOM = 0.08


def plane_of(
    sample: Sample, usual: tuple[tuple[float, float], tuple[float, float]] | None
) -> Plane:
    """Return a rectangle that holds all rows.

    The `usual` ranges of x1 and x2 are shown as long as all rows lie within them, so that the axes
    stay where they are while the rows change a little.
    """
    ranges = []
    for column in (0, 1):
        low, high = _range(sample.plane[:, column])
        if usual is not None and usual[column][0] <= low and high <= usual[column][1]:
            ranges.append(usual[column])
        else:
            room = _ROOM * (high - low)
            ranges.append((low - room, high + room))
    return Plane(*ranges[0], *ranges[1], CELLS)


def _range(values: FloatArray) -> tuple[float, float]:
    low, high = float(np.min(values)), float(np.max(values))
    if low == high:  # a column that is the same for all rows
        half = max(1.0, abs(low)) / 2
        return low - half, high + half
    return low, high
