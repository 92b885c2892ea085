"""Many searches for the lowest error of one neuron side by side, begun at every scale of the rows.

Rows may stand in clusters, and clusters in clusters: what happens within one of them happens at
weights as many times larger as it is smaller. So every cluster is looked at by itself: in
coordinates in which it has about deviation 1 each way, a search finds the slopes that matter there.
"""

from dataclasses import dataclass

import numpy as np
from scipy.cluster.hierarchy import linkage

from nnviz.nn.activations import ACTIVATIONS, sigmoid
from nnviz.nn.checks import FloatArray
from nnviz.nn.rng import generator

_N_CANDIDATES = 4_000
_N_SEARCHES = 320
_N_ROUNDS = 40
_N_FOLLOWED = 64
_NEAR = 10.0
_STEEPEST, _FLATTEST = 30.0, 0.3
_SAME = 1e-7  # errors that are the same valley's
_FLAT = 1e-9  # of the largest deviation of a cluster: less is no width


@dataclass(frozen=True, eq=False)
class Coordinates:
    """Coordinates in which a cluster of rows has its middle at 0 and about deviation 1 each way."""

    centre: FloatArray  # (n_inputs,)
    # (n_inputs, n_inputs): takes what is left after the centre is subtracted to these coordinates
    matrix: FloatArray

    def inputs(self, points: FloatArray) -> FloatArray:
        """Return points in these coordinates, with a column of ones for the bias."""
        return np.column_stack([(points - self.centre) @ self.matrix, np.ones(len(points))])

    def parameters(self, local: FloatArray) -> FloatArray:
        """Return weights and bias for points, from those for these coordinates."""
        weights = self.matrix @ local[:-1]
        return np.append(weights, local[-1] - self.centre @ weights)


def lowest(points: FloatArray, targets: FloatArray, n: int) -> list[tuple[FloatArray, Coordinates]]:
    """Return where the lowest of many searches ended: up to `n` of different errors.

    Each is weights and bias, shape (n_inputs + 1,), for the coordinates of some cluster, the lowest
    first. The points have the shape (n_rows, n_inputs), at least one input; the targets (n_rows,),
    from 0 to 1.
    """
    clusters = [coordinates_of(points, members) for members in clusters_of(points)]
    rng = generator(0, "best neuron")
    with np.errstate(all="ignore"):
        which, starts = _starts(points, targets, clusters, rng)
        inputs = np.stack([each.inputs(points) for each in clusters])
        ends, errors = _descend(starts, inputs[which], targets, _N_ROUNDS)
        few = np.argsort(errors, kind="stable")[:_N_FOLLOWED]
        which = which[few]
        ends, errors = _descend(ends[few], inputs[which], targets, 3 * _N_ROUNDS)
    found: list[tuple[FloatArray, Coordinates]] = []
    last = -1.0
    for k in np.argsort(errors, kind="stable"):
        if errors[k] > last + _SAME and len(found) < n:
            found.append((ends[k], clusters[which[k]]))
            last = float(errors[k])
    return found


def clusters_of(points: FloatArray) -> list[FloatArray]:
    """Return the rows of every cluster of single linkage, all rows among them."""
    different = np.unique(points, axis=0)
    if len(different) < 2:
        return [points]
    members = [[k] for k in range(len(different))]
    for first, second, *_ in linkage(different, "single").tolist():
        members.append(members[int(first)] + members[int(second)])
    return [different[each] for each in members[len(different) :]]


def coordinates_of(points: FloatArray, members: FloatArray) -> Coordinates:
    """Return coordinates of a cluster; where it has no width, it counts as wide as all rows are."""
    centre = members.mean(axis=0)
    _, sizes, directions = np.linalg.svd(members - centre, full_matrices=True)
    widths = np.full(points.shape[1], np.inf)
    widths[: len(sizes)] = sizes / np.sqrt(len(members))
    whole = max(float(points.std()), 1e-300)
    has_width = np.isfinite(widths) & (widths > _FLAT * whole)
    return Coordinates(centre, directions.T / np.where(has_width, widths, whole))


def _starts(
    points: FloatArray, targets: FloatArray, clusters: list[Coordinates], rng: np.random.Generator
) -> tuple[FloatArray, FloatArray]:
    """Return slopes of all steepnesses through every cluster: the most promising, and others."""
    n_each = max(8, _N_CANDIDATES // len(clusters))
    n_kept = max(2, _N_SEARCHES // len(clusters))
    which, kept = [], []
    for k, each in enumerate(clusters):
        local = each.inputs(points)
        weights = rng.standard_normal((n_each, points.shape[1]))
        weights /= np.maximum(np.linalg.norm(weights, axis=1, keepdims=True), 1e-12)
        steepness = np.exp(rng.uniform(np.log(_FLATTEST), np.log(_STEEPEST), (n_each, 1)))
        # Between rows of the cluster; of one that is a point, between it and any.
        inside = np.flatnonzero(np.abs(local[:, :-1]).max(axis=1) < _NEAR)
        between = local[rng.choice(inside, (2, n_each)), :-1].mean(axis=0)
        slopes = steepness * np.column_stack([weights, -(weights * between).sum(axis=1)])
        errors = np.square(sigmoid(slopes @ local.T) - targets).sum(axis=1)
        best = np.argsort(errors, kind="stable")[: -(-n_kept // 2)]
        kept.append(np.concatenate([slopes[best], slopes[: n_kept // 2]]))
        which.append(np.full(len(kept[-1]), k))
    return np.concatenate(which), np.concatenate(kept)


def _descend(
    parameters: FloatArray, inputs: FloatArray, targets: FloatArray, n_rounds: int
) -> tuple[FloatArray, FloatArray]:
    """Follow all errors downhill at once, by the method of Levenberg and Marquardt."""

    def outputs(parameters: FloatArray) -> FloatArray:
        return (inputs @ parameters[:, :, None])[:, :, 0]

    z = outputs(parameters)
    errors = np.square(sigmoid(z) - targets).sum(axis=1)
    damping = np.full(len(parameters), 1e-2)
    eye = np.eye(parameters.shape[1])
    for _ in range(n_rounds):
        jacobian = ACTIVATIONS["sigmoid"].derivative(z)[:, :, None] * inputs
        turned = np.swapaxes(jacobian, 1, 2)
        gram = turned @ jacobian
        size = np.trace(gram, axis1=1, axis2=2) / parameters.shape[1]
        held = gram + (damping * size + 1e-14)[:, None, None] * eye
        step = np.linalg.solve(held, turned @ (sigmoid(z) - targets)[:, :, None])[:, :, 0]
        tried = parameters - step
        z_tried = outputs(tried)
        found = np.square(sigmoid(z_tried) - targets).sum(axis=1)
        better = found < errors
        parameters = np.where(better[:, None], tried, parameters)
        z = np.where(better[:, None], z_tried, z)
        errors = np.where(better, found, errors)
        damping = np.clip(np.where(better, damping / 4.0, damping * 5.0), 1e-10, 1e10)
    return parameters, errors
