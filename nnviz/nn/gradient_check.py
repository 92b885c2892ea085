"""The gradient by the chain rule against the gradient by trying it out."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from nnviz.nn.activations import ACTIVATIONS
from nnviz.nn.checks import FloatArray, instance, number
from nnviz.nn.losses import LOSSES
from nnviz.nn.network import Forward, Network, gradients, targets_as_columns

# A right gradient stays below this `relative_difference`.
TOLERANCE = 1e-7


@dataclass(frozen=True, eq=False)
class GradientCheck:
    """Two gradients of the summed loss, in the order of `Network.parameters`.

    Attributes
    ----------
    analytic, numeric : ndarray, shape (n_parameters,)
        By the chain rule, and by central differences.
    relative_difference : ndarray, shape (n_parameters,)
        Their difference over the larger of the two, or over the smallest gradient that the
        central difference can resolve to `TOLERANCE`, if that is larger still.
    at_kink : ndarray of bool, shape (n_parameters,)
        Where trying out took a unit across the kink of its activation (relu, leaky_relu): there
        the central difference mixes the two slopes and proves nothing.
    worst : float
        The largest relative difference away from kinks, 0 if there is none.
    """

    analytic: FloatArray
    numeric: FloatArray
    relative_difference: FloatArray
    at_kink: npt.NDArray[np.bool_]
    worst: float


def check(
    network: Network, X: npt.ArrayLike, y: npt.ArrayLike, *, loss: str, step: float = 1e-5
) -> GradientCheck:
    """Move each parameter a little up and down, and compare the slope with the gradient.

    Parameters
    ----------
    network : Network
    X : array_like, shape (n_samples, n_inputs)
    y : array_like, shape (n_samples,) or (n_samples, n_outputs)
    loss : str
        A key of `LOSSES`.
    step : float
        How far each parameter is moved, from 1e-9 to 0.1.

    Raises
    ------
    TypeError, ValueError
        If an argument does not fit.
    """
    instance(network, "network", Network)
    step = number(step, "step", 1e-9, 0.1)
    analytic = gradients(network, X, y, loss)
    y = targets_as_columns(y, network, loss)
    parameters = network.parameters()
    numeric = np.empty_like(parameters)
    at_kink = np.zeros(len(parameters), dtype=bool)
    with np.errstate(over="ignore", invalid="ignore"):
        for i, parameter in enumerate(parameters):
            moved = parameters.copy()
            moved[i] = parameter + step
            up = network.with_parameters(moved).forward(X)
            moved[i] = parameter - step
            down = network.with_parameters(moved).forward(X)
            # Subtracted row by row before they are summed: rounding leaves more digits.
            rise = _losses(network, up, y, loss) - _losses(network, down, y, loss)
            # The distance really moved: parameter + step is rounded as well.
            numeric[i] = _sum(rise) / ((parameter + step) - (parameter - step))
            at_kink[i] = _crosses_kink(network, up, down)
        error = _sum(_losses(network, network.forward(X), y, loss))
        # Rounding leaves a central difference an absolute error of about epsilon error / step.
        resolved = 10.0 * np.finfo(np.float64).eps * max(1.0, error) / step / TOLERANCE
        size = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric)), resolved)
        relative_difference = np.abs(analytic - numeric) / size
    worst = float(relative_difference[~at_kink].max(initial=0.0))
    return GradientCheck(analytic, numeric, relative_difference, at_kink, worst)


def _losses(network: Network, forward: Forward, y: FloatArray, loss: str) -> FloatArray:
    output = network.layers[-1].activation
    return LOSSES[loss].of_output(output, forward.pre_activations[-1], forward.activations[-1], y)


def _sum(values: FloatArray) -> float:
    """Sum without rounding in between; what is not finite stays so."""
    return math.fsum(values.flat) if np.isfinite(values).all() else float(values.sum())


def _crosses_kink(network: Network, up: Forward, down: Forward) -> bool:
    return any(
        ACTIVATIONS[layer.activation].has_kink and bool(((z_up > 0) != (z_down > 0)).any())
        for layer, z_up, z_down in zip(
            network.layers, up.pre_activations, down.pre_activations, strict=True
        )
    )
