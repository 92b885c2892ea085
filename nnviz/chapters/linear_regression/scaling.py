"""From weights of standardised inputs to weights in units, and back: the same plane."""

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray
from nnviz.training.plan import Plan


def in_units(plan: Plan, parameters: npt.ArrayLike) -> FloatArray:
    """Return weights and bias in units of the target and the columns.

    The network says ``(price - M) / S = sum(v * (x - m) / s) + c``; solved for the price, the
    weight of a column is ``S * v / s`` and the bias ``M + S * c - sum(weight * m)``.

    Parameters
    ----------
    plan : Plan
        Without hidden layers, of a regression.
    parameters : array_like, shape (..., n_inputs + 1)
        The network's own: weights, then the bias.
    """
    parameters = np.asarray(parameters, dtype=np.float64)
    mean, scale, target_mean, target_scale = _scales(plan)
    with np.errstate(all="ignore"):  # a diverging run is a result
        weights = target_scale * parameters[..., :-1] / scale
        bias = target_mean + target_scale * parameters[..., -1] - weights @ mean
    return np.concatenate([weights, bias[..., np.newaxis]], axis=-1)


def in_scale(plan: Plan, parameters: npt.ArrayLike) -> FloatArray:
    """Return the network's own parameters for weights and bias in units: `in_units` undone."""
    parameters = np.asarray(parameters, dtype=np.float64)
    mean, scale, target_mean, target_scale = _scales(plan)
    weights = parameters[..., :-1]
    bias = (parameters[..., -1] - target_mean + weights @ mean) / target_scale
    return np.concatenate([weights * scale / target_scale, bias[..., np.newaxis]], axis=-1)


def _scales(plan: Plan) -> tuple[FloatArray, FloatArray, float, float]:
    n_inputs = len(plan.architecture.inputs)
    if plan.standardiser is None:
        return np.zeros(n_inputs), np.ones(n_inputs), *plan.target_scale
    return plan.standardiser.mean, plan.standardiser.scale, *plan.target_scale
