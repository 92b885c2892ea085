"""What a run is measured against: a guess, the best straight line, the best single neuron."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from nnviz.nn.activations import ACTIVATIONS, sigmoid
from nnviz.nn.checks import FloatArray, vector
from nnviz.text.digits import digits
from nnviz.training.baselines import many_starts
from nnviz.training.baselines.many_starts import Coordinates
from nnviz.training.baselines.search_limits import Best, least_possible, refuse_too_many
from nnviz.training.baselines.separation import (
    best_line,
    checked_rows,
    for_sums,
    n_lines,
    separating_line,
    whitened,
)

_N_KEPT = 24
_STEEPNESSES = (0.3, 1.0, 3.0, 10.0)
_MOST_LINES = 20_000

# A minimum with less curvature than this is a run towards infinity that was stopped.
_LEAST_CURVATURE = 1e-6

_slope = ACTIVATIONS["sigmoid"].derivative


def guess(targets: npt.ArrayLike) -> float:
    """Return the sum of squared errors of answering 0.5 to every row."""
    return float(np.square(0.5 - vector(targets, "targets")).sum())


def best_neuron(X: npt.ArrayLike, y: npt.ArrayLike) -> Best:
    """Return the least sum of squared errors of any single sigmoid neuron on these rows.

    The error has many valleys, and some of them have their lowest point at infinity. So it is
    followed downhill from many starts (Newton's method in a trust region, with the analytic
    gradient), and compared with what the best line and the valleys without end lead to. X has the
    shape (n_rows, n_inputs), at most 40 rows and 7 inputs; y is 0 or 1, shape (n_rows,).
    """
    X, signs = checked_rows(X, y)
    refuse_too_many("the best neuron", X)
    points = whitened(X)
    if separating_line(points, signs) is not None:
        how = "A line separates the rows, so ever steeper weights bring the error ever closer to 0."
        return Best(0.0, None, len(X), False, how, True)
    valley = _lowest(points, signs)
    sure = valley.error <= least_possible(X, y) + 1e-9
    how = "The lowest of many searches from different starts. Not proven."
    if sure:
        how = "Rows with equal inputs and different targets cost that much in any model."
    if valley.parameters is None:
        how = f"Ever steeper weights bring the error ever closer to {digits(valley.error)}. {how}"
        return Best(valley.error, None, valley.n_correct, False, how, sure)
    parameters = np.append(*for_sums(X, points @ valley.parameters[:-1] + valley.parameters[-1]))
    return Best(valley.error, parameters, valley.n_correct, True, how, sure)


@dataclass(frozen=True, eq=False)
class _Valley:
    """A low point: at `parameters` (weights, bias), or at infinity if they are None."""

    error: float
    n_correct: int
    parameters: FloatArray | None


def _rank(valley: _Valley) -> float:
    """Order valleys by their error; of equal ones, that which can be reached comes first."""
    return valley.error + (1e-9 if valley.parameters is None else 0.0)


def _lowest(points: FloatArray, signs: FloatArray) -> _Valley:
    """Return the lowest valley of the error of these rows, which no line separates."""
    targets = (signs + 1.0) / 2.0
    if points.shape[1] == 0:
        # Only a bias is left, and the best single answer is the mean.
        bias = np.log(targets.mean() / (1.0 - targets.mean()))
        error = float(np.square(targets - targets.mean()).sum())
        return _Valley(error, int(((bias >= 0) == (signs > 0)).sum()), np.array([bias]))
    valleys: list[_Valley] = []
    starts = many_starts.lowest(points, targets, _N_KEPT)
    if n_lines(points) <= _MOST_LINES:
        line = best_line(points, targets)
        valleys.append(_Valley(float(len(line.wrong_rows)), line.n_correct, None))
        whole = Coordinates(np.zeros(points.shape[1]), np.eye(points.shape[1]))
        steep = np.append(line.weights, line.bias)
        starts += [(steepness * steep, whole) for steepness in _STEEPNESSES]
    endless: list[_Valley] = []
    for start, coordinates in starts:
        local = coordinates.inputs(points)
        found = _search(start, local, targets, 1e-8)
        settled = np.linalg.eigvalsh(_hessian(found, local, targets))[0] > _LEAST_CURVATURE
        found = _search(found, local, targets, 1e-12) if settled else found
        n_correct = int(((local @ found >= 0) == (signs > 0)).sum())
        error = _error_and_gradient(found, local, targets)[0]
        valley = _Valley(error, n_correct, coordinates.parameters(found))
        (valleys if settled else endless).append(valley)
    lowest = min(valleys, key=_rank, default=_Valley(np.inf, 0, None))
    for valley in sorted(endless, key=_rank):
        if valley.error < lowest.error - 1e-9:
            assert valley.parameters is not None
            end = _end(points, signs, valley.parameters)
            # What was found stands, even if it is not clear where it leads to.
            lowest = min(lowest, valley if valley.error < end.error - 1e-9 else end, key=_rank)
    return lowest


def _search(
    start: FloatArray, inputs: FloatArray, targets: FloatArray, gradient_left: float
) -> FloatArray:
    found = minimize(
        _error_and_gradient,
        start,
        (inputs, targets),
        jac=True,
        hess=_hessian,
        method="trust-exact",
        options={"gtol": gradient_left},
    )
    return np.asarray(found.x)


def _error_and_gradient(
    parameters: FloatArray, inputs: FloatArray, targets: FloatArray
) -> tuple[float, FloatArray]:
    z = inputs @ parameters
    errors = sigmoid(z) - targets
    return float(errors @ errors), 2.0 * inputs.T @ (errors * _slope(z))


def _hessian(parameters: FloatArray, inputs: FloatArray, targets: FloatArray) -> FloatArray:
    z = inputs @ parameters
    errors, slope = sigmoid(z) - targets, _slope(z)
    # The second derivative of the sigmoid is slope * (1 - 2 sigmoid) = -slope * tanh(z / 2).
    curvatures = 2.0 * (slope * slope - errors * slope * np.tanh(z / 2.0))
    return (inputs * curvatures[:, None]).T @ inputs


def _end(points: FloatArray, signs: FloatArray, parameters: FloatArray) -> _Valley:
    """Return where a search leads that was stopped on its way to infinity.

    At infinity most rows are fully on one side, right or wrong for good. The others may lie on
    the line itself, where a neuron of their own decides about them.
    """
    z = points @ parameters[:-1] + parameters[-1]
    homogeneous = np.column_stack([points, np.ones(len(points))])
    # The more rows are left on the line, the lower the end; at the last, none is.
    for reach in np.sort(np.abs(z))[::-1]:
        off, sides = np.abs(z) >= reach, np.sign(z)
        if np.linalg.matrix_rank(homogeneous[~off], tol=1e-9) > points.shape[1]:
            continue
        if separating_line(points[off], sides[off], points[~off]) is not None:
            break
    n_right = int((sides[off] == signs[off]).sum())
    rest = _infimum(points[~off], signs[~off])
    return _Valley(int(off.sum()) - n_right + rest.error, n_right + rest.n_correct, None)


def _infimum(points: FloatArray, signs: FloatArray) -> _Valley:
    if len(points) == 0:
        return _Valley(0.0, 0, None)
    points = whitened(points)
    if separating_line(points, signs) is not None:
        return _Valley(0.0, len(points), None)
    return _lowest(points, signs)
