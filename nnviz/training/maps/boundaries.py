"""Where a network answers 0.5, whatever its shape: lines traced through maps of its answers."""

import numpy as np
from contourpy import LineType, contour_generator

from nnviz.nn.checks import FloatArray
from nnviz.training.maps.heatmap import Plane

_UNDECIDED = 0.5


def traced_boundaries(maps: FloatArray, plane: Plane) -> FloatArray:
    """Return the lines where each map crosses 0.5, interpolated between its points.

    The result has the shape (n_maps, n_points, 2): points (x, y); NaN between two lines of one
    map, and behind its last point. `maps` has the shape (n_maps, n, n): answers over the plane,
    such as `grids.probability_map` gives them.
    """
    traced = [_lines(answers, plane) for answers in maps]
    longest = max(1, *(len(points) for points in traced))
    lines = np.full((len(maps), longest, 2), np.nan)
    for line, points in zip(lines, traced, strict=True):
        line[: len(points)] = points
    return lines


def _lines(answers: FloatArray, plane: Plane) -> FloatArray:
    known = np.ma.masked_invalid(answers)
    if not known.count() or not known.min() < _UNDECIDED < known.max():
        return np.empty((0, 2))
    tracer = contour_generator(plane.x, plane.y, known, line_type=LineType.ChunkCombinedNan)
    # One chunk, so one array of points; None if there is no line after all.
    (points,) = tracer.lines(_UNDECIDED)[0]
    return np.empty((0, 2)) if points is None else np.asarray(points)
