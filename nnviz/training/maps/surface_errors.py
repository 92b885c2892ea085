"""The error of a network while its parameters move along two directions from where they are.

Along a direction the weighted sums of the first layer change in proportion, so they are not worked
out anew at every point of a surface; and a unit that only one of the directions concerns is worked
out once per row or column of it.
"""

from collections.abc import Sequence

import numpy as np

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray
from nnviz.nn.losses import LOSSES
from nnviz.training import evaluation
from nnviz.training.plan import Plan

# Values held at once: few enough to stay close to the processor.
_MOST_VALUES = 100_000


def surface_errors(
    plan: Plan, parameters: FloatArray, directions: FloatArray, x: FloatArray, y: FloatArray
) -> FloatArray:
    """Return the cumulative error at ``parameters + x * directions[0] + y * directions[1]``.

    The result has the shape (n_checkpoints, n_y, n_x): not finite where the network has left the
    range of float64; never a warning. From `parameters`, (n_checkpoints, n_parameters), the network
    is moved by x, (n_checkpoints, n_x), along the first of the directions, (2, n_parameters), and
    by y, (n_checkpoints, n_y), along the second.
    """
    if len(plan.architecture.hidden) > 1:
        return _moved_everywhere(plan, parameters, directions, x, y)
    inputs = np.column_stack([plan.train_inputs, np.ones(len(plan.train_inputs))])
    surfaces = np.empty((len(parameters), y.shape[1], x.shape[1]))
    length = max(1, _MOST_VALUES // (x.shape[1] * len(inputs)))
    with np.errstate(all="ignore"):
        for surface, start, across, up in zip(surfaces, parameters, x, y, strict=True):
            for begin in range(0, len(up), length):
                block = slice(begin, begin + length)
                z = _output_sums(plan, inputs, (start, *directions), across, up[block])
                output = plan.architecture.output
                prediction = ACTIVATIONS[output].value(z)
                targets = plan.train_targets[:, :, np.newaxis]
                errors = LOSSES[plan.loss].of_output(output, z, prediction, targets)
                surface[block] = errors.sum(axis=0)
    return surfaces


def _moved_everywhere(
    plan: Plan, parameters: FloatArray, directions: FloatArray, x: FloatArray, y: FloatArray
) -> FloatArray:
    """Work out the whole network at every point: deeper layers do not change in proportion."""
    surfaces = np.empty((len(parameters), y.shape[1], x.shape[1]))
    with np.errstate(all="ignore"):
        for surface, start, across, up in zip(surfaces, parameters, x, y, strict=True):
            row = start + across[:, None] * directions[0]
            for k, distance in enumerate(up):
                surface[k] = evaluation.row_errors(plan, row + distance * directions[1]).sum(axis=1)
    return surfaces


def _output_sums(
    plan: Plan,
    inputs: FloatArray,
    start_and_directions: tuple[FloatArray, ...],
    x: FloatArray,
    y: FloatArray,
) -> FloatArray:
    """Weighted sum of the output for every row: shape (n_rows, n_y, n_x), or 1 where all agree."""
    if not plan.architecture.hidden:
        return _along([inputs @ theta for theta in start_and_directions], x, y)
    ((n_units, name),) = plan.architecture.hidden
    used = inputs.shape[1] * n_units
    # The weights of a unit stand in a column, its bias below them.
    first = [inputs @ theta[:used].reshape(-1, n_units) for theta in start_and_directions]
    output = [theta[used:] for theta in start_and_directions]
    terms = [
        ACTIVATIONS[name].value(_along([sums[:, unit] for sums in first], x, y))
        * _along([weights[unit : unit + 1] for weights in output], x, y)
        for unit in range(n_units)
    ]
    total = _along([weights[-1:] for weights in output], x, y)
    # The small ones first, so that little is added up at every point.
    for term in sorted(terms, key=np.size):
        total = total + term
    return total


def _along(start_and_slopes: Sequence[FloatArray], x: FloatArray, y: FloatArray) -> FloatArray:
    """Return start + x * slope + y * slope, (n, n_y, n_x); 1 instead along what changes nothing."""
    start, by_x, by_y = (values[:, None, None] for values in start_and_slopes)
    result = start
    if by_x.any():
        result = result + by_x * x
    if by_y.any():
        result = result + by_y * y[:, None]
    return np.asarray(result)
