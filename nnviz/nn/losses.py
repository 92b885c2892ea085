"""Losses: how wrong one prediction is. They are elementwise; whoever sums, says so."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from nnviz.nn.checks import FloatArray, floats

# Half the distance from 1 to the next float64: a logarithm this far from 0 and 1 is finite.
_NEAREST = 2.0**-53


@dataclass(frozen=True)
class Loss:
    """A loss with its derivative by the prediction.

    Attributes
    ----------
    name : str
        Public name, the key in `LOSSES`.
    value, derivative : callable
        Of ``(prediction, target)``, elementwise, numbers or arrays of one shape; dimensionless.
    formula, derivative_formula : str
        The same in LaTeX, with p the prediction and t the target.
    lowest_target, highest_target : float
        The targets for which the loss has a meaning.
    """

    name: str
    value: Callable[[npt.ArrayLike, npt.ArrayLike], FloatArray]
    derivative: Callable[[npt.ArrayLike, npt.ArrayLike], FloatArray]
    formula: str
    derivative_formula: str
    lowest_target: float = -np.inf
    highest_target: float = np.inf


def _squared_error(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    # A prediction that has left the range of float64 is a result, and no reason for a warning.
    with np.errstate(over="ignore", invalid="ignore"):
        return np.square(floats(prediction, "prediction") - floats(target, "target"))


def _squared_error_derivative(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    with np.errstate(over="ignore", invalid="ignore"):
        return 2.0 * (floats(prediction, "prediction") - floats(target, "target"))


def _binary_cross_entropy(prediction: npt.ArrayLike, target: npt.ArrayLike) -> FloatArray:
    p, t = _inside(prediction), floats(target, "target")
    return -(t * np.log(p) + (1.0 - t) * np.log1p(-p))


def _binary_cross_entropy_derivative(
    prediction: npt.ArrayLike, target: npt.ArrayLike
) -> FloatArray:
    p, t = _inside(prediction), floats(target, "target")
    return (p - t) / (p * (1.0 - p))


def _inside(prediction: npt.ArrayLike) -> FloatArray:
    """Keep the prediction off 0 and 1, where the logarithm is infinite."""
    return np.clip(floats(prediction, "prediction"), _NEAREST, 1.0 - _NEAREST)


LOSSES: Mapping[str, Loss] = MappingProxyType(
    {
        loss.name: loss
        for loss in (
            Loss(
                "squared_error",
                _squared_error,
                _squared_error_derivative,
                "(p - t)^2",
                "2\\,(p - t)",
            ),
            Loss(
                "binary_cross_entropy",
                _binary_cross_entropy,
                _binary_cross_entropy_derivative,
                r"-t \ln p - (1 - t) \ln(1 - p)",
                r"\frac{p - t}{p\,(1 - p)}",
                lowest_target=0.0,
                highest_target=1.0,
            ),
        )
    }
)
