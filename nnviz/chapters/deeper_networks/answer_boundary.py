"""Where the answer over the plane goes from one of two classes to the other."""

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray
from nnviz.training.maps.boundaries import traced_boundaries
from nnviz.training.maps.heatmap import Plane
from nnviz.training.plan import Plan

_HIGHEST = 255.0  # of a byte, which stands for 1


def answer_boundary(plan: Plan, maps: npt.NDArray[np.uint8], plane: Plane) -> FloatArray | None:
    """Return the lines where each map is undecided, within a cell's breadth; None without such.

    Parameters
    ----------
    plan : Plan
        Only with two classes and one output there is one boundary to draw.
    maps : ndarray of uint8, shape (n_maps, n, n)
        As `plan_maps.answer_maps` makes them.
    plane : Plane
        Of the maps.

    Returns
    -------
    ndarray, shape (n_maps, n_points, 2), or None
        As `boundaries.traced_boundaries` gives it.
    """
    if plan.n_outputs > 1 or not plan.sample.classes:
        return None
    return traced_boundaries(maps / _HIGHEST, plane)
