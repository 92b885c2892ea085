"""The error bowl of a regression over its two weights, and how it moves with the bias."""

from typing import Final

import numpy as np
import numpy.typing as npt

from nnviz.chapters.linear_regression.descent import Descent
from nnviz.chapters.linear_regression.scaling import in_scale
from nnviz.nn.checks import FloatArray
from nnviz.training.maps.heatmap import Plane

CELLS: Final = 64
BANDS: Final = 12
_FARTHEST: Final = 2.0  # of the way from start to answer: what goes farther leaves the picture
_ROOM: Final = 1.2


def lowest(run: Descent) -> FloatArray:
    """Return the answer of least squares in the network's own scale, shape (3,)."""
    return in_scale(run.plan, np.append(run.answer.weights, run.answer.bias))


def bowl_plane(run: Descent) -> Plane:
    """Return what is seen of the weights: a square with start, answer and the way between them.

    As many units across as upright, so that a round bowl is round and a step goes straight down.
    """
    answer, way = lowest(run)[:2], run.parameters[:, :2]
    with np.errstate(all="ignore"):
        distances = np.sqrt(np.square(way - answer).sum(axis=1))
    near = way[distances <= _FARTHEST * max(float(distances[0]), 1e-12)]
    places = np.vstack([answer, way[:1], near])
    middle = (places.min(axis=0) + places.max(axis=0)) / 2
    half = _ROOM * float(np.abs(places - middle).max())
    # Where the run begins at its answer, a bowl is seen all the same.
    smallest = 1e-3 * max(1e-6, float(np.abs(answer).max()))
    half = half if half > smallest else max(1e-6, float(np.abs(answer).max()))
    (x, y) = middle.tolist()
    return Plane(x - half, x + half, y - half, y + half, CELLS)


def bowl_errors(run: Descent, biases: npt.ArrayLike, plane: Plane) -> FloatArray:
    """Return the mean squared error over the weights, above its lowest value.

    A quadratic: half of the distance from the answer, twice multiplied with the Hessian.

    Parameters
    ----------
    run : Descent
    biases : array_like, shape (n_moments,)
        In the network's own scale.
    plane : Plane

    Returns
    -------
    ndarray, shape (n_moments, n, n)
        In the network's own scale; row 0 at the lowest second weight.
    """
    bent = run.curvature
    hessian = bent.directions.T @ (bent.values[:, np.newaxis] * bent.directions)
    answer = lowest(run)
    w1, w2 = np.meshgrid(plane.x - answer[0], plane.y - answer[1])
    b = (np.asarray(biases, dtype=np.float64) - answer[2])[:, np.newaxis, np.newaxis]
    with np.errstate(all="ignore"):
        flat = hessian[0, 0] * w1 * w1 + 2 * hessian[0, 1] * w1 * w2 + hessian[1, 1] * w2 * w2
        slanted = 2 * b * (hessian[0, 2] * w1 + hessian[1, 2] * w2)
        return np.asarray(np.maximum((flat + slanted + hessian[2, 2] * b * b) / 2, 0.0))


def bowl_maps(run: Descent, biases: npt.ArrayLike, plane: Plane) -> npt.NDArray[np.uint8]:
    """Return the errors as colours from 0 to 255, shape (n_moments, n, n), in 12 bands.

    By their roots, so that the bands of a bowl are equally wide. The highest error at the first
    bias is 255, and so is whatever is higher.
    """
    errors = bowl_errors(run, biases, plane)
    top = float(errors[0].max()) or 1.0
    with np.errstate(all="ignore"):
        parts = np.clip(np.nan_to_num(np.sqrt(errors / top), nan=1.0), 0.0, 1.0)
    bands = np.minimum(np.floor(parts * BANDS), BANDS - 1)
    return np.asarray(bands * (255.0 / (BANDS - 1)), dtype=np.uint8)
